"""A new case as rows of all tables, and a person withdrawn from all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.data.authoring.lines import inserted, without
from analysis.data.authoring.story import known, story_row
from analysis.data.columns import UNKNOWN
from analysis.data.dataset import Dataset
from analysis.data.meant import by_name
from analysis.data.privacy import WITHDRAWN
from analysis.data.problems import DataProblems, Problem

Given = dict[str, Any]
Texts = dict[str, str]
STUDY = "datapackage.json"
READ_ALONE = "One reader decided when the case was added; no second coder has read it."


def coded(data: Dataset) -> list[str]:
    """Every variable that a case of the list is decided on, in the order of the file."""
    rows = data.codings[data.codings["coder"] == data.study.final_coder]
    return list(dict.fromkeys(rows["variable"]))


def new_case(folder: Path, data: Dataset, given: Given) -> tuple[str, Texts]:
    """The files of the data with a new case in them.

    Args:
        folder: The data.
        data: The same, loaded.
        given: The columns of the case; `stories`, each with `url`, `outlet`, `published`, `language`; and `codes`:
            variable to 1, 0, "" or to `evidence` and `story` (which of the stories, from 1) of a code of 1. Of a new
            country `prefix` and `new_country`, its row.

    Returns:
        The new id, and file name to text.

    Raises:
        DataProblems: What was given has an unknown name or another shape, or lacks what a new country needs.
    """
    if wrong := [*_misshapen(data, given), *_country(data, given)]:
        raise DataProblems([Problem("the new case", 0, "", one) for one in wrong])
    prefix = _prefix(data, given)
    taken = [int(case[3:]) for case in data.cases.index if case[:2] == prefix]
    case = f"{prefix}-{max(taken, default=0) + 1:02}"
    row = {name: _cell(cell) for name, cell in given.items() if name not in _BESIDE}
    row |= {"case_id": case, "number": str(_number(data, case))}
    texts = {name: (folder / name).read_text("utf-8") for name in _FILES}
    texts["cases.csv"] = inserted(texts["cases.csv"], [row], ["case_id"])
    if new := given.get("new_country"):
        new = {"country": given["country"], **{name: _cell(cell) for name, cell in new.items()}}
        texts["countries.csv"] = inserted(texts["countries.csv"], [new], ["country"])
    told = []
    for story in given.get("stories", ()):
        told.append(known(data, story["url"]) or story_row(story)["story_id"])
        if told[-1] not in data.stories.index:
            texts["stories.csv"] = inserted(texts["stories.csv"], [story_row(story)], ["story_id"])
        link = {"case_id": case, "story_id": told[-1]}
        texts["case_stories.csv"] = inserted(texts["case_stories.csv"], [link], ["case_id", "story_id"])
    if codes := given.get("codes"):
        texts["codings.csv"] = inserted(texts["codings.csv"], [*_codes(data, case, codes, told)], ["case_id"])
        texts[STUDY] = _study(folder, data, add=case)
    return case, texts


_FILES = ("cases.csv", "stories.csv", "case_stories.csv", "codings.csv", "countries.csv")
_BESIDE = ("stories", "codes", "prefix", "new_country")


def _misshapen(data: Dataset, given: Given) -> Iterator[str]:
    """What has a name that nothing has, or is not of the shape of the form."""
    stories, codes, new = (given.get(name, {}) for name in ("stories", "codes", "new_country"))
    if not isinstance(codes, dict) or not isinstance(new, dict) or not all(isinstance(one, dict) for one in stories):
        yield "stories, codes or new_country is no block. Write it as: paper case add --blank"
        return
    told = [("column of the cases", {*data.cases.columns, *_BESIDE}, given), ("code", {*coded(data)}, codes)]
    told += [("column of the stories", {*data.stories.columns}, story) for story in stories]
    told += [("column of the countries", {*data.countries.columns}, new)]
    told += [("part of a code", {"evidence", "story"}, one) for one in codes.values() if isinstance(one, dict)]
    for what, names, block in told:
        yield from (f"{name} is no {what}.{_near(name, names)}" for name in block if name not in names)
        lists = [name for name, cell in block.items() if isinstance(cell, list | dict) and name not in _BESIDE]
        yield from (f"{name} is a list or a block. Write one text in quotes." for name in lists if what != "code")
    yield from (f"story {n} has no url. Give its address." for n, one in enumerate(stories, 1) if not one.get("url"))


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f" Did you mean {near[0]}?" if near else " Correct the name."


def _country(data: Dataset, given: Given) -> Iterator[str]:
    """What is wrong with the country, or has still to be said of it."""
    country = str(given.get("country", ""))
    new = country not in ("", *data.countries.index)
    if new and (found := by_name(country, dict(data.countries["name"]))):
        yield f'country "{country}" {found}'
    elif new and not given.get("new_country"):
        yield f"{country} is not in data/countries.csv. Correct the code, or give new_country and prefix."
    elif not _prefix(data, given):
        yield f"{country} has no case yet. Give prefix, its two letters (ISO 3166-1)."


def _cell(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _prefix(data: Dataset, given: Given) -> str:
    """The letters of the country: those of its other cases, else those that were given."""
    country = given.get("country")
    same = list(data.cases.index[data.cases["country"] == country]) if country else []
    return str(same[0][:2] if same else given.get("prefix", "" if country else UNKNOWN))


def _number(data: Dataset, case: str) -> int:
    """A free number that shows neither country nor order: drawn by the id from those up to the next full hundred."""
    taken = set(data.cases["number"])
    free = [one for one in range(1, (len(taken) // 100 + 1) * 100 + 1) if one not in taken]
    return free[int(hashlib.sha256(case.encode()).hexdigest(), 16) % len(free)]


def _codes(data: Dataset, case: str, codes: Given, told: list[str]) -> Iterator[dict[str, str]]:
    """The decided rows: of an account that reaches reasons, a form that was not given is 0; else it is empty."""
    study = data.study
    forms = {form.variable for form in study.forms}
    motives = {code.variable for code in study.joining_motives}
    zero = (forms if codes.get(study.reach) == 1 else set()) | (motives if motives & codes.keys() else set())
    for variable in coded(data):
        row = {"case_id": case, "coder": study.final_coder, "variable": variable}
        code = codes.get(variable, 0 if variable in zero else "")
        if isinstance(code, dict):
            n = code.get("story", 1)
            story = told[n - 1] if n in range(1, len(told) + 1) else ""
            row |= {"value": "1", "evidence": code.get("evidence", ""), "story_id": story}
        else:
            row["value"] = str(code)
        yield row | ({"reason": READ_ALONE} if variable == study.reach else {})


def _study(folder: Path, data: Dataset, add: str = "", remove: frozenset[str] = frozenset()) -> str:
    """The description with a case that one reader decided, or without cases that were withdrawn."""
    package = json.loads((folder / STUDY).read_text("utf-8"))
    for edition in package["study"]["editions"]:
        if add and edition["id"] == data.study.edition.id:
            edition["alone"] = sorted([*edition.get("alone", ()), add])
        for name in {"alone", "later"} & edition.keys():
            edition[name] = [case for case in edition[name] if case not in remove]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def withdrawn(folder: Path, data: Dataset, case: str) -> tuple[list[str], Texts]:
    """The files of the data without a person's substance: the id stays, with the decision that it was withdrawn.

    Args:
        folder: The data.
        data: The same, loaded.
        case: Its id; rows that repeat it, or that it repeats, are the same person and go with it.

    Returns:
        The ids withdrawn, and file name to text. Stories that no other case uses go too.
    """
    gone, repeats = {case}, data.cases["duplicate_of"].dropna()
    for _ in range(2):
        gone |= {*repeats.index[repeats.isin(gone)], *repeats[repeats.index.isin(gone)]}
    texts = {name: (folder / name).read_text("utf-8") for name in (*_FILES, "facts.csv")}
    for name in ("case_stories.csv", "codings.csv", "facts.csv"):
        texts[name] = without(texts[name], "case_id", gone)
    links = data.case_stories
    left = set(links.loc[~links["case_id"].isin(gone), "story_id"])
    texts["stories.csv"] = without(texts["stories.csv"], "story_id", set(links["story_id"]) - left)
    texts["cases.csv"] = without(texts["cases.csv"], "case_id", gone)
    for one in sorted(gone):
        stone = {"case_id": one, "number": str(data.cases.at[one, "number"]), "description": WITHDRAWN}
        stone |= {"decision": "excluded", "reason": "withdrawn", "certainty": "low", "role": "not_reported"}
        stone |= {"left_basis": "not_reported", "status_at_disclosure": "not_reported"}
        texts["cases.csv"] = inserted(texts["cases.csv"], [stone], ["case_id"])
    return sorted(gone), {**texts, STUDY: _study(folder, data, remove=frozenset(gone))}
