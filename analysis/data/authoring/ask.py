"""A case asked for in the terminal, or as a blank form to fill in: each with the codebook's choices and help."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import click
import pandas as pd

from analysis.data.authoring.case import Given, coded
from analysis.data.authoring.story import known
from analysis.data.dataset import Dataset
from analysis.data.meant import by_name
from analysis.data.opened import FIX
from analysis.data.privacy import DESCRIPTION, FORM
from analysis.data.schema import wrong_cells
from analysis.data.study import Code

_MADE = ("case_id", "number", "retrieved_by_coder_b", "description_hinted_at", "cluster")
_STORY = ("url", "outlet", "published", "language")
Field = dict[str, Any]


def _fields(data: Dataset, table: str) -> Iterator[Field]:
    resource = next(one for one in data.descriptor["resources"] if one["name"] == table)
    yield from (field for field in resource["schema"]["fields"] if field["name"] not in _MADE)


def _questions(data: Dataset) -> Iterator[tuple[str, str]]:
    """Every code with what a 1 means, in the order of the file."""
    study = data.study
    codes: list[Code] = [*study.forms, *study.joining_motives, *study.eligibility]
    says = {code.variable: f"{code.label}. {code.definition}".strip() for code in codes}
    says[study.reach] = data.descriptor["study"]["reach"]["definition"]
    yield from ((name, says.get(name, name)) for name in coded(data))


def blank(data: Dataset, given: Given | None = None) -> str:
    """A form in TOML: every column and code of a case, with its help, and filled in what was given."""
    given, lines = given or {}, ["# A new case. Remove the # before what you fill in; leave out what no source says."]
    lines += ["# Nothing is guessed.", ""]
    for field in _fields(data, "cases"):
        lines += [f"# {_help(field)}", _line(field["name"], '""', given)]
    lines += ["# Two letters of the country (ISO 3166-1), where it has no case yet.", _line("prefix", '""', given)]
    _, *country = _fields(data, "countries")
    lines += [f"# Where data/countries.csv lacks the country. {' '.join(map(_help, country))}"]
    lines += [_line("new_country", _toml({field["name"]: "" for field in country}), given), ""]
    lines += ["# One block for each story. Dates YYYY-MM or YYYY; language of two letters."]
    for story in given.get("stories") or [{}]:
        lines += [f"{'' if story else '# '}[[stories]]", *(_line(name, '""', story) for name in _STORY), ""]
    codes = given.get("codes", {})
    lines += ["# 1: yes, 0: no, left out: not known."]
    lines += ["# A form that is left out is 0 when reached is 1. A 1 of a form or a motive names evidence and story:"]
    lines += ['#   control = {evidence = "One sentence without names, in your words.", story = 1}']
    lines += [f"{'' if codes else '# '}[codes]"]
    bare = {data.study.reach, *(code.variable for code in data.study.eligibility)}
    for name, says in _questions(data):
        lines += [f"# {says}", _line(name, "1" if name in bare else '{evidence = "", story = 1}', codes)]
    return "\n".join(lines) + "\n"


def _line(name: str, empty: str, given: Given) -> str:
    return f"{name} = {_toml(given[name])}" if name in given else f"# {name} = {empty}"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name} = {_toml(cell)}' for name, cell in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def _help(field: Field) -> str:
    return f"{field.get('description', '')}{_choices(field)}{f' {FORM}' if field['name'] == 'description' else ''}"


def _choices(field: Field) -> str:
    told = [f"{one['value']} ({one['label']})" for one in field.get("categories", ())]
    told = told or [str(one) for one in field.get("constraints", {}).get("enum", ())]
    return f" One of: {', '.join(told)}." if told else ""


def asked(data: Dataset, given: Given) -> Given:
    """The case as a person answers in the terminal; Enter leaves a cell empty. `given` holds each answer at once."""
    countries = {"country": dict(data.countries["name"])}
    for field in _fields(data, "cases"):
        if answer := _answer(field, countries.get(field["name"])):
            given[field["name"]] = answer
    if given.get("country") and given["country"] not in set(data.cases["country"]):
        given["prefix"] = click.prompt("Two letters of the country (ISO 3166-1)")
    if given.get("country") and given["country"] not in data.countries.index:
        given["new_country"] = {one["name"]: _answer(one) for one in [*_fields(data, "countries")][1:]}
    stories = given["stories"] = []
    while story := _story(data, len(stories) + 1):
        stories.append(story)
    if given.get("decision") == "excluded":
        return given
    codes = given["codes"] = {}
    without_evidence = {data.study.reach, *(code.variable for code in data.study.eligibility)}
    forms = {form.variable for form in data.study.forms}
    yes_or_no = click.Choice(["1", "0", ""])
    for name, says in _questions(data):
        if name in forms and codes.get(data.study.reach) != 1:
            continue
        words = f"\n{says}\n{name}: 1 yes, 0 no, Enter not known"
        answer = click.prompt(words, default="", show_default=False, type=yes_or_no, show_choices=False)
        if answer == "1" and name not in without_evidence:
            evidence = click.prompt("In one sentence, without names, in your words")
            n = click.prompt("Which story", type=click.IntRange(1, max(1, len(stories))), default=1)
            codes[name] = {"evidence": evidence, "story": n}
        elif answer:
            codes[name] = int(answer)
    return given


def _answer(field: Field, names: Mapping[str, str] | None = None) -> str:
    click.echo(f"\n{_help(field)}")
    checked = partial(_checked, field, names or {})
    return str(click.prompt(field["name"], value_proc=checked, default="", show_default=False))


def _checked(field: Field, names: Mapping[str, str], answer: str) -> str:
    """An answer as its column holds it; what a column cannot hold is said at once, and asked again."""
    if found := by_name(answer, names):
        return found.value
    if names and answer and not re.fullmatch("[A-Z]{3}", answer):
        raise click.UsageError("The code has three capital letters (ISO 3166-1).")
    if field["name"] == "description" and not DESCRIPTION.fullmatch(answer):
        raise click.UsageError(FORM)
    for wrong in wrong_cells(pd.DataFrame({field["name"]: [answer or None]}, dtype="str"), {"fields": [field]}):
        if wrong.meant and wrong.meant.sure:
            return wrong.meant.value
        raise click.UsageError(wrong.problem("").message.replace(FIX, "").strip())
    return answer


def _story(data: Dataset, n: int) -> dict[str, str]:
    """What is said of the story with a number; nothing once there is no other."""
    optional = {field["name"]: field for field in _fields(data, "stories")}
    for field in optional.values():
        optional[field["name"]] = {**field, "constraints": {**field.get("constraints", {}), "required": False}}
    click.echo(f"\nStory {n}; Enter when there is no other.", nl=False)
    story = {"url": _answer(optional["url"])}
    there = known(data, story["url"])
    if there:
        click.echo(f"The list has this page already, as {there}. It will be linked.")
    if there or not story["url"]:
        return story if there else {}
    return story | {name: _answer(optional[name]) for name in _STORY[1:]}
