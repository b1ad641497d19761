"""Each table against its own schema, as `datapackage.json` states it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from analysis.data.problems import Problem

TRUE_FALSE = ["true", "false"]
MONTH_RULE = "Write YYYY-MM, YYYY, or leave it empty."


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
        table: The file as text (from `csv_text.read_text`).
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file.

    A check looks at every different cell of a column once; only a column in which one fails is gone through row by
    row, to name the rows.
    """
    key = schema.get("primaryKey", [])
    fields = {field["name"]: field for field in schema["fields"]}
    single = key[0] if len(key) == 1 else None
    columns = {
        name: _column(field, name == single or bool(field.get("constraints", {}).get("unique")))
        for name, field in fields.items()
    }
    problems = []
    failing = [name for name, column in columns.items() if not _sound(table[name].cat, column)]
    try:
        pa.DataFrameSchema({name: columns[name] for name in failing}).validate(table[failing].astype(object), lazy=True)
    except pa.errors.SchemaErrors as errors:
        for failure in errors.failure_cases.itertuples():
            value = table[failure.column].iloc[int(failure.index)]
            shown_value = f'"{value}"' if isinstance(value, str) else "the cell"
            check = re.split(r"\(", str(failure.check))[0]
            message = f"{shown_value} {_rule(fields[failure.column], check)}"
            problems.append(Problem(shown, int(failure.index) + 2, failure.column, message))
    if len(key) > 1 and repeats([table[name] for name in key]):
        repeated = table[table.duplicated(key, keep="first")]
        for line, row in zip(repeated.index, repeated[key].itertuples(index=False), strict=True):
            same = ", ".join(map(str, row))
            problems.append(
                Problem(shown, int(line) + 2, "", f"{same} stands in an earlier row too. Keep one of them.")
            )
    return problems


def _sound(cells: Any, column: pa.Column) -> bool:
    """Whether a column passes its checks, from its different cells and how many rows each has."""
    different = pd.Series(cells.categories, dtype=object)
    empty = bool((cells.codes < 0).any())
    if (empty and not column.nullable) or (column.unique and len(different) + empty < len(cells.codes)):
        return False
    return all(bool(check(different).check_passed) for check in column.checks)


def repeats(columns: list[pd.Series]) -> bool:
    """Whether any combination of cells stands in more than one row.

    Args:
        columns: Categorical columns of one table.
    """
    numbers, span = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        size = len(column.cat.categories) + 1
        numbers, span = numbers * size + (column.cat.codes.to_numpy() + np.int64(1)), span * size
    if span > 8 * len(numbers):  # too many combinations to keep a mark for each
        return bool(pd.Series(numbers).duplicated().any())
    seen = np.zeros(span, dtype=bool)
    seen[numbers] = True
    return int(seen.sum()) < len(numbers)


def typed(table: pd.DataFrame, schema: dict[str, Any], keep: Collection[str] = ()) -> pd.DataFrame:
    """The table with integers, numbers and booleans as nullable pandas types; text stays text.

    Args:
        table: The file as text (from `csv_text.read_text`), good by its schema.
        schema: Table Schema (Data Package v2) of the file.
        keep: Columns that stay categorical, because their texts repeat through a long table.
    """
    columns = {}
    for field in schema["fields"]:
        cells = table[field["name"]]
        columns[field["name"]] = cells if field["name"] in keep else _typed(cells, field)
    return pd.DataFrame(columns, copy=False)


def _typed(cells: pd.Series, field: dict[str, Any]) -> Any:
    different = pd.Series(cells.cat.categories, dtype=object)
    if field["type"] == "integer":
        few = "enum" in field.get("constraints", {})
        values = pd.to_numeric(different).astype("Int8" if few else "Int64").array
    elif field["type"] == "number":
        values = pd.to_numeric(different).astype("Float64").array
    elif field["type"] == "boolean":
        values = different.map({"true": True, "false": False}).astype("boolean").array
    else:
        return cells.astype(object)
    return values.take(cells.cat.codes.to_numpy(), allow_fill=True)
