"""The files of the data package as tables: read as text with their lines, then given types."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.cells import marks_of_a_merge
from analysis.data.problems import Problem


def read_text(path: Path, shown: str, schema: dict[str, Any]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A file's table as text, or what is wrong with the file before its cells.

    Args:
        path: The file.
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file; names its columns.

    Returns:
        One text column per field, an empty cell as NaN, nothing else interpreted; index `line`: where in the file the
        row begins, the header being line 1. None when the list of problems is not empty.
    """
    if not path.is_file():
        return None, [Problem(shown, 0, "", "the file is missing. Restore it from the last commit.")]
    content = path.read_bytes()
    if marks := marks_of_a_merge(content, shown):
        return None, marks
    expected = [field["name"] for field in schema["fields"]]
    try:
        reader = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Problem(shown, line, "", "is not UTF-8. Save the file as CSV in that encoding.")]
    try:
        header, begin = next(reader, []), [reader.line_num]
        rows = np.fromiter(((reader.line_num, len(row)) for row in reader), dtype=np.dtype((int, 2)))
    except csv.Error as error:
        return None, [
            Problem(shown, reader.line_num, "", f"cannot be read as CSV ({error}). Correct quotes and commas.")
        ]
    if header and header[0].startswith("\ufeff"):
        return None, [Problem(shown, 1, "", "begins with a byte order mark. Save it as UTF-8 without one (no BOM).")]
    if header != expected:
        message = f"the header is {', '.join(header)}. It must be {', '.join(expected)}."
        return None, [Problem(shown, 1, "", message)]
    ends, counts = rows.T
    lines = np.concatenate([begin, ends])[: len(rows)] + 1  # a row begins after the end of the one before
    ragged = counts != len(header)
    if ragged.any():
        says = f"cells where the header has {len(header)}. Check commas and quotes."
        found = zip(lines[ragged], counts[ragged], strict=True)
        return None, [Problem(shown, int(line), "", f"{count} {says}") for line, count in found]
    text = io.BytesIO(content)
    table = pd.read_csv(text, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    return table.set_index(pd.Index(lines, name="line")), []


def typed(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    """The table with integers, numbers and booleans as nullable pandas types, rows counted from 0; text stays text.

    Args:
        table: From `read_text`, good by its schema.
        schema: Table Schema (Data Package v2) of the file.
    """
    columns = {field["name"]: _typed(table[field["name"]], field) for field in schema["fields"]}
    return pd.DataFrame(columns).reset_index(drop=True)


def _typed(cells: pd.Series[str], field: dict[str, Any]) -> pd.Series[Any]:
    if field["type"] == "integer":
        return pd.to_numeric(cells).astype("Int8" if "enum" in field.get("constraints", {}) else "Int64")
    if field["type"] == "number":
        return pd.to_numeric(cells).astype("Float64")
    if field["type"] == "boolean":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return cells
