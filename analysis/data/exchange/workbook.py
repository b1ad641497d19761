"""The whole data package as one workbook: the codebook first, then a sheet a table; nothing in it runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from analysis.data.exchange.archive import archive, files_of
from analysis.data.tables import read_text, typed

CODEBOOK = "codebook"
_HEADER = ("table", "column", "type", "required", "description", "value", "meaning of the value")
_WIDTHS = {"A": 18, "B": 22, "D": 9, "E": 80, "F": 24, "G": 60}
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def as_text(cell: Cell, value: Any) -> None:
    """Put a value into a cell; text stays text, whatever it begins with, and no spreadsheet runs it.

    Args:
        cell: Of openpyxl, which takes a text that begins with `=` for a formula.
        value: Text, a number, a truth value, or nothing (None or NA).
    """
    cell.value = None if pd.isna(value) else value
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value[:1] in {*"=+-@"}


def workbook(folder: Path, descriptor: dict[str, Any]) -> bytes:
    """The data as xlsx, the same to the byte each time.

    Args:
        folder: The data, good by its description.
        descriptor: The description of the data package.

    Returns:
        A sheet `codebook` with a row a column and a row a value, then one for each table with its header. Numbers and
        truth values are such; months and all else are text; an empty cell is not known.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = CODEBOOK
    _fill(sheet, _HEADER, codebook_rows(descriptor))
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for resource in descriptor["resources"]:
        text, _ = read_text(folder / resource["path"], resource["path"], resource["schema"])
        assert text is not None  # noqa: S101 - the data is good
        table = typed(text, resource["schema"])
        _fill(
            book.create_sheet(resource["name"]),
            [str(name) for name in table],
            table.astype(object).itertuples(index=False),
        )
    kept = io.BytesIO()
    book.save(kept)
    files = files_of(kept.getvalue())
    made = rb"\g<1>" + descriptor["created"].encode()
    files["docProps/core.xml"] = _DATES.sub(made, files["docProps/core.xml"])
    return archive(files)


def codebook_rows(descriptor: dict[str, Any]) -> Iterable[Sequence[str]]:
    """Every column of every table with its meaning, and below it each of its values with theirs."""
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            required = "yes" if field.get("constraints", {}).get("required") else ""
            where = (resource["name"], field["name"])
            yield (*where, field["type"], required, field.get("description", ""), "", "")
            for one in field.get("categories", ()):
                yield (*where, "", "", "", str(one["value"]), one["label"])
    for form in descriptor["study"].get("forms", ()):
        yield ("codings", "variable", "", "", form["definition"], form["variable"], form["label"])


def _fill(sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    for number, row in enumerate([header, *rows], 1):
        for place, value in enumerate(row, 1):
            as_text(sheet.cell(number, place), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
