"""What the page adds below a figure: its numbers and cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from publish.page.rows import safe_rows, written


def below_figure(name: str, entry: Mapping[str, Any], numbers: str, listed: Collection[str] = ()) -> str:
    """The line below a figure or table: its numbers as text that opens, and the people behind it.

    The page's script makes tabs of it: chart, table, sources and download (theme/page/scripts/tabs.js).

    Args:
        name: The figure's name.
        entry: Its entry in the manifest.
        numbers: Its numbers as CSV.
        listed: The cases that this page can show; none where it has no list.
    """
    said = escape(name)
    parts = [
        f'<details class="figure-data" data-figure="{said}" data-kind="{entry["kind"]}">'
        f'<summary>Numbers<span class="visually-hidden"> of {said}</span></summary>'
        f'<div class="scroll" role="region" tabindex="0" aria-label="Numbers of {said}">'
        f"<pre>\n{escape(written(safe_rows(numbers)))}</pre></div></details>"
    ]
    shown = len(set(entry["cases"]) & set(listed))
    if shown:
        part = f" of {len(entry['cases'])}" if shown < len(entry["cases"]) else ""
        words = f"The {shown}{part} people" if shown > 1 else "The person"
        parts.append(f'<a class="figure-cases" data-figure="{said}" href="#tbl-cases">{words} behind this</a>')
    return f'<div class="figure-tools">{" ".join(parts)}</div>'
