"""Checks of the project itself: notebooks, metadata, and columns of the data."""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from publish.checks.rendered import Rendered
from publish.written import strays as written

_NAME_LIKE = re.compile(
    r"(?:^|_)(?:names?|surname|forename|alias(?:es)?|pseudonym|kunya|nick(?:name)?|birth(?:day|place)?|phone|e?mail"
    r"|address|village|town|city|gps|lat|lon)(?:_|$)"
)
_ALLOWED_COLUMNS = {("countries.csv", "name")}  # the names of countries


def notebooks_without_outputs(rendered: Rendered) -> Iterator[str]:
    """Notebooks that hold outputs or execution counts."""
    for file, cells in _notebooks(rendered.root):
        held = [cell["id"] for cell in cells if cell.get("outputs") or cell.get("execution_count")]
        if held:
            yield f"{file}: cell {held[0]} holds outputs. Clear all outputs; the build executes a copy."


def cells_by_their_name(rendered: Rendered) -> Iterator[str]:
    """Code cells that record under another name than their own: `record.cell("X")` stands in the cell with the id X."""
    for file, cells in _notebooks(rendered.root):
        for cell in cells:
            code = "".join(cell["source"]) if cell["cell_type"] == "code" else ""
            for call in ast.walk(ast.parse(code)):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "record.cell":
                    said = ast.unparse(call).removeprefix("record.cell(").removesuffix(")")
                    if said != repr(cell["id"]):
                        yield f'{file}: cell {cell["id"]} records as {said}. Write record.cell("{cell["id"]}") in it.'


def _notebooks(root: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for file in sorted((root / "analysis").glob("*.ipynb")):
        yield f"analysis/{file.name}", json.loads(file.read_text(encoding="utf-8"))["cells"]


def equal_metadata(rendered: Rendered) -> Iterator[str]:
    """Name, version and date where two of the files from which all metadata is written say them differently."""
    files = {name: _read(rendered.root / name) for name in ("pyproject.toml", "_quarto.yml", "data/datapackage.json")}
    files["pyproject.toml"] = files["pyproject.toml"].get("project", {})
    quarto, package = files["_quarto.yml"], files["data/datapackage.json"]
    said = {
        "version": {file: content.get("version") for file, content in files.items()},
        "name": {file: files[file].get("name") for file in ("pyproject.toml", "data/datapackage.json")},
        "date": {"_quarto.yml": quarto.get("date"), "data/datapackage.json": package.get("created", "")[:10] or None},
    }
    for what, by_file in said.items():
        known = {file: str(value) for file, value in by_file.items() if value is not None}
        if len(set(known.values())) > 1:
            yield f"{what}: {', '.join(f'{file} says {value}' for file, value in known.items())}. Make them equal."


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    content: dict[str, Any] = tomllib.loads(text) if file.suffix == ".toml" else yaml.safe_load(text)
    return content


def strays(rendered: Rendered) -> Iterator[str]:
    """Files in `data/` and documents that are no part of what is published."""
    yield from map(str, written.strays(rendered.root))


def columns_for_names(rendered: Rendered) -> Iterator[str]:
    """Columns of the data whose name promises a person's name or a place below the region."""
    for file in sorted((rendered.root / "data").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for column in next(csv.reader(lines), []):
                if _NAME_LIKE.search(column.lower()) and (file.name, column) not in _ALLOWED_COLUMNS:
                    yield f"data/{file.name} {column}: looks like a column for names or places. Remove it."
