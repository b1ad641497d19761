"""What a file holds, by its hash: each file is read once, and again only when its stamps have moved."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

_SETTLED = 100_000_000  # nanoseconds after which a file that is written again has another stamp

_BARE: dict[str, object] = {"outputs": [], "execution_count": None}
_PLAIN = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass
class Known:
    """What is known of a file.

    Attributes:
        stamp: Inode, size, and times of modification and change; the last cannot be set back, so a file that was
            restored with its old date is read again. Empty: to be read again in any case.
        digest: SHA-256 of the content in hexadecimal; of a notebook as it is committed, without outputs.
        imports: What the file imports, once someone has asked.
    """

    stamp: list[int]
    digest: str
    imports: list[str] | None = None


known: dict[str, Known] = {}
"""Path to what is known; the record of the build keeps it from one process to the next."""


def known_of(path: Path) -> Known:
    """What is known of a file as it is now.

    Raises:
        OSError: The file is not there or cannot be read.
    """
    now, stat = time.time_ns(), path.stat()
    stamp = [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
    before = known.get(str(path))
    if before and before.stamp == stamp:
        return before
    digest = hashlib.sha256(_content(path)).hexdigest()
    imports = before.imports if before and before.digest == digest else None
    found = known[str(path)] = Known(stamp if now - stat.st_ctime_ns > _SETTLED else [], digest, imports)
    return found


def _content(path: Path) -> bytes:
    """What of a file counts: of a notebook of the analysis what a person wrote, in the form in which it is committed.

    Outputs that an editor saved by accident, counts of executions and the editor's own marks change nothing.
    """
    content = path.read_bytes()
    if path.suffix != ".ipynb" or path.parent.name != "analysis":
        return content
    try:
        notebook = json.loads(content)
        for cell in notebook["cells"]:
            cell |= {"metadata": {}} | (_BARE if cell["cell_type"] == "code" else {})
        text = json.dumps(notebook | {"metadata": _PLAIN}, indent=1, sort_keys=True, ensure_ascii=False)
    except (ValueError, KeyError, TypeError):
        return content
    return f"{text}\n".encode()


def digest(path: Path) -> str | None:
    """SHA-256 of a file's content in hexadecimal; None where there is no file."""
    try:
        return known_of(path).digest
    except FileNotFoundError:
        return None


def text_digest(text: str) -> str:
    """SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
