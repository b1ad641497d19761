"""What the last builds left behind, in one JSON file: the states that each step had when it last ended well."""

from __future__ import annotations

import json
from pathlib import Path

from publish.base import digests
from publish.base.imports import CODE
from publish.base.whole import write_whole

Entry = dict[str, dict[str, str | None]]
"""The states of what a step `needs` and `makes`, by name."""


class Record:
    """The record of a project's builds; one that cannot be read counts as empty, and everything is built again.

    Args:
        root: The project's root.

    Attributes:
        steps: Step name to its entry.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._file, self._written = root, root / ".cache" / "build.json", ""
        self.steps: dict[str, Entry] = {}
        try:
            self._written = self._file.read_text(encoding="utf-8")
            content = json.loads(self._written)
            known = {path: digests.Known(**entry) for path, entry in content["files"].items()}
            self.steps = dict(content["steps"])
            digests.known.update(known | digests.known)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return

    def save(self) -> None:
        """Write the record whole; nothing is written where nothing is new."""
        own = {path: vars(entry) for path, entry in sorted(dict(digests.known).items()) if self._keeps(path, entry)}
        content = json.dumps({"steps": self.steps, "files": own}) + "\n"
        if content != self._written:
            write_whole(self._file, content, self._root)
            self._written = content

    def _keeps(self, path: str, entry: digests.Known) -> bool:
        return bool(entry.stamp) and path.startswith((f"{self._root}/", f"{CODE}/")) and Path(path).exists()
