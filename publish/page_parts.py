"""What the page adds to the paper: below each figure its numbers and cases, at the end the downloads."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from html import escape
from typing import Any

from publish.page_csv import safe_rows, written

# A longer table is better read as a file.
MOST_ROWS = 120


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
            f"{table(rows)}</div></details>"
        )
    address = base64.b64encode(written(rows).encode("utf-8-sig")).decode()
    parts.append(f'<a download="{escape(name)}.csv" href="data:text/csv;base64,{address}">Numbers as CSV{of}</a>')
    shown = len(set(entry["cases"]) & set(listed))
    if shown:
        part = f" of {len(entry['cases'])}" if shown < len(entry["cases"]) else ""
        words = f"The {shown}{part} cases" if shown > 1 else "The case"
        parts.append(f'<a class="figure-cases" data-figure="{escape(name)}" href="#tbl-cases">{words} behind this</a>')
    return f'<div class="figure-tools">{" ".join(parts)}</div>'


def table(rows: list[list[str]]) -> str:
    """Rows as an HTML table, the first one being the header."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def downloads(files: Iterable[tuple[str, str]], notebooks: Iterable[tuple[str, str]]) -> str:
    """The part of the page that links what lies beside it.

    Args:
        files: Address and description of each file.
        notebooks: Address and title of each executed notebook.
    """
    return (
        '<section id="downloads" class="downloads" aria-labelledby="downloads-title">\n'
        '<h2 id="downloads-title">Downloads</h2>\n'
        "<p>These lie beside this page where the paper was built; the page itself needs none of them.</p>\n"
        f"<ul>\n{_links(files)}</ul>\n"
        "<p>The notebooks that made the numbers, as they were executed:</p>\n"
        f"<ul>\n{_links(notebooks)}</ul>\n</section>"
    )


def _links(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>\n' for address, words in pairs)
