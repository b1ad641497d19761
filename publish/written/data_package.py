"""The data package as one zip that a person can download and `frictionless validate`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from publish.base.problems import PaperProblems
from publish.base.texts import private
from publish.base.whole import write_whole
from publish.written.strays import package_files

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's own beginning; the files' dates would differ per clone
_READABLE = 0o100644 << 16


def write_package(root: Path, target: Path) -> None:
    """Write the zip; same files, same bytes; refused while one of them holds a remark or a place of the machine.

    Stored, not compressed: the bytes of a compressed file depend on the version of zlib.
    """
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in package_files(root)}
    if wrong := [one for file, held in files.items() for one in private(held.decode("utf-8", "replace"), file)]:
        raise PaperProblems(wrong)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for file, held in files.items():
            entry = zipfile.ZipInfo(file.removeprefix("data/"), _FIRST_DATE)
            entry.external_attr = _READABLE
            entry.create_system = 3
            package.writestr(entry, held)
    write_whole(target, content.getvalue(), root)
