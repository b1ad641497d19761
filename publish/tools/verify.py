"""The proof: two clean builds in two places that differ in all that should not matter, every byte compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.base.digests import digest
from publish.base.environment import said
from publish.base.failures import GOOD, WRONG, BuildFailure
from publish.base.git import NoRepository, tracked
from publish.build.build import explain
from publish.tools.differences import first_difference
from publish.tools.hostile import make_hostile
from publish.written.colophon import COMMIT, commit

Differences = dict[str, str]


@dataclass(frozen=True)
class Place:
    """Where and under what circumstances one of the builds runs; nothing of it may show in the outputs.

    Attributes:
        folder: Name of the directory; the two differ in length, and one holds a space.
        environment: Time zone, locale and hash seed.
        umask: Of the files that it makes.
        jobs: Steps at once.
        hostile: Whether the home and the shell are full of settings that a build must not read.
    """

    folder: str
    environment: Mapping[str, str]
    umask: int
    jobs: int
    hostile: bool = False


PLACES = (
    Place("a", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022, 1),
    Place(
        "a second place with a much longer name/below",
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
        0o077,
        2,
        hostile=True,
    ),
)


def verify(root: Path, engine: str = "auto", keep: bool = False) -> int:
    """Build twice, compare, print a table and what differs.

    Args:
        root: The project's root; its tracked files are copied as they are now.
        engine: auto, quarto or embedded.
        keep: Leave the two builds for inspection.

    Returns:
        0 when every byte is equal, else 1.

    Raises:
        BuildFailure: One of the builds failed.
    """
    begin = time.monotonic()
    offline = without_network()
    base = Path(tempfile.mkdtemp(prefix="odn-"))
    first, second = (base / place.folder for place in PLACES)
    try:
        for folder in (first, second):
            copy_tracked(root, folder)
        before = {path: digest(first / path) for path in tracked_files(root)}
        build_both((first, second), engine, offline, commit(root))
        differences = {
            "the two builds": compared(first, second, sorted({*outputs_of(first), *outputs_of(second)})),
            "committed files": compared(
                root, first, [path for path, sha in before.items() if digest(first / path) != sha]
            ),
            "outputs that stand here": compared(root, first, delivered(root, engine)),
        }
        differences["committed files"] = {**dict.fromkeys(before, ""), **differences["committed files"]}
    finally:
        if not keep:
            shutil.rmtree(base, ignore_errors=True)
    network = "no network" if offline else "network on, as this system gives no way to take it away"
    print_table(differences, network, time.monotonic() - begin)
    if keep:
        print(f"Both builds are in {first} and {second}.")
    return WRONG if any(map(any, (found.values() for found in differences.values()))) else GOOD


def tracked_files(root: Path) -> list[str]:
    """The files of the working tree that git tracks, sorted; every file where the project is in no repository.

    Raises:
        NoAnswer: Git is not there, or fails, in a folder that may well be in a repository.
    """
    try:
        return [path for path in tracked(root) if (root / path).is_file()]
    except NoRepository:
        found = [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]
        hidden = {".git", ".venv", ".cache", "_output", "__pycache__"}
        return sorted(path for path in found if not hidden & set(Path(path).parts))


def copy_tracked(root: Path, target: Path) -> None:
    """Copy the tracked files, as they are in the working tree, to an empty directory."""
    for path in tracked_files(root):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target / path)


def without_network() -> list[str]:
    """The command that runs another with no network: `unshare`, where the system allows it, else nothing."""
    for command in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if shutil.which(command[0]) and said([*command, "true"], Path.cwd(), os.environ).returncode == 0:
            return command
    return []


def build_command(folder: Path) -> list[str]:
    """The command `paper` with the code of the copy itself."""
    return [sys.executable, "-P", "-m", "publish", "--root", str(folder)]


def build_both(folders: Sequence[Path], engine: str, offline: Sequence[str], copy_of: str) -> None:
    """Build in both folders side by side, each saying of which commit it is a copy.

    Raises:
        BuildFailure: One of them failed; holds the end of what it said.
    """
    running = []
    for folder, place in zip(folders, PLACES, strict=True):
        home = make_hostile(folder.parent / "home") if place.hostile else {}
        own = {"PYTHONDONTWRITEBYTECODE": "1", COMMIT: copy_of}
        environment = {**os.environ, **home, **place.environment, **own}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(folder), home.get("PYTHONPATH", "")]))
        command = [*offline, *build_command(folder), "build", "--engine", engine, "--jobs", str(place.jobs)]
        process = subprocess.Popen(
            command, cwd=folder, env=environment, umask=place.umask, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        running.append(process)
    texts = [process.communicate()[0] for process in running]
    for process, place, text in zip(running, PLACES, texts, strict=True):
        if process.returncode:
            raise BuildFailure(f"The clean build in {place.folder!r} failed:\n" + "\n".join(text.splitlines()[-40:]))


def outputs_of(root: Path) -> list[str]:
    """What a build makes: values, figures, and all of `_output`."""
    files = [root / "_variables.yml", *(root / "figures").rglob("*"), *(root / "_output").rglob("*")]
    return [file.relative_to(root).as_posix() for file in files if file.is_file()]


def delivered(root: Path, engine: str) -> list[str]:
    """What stands in `_output`, when it is up to date: a clean build makes the same, but no copy for co-authors."""
    if any(explain(root, engine).values()):
        return []
    return [path for path in outputs_of(root) if path.startswith("_output/") and not path.endswith(".docx")]


def compared(first: Path, second: Path, paths: Iterable[str]) -> Differences:
    """Path to what differs between two folders, in words; empty when every byte is equal."""
    return {path: first_difference(first / path, second / path) for path in paths}


def print_table(differences: Mapping[str, Differences], network: str, seconds: float) -> None:
    """Print how many files were compared with what, then each difference."""
    from rich.table import Table

    from publish.base.tables import console

    out = console()
    table = Table("compared", "files", "equal", "differ")
    for what, found in differences.items():
        differ = sum(map(bool, found.values()))
        table.add_row(what, str(len(found)), str(len(found) - differ), f"[red]{differ}[/]" if differ else "0")
    out.print(table)
    every = [(path, what, words) for what, found in differences.items() for path, words in found.items()]
    differing = [f"{path} ({what}): {words}" for path, what, words in every if words]
    for line in differing:
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    verdict = f"{len(differing)} of {len(every)} differ" if differing else f"all {len(every)} are equal, every byte"
    out.print(
        f"Two clean builds ({network}; other time zone, locale, hash seed, umask, path, number of jobs; one with "
        f"a home and a shell full of settings that must not count): {verdict}. "
        f"The proof took {seconds:.0f} s.",
        highlight=False,
        soft_wrap=True,
    )
