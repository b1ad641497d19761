"""What can be mended without loss, mended: how a spreadsheet saved a file or wrote a cell, back to what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from analysis.data.authoring.lines import as_csv
from analysis.data.descriptor import read_descriptor
from analysis.data.rules import wrong_facts
from analysis.data.schema import wrong_cells, wrong_links
from analysis.data.tables import read_text

_LINES = 60  # of a difference are shown


def mended(folder: Path) -> dict[str, str]:
    """The files that are not as the project writes them, mended where nothing is lost; file name to text.

    Args:
        folder: The folder with `datapackage.json`.

    Raises:
        DataProblems: The description itself is wrong.
    """
    resources = {one["name"]: one for one in read_descriptor(folder, set())["resources"]}
    read = {name: read_text(folder / one["path"], one["path"], one["schema"])[0] for name, one in resources.items()}
    tables = {name: table.astype(object) for name, table in read.items() if table is not None}
    for _ in range(2):  # a cell may need two: spaces taken from a name, then the name's code
        for name, table in tables.items():
            found = [wrong_cells(table, resources[name]["schema"])]
            if len(tables) == len(resources):
                found.append(wrong_links(table, resources[name], tables, resources))
                found.append(wrong_facts(tables, resources) if name == "facts" else iter(()))
            for cell in [*chain(*found)]:
                if cell.meant and cell.meant.sure:
                    table.loc[cell.line, cell.column] = cell.meant.value
    texts = {
        resources[name]["path"]: as_csv([list(table.columns), *table.fillna("").to_numpy()])
        for name, table in tables.items()
    }
    return {path: text for path, text in texts.items() if (folder / path).read_bytes() != text.encode()}


def difference(folder: Path, texts: dict[str, str]) -> Iterator[str]:
    """What mending changes, line by line; of very many lines the first ones."""
    for path, text in texts.items():
        before = (folder / path).read_bytes().decode("utf-8", "replace").splitlines()
        lines = list(difflib.unified_diff(before, text.splitlines(), f"data/{path}", f"data/{path}", n=0, lineterm=""))
        yield from lines[:_LINES] or [f"data/{path}: its encoding or its line ends"]
        if len(lines) > _LINES:
            yield f"... and {len(lines) - _LINES:,} more lines of data/{path}"
