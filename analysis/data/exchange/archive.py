"""Zip archives that are the same to the byte whenever and wherever they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's own beginning
_READABLE = 0o100644 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, in their order, stored: what compression gives depends on the version of zlib.

    Args:
        files: Path in the archive to content.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DATE)
            entry.external_attr, entry.create_system = _READABLE, 3
            made.writestr(entry, content)
    return kept.getvalue()


def files_of(content: bytes) -> dict[str, bytes]:
    """Path to content of each file in a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}
