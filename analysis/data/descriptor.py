"""The description of the data package, read: resources, each of them with a schema, and what the study is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.cells import is_date
from analysis.data.problems import DataProblems, Problem
from analysis.data.study import PLAIN, Code, Coder, Edition, Form, Narrative, Span, Study

FILE = "data/datapackage.json"
_PACKAGE = (("name", str), ("title", str), ("version", str), ("created", str), ("description", str), ("licenses", list))
_SHAPE = (("name", str), ("path", str), ("schema", dict))
_CONSTRAINTS = {"required", "unique", "enum", "minimum", "maximum", "maxLength", "pattern"}
_TYPES = ("string", "integer", "number", "boolean", "date")


def wrong(message: str, line: int = 0) -> DataProblems:
    """One problem with the description, ready to be raised."""
    return DataProblems([Problem(FILE, line, "", message)])


def read_descriptor(folder: Path, tables: set[str]) -> dict[str, Any]:
    """The description as it stands in the file.

    Args:
        folder: The folder with `datapackage.json`.
        tables: The names of the resources that must be there.

    Raises:
        DataProblems: It is missing, is no JSON in UTF-8, or does not describe what the analysis reads.
    """
    try:
        content = (folder / "datapackage.json").read_bytes()
        descriptor: Any = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except FileNotFoundError:
        raise wrong("the file is missing. Run from the project's folder, or restore the file.") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise wrong("is not UTF-8. Save the file in that encoding, or restore it.", line) from None
    except json.JSONDecodeError as error:
        message = f"is not valid JSON ({error.msg}). Correct the line, or restore the file."
        raise wrong(message, error.lineno) from None
    except RecursionError:
        raise wrong("is nested too deeply to be read. Restore the file.") from None
    if not isinstance(descriptor, dict):
        raise wrong("must be a JSON object: { ... }. Restore the file.", 1)
    if problems := [Problem(FILE, 0, "", message) for message in _shape(descriptor, tables)]:
        raise DataProblems(problems)
    return descriptor


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A part of the description; of a key that stands twice, JSON would keep the last and say nothing."""
    names = [name for name, _ in pairs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise wrong(f"says {', '.join(sorted(twice))} twice in one place. Keep one of them.")
    return dict(pairs)


def _fits(field: Any) -> bool:
    """Whether a column is described as the analysis reads it."""
    limits = field.get("constraints", {}) if isinstance(field, dict) else None
    if not isinstance(limits, dict) or not isinstance(field.get("name"), str) or field.get("type") not in _TYPES:
        return False
    if limits.keys() - _CONSTRAINTS:
        return False  # it would hold nothing, in silence
    try:
        return bool(re.compile(limits.get("pattern", "")))
    except (re.error, TypeError):
        return False


def _shape(descriptor: dict[str, Any], tables: set[str]) -> Iterator[str]:
    """What the description lacks, each with the way out."""
    if lacks := [key for key, kind in _PACKAGE if not descriptor.get(key) or not isinstance(descriptor[key], kind)]:
        yield f"has no {' and no '.join(lacks)}. Add it, or restore the file."
    elif not re.match(r"\d{4}-\d\d-\d\d", descriptor["created"]) or not is_date(descriptor["created"][:10]):
        yield f'created: "{descriptor["created"]}" begins with no day. Write YYYY-MM-DDT00:00:00Z.'
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        yield "has no list of resources. Restore it from the last commit."
        return
    names = []
    for number, resource in enumerate(resources, 1):
        lacks = [
            key for key, kind in _SHAPE if not isinstance(resource, dict) or not isinstance(resource.get(key), kind)
        ]
        if lacks:
            yield f"resource {number} has no {' and no '.join(lacks)}. Add it, or restore the file."
            continue
        names.append(resource["name"])
        fields = resource["schema"].get("fields")
        if not isinstance(fields, list) or not all(map(_fits, fields)):
            named = f"has no fields with name, type ({', '.join(_TYPES)}) and constraints that can be read"
            named += f" ({', '.join(sorted(_CONSTRAINTS))})"
            yield f"the schema of {resource['name']} {named}. Restore them."
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name} is described more than once. Keep one of them."
    for name in sorted(tables - {*names}):
        yield f"has no resource {name}, which the analysis reads. Restore it from the last commit."


def _span(id_: str, label: str, start: str, end: str) -> Span:
    return Span(id_, label, pd.Period(start, "M"), pd.Period(end, "M"))


def _codes(described: list[dict[str, str]]) -> tuple[Code, ...]:
    return tuple(Code(**code) for code in described)


def read_study(descriptor: dict[str, Any]) -> Study:
    """The study that a data package descriptor describes under its `study` property.

    Raises KeyError when a part of the description is missing, ValueError when a month is none or parts contradict.
    """
    study = descriptor["study"]
    window = study["window"]
    groups = study.get("status_groups", {})
    clocks = {clock["field"]: clock["label"] for clock in study["clocks"]}
    if unknown := sorted(set(clocks) - {"left", "first_public"}):
        raise ValueError(f"study.clocks: `{unknown[0]}` is neither `left` nor `first_public`")
    after = pd.Period(window["end"], "M") + 1
    editions = tuple(
        Edition(**{**one, **{name: tuple(one.get(name, ())) for name in ("coders", "later", "alone")}})
        for one in study["editions"]
    )
    read = Study(
        window=_span("window", "Window", window["start"], window["end"]),
        extension=_span("extension", "After the window", str(after), window["extension_end"]),
        periods=tuple(_span(p["id"], p["label"], p["start"], p["end"]) for p in study["periods"]),
        clocks=clocks,
        editions=editions,
        every_coder=tuple(
            Coder(one["id"], one["label"], one["kind"], tuple(one.get("compared_with", ()))) for one in study["coders"]
        ),
        edition={one.id: one for one in editions}[study["edition"]],
        narratives=tuple(Narrative(**code) for code in study["narratives"]),
        forms=tuple(Form(**form) for form in study["forms"]),
        reach=study["reach"]["variable"],
        joining_motives=_codes(study.get("joining_motives", [])),
        eligibility=_codes(study.get("eligibility", [])),
        supervised=tuple(groups.get("supervised", ())),
        unsupervised=tuple(groups.get("unsupervised", ())),
        deception=study.get("deception", {}).get("form", ""),
        mirrors=tuple((pair["motive"], pair["narrative"]) for pair in study.get("mirrors", [])),
        told=tuple(pair["motive"] for pair in study.get("mirrors", []) if pair.get("told")),
        unspecific=tuple(study.get("unspecific", ())),
        **{name: study.get(name, "") for name in PLAIN},
    )
    if wrong := [*_contradictions(read)]:
        raise ValueError("; ".join(wrong))
    return read


def _contradictions(study: Study) -> Iterator[str]:
    """What cannot all be so: a narrative that no one described, a variable with two meanings, a span turned round."""
    every = (*study.narratives, *study.forms, *study.joining_motives, *study.eligibility)
    names = [one.variable for one in every]
    yield from (f"{name} is described twice" for name in dict.fromkeys(names) if names.count(name) > 1)
    unknown = [one for one in study.forms if one.narrative not in ("", *study.narrative_variables)]
    yield from (f"{one.variable} is a form of {one.narrative}, which is no narrative" for one in unknown)
    turned = [one for one in (study.window, study.extension, *study.periods) if one.end < one.start]
    yield from (f"{one.label} ends before it begins" for one in turned)
    if not study.narratives:
        yield "it has no narratives"
