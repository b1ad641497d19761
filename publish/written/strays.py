"""What is published of `data/` and of the documents, and what lies beside it by oversight: told, never shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from publish.base.places import CONFIG, document_names, rendered_names
from publish.base.problems import PaperProblems, Problem
from publish.base.texts import read_text

DESCRIPTOR = "data/datapackage.json"
_BESIDE = ("datapackage.json", "README.md", "LICENSE")


def descriptor(root: Path) -> dict[str, Any]:
    """The description of the data package.

    Raises:
        PaperProblems: It is not there, not UTF-8, or no JSON object.
    """
    try:
        content = json.loads(read_text(root, DESCRIPTOR))
    except json.JSONDecodeError as error:
        message = f"is not valid JSON ({error.msg}). Correct the line, or restore the file."
        raise PaperProblems([Problem(DESCRIPTOR, error.lineno, message)]) from error
    if not isinstance(content, dict):
        raise PaperProblems([Problem(DESCRIPTOR, 1, "must be a JSON object: { ... }. Restore the file.")])
    return content


def package_files(root: Path) -> tuple[Path, ...]:
    """The files of the data package, sorted: the description, what it names as resources, README and licence.

    Args:
        root: The project's root.

    Raises:
        PaperProblems: The description names a file that is not there, or one outside of `data/`.
    """
    folder = root / "data"
    resources = descriptor(root).get("resources", [])
    if not isinstance(resources, list):
        raise PaperProblems([Problem(DESCRIPTOR, 0, "resources must be a list: [ ... ]. Restore the file.")])
    named: list[Any] = [one.get("path") if isinstance(one, dict) else one for one in resources]
    if wrong := [Problem(DESCRIPTOR, 0, says) for path in named if (says := _wrong(folder, path))]:
        raise PaperProblems(wrong)
    return tuple(sorted({folder / path for path in (*named, *_BESIDE) if (folder / path).is_file()}))


def _wrong(folder: Path, path: object) -> str:
    """What is wrong with the path of a resource; empty when nothing is."""
    if not isinstance(path, str) or path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
        return f"the path {path!r} does not name one file in data/. Write it from there, without a slash before it."
    if not (folder / path).is_file():
        return f"names {path}, which is not in data/. Restore the file, or take the resource out."
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        return f"names {path}, which is a link to a file outside of data/. Put the file itself there."
    return ""


def strays(root: Path) -> list[Problem]:
    """Files that lie in `data/` or beside the documents and are no part of the paper, each with the way out.

    Args:
        root: The project's root.

    Raises:
        PaperProblems: The description of the data package cannot be read.
    """
    return [*_of_data(root), *_of_documents(root)]


def _of_data(root: Path) -> Iterator[Problem]:
    known = package_files(root)
    for file in sorted((root / "data").rglob("*")):
        if (file.is_symlink() or not file.is_dir()) and file not in known:
            name = file.relative_to(root).as_posix()
            yield Problem(name, 0, f"is not published: {DESCRIPTOR} does not name it. Move it away, or add a resource.")


def _of_documents(root: Path) -> Iterator[Problem]:
    names = document_names(root)
    for name in rendered_names(root) or ():
        if name.endswith(".qmd") and not set(name) & set("*?[!") and not (root / name).is_file():
            yield Problem(
                CONFIG, 0, f"names {name} under render, which is not there. Restore it, or take the name out."
            )
    for file in sorted(root.glob("*.qmd")):
        if file.stem not in names and not file.name.startswith("_"):
            way_out = "Name it there, or begin its name with _ if it is a part."
            yield Problem(file.name, 0, f"is not published: {CONFIG} does not name it under render. {way_out}")
