"""The codebook, written from `datapackage.json`: every file, column and code in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from publish.base.whole import write_whole
from publish.written.strays import descriptor

TARGET = "data/README.md"


def codebook(root: Path) -> str:
    """The codebook of the data package as Markdown.

    Args:
        root: The project's root.
    """
    package = descriptor(root)
    licences = ", ".join(f"[{one['title']}]({one['path']})" for one in package["licenses"])
    parts = [
        f"# {package['title']}\n",
        "Written from `datapackage.json` by `paper build`. Change it there.\n",
        f"{package['description']}\n",
        f"Version {package['version']}. Licence: {licences} (`LICENSE`).\n",
        "## How it was made\n",
        *(f"{paragraph}\n" for paragraph in package["study"]["provenance"]),
        "## Files\n",
        _table(
            ("File", "What it holds", "Key"),
            [(f"`{one['path']}`", one["description"], _key(one["schema"])) for one in package["resources"]],
        ),
        *(_resource(one) for one in package["resources"]),
        _study(package["study"]),
    ]
    return "\n".join(parts)


def write_codebook(root: Path) -> None:
    """Write the codebook to a file, whole or not at all."""
    write_whole(root / TARGET, codebook(root), root)


def _key(schema: dict[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in schema.get("primaryKey", []))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _resource(resource: dict[str, Any]) -> str:
    schema = resource["schema"]
    links = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])}
    rows = []
    for field in schema["fields"]:
        meaning = field.get("description", "")
        if field["name"] in links:
            reference = links[field["name"]]
            meaning += f" Links to `{reference['fields'][0]}` of {reference['resource']}."
        needed = "yes" if field.get("constraints", {}).get("required") else ""
        rows.append((f"`{field['name']}`", field["type"], needed, meaning))
    empty = "; ".join(one["label"] for one in schema.get("missingValues", []))
    parts = [
        f"## `{resource['path']}`\n",
        f"{resource['description']}\n",
        _table(("Column", "Type", "Must be filled", "Meaning"), rows),
        f"An empty cell: {empty}.\n",
    ]
    parts += [_codes(field) for field in schema["fields"] if field.get("categories")]
    return "\n".join(parts)


def _codes(field: dict[str, Any]) -> str:
    rows = [(f"`{one['value']}`", one["label"]) for one in field["categories"]]
    return f"Values of `{field['name']}`:\n\n{_table(('Value', 'Meaning'), rows)}"


def _study(study: dict[str, Any]) -> str:
    window, names = study["window"], {one["variable"]: one["label"] for one in study["narratives"]}
    narratives = [(f"`{one['variable']}`", one["label"], one["definition"]) for one in study["narratives"]]
    parts = [
        "## What the narratives mean\n",
        f"The window is {window['start']} to {window['end']}; the extension runs to {window['extension_end']}.\n",
        _table(("Variable", "Narrative", "Voiced (1) when the person says"), narratives),
    ]
    if coders := study.get("coders"):
        pairs = {coder: "each other" for edition in study["editions"] for coder in edition["coders"]}
        beside = [", ".join(one.get("compared_with", ())) or pairs.get(one["id"], "") for one in coders]
        rows = [(f"`{one['id']}`", one["kind"], one["label"], with_) for one, with_ in zip(coders, beside, strict=True)]
        parts += ["## Who coded\n", _table(("Coder", "Kind", "What was done", "Compared with"), rows)]
    if forms := study.get("forms"):
        reach = study["reach"]
        rows = [
            (
                f"`{one['variable']}`",
                names.get(one.get("narrative", ""), "none of them"),
                one["label"],
                one["definition"],
            )
            for one in forms
        ]
        parts += [
            "## The forms, and how narratives follow from them\n",
            "Since the second edition the forms are what is coded; narratives are computed from them. "
            f"{study['narrative_rule']}\n",
            f"`{reach['variable']}`: {reach['definition']}\n",
            _table(("Variable", "Narrative", "Form", "Voiced (1) when the person says"), rows),
        ]
    if added := study.get("added_rules"):
        parts += [
            "## Rules added while deciding\n",
            "The codebook was fixed before coding. The third coder added these while deciding differences; the "
            "coders did not have them.\n",
            "".join(f"- {rule}\n" for rule in added),
        ]
    return "\n".join(parts)
