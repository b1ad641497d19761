"""The list in `docs/reproduce.md`: each figure, table and number of the paper with the cell that makes it."""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

from publish.base.places import notebook_names
from publish.base.texts import as_markdown
from publish.base.whole import write_whole
from publish.written.readme import filled
from publish.written.values import recorded

TARGET = "docs/reproduce.md"
START = "<!-- list: written by `paper build` from figures/ and uv.lock -->"
END = "<!-- /list -->"
_WIDTH = 100  # of what is said; the name finds the rest


def write_list(root: Path) -> None:
    """Write `docs/reproduce.md` with its list, whole or not at all."""
    write_whole(root / TARGET, where_made(root), root)


def where_made(root: Path) -> str:
    """`docs/reproduce.md` with its list filled in.

    Args:
        root: The project's root.

    Raises:
        PaperProblems: The page has lost its marks.
    """
    return filled(root, TARGET, START, END, "\n".join([*_tables(root), *_software(root)]))


def _tables(root: Path) -> Iterator[str]:
    figures = json.loads((root / "figures/manifest.json").read_text(encoding="utf-8"))["figures"]
    for notebook in notebook_names(root):
        made = [
            (one["cell"], f"{one['kind']} `{name}`", one.get("title") or one["caption"])
            for name, one in figures.items()
            if one["notebook"] == notebook
        ]
        values = root / "figures" / notebook / "values.json"
        texts = [values.read_text(encoding="utf-8")] if values.is_file() else []
        made += [(one["cell"], f"`{name}`", one["text"]) for name, one in recorded(texts).items()]
        if made:
            yield f"### [{notebook}](../analysis/{notebook}.ipynb)\n\n| Cell | Makes | Which says |\n|:--|:--|:--|"
            for cell, name, said in sorted(made):
                yield f"| `{cell}` | {name} | {as_markdown(textwrap.shorten(said, _WIDTH, placeholder=' …'))} |"
            yield ""


def _software(root: Path) -> Iterator[str]:
    """The packages that the project asks for, in the versions of the lock file."""
    packages = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))["package"]
    version = {one["name"]: one["version"] for one in packages}
    (project,) = (one for one in packages if one["source"] == {"editable": "."})
    yield "### Software, with versions\n\n| Package | Version |\n|:--|:--|"
    asked = {one["name"] for one in [*project["dependencies"], *project["dev-dependencies"]["dev"]]}
    yield from (f"| {name} | {version[name]} |" for name in sorted(asked))
    yield ""
