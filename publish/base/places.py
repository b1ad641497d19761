"""Where things are in a project: its notebooks and documents, what is built aside, and what is delivered."""

from __future__ import annotations

from pathlib import Path

PACKAGE_ZIP = "open-defector-narratives-data.zip"
PAGE_DATA = ".cache/page-data.json"
# What a copy was made from; theme/filters/paper.lua puts it into the documents.
COLOPHON = ".cache/colophon.md"


def notebook_names(root: Path) -> tuple[str, ...]:
    """The notebooks of the project: every `analysis/*.ipynb`, sorted, without the ending."""
    return tuple(sorted(file.stem for file in (root / "analysis").glob("*.ipynb")))


def document_names(root: Path) -> tuple[str, ...]:
    """The documents of the project: every `*.qmd` beside `_quarto.yml` that is not a part (`_NAME.qmd`)."""
    return tuple(sorted(file.stem for file in root.glob("*.qmd") if not file.name.startswith("_")))


def built_folder(root: Path) -> Path:
    """Where outputs are made before they are delivered together."""
    return root / ".cache" / "built"


def output_folder(root: Path) -> Path:
    """Where a person finds the outputs."""
    return root / "_output"
