"""Numbers of people so small that they are not printed beside a second thing that is known of the same people."""

from __future__ import annotations

from analysis.record.formats import count

LEAST = 3  # people
FEWER = f"fewer than {LEAST}"


def too_few(n: int) -> bool:
    """Whether so many people are somebody, and fewer than may be printed beside a second attribute."""
    return 0 < n < LEAST


def counted(n: int) -> str:
    """A cell of a cross-table in print: the count, or that it is too small to be printed."""
    return FEWER if too_few(n) else count(n)
