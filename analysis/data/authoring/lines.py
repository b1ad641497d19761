"""New lines among those of a table: each at its place in the order, and no other line touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.data.opened import opened


def as_csv(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as the project writes them: UTF-8, LF, quotes where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def inserted(text: str, new: Sequence[Mapping[str, str]], key: Sequence[str]) -> str:
    """A table with new rows, which stay together, before the first row with a greater key.

    Args:
        text: The table as it stands in its file.
        new: The rows; a column that they do not name is empty.
        key: The columns by which the table is in order; the first new row gives the place.
    """
    header = next(csv.reader(io.StringIO(text)))
    table, _ = opened(text.encode(), "", header)
    rows = () if table is None else table[[*key]].itertuples()
    place = [new[0][name] for name in key]
    lines = io.StringIO(text, newline="").readlines()
    at = next((line for line, *row in rows if row > place), len(lines) + 1)
    lines.insert(at - 1, as_csv([row.get(name, "") for name in header] for row in new))
    return "".join(lines)


def without(text: str, column: str, values: set[str]) -> str:
    """A table without the rows whose column holds one of the values."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    at = header.index(column)
    return as_csv([header, *(row for row in rows if row[at] not in values)])
