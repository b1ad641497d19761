"""A release: what is refused, and the bundle that goes to an archive, made twice and the same to the byte."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from publish.base.digests import digest
from publish.base.failures import GOOD, BuildFailure
from publish.base.git import asked
from publish.base.places import CONFIG, output_folder
from publish.base.texts import COMMENT
from publish.base.whole import staged
from publish.build.build import explain
from publish.build.steps import plan
from publish.checks.every import run_checks
from publish.tools.differences import first_difference
from publish.tools.verify import verify
from publish.written.colophon import commit

Export = Callable[[Path], int]
SUMS = "SHA256SUMS"
_COMMIT = re.compile(r"commit [0-9a-f]{12}")


def release(root: Path, version: str, out: Path, export: Export, engine: str = "auto") -> list[Path]:
    """Write the bundle of a version into a folder, after everything that could refuse it was asked.

    Args:
        root: The project's root.
        version: As `_quarto.yml` says it.
        out: The folder; it must not be there yet.
        export: Writes the data for other programs into a folder; 0 when it went well.
        engine: auto, quarto or embedded.

    Returns:
        The files of the bundle, sorted.

    Raises:
        BuildFailure: The version may not be released; says all that is wrong at once, then what checks and proof find.
    """
    if said := list(refusals(root, version, out, engine)):
        raise BuildFailure("\n".join(said))
    if wrong := [str(problem) for problems in run_checks(root).values() for problem in problems]:
        raise BuildFailure("\n".join([*wrong, "`paper check` must be clean before a release."]))
    if verify(root, engine) != GOOD:
        raise BuildFailure("Two clean builds are not the same: see above. What cannot be made again is not released.")
    with staged(root, "release") as folder:
        first, second = folder / "first", folder / "second"
        for one in (first, second):
            bundle(root, version, one, export, engine)
        files = sorted(file.relative_to(first) for file in first.rglob("*") if file.is_file())
        if differ := [f"{file}: {how}" for file in files if (how := first_difference(first / file, second / file))]:
            raise BuildFailure("\n".join(["The bundle was made twice and differs:", *differ]))
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(first, out)
    return [out / file for file in files]


def refusals(root: Path, version: str, out: Path, engine: str = "auto") -> Iterator[str]:
    """Why a version cannot be released as things stand: version, change log, commit, tag, stale outputs."""
    settings = yaml.safe_load((root / CONFIG).read_text(encoding="utf-8"))
    if str(settings["version"]) != version:
        yield (
            f"{CONFIG}: version is {settings['version']}, not {version}. Write it there, in pyproject.toml and in "
            "data/datapackage.json, then `uv lock` and `paper build`."
        )
    if not entry(root, version):
        yield f"CHANGELOG.md: no entry `## {version} – {settings['date']}`. Write what changed for a reader."
    now = commit(root)
    if not _COMMIT.fullmatch(now):
        yield f"The working tree is no commit ({now}). Commit all changes in a clone, or put them away."
    elif (tagged := asked(root, "tag", "--list", f"v{version}", "--format=%(objectname) %(*objectname)")) and (
        asked(root, "rev-parse", "HEAD").strip() not in tagged
    ):
        yield f"The tag v{version} stands on another commit. A released version stays as it is: choose the next."
    if stale := [name for name, why in explain(root, engine).items() if why]:
        yield f"Not built: {', '.join(stale)}. Run `paper build` first."
    if out.exists():
        yield f"{out}: is there already. Remove it, or give another folder with --out."


def entry(root: Path, version: str) -> str:
    """What the change log says of a version, without its heading; empty where it has no entry."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8") if (root / "CHANGELOG.md").is_file() else ""
    found = re.search(rf"(?ms)^## {re.escape(version)} .*?\n(.*?)(?=^## |\Z)", text)
    return COMMENT.sub("", found[1]).strip() if found else ""


def bundle(root: Path, version: str, target: Path, export: Export, engine: str = "auto") -> None:
    """Write all of a release into an empty folder: outputs, data for other programs, source, tag text, hashes.

    Raises:
        BuildFailure: The data could not be exported, or git made no archive.
    """
    for file in (file for state in plan(root, engine)[-1].makes for file in state.files()):
        place = target / file.relative_to(output_folder(root))
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    if export(target) != GOOD:
        raise BuildFailure("The data could not be exported: see above.")
    name = f"v{version}"
    (target / "tag.txt").write_text(f"{name}\n\n{entry(root, version)}\n", encoding="utf-8", newline="\n")
    made = target.resolve() / f"{name}-source.tar"
    asked(root, "archive", "--format=tar", f"--prefix={name}/", f"--output={made}", "HEAD")
    files = sorted(file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file())
    sums = "".join(f"{digest(target / file)}  {file}\n" for file in files)
    (target / SUMS).write_text(sums, encoding="utf-8", newline="\n")
