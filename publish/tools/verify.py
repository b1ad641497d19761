"""The proof: two clean builds in two places that differ in all that should not matter, every byte compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publish.base.failures import GOOD, WRONG, BuildFailure
from publish.build.build import explain
from publish.build.states import digest
from publish.tools.differences import first_difference
from publish.written.colophon import COMMIT, commit


@dataclass(frozen=True)
class Place:
    """Where and under what circumstances one of the builds runs; nothing of it may show in the outputs.

    Attributes:
        folder: Name of the directory; the two differ in length, and one holds a space.
        environment: Time zone, locale and hash seed.
        umask: Of the files that it makes.
        jobs: Steps at once.
    """

    folder: str
    environment: Mapping[str, str]
    umask: int
    jobs: int


PLACES = (
    Place("a", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022, 1),
    Place(
        "a second place with a much longer name/below",
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
        0o077,
        2,
    ),
)


@dataclass(frozen=True)
class Compared:
    """One file, compared.

    Attributes:
        path: From the project's root.
        kind: Row of the table that it counts in.
        difference: In words; empty when every byte is equal.
    """

    path: str
    kind: str
    difference: str


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
    with _two_folders(keep) as (first, second):
        for folder in (first, second):
            copy_tracked(root, folder)
        before = {file: digest(first / file) for file in tracked_files(root)}
        build_both((first, second), engine, offline, commit(root))
        compared = [
            *compare(first, second),
            *committed_differences(root, first, before),
            *delivered(root, first, engine),
        ]
        network = "no network" if offline else "network on, as this system gives no way to take it away"
        print_table(compared, network, time.monotonic() - begin)
        if keep:
            print(f"Both builds are in {first} and {second}.")
    return WRONG if any(one.difference for one in compared) else GOOD


@contextmanager
def _two_folders(keep: bool) -> Iterator[tuple[Path, Path]]:
    base = Path(tempfile.mkdtemp(prefix="odn-"))
    folders = [base / place.folder for place in PLACES]
    try:
        yield folders[0], folders[1]
    finally:
        if not keep:
            shutil.rmtree(base, ignore_errors=True)


def tracked_files(root: Path) -> list[str]:
    """The files of the working tree that git tracks, sorted; every file where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        found = [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]
        hidden = {".git", ".venv", ".cache", ".pytask", "_output", "__pycache__"}
        return sorted(path for path in found if not hidden & set(Path(path).parts))
    return sorted(path for path in done.stdout.split("\0") if path and (root / path).is_file())


def copy_tracked(root: Path, target: Path) -> None:
    """Copy the tracked files, as they are in the working tree, to an empty directory."""
    for path in tracked_files(root):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target / path)


def without_network() -> list[str]:
    """The command that runs another with no network: `unshare`, where the system allows it, else nothing."""
    for command in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


def build_command(folder: Path) -> list[str]:
    """The command `paper` with the code of the copy itself."""
    return [sys.executable, "-m", "publish.cli", "--root", str(folder)]


def build_both(folders: Sequence[Path], engine: str, offline: Sequence[str], copy_of: str) -> None:
    """Build in both folders side by side, each saying of which commit it is a copy.

    Raises:
        BuildFailure: One of them failed; holds the end of what it said.
    """
    running = []
    for folder, place in zip(folders, PLACES, strict=True):
        own = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", COMMIT: copy_of}
        environment = {**os.environ, **place.environment, **own}
        command = [*offline, *build_command(folder), "build", "--engine", engine, "--jobs", str(place.jobs)]
        running.append(
            subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                umask=place.umask,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    said = [process.communicate()[0] for process in running]
    for process, place, text in zip(running, PLACES, said, strict=True):
        if process.returncode:
            raise BuildFailure(f"The clean build in {place.folder!r} failed:\n" + "\n".join(text.splitlines()[-40:]))


def compare(first: Path, second: Path) -> list[Compared]:
    """Every output of both builds, byte by byte."""
    paths = sorted({path for folder in (first, second) for path in outputs_of(folder)})
    return [Compared(path, kind_of(path), first_difference(first / path, second / path)) for path in paths]


def outputs_of(root: Path) -> list[str]:
    """What a build makes: values, figures, and all of `_output`."""
    files = [root / "_variables.yml", *(root / "figures").rglob("*"), *(root / "_output").rglob("*")]
    return [file.relative_to(root).as_posix() for file in files if file.is_file()]


def committed_differences(root: Path, built: Path, before: Mapping[str, str | None]) -> list[Compared]:
    """Every tracked file: a clean build must leave it as it was."""
    return [
        Compared(
            path, "committed files", "" if digest(built / path) == sha else first_difference(root / path, built / path)
        )
        for path, sha in sorted(before.items())
    ]


def delivered(root: Path, built: Path, engine: str) -> list[Compared]:
    """What stands in `_output`, when it is up to date: the clean build must have made the same."""
    if any(explain(root, engine).values()):
        return []
    files = [path for path in outputs_of(root) if path.startswith("_output/")]
    return [Compared(path, "outputs that stand here", first_difference(root / path, built / path)) for path in files]


def kind_of(path: str) -> str:
    """The row of the table for an output."""
    if path.startswith("figures/") and not path.endswith(".json"):
        return "figures and tables"
    if path.endswith((".json", ".yml")):
        return "values and manifest"
    if path.startswith("_output/notebooks/"):
        return "notebook pages"
    return {".html": "HTML", ".pdf": "PDF", ".zip": "data package"}.get(Path(path).suffix, "other outputs")


def print_table(compared: Sequence[Compared], network: str, seconds: float) -> None:
    """Print the result by kind, then each difference."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("what", "files", "equal", "differ")
    for kind in dict.fromkeys(one.kind for one in compared):
        files = [one for one in compared if one.kind == kind]
        differ = sum(bool(one.difference) for one in files)
        table.add_row(kind, str(len(files)), str(len(files) - differ), f"[red]{differ}[/]" if differ else "0")
    console.print(table)
    for one in compared:
        if one.difference:
            console.print(f"{one.path} ({one.kind}): {one.difference}", markup=False, highlight=False, soft_wrap=True)
    differ = sum(bool(one.difference) for one in compared)
    verdict = f"{differ} of {len(compared)} differ" if differ else f"all {len(compared)} are equal, every byte"
    console.print(
        f"Two clean builds ({network}; other time zone, locale, hash seed, umask, path, number of jobs): {verdict}. "
        f"The proof took {seconds:.0f} s.",
        highlight=False,
        soft_wrap=True,
    )
