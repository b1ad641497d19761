"""The tables against the schema that `datapackage.json` states: cells, keys, and links between tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from analysis.data.cells import impossible, is_of_dates, odd_cells, seen
from analysis.data.meant import MONTH, Meant, by_name, meant
from analysis.data.problems import Problem

REPEATED = "stands in more than one row. Give each row its own."
Tables = dict[str, pd.DataFrame]
Resource = dict[str, Any]
Resources = dict[str, Resource]

DIGITS = "is not a number. Write digits only."
FORMS = {
    "integer": (r"0|-?[1-9][0-9]{0,14}", DIGITS),
    "number": (r"-?[0-9]{1,15}(\.[0-9]+)?", DIGITS),
    "date": (r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "is not a day. Write YYYY-MM-DD."),
    "uri": (
        r"https?://(?!localhost|127\.|10\.|192\.168\.)[^\s/?#@\"<>\\^`{|}\[\]]+([/?#][^\s\"<>\\^`{|}]*)?",
        "is not a web address for all. Write it in full, starting with http:// or https://, without a password.",
    ),
}
"""What a cell of a type or format must match whole, and what to say where it does not."""


@dataclass(frozen=True)
class WrongCell:
    """A cell that breaks the rule of its column.

    Attributes:
        line: Where its row begins in the file.
        column: Its column.
        cell: What stands there; NaN where it is empty.
        rule: What it breaks, and the way out.
        meant: What it was meant to hold, where a known cause explains it.
        near: The allowed value that is spelt most like it; empty where none is.
    """

    line: int
    column: str
    cell: str | float
    rule: str
    meant: Meant | None = None
    near: str = ""

    def problem(self, shown: str) -> Problem:
        """It as a problem of the file that messages call `shown`."""
        value = f'"{seen(self.cell)}"' if isinstance(self.cell, str) else "the cell"
        says = str(self.meant) if self.meant else self.rule
        hint = f" Did you mean {self.near}?" if self.near and not self.meant else ""
        return Problem(shown, self.line, self.column, f"{value} {says}{hint}", self.meant.cause if self.meant else says)


def wrong_cells(table: pd.DataFrame, schema: dict[str, Any]) -> Iterator[WrongCell]:
    """Every cell of a table that breaks the table's own schema.

    Args:
        table: The file as text, its lines as index (from `tables.read_text`).
        schema: Table Schema (Data Package v2) of the file.
    """
    key = schema.get("primaryKey", [])
    for field in schema["fields"]:
        cells = table[field["name"]]
        for broken, rule in _broken(cells, field, unique=key == [field["name"]]):
            for line, cell in cells[broken].items():
                found = meant(cell, field) if isinstance(cell, str) and rule != REPEATED else None
                allowed = map(str, field.get("constraints", {}).get("enum", ()))
                (near, *_) = [*get_close_matches(str(cell), allowed, 1), ""]
                yield WrongCell(int(str(line)), field["name"], cell, rule, found, near)


def schema_problems(table: pd.DataFrame, shown: str, schema: dict[str, Any]) -> list[Problem]:
    """Every cell of a table that breaks the table's own schema, and every repeated key, with its line in the file.

    Args:
        table: The file as text, its lines as index (from `tables.read_text`).
        shown: The file's name in messages.
        schema: Table Schema (Data Package v2) of the file.
    """
    key, problems = schema.get("primaryKey", []), [cell.problem(shown) for cell in wrong_cells(table, schema)]
    if len(key) > 1:
        rule = "stands in an earlier row too. Keep one of them."
        for line, *cells in table.loc[table.duplicated(key), key].itertuples():
            problems.append(Problem(shown, line, "", f"{', '.join(map(str, cells))} {rule}", rule))
    return [*problems, *_ranges(table, shown)]


def _broken(cells: pd.Series[str], field: dict[str, Any], unique: bool) -> Iterator[tuple[pd.Series[bool], str]]:
    """The cells that break each rule of a column, and what to say of them."""
    constraints, filled = field.get("constraints", {}), cells.notna()
    if constraints.get("required"):
        yield ~filled, "is empty. This column must be filled."
    if unique or constraints.get("unique"):
        yield filled & cells.duplicated(keep=False), REPEATED
    allowed = [str(value) for value in constraints.get("enum", [])]
    allowed = allowed or (["true", "false"] if field["type"] == "boolean" else [])
    if allowed:
        way_out = f"Write {', '.join(allowed)}{'' if constraints.get('required') else ', or leave it empty'}."
        yield filled & ~cells.isin(allowed), f"is not one of the allowed values. {way_out}"
        return
    for end, outside in (("minimum", pd.Series.lt), ("maximum", pd.Series.gt)):
        if (limit := constraints.get(end)) is not None:
            yield outside(pd.to_numeric(cells, errors="coerce"), limit), f"is beyond the {end}, {limit}. Correct it."
    if (most := constraints.get("maxLength")) is not None:
        yield cells.str.len() > most, f"has more than {most} letters. Shorten it."
    forms = [FORMS[name] for name in (field["type"], field.get("format")) if name in FORMS]
    if pattern := constraints.get("pattern"):
        month = pattern == MONTH
        says = (
            "is not a month. Write YYYY-MM, YYYY, or leave it empty." if month else f"does not have the form {pattern}."
        )
        forms.append((pattern, says))
    for form, says in forms:
        yield ~cells.str.fullmatch(form, na=True, flags=re.ASCII).astype(bool), says
    if is_of_dates(field):
        yield impossible(cells), "is no date of this age. Correct year, month or day."
    elif not forms or field.get("format") == "uri":
        yield from odd_cells(cells)


def _ranges(table: pd.DataFrame, shown: str) -> Iterator[Problem]:
    """Rows whose low end, by the column's name, lies above their high end."""
    for low in [name for name in table.columns if "low" in str(name).split("_")]:
        high = "_".join("high" if part == "low" else part for part in str(low).split("_"))
        if high in table.columns:
            ends = table[[low, high]].apply(pd.to_numeric, errors="coerce")
            for line, above, below in table.loc[ends[low] > ends[high], [low, high]].itertuples():
                says = f'"{above}" is above {high} ({below}). Correct one of the two.'
                yield Problem(shown, line, low, says, "above")


def wrong_links(table: pd.DataFrame, resource: Resource, tables: Tables, resources: Resources) -> Iterator[WrongCell]:
    """Every cell of a table that names a row of another table which is not there.

    Args:
        table: The file as text, its lines as index.
        resource: What the data package says of it.
        tables: Every table as text, by name.
        resources: The resources of the data package, by name.
    """
    for key in resource["schema"].get("foreignKeys", []):
        (column,), target = key["fields"], key["reference"]
        there, (link,) = tables[target["resource"]], target["fields"]
        known: dict[str, str] = dict(there[[link, "name"]].dropna().itertuples(index=False)) if "name" in there else {}
        rule = f"is not in data/{resources[target['resource']]['path']}. Add the row there, or correct it here."
        cells = table[column].dropna()
        for line, cell in cells[~cells.isin(there[link])].items():
            yield WrongCell(int(str(line)), column, cell, rule, by_name(cell, known))


def link_problems(tables: Tables, resources: Resources) -> list[Problem]:
    """Every cell that names a row of another table which is not there; tables and resources by name."""
    return [
        cell.problem(f"data/{resource['path']}")
        for name, resource in resources.items()
        for cell in wrong_links(tables[name], resource, tables, resources)
    ]
