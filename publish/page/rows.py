"""Rows as CSV that a spreadsheet opens without running anything; the same rule as theme/page/scripts/csv.js."""

from __future__ import annotations

import csv
import io
import re

# Control characters, and those that steer the direction of text.
_CONTROLS = re.compile("[\x00-\x1f\x7f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_FORMULA = re.compile(r"""[\s'"]*[=+\-@＝＋－＠]""")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    An apostrophe goes before what opens like a formula and is no number; controls of line and direction become a space.

    Args:
        text: The cell.
    """
    plain = _CONTROLS.sub(" ", text)
    return f"'{plain}" if _FORMULA.match(plain) and not _NUMBER.fullmatch(plain) else plain


def safe_rows(text: str) -> list[list[str]]:
    """The rows of a CSV text, header first, each cell made safe."""
    return [[safe_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


def written(rows: list[list[str]]) -> str:
    """Rows as CSV, to read; the page's script quotes every cell where it saves them."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
