"""Where things are in a project: its notebooks and documents, what is built aside, and what is delivered."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

CONFIG = "_quarto.yml"
PAGE_DATA = ".cache/page-data.json"
# What a copy was made from, and where the full paper is; theme/filters/paper.lua puts them into the documents.
COLOPHON = ".cache/colophon.md"
ADDRESS = ".cache/address.md"
# What archives and registries read; publish/written/metadata.py writes them.
METADATA = ("CITATION.cff", "codemeta.json", ".zenodo.json", "ro-crate-metadata.json", "codecheck.yml")
_NAME = re.compile(r'^\s*\{[^{}\[]*?"name":\s*"([a-z0-9._-]+)"')  # of the package, before anything that it describes
_PLAIN = re.compile(r"(?m)^project:\n(?:  .*\n)*?  render:\n((?:    - [\w.-]+\.qmd\n)+)(?! {3})")


def notebook_names(root: Path) -> tuple[str, ...]:
    """The notebooks of the project: every `analysis/*.ipynb`, sorted, without the ending."""
    return tuple(sorted(file.stem for file in (root / "analysis").glob("*.ipynb")))


def document_names(root: Path) -> tuple[str, ...]:
    """The documents of the project, sorted, without the ending: those that `render` of `_quarto.yml` names.

    Without such a list, every `*.qmd` beside `_quarto.yml` that is not a part (`_NAME.qmd`); a list may hold patterns,
    and names to leave out (`!NAME.qmd`), as Quarto reads it.
    """
    there = sorted(file.name for file in root.glob("*.qmd") if not file.name.startswith("_"))
    named = rendered_names(root)
    if named is None:
        return tuple(name.removesuffix(".qmd") for name in there)
    wanted = [name for name in named if not name.startswith("!")] or ["*.qmd"]
    without = [name.removeprefix("!") for name in named if name.startswith("!")]
    found = [name for name in there if _fits(name, wanted) and not _fits(name, without)]
    return tuple(name.removesuffix(".qmd") for name in found)


def _fits(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def rendered_names(root: Path) -> list[str] | None:
    """The entries of `render`, None without it; a plain list is read without YAML, which an idle build need not import.

    Args:
        root: The project's root.
    """
    file = root / CONFIG
    text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    if plain := _PLAIN.search(text):
        return re.findall(r"- (\S+)", plain[1])
    if "render:" not in text:
        return None
    import yaml

    try:
        named = yaml.safe_load(text)["project"]["render"]
    except (yaml.YAMLError, KeyError, TypeError):
        return None  # reading the configuration tells what is wrong with it
    return [str(name) for name in named] if isinstance(named, list) else [str(named)]


def package_zip(root: Path) -> str:
    """The name of the data package as one file: that of the study and `-data.zip`."""
    file = root / "data" / "datapackage.json"
    text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    return f"{found[1] if (found := _NAME.search(text)) else 'study'}-data.zip"


def built_folder(root: Path) -> Path:
    """Where outputs are made before they are delivered together."""
    return root / ".cache" / "built"


def output_folder(root: Path) -> Path:
    """Where a person finds the outputs."""
    return root / "_output"
