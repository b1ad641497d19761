"""What a notebook leaves behind: values, figures and tables, each with its provenance, to the byte."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.record.cell import Cell

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
VALUE_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


class Record:
    """Everything one notebook gives to the paper. Nothing is written before `save`.

    Args:
        notebook: The notebook's name without its ending, such as `narratives`.

    Attributes:
        entries: What is on record as a value, by name: a share under the name of which it has facets.
    """

    def __init__(self, notebook: str) -> None:
        self.notebook = notebook
        self.entries: dict[str, dict[str, Any]] = {}
        self._figures: dict[str, dict[str, Any]] = {}
        self._data: dict[str, Any] = {}
        self._files: dict[str, bytes] = {}

    def cell(self, cell: str) -> Cell:
        """What the notebook's cell of this id records."""
        return Cell(self, cell)

    def enter(self, name: str, entry: dict[str, Any]) -> None:
        """Put one value on record; a ValueError for a malformed name or one used twice."""
        if not VALUE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a value name. Write chapter.topic.value in lower case.")
        self._keep(self.entries, name, entry)

    def include(self, name: str, files: Mapping[str, bytes], entry: dict[str, Any]) -> None:
        """Put a figure or table on record, with the files that hold it; a ValueError as in `enter`."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a figure name. Use lower case and hyphens.")
        files = {f"figures/{self.notebook}/{file}": content for file, content in sorted(files.items())}
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
        self._keep(self._figures, name, {**entry, "outputs": hashes})
        self._files |= files

    def hand_over(self, name: str, content: Any) -> None:
        """Put data for the page on record; a ValueError when its name is used twice."""
        self._keep(self._data, name, content)

    def _keep(self, kept: dict[str, Any], name: str, entry: Any) -> None:
        if name in kept:
            raise ValueError(f"{name} is recorded twice in {self.notebook}.")
        kept[name] = entry

    def save(self) -> None:
        """Write the figures and, last, the list of all that is on record; same inputs, same bytes.

        Figures go into `figures/NOTEBOOK/`, the list into `.cache/records/NOTEBOOK.json` of the folder ODN_STAGE, which
        a build names in place of the project's. Without it nothing is written: who runs the notebook only looks.
        """
        if not (folder := os.environ.get("ODN_STAGE")):
            print("Nothing is written: `paper build` runs the notebook and takes over what it records.")
            return
        shown: dict[str, set[str]] = {}
        for figure in self._figures.values():
            shown.setdefault(figure["cell"], set()).update(figure["cases"])
        values = {
            name: {**entry, "cases": sorted(shown.get(entry["cell"], ()))}
            if entry["cases"] is None and isinstance(entry["text"], str)
            else entry
            for name, entry in self.entries.items()
        }
        listing = {"notebook": self.notebook, "values": values, "figures": self._figures, "data": self._data}
        text = json.dumps(listing, sort_keys=True, ensure_ascii=False) + "\n"
        list_file = f".cache/records/{self.notebook}.json"
        for path, content in {**self._files, list_file: text.encode()}.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
