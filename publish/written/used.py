"""The values that the documents use, each with the line that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.base.places import document_names
from publish.base.texts import read_text

_WRITTEN = ("_*.qmd", "docs/findings.md")
_MADE = "figures/*/_*.qmd"
_INCLUDE = re.compile(r"\{\{<\s*include\s+/?(?!figures/)(\S+)")  # those of the figures are in the manifest
VARIABLE = re.compile(r"\{\{<\s*var\s+[\"']?([\w.-]+)[\"']?\s*>\}\}")
_CONDITION = re.compile(r'\bwhen="([^"]*)"')
_QUOTED = re.compile(r"'[^']*'")
_NAME = re.compile(r"(?<![\w.])[a-z]\w*(?:\.\w+)+")


@dataclass(frozen=True)
class Use:
    """One place that names a value.

    Attributes:
        name: The value's dotted name.
        file: Path from the project's root.
        line: From 1.
    """

    name: str
    file: str
    line: int


def documents(root: Path) -> list[Path]:
    """The files by an author's hand that may name values: documents, their parts, the findings of the README."""
    named = [root / f"{name}.qmd" for name in document_names(root)]
    return with_parts(root, [*named, *(file for pattern in _WRITTEN for file in sorted(root.glob(pattern)))])


def with_parts(root: Path, files: Iterable[Path]) -> list[Path]:
    """Files by an author's hand with all that they include, wherever in the project it lies; each once."""
    found = list(files)
    for file in found:  # it grows meanwhile
        text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
        parts = dict.fromkeys(root / name for name in _INCLUDE.findall(text))
        found += [part for part in parts if part.is_file() and part not in found]
    return found


def used_names(root: Path) -> list[Use]:
    """The values that documents and captions name, in text and in the conditions of conclusions.

    Args:
        root: The project's root.
    """
    return [Use(name, file, line) for file, line, text in _lines(root) for name in names_in(text)]


def names_in(text: str) -> list[str]:
    """The values that a text names: those it prints, then those on which its conclusions rest."""
    conditions = (_QUOTED.sub("", condition) for condition in _CONDITION.findall(text))
    return [*VARIABLE.findall(text), *(name for condition in conditions for name in _NAME.findall(condition))]


def _lines(root: Path) -> Iterator[tuple[str, int, str]]:
    for file in (*documents(root), *sorted(root.glob(_MADE))):
        name = file.relative_to(root).as_posix()
        for number, text in enumerate(read_text(root, name).split("\n"), 1):
            yield name, number, text
