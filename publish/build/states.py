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
    """Everything that one notebook recorded: its values, its list of figures, and every file on that list.

    A set is whole when each file on the list exists and has the hash that the list gives; otherwise it has no state,
    and the notebook runs again.

    Attributes:
        folder: Where the figures are.
        notebook: The notebook's name without its ending.
    """

    folder: Path
    notebook: str

    @property
    def values_file(self) -> Path:
        """`NAME.values.json`."""
        return self.folder / f"{self.notebook}.values.json"

    @property
    def figures_file(self) -> Path:
        """`NAME.figures.json`."""
        return self.folder / f"{self.notebook}.figures.json"

    def listed(self) -> dict[str, str]:
        """File name (below the folder) to hash, as the list gives them; empty when the list cannot be read."""
        try:
            figures = json.loads(self.figures_file.read_text(encoding="utf-8"))["figures"]
            outputs = [entry["outputs"] for entry in figures.values()]
            return {Path(path).name: sha for entry in outputs for path, sha in entry.items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return {}

    def state(self) -> str | None:
        """Hash over both lists; None unless every listed file is there as listed."""
        lists = [digest(self.values_file), digest(self.figures_file)]
        if None in lists or any(digest(self.folder / name) != sha for name, sha in self.listed().items()):
            return None
        return text_digest(" ".join(map(str, lists)))

    def files(self) -> tuple[Path, ...]:
        """Both lists, and every listed file."""
        return (self.values_file, self.figures_file, *(self.folder / name for name in sorted(self.listed())))


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
