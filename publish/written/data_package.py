"""The data package as one zip that a person can download and `frictionless validate`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from publish.base.whole import write_whole
from publish.written.strays import package_files

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's own beginning; the files' dates would differ per clone
_READABLE = 0o100644 << 16


def write_package(root: Path, target: Path) -> None:
    """Write the zip; same files, same bytes.

    Stored, not compressed: the bytes of a compressed file depend on the version of zlib.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for file in package_files(root):
            entry = zipfile.ZipInfo(file.relative_to(root / "data").as_posix(), _FIRST_DATE)
            entry.external_attr = _READABLE
            entry.create_system = 3
            package.writestr(entry, file.read_bytes())
    write_whole(target, content.getvalue(), root)
