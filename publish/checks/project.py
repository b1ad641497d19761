"""Checks of the project itself: notebooks, metadata, columns of the data, and the direction of imports."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from publish.build.imports import sources_of
from publish.checks.rendered import Rendered

_NAME_LIKE = re.compile(
    r"(^|_)(name|names|surname|forename|alias|aliases|pseudonym|kunya|nickname|village|town|city|address)(_|$)"
)

_ALLOWED_COLUMNS = {("countries.csv", "name")}  # the names of countries


def notebooks_without_outputs(rendered: Rendered) -> Iterable[str]:
    """Notebooks that hold outputs or execution counts."""
    for file in sorted((rendered.root / "analysis").glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        held = [number for number, cell in enumerate(cells, 1) if cell.get("outputs") or cell.get("execution_count")]
        if held:
            yield f"analysis/{file.name}: cell {held[0]} holds outputs. Clear all outputs; the build executes a copy."


def equal_metadata(rendered: Rendered) -> Iterable[str]:
    """Name, version, date and licence where two files say them differently."""
    facts = list(_facts(rendered.root))
    for what in sorted({fact for fact, _, _ in facts}):
        said = {file: value for fact, file, value in facts if fact == what}
        if len(set(said.values())) > 1:
            listed = ", ".join(f"{file} says {value}" for file, value in said.items())
            yield f"{what}: {listed}. Make them equal."


def _facts(root: Path) -> Iterator[tuple[str, str, str]]:
    project = _read(root / "pyproject.toml").get("project", {})
    citation, quarto = _read(root / "CITATION.cff"), _read(root / "_quarto.yml")
    package = _read(root / "data" / "datapackage.json")
    for file, content in (
        ("pyproject.toml", project),
        ("CITATION.cff", citation),
        ("data/datapackage.json", package),
        ("_quarto.yml", quarto),
    ):
        if "version" in content:
            yield "version", file, str(content["version"])
    if "name" in project and "name" in package:
        yield "name", "pyproject.toml", str(project["name"])
        yield "name", "data/datapackage.json", str(package["name"])
    if "date-released" in citation and "date" in quarto:
        yield "date", "CITATION.cff", str(citation["date-released"])
        yield "date", "_quarto.yml", str(quarto["date"])
    if citation and package:
        yield "data licence", "CITATION.cff", "CC-BY-4.0" if "CC-BY-4.0" in str(citation.get("license")) else "another"
        names = [str(licence.get("name")) for licence in package.get("licenses", [])]
        yield "data licence", "data/datapackage.json", names[0] if names else "none"


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        return tomllib.loads(text)
    content: dict[str, Any] = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
    return content


def columns_for_names(rendered: Rendered) -> Iterable[str]:
    """Columns of the data whose name promises a person's name or a place below the region."""
    for file in sorted((rendered.root / "data").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for column in next(csv.reader(lines), []):
                if _NAME_LIKE.search(column.lower()) and (file.name, column) not in _ALLOWED_COLUMNS:
                    yield f"data/{file.name} {column}: looks like a column for names or places. Remove it."


def wings_apart(rendered: Rendered) -> Iterable[str]:
    """Modules and notebooks of `analysis` that import `publish`, and the other way round."""
    for wing, other in (("analysis", "publish"), ("publish", "analysis")):
        folder = rendered.root / wing
        for file in sorted([*folder.rglob("*.py"), *folder.glob("*.ipynb")]):
            if len(sources_of(file, rendered.root, other)) > 1:
                yield f"{file.relative_to(rendered.root).as_posix()}: imports {other}. The wings meet only in files."
