"""Tables in the terminal: as wide as it is, and whole where the output goes into a pipe or a file."""

from __future__ import annotations

import sys

from rich.console import Console

_WIDE = 10_000  # characters; more than any line has


def console() -> Console:
    """Where tables are printed: nothing is cut because nobody said how wide a pipe is."""
    return Console(width=None if sys.stdout.isatty() else _WIDE)
