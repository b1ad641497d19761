"""Data for the page's script: an element that no browser runs, and the text in it small."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

_ROWS = "="  # the number of rows, in what stands for a list of rows by columns
_NONE = "\0"  # in a column: this row has no such name


def data_island(identifier: str, content: Any, ids: Iterable[str] = ()) -> str:
    """Data as an element that no browser runs, whatever text the data holds; `paper.unpacked` gives the data back.

    Args:
        identifier: The element's id.
        content: What JSON can hold.
        ids: Texts that only lead from one part of the data to another, and come back as numbers, shorter.
    """
    short = {name: str(number) for number, name in enumerate(ids)}
    text = json.dumps(packed(content, short), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{identifier}">{text}</script>'


def packed(content: Any, short: Mapping[str, str]) -> Any:
    """The same by columns: equal names are said once, and what is alike stands together, which packs well.

    A column of texts without blanks is one text.

    Args:
        content: What JSON can hold; no name in it is `=`.
        short: Text to what is said in its place.
    """
    if isinstance(content, list) and len(content) > 1 and all(isinstance(row, dict) for row in content):
        names = sorted({name for row in content for name in row})
        columns = {name: packed([row.get(name, _NONE) for row in content], short) for name in names}
        return {_ROWS: len(content), **{name: _joined(column) for name, column in columns.items()}}
    if isinstance(content, list):
        return [packed(one, short) for one in content]
    if isinstance(content, dict):
        return {short.get(name, name): packed(one, short) for name, one in content.items()}
    return short.get(content, content) if isinstance(content, str) else content


def _joined(column: Any) -> Any:
    whole = isinstance(column, list) and all(isinstance(one, str) and " " not in one for one in column)
    return " ".join(column) if whole else column
