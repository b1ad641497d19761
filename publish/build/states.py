"""What a step depends on and makes: files, sets of figures, settings; each has a name and a state (a hash).

The classes follow pytask's node protocol without importing pytask: a build that has nothing to do must not wait for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIST_OF_INPUTS = "the list of inputs"
_digests: dict[tuple[str, int, int, int, int], str] = {}


def digest(path: Path) -> str | None:
    """SHA-256 of a file's content in hexadecimal; None where there is no file.

    A digest is remembered while the process lives, by inode, size, and times of modification and change; the last of
    these cannot be set back, so a file that was restored with its old date is read again.
    """
    try:
        stat = path.stat()
        key = (str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        if key not in _digests:
            with path.open("rb") as file:
                _digests[key] = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    return _digests[key]


def text_digest(text: str) -> str:
    """SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class State:
    """A thing with a name (as the author would call it) and a state.

    Attributes:
        name: Path from the project's root, or what the setting is about; unique among all things of a build.
        attributes: Belongs to pytask's protocol; unused.
    """

    name: str
    attributes: dict[Any, Any] = field(default_factory=dict, kw_only=True)

    @property
    def signature(self) -> str:
        """The name as a hash: pytask's key of the node."""
        return text_digest(self.name)

    def state(self) -> str | None:
        """The state now; None when the thing does not exist or is not whole."""
        raise NotImplementedError

    def files(self) -> tuple[Path, ...]:
        """The files behind the state."""
        return ()

    def load(self, is_product: bool = False) -> State:
        """The node itself: a step opens its own files."""
        del is_product
        return self

    def save(self, value: Any) -> None:
        """Steps write their own files; pytask never does."""
        raise NotImplementedError(value)


@dataclass
class FileState(State):
    """A file; its state is the hash of its content, never its date.

    Attributes:
        path: Where it is.
    """

    path_: Path

    def state(self) -> str | None:
        """Hash of the content; None without the file."""
        return digest(self.path_)

    def files(self) -> tuple[Path, ...]:
        """The file."""
        return (self.path_,)


@dataclass
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
    def record_file(self) -> Path:
        """Its list, which is not committed."""
        return self.base / ".cache" / "records" / f"{self.notebook}.json"

    def record(self) -> dict[str, Any]:
        """The list: inputs, values, figures and data by name."""
        found: dict[str, Any] = json.loads(self.record_file.read_text(encoding="utf-8"))
        return found

    def listed(self) -> dict[str, str]:
        """Path from the base to hash, as the list gives them; empty when the list cannot be read."""
        try:
            entries = self.record()["figures"].values()
            return {path: sha for entry in entries for path, sha in entry["outputs"].items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return {}

    def state(self) -> str | None:
        """Hash of the list; None unless every listed file is there as listed."""
        whole = all(digest(self.base / path) == sha for path, sha in self.listed().items())
        return digest(self.record_file) if whole else None

    def files(self) -> tuple[Path, ...]:
        """Every listed file, and the list."""
        return (*(self.base / path for path in sorted(self.listed())), self.record_file)


@dataclass
class Setting(State):
    """Something that a step depends on and that is no file, such as the engine's version.

    Attributes:
        value: The setting as text.
    """

    value: str

    def state(self) -> str | None:
        """The setting itself."""
        return self.value


def names_of(step: str, states: Sequence[State]) -> Setting:
    """The list of a step's inputs itself as an input, so that a file that came or went makes the step run."""
    return Setting(f"{LIST_OF_INPUTS} of {step}", text_digest("\n".join(sorted(state.name for state in states))))
