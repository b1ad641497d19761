"""A case asked for in the terminal, or as a blank form to fill in: each with the codebook's choices and help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from analysis.data.authoring.case import Given, coded
from analysis.data.authoring.story import known
from analysis.data.dataset import Dataset
from analysis.data.privacy import FORM
from analysis.data.study import Code

_MADE = ("case_id", "number", "duplicate_of", "retrieved_by_coder_b", "description_hinted_at", "cluster")
_STORY = ("outlet", "published", "language")
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


def blank(data: Dataset) -> str:
    """A form in TOML: every column and code of a case, with its help; what is left out stays empty."""
    lines = [
        "# A new case. Remove the # before what you fill in; leave out what no source says. Nothing is guessed.",
        "",
    ]
    for field in _fields(data, "cases"):
        lines += [f"# {field.get('description', '')}{_choices(field)}", f'# {field["name"]} = ""']
        lines[-2] += f" {FORM}" if field["name"] == "description" else ""
    lines += ["# Two letters of the country (ISO 3166-1), where it has no case yet.", '# prefix = ""', ""]
    lines += ["# One block for each story. Dates YYYY-MM or YYYY; language of two letters.", "# [[stories]]"]
    lines += ['# url = ""', *(f'# {name} = ""' for name in _STORY), "", "# 1: yes, 0: no, left out: not known."]
    lines += ["# A form that is left out is 0 when reached is 1. A 1 of a form or a motive names evidence and story:"]
    lines += ['#   control = {evidence = "One sentence without names, in your words.", story = 1}', "# [codes]"]
    bare = {data.study.reach, *(code.variable for code in data.study.eligibility)}
    for name, says in _questions(data):
        lines += [f"# {says}", f"# {name} = " + ("1" if name in bare else '{evidence = "", story = 1}')]
    return "\n".join(lines) + "\n"


def _choices(field: Field) -> str:
    told = [f"{one['value']} ({one['label']})" for one in field.get("categories", ())]
    told = told or [str(one) for one in field.get("constraints", {}).get("enum", ())]
    return f" One of: {', '.join(told)}." if told else ""


def asked(data: Dataset) -> Given:
    """The case as a person answers in the terminal; Enter leaves a cell empty."""
    given: Given = {}
    for field in _fields(data, "cases"):
        if answer := _answer(field):
            given[field["name"]] = answer
    if given.get("country") and given["country"] not in set(data.cases["country"]):
        given["prefix"] = click.prompt("Two letters of the country (ISO 3166-1)")
    stories = given["stories"] = list(_stories(data))
    if given.get("decision") == "excluded":
        return given
    codes = given["codes"] = {}
    without_evidence = {data.study.reach, *(code.variable for code in data.study.eligibility)}
    forms = {form.variable for form in data.study.forms}
    for name, says in _questions(data):
        if name in forms and codes.get(data.study.reach) != 1:
            continue
        answer = click.prompt(f"\n{says}\n{name}: 1 yes, 0 no, Enter not known", default="", show_default=False)
        if answer == "1" and name not in without_evidence:
            evidence = click.prompt("In one sentence, without names, in your words")
            story = click.prompt("Which story", type=click.IntRange(1, len(stories)), default=1)
            codes[name] = {"evidence": evidence, "story": story}
        elif answer in ("0", "1"):
            codes[name] = int(answer)
    return given


def _answer(field: Field) -> str:
    click.echo(f"\n{field.get('description', '')}{_choices(field)}")
    allowed = [str(one) for one in field.get("constraints", {}).get("enum", ())]
    required = field.get("constraints", {}).get("required")
    kind = click.Choice(allowed if required else [*allowed, ""]) if allowed else None
    default = None if required else ""
    return str(click.prompt(field["name"], type=kind, default=default, show_default=False, show_choices=False))


def _stories(data: Dataset) -> Iterator[dict[str, str]]:
    n = 0
    while url := click.prompt(f"\nAddress of story {n + 1}, Enter when done", default="", show_default=False):
        n += 1
        story = {"url": url}
        if there := known(data, url):
            click.echo(f"The list has this page already, as {there}. It will be linked.")
        else:
            fields = [field for field in _fields(data, "stories") if field["name"] in _STORY]
            story |= {field["name"]: _answer({**field, "constraints": {}}) for field in fields}
        yield story
