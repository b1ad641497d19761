"""The hashes of files: each file is read once, until it changes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

Version = tuple[str, int, int]


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return _sha256_of(version(file))


def version(file: Path) -> Version:
    """What tells a file from the same file after a change, without reading it: path, size and time of change."""
    known = file.stat()
    return str(file), known.st_size, known.st_mtime_ns


@lru_cache(maxsize=1024)
def _sha256_of(known: Version) -> str:
    with Path(known[0]).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
