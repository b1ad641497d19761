"""What stops a build: failures that name their cause, and the exit code that each gives."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

GOOD, WRONG, UNUSABLE = 0, 1, 2


class BuildFailure(Exception):  # noqa: N818 - a failed build is a failure; its message is what a person reads
    """The paper, its data or its code is wrong; the message says what, where, and the way out."""

    exit_code = WRONG


class MissingTool(BuildFailure):
    """A program or package that the command needs is not there."""

    exit_code = UNUSABLE


def written_out(error: BaseException, root: Path) -> str:
    """An error as a person should read it: the cause and the file, no trace.

    Args:
        error: What was raised.
        root: The project's root, cut from the paths in the message.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return _system(error, root)
    if isinstance(error, UnicodeEncodeError) and (name := re.search(r"[^\s\"]*[\udc80-\udcff][^\s\"]*", error.object)):
        return f"{ascii(name[0])[1:-1]}: the name is not UTF-8, and no file of the build can hold it. Rename it."
    message = str(error).strip() or type(error).__name__
    if not isinstance(error, BuildFailure) and not getattr(error, "problems", None):
        message = f"{type(error).__name__}: {message}"
    return message.replace(f"{root}{os.sep}", "")


def _system(error: OSError, root: Path) -> str:
    file = error.filename2 or error.filename
    where = str(file).replace(f"{root}{os.sep}", "") if file else "a file of the build"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{where}: the disk is full ({error.strerror}). Make room and build again; the last good outputs stand."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where}: may not be read or written ({error.strerror}). Check its permissions and owner."
    if error.errno == errno.EISDIR:
        return f"{where}: is a directory where a file should be. Move it away."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{where}: a file, or a link that leads nowhere, stands where a folder should be. Move it away."
    if error.errno == errno.ENOENT:
        return f"{where}: is not there. Restore it, or remove what asks for it."
    return f"{where}: {error.strerror}."
