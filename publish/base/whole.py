"""Writing files whole or not at all: aside first, then one rename."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DEEPEST = 103 - len("/pymp-01234567/listener-01234567")  # bytes; a socket's path has 103 on macOS, 107 on Linux
_numbers = itertools.count()


def staging_folder(root: Path) -> Path:
    """Where half-made files live; emptied when a build starts."""
    return root / ".cache" / "staging"


def clear_staging(root: Path) -> None:
    """Remove what a killed build left behind."""
    shutil.rmtree(staging_folder(root), ignore_errors=True)


@contextmanager
def temporary_below(root: Path) -> Iterator[None]:
    """Let what is made for a moment lie in the staging folder: the next build finds it there, if this one is killed.

    A project that lies too deep for the sockets of its processes uses the system's folder.
    """
    before, here = tempfile.tempdir, str(staging_folder(root))
    tempfile.tempdir = here if len(os.fsencode(here)) <= _DEEPEST else before
    staging_folder(root).mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def staged(root: Path, name: str) -> Iterator[Path]:
    """A fresh directory beside the outputs, on the same disk; gone afterwards.

    Args:
        root: The project's root.
        name: For whom, so that a person who looks understands it.
    """
    folder = staging_folder(root) / f"{name}-{os.getpid()}-{next(_numbers)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_whole(path: Path, content: bytes | str, root: Path) -> None:
    """Make `path` hold all of `content`; after a failure or a kill it holds what it held before.

    Args:
        path: The file, below `root`.
        content: Bytes, or text that is written as UTF-8.
        root: The project's root, where the staging folder is.

    Raises:
        OSError: It could not be written; names the file that was meant, not the one aside.
    """
    try:
        with staged(root, path.name) as folder:
            aside = folder / path.name
            aside.write_bytes(content.encode() if isinstance(content, str) else content)
            move_into_place(aside, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def move_into_place(aside: Path, path: Path) -> None:
    """Rename a finished file over its old version; from another disk, it is copied beside it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(aside, path)  # noqa: PTH105 - the rename is the point, and this is its plain name
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = path.with_name(f".{path.name}.part")
        shutil.copyfile(aside, near)
        os.replace(near, path)  # noqa: PTH105
        aside.unlink()


def remove(path: Path) -> None:
    """Remove a file that may be gone already."""
    with suppress(FileNotFoundError):
        path.unlink()
