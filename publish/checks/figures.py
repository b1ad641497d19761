"""Checks of the figures: used, registered, as recorded, and made from the inputs as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from publish.base.digests import digest
from publish.base.imports import placed
from publish.base.places import notebook_names
from publish.base.states import FigureSet
from publish.build.build import explain
from publish.checks.rendered import Rendered

_INCLUDE = re.compile(r"\{\{<\s*include\s+/?(?P<part>figures/[\w-]+/_[\w-]+\.qmd)\s*>\}\}")


def stale_outputs(rendered: Rendered) -> Iterable[str]:
    """Steps that a build would run, and figures whose recorded inputs have other hashes now."""
    for name, why in explain(rendered.root).items():
        if why:
            yield f"{name} is stale, because {', '.join(why)}. Run `paper build`."
    for path, sha in sorted(rendered.inputs.items()):
        if digest(placed(path, rendered.root)) != sha:
            yield f"figures/manifest.json: the figures were made from another {path}. Run `paper build`."


def figures(rendered: Rendered) -> Iterable[str]:
    """Figures that no document includes, files that no notebook recorded, and files that are not as recorded."""
    used = {found["part"] for source in rendered.sources for found in _INCLUDE.finditer(source.text)}
    made = {f"figures/{one['notebook']}/_{name}.qmd": one["notebook"] for name, one in rendered.manifest.items()}
    for part in sorted(set(made) - used):
        yield f"analysis/{made[part]}.ipynb: makes {part}, and no document includes it."
    for part in sorted(used - set(made)):
        yield f"{part}: is included, and no notebook records it."
    sets = [FigureSet(name, rendered.root, name) for name in notebook_names(rendered.root)]
    recorded = {path: sha for one in sets for path, sha in one.listed().items()}
    for path, sha in sorted(recorded.items()):
        if digest(rendered.root / path) != sha:
            yield f"{path}: is not as its notebook made it. Run `paper build`."
    known = set(recorded) | {"figures/manifest.json"}
    known |= {one.values_file.relative_to(rendered.root).as_posix() for one in sets}
    for file in sorted((rendered.root / "figures").rglob("*")):
        path = file.relative_to(rendered.root).as_posix()
        if file.is_file() and path not in known and not file.name.startswith("."):
            yield f"{path}: no notebook records it. Record it, or remove it."


def unused_values(rendered: Rendered) -> Iterable[str]:
    """Values that a notebook records for nobody: no document uses them, nor another of their family.

    A family is what one loop records: names that differ in one part.
    """
    for notebook in notebook_names(rendered.root):
        recorded = FigureSet(notebook, rendered.root, notebook)
        offered = recorded.record()["values"]
        file = recorded.values_file
        used = json.loads(file.read_text(encoding="utf-8"))["values"] if file.exists() else {}
        families = {family for name in used for family in _families(name)}
        for name in sorted(set(offered) - set(used)):
            if families.isdisjoint(_families(name)):
                place = f"analysis/{notebook}.ipynb, cell {offered[name]['cell']}"
                yield f"{place}: records {name}, and no document uses it. Name it there, or record it no more."


def _families(name: str) -> Iterator[str]:
    parts = name.split(".")
    for place in range(1, len(parts)):
        yield ".".join([*parts[:place], "*", *parts[place + 1 :]])
