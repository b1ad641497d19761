"""The files of the data package as tables: read as text with their lines, then given types."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.cells import marks_of_a_merge
from analysis.data.opened import opened
from analysis.data.problems import Problem

_CHANGE = ".change"


def read_text(path: Path, shown: str, schema: dict[str, Any]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A file's table as text, or what is wrong with the file before its cells.

    Args:
        path: The file.
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file; names its columns.

    Returns:
        One categorical column per field, an empty cell as NaN, `TRUE` as `true`, nothing else interpreted; index
        `line`: where in the file the row begins, the header being line 1. None when the file cannot be read as a table.
        What is wrong with the file may stand beside a table, since what it meant can be read all the same.
    """
    if not path.is_file():
        return None, [Problem(shown, 0, "", "the file is missing. Restore it from the last commit.")]
    content = path.read_bytes()
    if marks := marks_of_a_merge(content, shown):
        return None, marks
    table, problems = opened(content, shown, [field["name"] for field in schema["fields"]])
    if table is None:
        return None, problems
    for name in [field["name"] for field in schema["fields"] if field["type"] == "boolean"]:
        capitals = table[name].isin(["TRUE", "True", "FALSE", "False"])
        table[name] = table[name].astype(object).mask(capitals, table[name].str.lower())
    return table, problems


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
        return cells.map(int, na_action="ignore").astype("Int8" if "enum" in field.get("constraints", {}) else "Int64")
    if field["type"] == "number":
        return cells.map(float, na_action="ignore").astype("Float64")
    if field["type"] == "boolean":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return cells


def put(folder: Path, texts: Mapping[str, str]) -> None:
    """Replace files of the data, all of them or none, at whatever moment the program is killed.

    They are gathered aside. The change is made when their folder gets its name; who loads the data next ends it.

    Args:
        folder: The data.
        texts: File name to what the file shall hold.
    """
    half = folder / f"{_CHANGE}.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    for name, text in texts.items():
        (half / name).write_text(text, "utf-8", newline="\n")
    half.replace(folder / _CHANGE)
    settle(folder)


def settle(folder: Path) -> None:
    """Bring to its end a change by `put` that was made, and that a kill left half in place."""
    for file in (folder / _CHANGE).glob("*"):
        with suppress(FileNotFoundError):  # another program brings it to its end too
            file.replace(folder / file.name)
    with suppress(OSError):
        (folder / _CHANGE).rmdir()
