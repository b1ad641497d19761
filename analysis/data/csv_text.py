"""A CSV file as text: read by column, every different cell once, so that long files stay small and quick."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from analysis.data.problems import Problem

_BLOCK = 8 << 20  # bytes read at a time


def read_text(path: Path, shown: str, schema: dict[str, Any]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A file's table as text, or what is wrong with the file before its cells.

    Args:
        path: The file.
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file; names its columns.

    Returns:
        One categorical column per field, a row per line, an empty cell as NA, nothing else interpreted; None when
        the list of problems is not empty.
    """
    expected = [field["name"] for field in schema["fields"]]
    table = _quickly(path, expected)
    if table is not None:
        return table, []
    problems = file_problems(path, shown, expected)
    return (None, problems) if problems else (_patiently(path), [])


def file_problems(path: Path, shown: str, expected: list[str]) -> list[Problem]:
    """What is wrong with a file before its cells: missing, unreadable, wrong header, ragged rows.

    Args:
        path: The file.
        shown: The file's name in messages.
        expected: The names that its header must have, in order.
    """
    if not path.is_file():
        return [Problem(shown, 0, "", "the file is missing. Restore it from the last commit.")]
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            ragged = [(reader.line_num, len(row)) for row in reader if len(row) != len(header)]
    except (UnicodeDecodeError, csv.Error) as error:
        return [Problem(shown, 0, "", f"cannot be read as UTF-8 CSV ({error}). Save it as CSV, UTF-8.")]
    if header != expected:
        return [Problem(shown, 1, "", f"the header is {', '.join(header)}. It must be {', '.join(expected)}.")]
    return [
        Problem(shown, line, "", f"{count} cells where the header has {len(header)}. Check commas and quotes.")
        for line, count in ragged
    ]


def _quickly(path: Path, expected: list[str]) -> pd.DataFrame | None:
    """The table, or None when anything is unusual: the patient way then reads the file or says what is wrong."""
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        with path.open("rb") as content:
            if content.readline().rstrip(b"\r\n") != ",".join(expected).encode():
                return None
        table = pa.csv.read_csv(
            path,
            read_options=pa.csv.ReadOptions(block_size=_BLOCK),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(expected, text),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except (OSError, pa.ArrowInvalid):
        return None
    if table.column(0).null_count:  # an empty line looks like a row of empty cells
        return None
    columns = {}
    for name in expected:
        columns[name] = _categorical(table.column(name))
        table = table.drop_columns([name])
    pa.default_memory_pool().release_unused()
    return pd.DataFrame(columns, copy=False)


def _categorical(column: pa.ChunkedArray) -> pd.Categorical:
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # a table without rows has no chunk to combine
        whole = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.string()))
    categories = pd.Index(whole.dictionary.to_numpy(zero_copy_only=False), dtype=object)
    codes = whole.indices.fill_null(-1).to_numpy().astype(np.min_scalar_type(-max(len(categories), 1)))
    return pd.Categorical.from_codes(codes, categories, validate=False)


def _patiently(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8").astype("category")
