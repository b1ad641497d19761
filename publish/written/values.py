"""Joins what the notebooks recorded into what the paper reads: `_variables.yml` and `figures/manifest.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from publish.base.failures import BuildFailure
from publish.base.whole import remove, write_whole
from publish.build.states import FigureSet

_HEAD = "# Generated from figures/*.values.json by `paper build`: every number and phrase that the prose uses.\n"


def merge(root: Path, sets: Sequence[FigureSet]) -> None:
    """Write both files from the notebooks' records, and remove figures whose notebook is gone.

    Args:
        root: The project's root.
        sets: One set per notebook.

    Raises:
        BuildFailure: A value or figure is recorded twice, or a value's name is also the beginning of another's.
    """
    values = {one.notebook: _read(one.values_file, "values") for one in sets}
    figures = {one.notebook: _read(one.figures_file, "figures") for one in sets}
    wrong = [*_twice("value", values), *_twice("figure", figures), *_both_leaf_and_branch(values)]
    if wrong:
        raise BuildFailure("\n".join(wrong))
    manifest = {name: {**one, "notebook": book} for book, found in figures.items() for name, one in found.items()}
    texts = {name: one["text"] for found in values.values() for name, one in found.items()}
    _remove_orphans(root, sets)
    write_whole(root / "_variables.yml", _HEAD + _yaml(nested(texts)), root)
    write_whole(root / "figures" / "manifest.json", json_text({"figures": manifest}), root)


def json_text(content: Any) -> str:
    """JSON whose bytes depend on the content only."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def nested(texts: dict[str, str]) -> dict[str, Any]:
    """Dotted names as a tree: `{"a.b": "1"}` becomes `{"a": {"b": "1"}}`."""
    tree: dict[str, Any] = {}
    for name, text in sorted(texts.items()):
        *branches, leaf = name.split(".")
        place = tree
        for branch in branches:
            place = place.setdefault(branch, {})
        place[leaf] = text
    return tree


def _yaml(tree: dict[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=True, width=10**6, default_style=None)
    return text


def _read(file: Path, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))[key]
    return found


def _twice(what: str, by_notebook: dict[str, dict[str, Any]]) -> Iterable[str]:
    first: dict[str, str] = {}
    for notebook, found in sorted(by_notebook.items()):
        for name in sorted(found):
            if name in first:
                yield (
                    f"analysis/{notebook}.ipynb: records the {what} {name}, "
                    f"which analysis/{first[name]}.ipynb records too. Give one of them another name."
                )
            first.setdefault(name, notebook)


def _both_leaf_and_branch(by_notebook: dict[str, dict[str, Any]]) -> Iterable[str]:
    names = {name: notebook for notebook, found in by_notebook.items() for name in found}
    for name, notebook in sorted(names.items()):
        parts = name.split(".")
        for depth in range(1, len(parts)):
            above = ".".join(parts[:depth])
            if above in names:
                yield (
                    f"analysis/{notebook}.ipynb: records {name}, but {above} is a value itself "
                    f"(analysis/{names[above]}.ipynb). Rename one of them."
                )


def _remove_orphans(root: Path, sets: Sequence[FigureSet]) -> None:
    folder = root / "figures"
    kept = {file for one in sets for file in one.files()}
    for listing in sorted(folder.glob("*.figures.json")):
        orphan = FigureSet(listing.name, folder, listing.name.removesuffix(".figures.json"))
        if orphan.notebook not in {one.notebook for one in sets}:
            for file in orphan.files():
                if file not in kept:
                    remove(file)
