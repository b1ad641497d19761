"""Each table against its own schema, as `datapackage.json` states it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.problems import Problem

TRUE_FALSE = ["true", "false"]
MONTH_RULE = "Write YYYY-MM, YYYY, or leave it empty."


def read_table(path: Path) -> pd.DataFrame:
    """A CSV file as text: one row per line, empty cells as NA, nothing else interpreted."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")


def header_problems(path: Path, shown: str, schema: dict[str, Any]) -> list[Problem]:
    """What is wrong with a file before its cells: missing, unreadable, wrong header, ragged rows."""
    if not path.is_file():
        return [Problem(shown, 0, "", "the file is missing. Restore it from the last commit.")]
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            ragged = [(reader.line_num, len(row)) for row in reader if len(row) != len(header)]
    except (UnicodeDecodeError, csv.Error) as error:
        return [Problem(shown, 0, "", f"cannot be read as UTF-8 CSV ({error}). Save it as CSV, UTF-8.")]
    expected = [field["name"] for field in schema["fields"]]
    if header != expected:
        return [Problem(shown, 1, "", f"the header is {', '.join(header)}. It must be {', '.join(expected)}.")]
    return [
        Problem(shown, line, "", f"{count} cells where the header has {len(header)}. Check commas and quotes.")
        for line, count in ragged
    ]


def _column(field: dict[str, Any], unique: bool) -> pa.Column:
    constraints = field.get("constraints", {})
    checks = []
    allowed = constraints.get("enum") or (TRUE_FALSE if field["type"] == "boolean" else None)
    if allowed:
        checks.append(pa.Check.isin([str(value) for value in allowed]))
    if "pattern" in constraints:
        checks.append(pa.Check.str_matches(f"^(?:{constraints['pattern']})$"))
    if field["type"] in ("integer", "number") and not allowed:
        checks.append(pa.Check.str_matches(r"^-?\d+(\.\d+)?$" if field["type"] == "number" else r"^-?\d+$"))
    if field["type"] == "date":
        checks.append(pa.Check.str_matches(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"))
    if field.get("format") == "uri":
        checks.append(pa.Check.str_matches(r"^https?://\S+$"))
    return pa.Column(None, checks, nullable=not constraints.get("required"), unique=unique)


def _rule(field: dict[str, Any], check: str) -> str:
    constraints = field.get("constraints", {})
    if check == "not_nullable":
        return "is empty. This column must be filled."
    if check == "field_uniqueness":
        return "stands in more than one row. Give each row its own."
    allowed = constraints.get("enum") or (TRUE_FALSE if field["type"] == "boolean" else None)
    if allowed:
        empty = "" if constraints.get("required") else ", or leave it empty"
        return f"is not one of the allowed values. Write {', '.join(map(str, allowed))}{empty}."
    if field.get("format") == "uri":
        return "is not a web address. Write it in full, starting with http:// or https://."
    if field["type"] == "date":
        return "is not a day. Write YYYY-MM-DD."
    if constraints.get("pattern", "").startswith(r"\d{4}("):
        return f"is not a month. {MONTH_RULE}"
    if field["type"] in ("integer", "number"):
        return "is not a number. Write digits only."
    return f"does not have the form {constraints['pattern']}."


def table_problems(table: pd.DataFrame, shown: str, schema: dict[str, Any]) -> list[Problem]:
    """Every cell of a table that breaks the table's own schema, with its line in the file.

    Args:
        table: The file as text (from `read_table`).
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file.
    """
    key = schema.get("primaryKey", [])
    fields = {field["name"]: field for field in schema["fields"]}
    single = key[0] if len(key) == 1 else None
    columns = {
        name: _column(field, name == single or bool(field.get("constraints", {}).get("unique")))
        for name, field in fields.items()
    }
    problems = []
    try:
        pa.DataFrameSchema(columns).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for failure in errors.failure_cases.itertuples():
            value = table[failure.column].iloc[int(failure.index)]
            shown_value = f'"{value}"' if isinstance(value, str) else "the cell"
            check = re.split(r"\(", str(failure.check))[0]
            message = f"{shown_value} {_rule(fields[failure.column], check)}"
            problems.append(Problem(shown, int(failure.index) + 2, failure.column, message))
    if len(key) > 1:
        repeated = table[table.duplicated(key, keep="first")]
        for line, row in zip(repeated.index, repeated[key].itertuples(index=False), strict=True):
            same = ", ".join(map(str, row))
            problems.append(
                Problem(shown, int(line) + 2, "", f"{same} stands in an earlier row too. Keep one of them.")
            )
    return problems


def typed(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    """The table with integers, numbers and booleans as nullable pandas types; text stays text."""
    table = table.copy()
    for field in schema["fields"]:
        name = field["name"]
        if field["type"] == "integer":
            table[name] = pd.to_numeric(table[name]).astype("Int64")
        elif field["type"] == "number":
            table[name] = pd.to_numeric(table[name]).astype("Float64")
        elif field["type"] == "boolean":
            table[name] = table[name].map({"true": True, "false": False}).astype("boolean")
    return table
