"""A new case as rows of all tables, and a person withdrawn from all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.data.authoring.lines import inserted, without
from analysis.data.authoring.story import known, story_row
from analysis.data.columns import UNKNOWN
from analysis.data.dataset import Dataset
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
            variable to 1, 0, "" or to `evidence` and `story` (which of the stories, from 1) of a code of 1.

    Returns:
        The new id, and file name to text.

    Raises:
        DataProblems: What was given has an unknown name, or lacks the prefix of a new country or a story.
    """
    known_names = {*data.cases.columns, "stories", "codes", "prefix"}
    wrong = [f"{name} is no column of the cases. Correct the name." for name in given if name not in known_names]
    wrong += [f"{name} is no code. Correct the name." for name in given.get("codes", {}) if name not in coded(data)]
    prefix = _prefix(data, given)
    wrong += [] if prefix else [f"{given.get('country')} has no case yet. Give prefix, its two letters (ISO 3166-1)."]
    if wrong:
        raise DataProblems([Problem("the new case", 0, "", one) for one in wrong])
    taken = [int(case[3:]) for case in data.cases.index if case[:2] == prefix]
    case = f"{prefix}-{max(taken, default=0) + 1:02}"
    row = {name: _cell(cell) for name, cell in given.items() if name not in ("stories", "codes", "prefix")}
    row |= {"case_id": case, "number": str(_number(data, case))}
    texts = {name: (folder / name).read_text("utf-8") for name in _FILES}
    texts["cases.csv"] = inserted(texts["cases.csv"], [row], ["case_id"])
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


_FILES = ("cases.csv", "stories.csv", "case_stories.csv", "codings.csv")


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
            story = told[int(code.get("story", 1)) - 1] if 0 < int(code.get("story", 1)) <= len(told) else ""
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
