"""Numbers of people so small that they are not printed beside a second thing that is known of the same people.

The one rule: in a table of two attributes of people, a cell of one or two is somebody. Its count, and what follows from
it, is in no text, chart or file of a figure; nor are the ids of its cases.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.record.formats import count

LEAST = 3  # people
FEWER = f"fewer than {LEAST}"
HIDDEN = f"{FEWER[:1].upper()}{FEWER[1:]} people in a cell are not counted out."
"""What the caption of a figure or table says of them."""


def too_few(n: int) -> bool:
    """Whether so many people are somebody, and fewer than may be printed beside a second attribute."""
    return 0 < n < LEAST


def counted(n: int) -> str:
    """A cell of a cross-table in print: the count, or that it is too small to be printed."""
    return FEWER if too_few(n) else count(n)


def out_of(n: int, denominator: int) -> str:
    """A cell with what it is counted among: `36 of 59`, `fewer than 3 of 33`; those alone may be too few."""
    return FEWER if too_few(denominator) else f"{counted(n)} of {count(denominator)}"


def withheld(table: pd.DataFrame, *cells: Sequence[str]) -> pd.DataFrame:
    """A table (a row per mark) without the numbers that are too small to be printed.

    Of `cells` each is a column of counts, and after it the columns that would give the count away: they are missing in
    the rows in which the first of them is too few; counts are Int64.
    """
    for columns in cells:
        small = table[columns[0]].map(too_few)
        table = table.assign(**{name: table[name].mask(small) for name in columns}).astype({columns[0]: "Int64"})
    return table
