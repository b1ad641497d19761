"""What the page adds to a figure: its title as text, and below it its numbers and cases."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from publish.page.rows import safe_rows, written

# A longer table is better read as a file.
MOST_ROWS = 120
# Ids of the cases behind a row, or counts of them; ids are for the file and the case list, not for a table to read.
CASES = "cases"
_LONG_DECIMALS = re.compile(r"-?\d+\.\d{4,}")


def below_figure(name: str, entry: Mapping[str, Any], numbers: str, listed: Collection[str] = ()) -> str:
    """The line below a figure or table: its numbers as a table that opens, as CSV, and the cases behind it.

    Args:
        name: The figure's name.
        entry: Its entry in the manifest.
        numbers: Its numbers as CSV.
        listed: The cases that this page can show; none where it has no list.
    """
    rows = safe_rows(numbers)
    of = f'<span class="visually-hidden"> of {escape(name)}</span>'
    parts = []
    if entry["kind"] == "figure" and len(rows) <= MOST_ROWS:
        parts.append(
            f'<details class="figure-data"><summary>Data table{of}</summary>'
            f'<div class="scroll" role="region" tabindex="0" aria-label="Numbers of {escape(name)}">'
            f"{table(readable(rows))}</div></details>"
        )
    address = base64.b64encode(written(rows).encode("utf-8-sig")).decode()
    parts.append(f'<a download="{escape(name)}.csv" href="data:text/csv;base64,{address}">Numbers as CSV{of}</a>')
    shown = len(set(entry["cases"]) & set(listed))
    if shown:
        part = f" of {len(entry['cases'])}" if shown < len(entry["cases"]) else ""
        words = f"The {shown}{part} cases" if shown > 1 else "The case"
        parts.append(f'<a class="figure-cases" data-figure="{escape(name)}" href="#tbl-cases">{words} behind this</a>')
    return f'<div class="figure-tools">{" ".join(parts)}</div>'


def readable(rows: list[list[str]]) -> list[list[str]]:
    """Rows as a reader wants them: three significant figures, plain column names, without the ids of cases.

    Args:
        rows: The numbers as the file has them, the first row being the header.
    """
    named = [place for place, name in enumerate(rows[0]) if name == CASES]
    ids = {place for place in named if not all(row[place].isdigit() for row in rows[1:])}
    head, *body = [[cell for place, cell in enumerate(row) if place not in ids] for row in rows]
    return [[name.replace("_", " ") for name in head], *([_rounded(cell) for cell in row] for row in body)]


def _rounded(cell: str) -> str:
    """A number with more than three decimals to three significant figures, without an exponent; else as it is."""
    if not _LONG_DECIMALS.fullmatch(cell):
        return cell
    number = float(cell)
    decimals = max(0, 2 - math.floor(math.log10(abs(number)))) if number else 0
    return f"{number:.{decimals}f}"


def chart_title(title: str) -> str:
    """The title of a chart as text of the page, for screens on which the drawn one runs out of sight.

    It says again what the chart says, so it is kept from screen readers, which hear the chart's own words.

    Args:
        title: The finding, as drawn.
    """
    return f'<p class="chart-title" aria-hidden="true">{escape(title)}</p>'


def table(rows: list[list[str]]) -> str:
    """Rows as an HTML table, the first one being the header."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
