"""What a step depends on and makes: files, sets of figures, settings; each has a name and a state (a hash)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from publish.base.digests import digest


@dataclass(frozen=True)
class State:
    """A thing with a name (as the author would call it) and a state.

    Attributes:
        name: Path from the project's root, or what the setting is about; unique among all things of a build.
    """

    name: str

    def state(self) -> str | None:
        """The state now; None when the thing does not exist or is not whole."""
        raise NotImplementedError

    def files(self) -> tuple[Path, ...]:
        """The files behind the state."""
        return ()


@dataclass(frozen=True)
class FileState(State):
    """A file; its state is the hash of its content, never its date."""

    path: Path

    def state(self) -> str | None:
        """Hash of the content; None without the file."""
        return digest(self.path)

    def files(self) -> tuple[Path, ...]:
        """The file."""
        return (self.path,)


@dataclass(frozen=True)
class MaybeFile(FileState):
    """A file that need not be there, such as the values of a notebook that records none."""

    def state(self) -> str:
        """Hash of the content, or that there is none."""
        return super().state() or "absent"


@dataclass(frozen=True)
class FigureSet(State):
    """Everything that one notebook recorded: its list (values, figures, data for the page) and every file on it.

    A set is whole when each file on the list exists and has the hash that the list gives; otherwise it has no state,
    and the notebook runs again.

    Attributes:
        base: The project's root, or a folder in its place.
        notebook: The notebook's name without its ending.
    """

    base: Path
    notebook: str

    @property
    def folder(self) -> Path:
        """Where its figures are."""
        return self.base / "figures" / self.notebook

    @property
    def values_file(self) -> Path:
        """Its values that a document uses; there is no such file where it has none."""
        return self.folder / "values.json"

    @property
    def record_file(self) -> Path:
        """Its list, which is not committed."""
        return self.base / ".cache" / "records" / f"{self.notebook}.json"

    def record(self) -> dict[str, Any]:
        """The list: inputs, values, figures and data by name."""
        found: dict[str, Any] = json.loads(self.record_file.read_text(encoding="utf-8"))
        return found

    def listed(self) -> dict[str, str]:
        """Path from the base to hash, as the list gives them; empty when the list cannot be read."""
        return _listed(self, digest(self.record_file))

    def state(self) -> str | None:
        """Hash of the list; None unless every listed file is there as listed."""
        whole = all(digest(self.base / path) == sha for path, sha in self.listed().items())
        return digest(self.record_file) if whole else None

    def files(self) -> tuple[Path, ...]:
        """Every listed file, and the list."""
        return (*(self.base / path for path in sorted(self.listed())), self.record_file)


@cache
def _listed(figures: FigureSet, _: str | None) -> dict[str, str]:
    """Read once for each state of the list."""
    try:
        entries = figures.record()["figures"].values()
        return {path: sha for entry in entries for path, sha in entry["outputs"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


@dataclass(frozen=True)
class Setting(State):
    """Something that a step depends on and that is no file, such as the engine's version; its state is its value."""

    value: str

    def state(self) -> str | None:
        """The setting itself."""
        return self.value
