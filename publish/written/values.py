"""Joins what the notebooks recorded into what the paper reads: values by demand, the manifest, the page's data.

The documents pull: a value that none of them names is not written, and a name that no notebook records stops the build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from publish.base.digests import digest
from publish.base.failures import BuildFailure
from publish.base.imports import notebook_sources, shown
from publish.base.places import PAGE_DATA, notebook_names
from publish.base.problems import PaperProblems, Problem
from publish.base.states import FigureSet
from publish.base.texts import as_markdown, did_you_mean
from publish.base.whole import remove, write_whole
from publish.written.used import Use, used_names

VARIABLES, MANIFEST = "_variables.yml", "figures/manifest.json"
_HEAD = "# Generated from figures/*/values.json by `paper build`: every number and phrase that the prose uses.\n"


def merge(root: Path, sets: Sequence[FigureSet]) -> None:
    """Write what the documents use of the notebooks' records, and remove figures that no notebook makes any more.

    Args:
        root: The project's root.
        sets: One set per notebook.

    Raises:
        BuildFailure: A value or figure is recorded twice, or a value's name is also the beginning of another's.
        PaperProblems: A document names a value that no notebook records.
    """
    records = {one.notebook: one.record() for one in sets}
    offered = {notebook: facets(record["values"]) for notebook, record in records.items()}
    figures = {notebook: record["figures"] for notebook, record in records.items()}
    data = {notebook: record["data"] for notebook, record in records.items()}
    if wrong := [*_twice("value", offered), *_twice("figure", figures), *_twice("data", data), *_branches(offered)]:
        raise BuildFailure("\n".join(wrong))
    values = {name: one for found in offered.values() for name, one in found.items()}
    used = used_names(root)
    if unknown := [_unknown(use, values) for use in used if use.name not in values]:
        raise PaperProblems(unknown)
    names = {use.name for use in used}
    asked = {one.values_file: _asked_for(records[one.notebook], names) for one in sets}
    kept = {file: content for file, content in asked.items() if content["values"]}
    for file, content in kept.items():
        write_whole(file, json_text(content, 2), root)
    texts = {name: as_markdown(values[name]["text"]) for name in names}
    write_whole(root / VARIABLES, _HEAD + _yaml(nested(texts)), root)
    _write_manifest(root, records)
    write_whole(root / PAGE_DATA, json.dumps({k: one for found in data.values() for k, one in found.items()}), root)
    for file in (root / "figures").glob("*/values.json"):
        if file not in kept:
            remove(file)


def facets(values: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries of a record under the names that documents write: a share is five of them, any other value is itself.

    Each has `value`, `text`, `unit`, `cases` and `cell`.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, entry in values.items():
        if isinstance(entry["text"], str):
            found[name] = dict(entry)
            continue
        for facet, text in entry["text"].items():
            unit = facet if facet in ("share", "interval") else "text" if facet == "of" else "count"
            found[f"{name}.{facet}"] = {**entry, "value": entry.get(facet, text), "text": text, "unit": unit}
    return found


def recorded(texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The values of some `values.json`, by the name that documents write."""
    return {name: one for text in texts for name, one in facets(json.loads(text)["values"]).items()}


def values_of(root: Path) -> dict[str, dict[str, Any]]:
    """The values that the documents use, as they were recorded last, by the name that documents write."""
    return recorded(file.read_text("utf-8") for file in root.glob("figures/*/values.json"))


def offered(root: Path) -> dict[str, dict[str, Any]]:
    """All that the notebooks recorded last, used or not, by the name that documents write; each with its `notebook`.

    Raises:
        BuildFailure: A notebook has not run yet.
    """
    try:
        records = {name: FigureSet(name, root, name).record() for name in notebook_names(root)}
    except FileNotFoundError as error:
        raise BuildFailure("The notebooks have not run here yet. Run `paper build` first.") from error
    return {
        name: {**one, "notebook": notebook}
        for notebook, record in records.items()
        for name, one in facets(record["values"]).items()
    }


def json_text(content: Any, depth: int) -> str:
    """JSON with sorted keys, one line a key down to a depth and one line for what lies below."""
    return _json(content, depth) + "\n"


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


def _json(content: Any, depth: int) -> str:
    if not (depth and content and isinstance(content, dict)):
        return json.dumps(content, sort_keys=True, ensure_ascii=False)
    lines = [f"{json.dumps(key, ensure_ascii=False)}: {_json(content[key], depth - 1)}" for key in sorted(content)]
    return "{\n" + indent(",\n".join(lines), " ") + "\n}"


def _yaml(tree: dict[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=True, width=10**6, default_style=None)
    return text


def _asked_for(record: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """The entries of a record that a document uses; of a share the texts of the facets in use."""
    kept: dict[str, Any] = {}
    for name, entry in record["values"].items():
        text = entry["text"]
        if isinstance(text, dict):
            text = {facet: one for facet, one in text.items() if f"{name}.{facet}" in names}
        elif name not in names:
            continue
        if text:
            kept[name] = {**entry, "text": text}
    return {"notebook": record["notebook"], "values": kept}


def _unknown(use: Use, values: Iterable[str]) -> Problem:
    hint = did_you_mean(use.name, values)
    return Problem(use.file, use.line, f"{use.name} is a value that no notebook records.{hint}")


def _write_manifest(root: Path, records: Mapping[str, Mapping[str, Any]]) -> None:
    """Each figure with its notebook, and once what the notebooks were made from; files that are made no more go."""
    file = root / MANIFEST
    figures = {
        name: {**entry, "notebook": notebook, "outputs": sorted(entry["outputs"])}
        for notebook, record in records.items()
        for name, entry in record["figures"].items()
    }
    gone = _listed(file) - {path for one in figures.values() for path in one["outputs"]}
    sources = {notebook: notebook_sources(root, notebook) for notebook in records}
    read = {
        *root.glob("data/*.csv"),
        *root.glob("data/*.json"),
        *(file for files in sources.values() for file in files),
    }
    inputs = {shown(file, root): digest(file) for file in read}
    code = {  # in the order of their names, wherever project and program lie
        notebook: sorted((shown(file, root) for file in files), key=lambda name: name.split("/"))
        for notebook, files in sources.items()
    }
    write_whole(file, json_text({"figures": figures, "inputs": inputs, "notebooks": code}, 3), root)
    for path in sorted(gone):
        remove(root / path)


def _listed(manifest: Path) -> set[str]:
    """The files that a manifest lists; none where it cannot be read."""
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8"))["figures"].values()
        return {path for entry in entries for path in entry["outputs"]}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return set()


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


def _branches(by_notebook: dict[str, dict[str, Any]]) -> Iterable[str]:
    """Names that are a value and the beginning of another's name."""
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
