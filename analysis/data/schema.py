"""The tables against the schema that `datapackage.json` states: cells, keys, and links between tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.data.cells import impossible, is_of_dates, odd_cells, seen
from analysis.data.problems import Problem

Tables = dict[str, pd.DataFrame]
Resources = dict[str, dict[str, Any]]

DIGITS = "is not a number. Write digits only."
FORMS = {
    "integer": (r"-?[0-9]{1,15}", DIGITS),
    "number": (r"-?[0-9]{1,15}(\.[0-9]+)?", DIGITS),
    "date": (r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "is not a day. Write YYYY-MM-DD."),
    "uri": (r"https?://\S+", "is not a web address. Write it in full, starting with http:// or https://."),
}
"""What a cell of a type or format must match whole, and what to say where it does not."""


def schema_problems(table: pd.DataFrame, shown: str, schema: dict[str, Any]) -> list[Problem]:
    """Every cell of a table that breaks the table's own schema, and every repeated key, with its line in the file.

    Args:
        table: The file as text, its lines as index (from `tables.read_text`).
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file.
    """
    key, problems = schema.get("primaryKey", []), []
    for field in schema["fields"]:
        cells = table[field["name"]]
        for broken, rule in _broken(cells, field, unique=key == [field["name"]]):
            for line, cell in cells[broken].items():
                value = f'"{seen(cell)}"' if isinstance(cell, str) else "the cell"
                problems.append(Problem(shown, int(str(line)), field["name"], f"{value} {rule}"))
    if len(key) > 1:
        for line, *cells in table.loc[table.duplicated(key), key].itertuples():
            same = ", ".join(map(str, cells))
            problems.append(Problem(shown, line, "", f"{same} stands in an earlier row too. Keep one of them."))
    return [*problems, *_ranges(table, shown)]


def _broken(cells: pd.Series[str], field: dict[str, Any], unique: bool) -> Iterator[tuple[pd.Series[bool], str]]:
    """The cells that break each rule of a column, and what to say of them."""
    constraints, filled = field.get("constraints", {}), cells.notna()
    if constraints.get("required"):
        yield ~filled, "is empty. This column must be filled."
    if unique or constraints.get("unique"):
        yield filled & cells.duplicated(keep=False), "stands in more than one row. Give each row its own."
    allowed = [str(value) for value in constraints.get("enum", [])]
    allowed = allowed or (["true", "false"] if field["type"] == "boolean" else [])
    if allowed:
        way_out = f"Write {', '.join(allowed)}{'' if constraints.get('required') else ', or leave it empty'}."
        yield filled & ~cells.isin(allowed), f"is not one of the allowed values. {way_out}"
        return
    forms = [FORMS[name] for name in (field["type"], field.get("format")) if name in FORMS]
    if pattern := constraints.get("pattern"):
        month = pattern.startswith(r"\d{4}(")
        says = (
            "is not a month. Write YYYY-MM, YYYY, or leave it empty." if month else f"does not have the form {pattern}."
        )
        forms.append((pattern, says))
    for form, says in forms:
        yield ~cells.str.fullmatch(form, na=True, flags=re.ASCII).astype(bool), says
    if is_of_dates(field):
        yield impossible(cells), "is no date of this age. Correct year, month or day."
    elif not forms:
        yield from odd_cells(cells)


def _ranges(table: pd.DataFrame, shown: str) -> Iterator[Problem]:
    """Rows whose low end, by the column's name, lies above their high end."""
    for low in [name for name in table.columns if "low" in str(name).split("_")]:
        high = "_".join("high" if part == "low" else part for part in str(low).split("_"))
        if high in table.columns:
            ends = table[[low, high]].apply(pd.to_numeric, errors="coerce")
            for line, above, below in table.loc[ends[low] > ends[high], [low, high]].itertuples():
                yield Problem(shown, line, low, f'"{above}" is above {high} ({below}). Correct one of the two.')


def link_problems(tables: Tables, resources: Resources) -> list[Problem]:
    """Every cell that names a row of another table which is not there.

    Args:
        tables: Every table as text, by name, its lines as index.
        resources: The resources of the data package, by name.
    """
    problems = []
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            (column,), target = key["fields"], key["reference"]
            cells = tables[name][column].dropna()
            where = f"data/{resources[target['resource']]['path']}"
            for line, value in cells[~cells.isin(tables[target["resource"]][target["fields"][0]])].items():
                message = f'"{value}" is not in {where}. Add the row there, or correct it here.'
                problems.append(Problem(f"data/{resource['path']}", int(str(line)), column, message))
    return problems
