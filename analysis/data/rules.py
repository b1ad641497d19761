"""The rules of the study beyond the schema: dates agree, every case has its rows, nobody counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.data.cells import is_of_dates
from analysis.data.clocks import lies_in, stated_range
from analysis.data.problems import Problem
from analysis.data.schema import Resources, Tables, WrongCell, wrong_cells
from analysis.data.study import Study

CORRECT_ONE = "Correct one of the two."
CORRECT_DATE = "Correct the date or the decision."


def case_problems(tables: Tables, study: Study) -> list[Problem]:
    """What is wrong with a case as a whole: its dates, its decision, the rows that it lacks in other tables.

    Args:
        tables: Every table as text, by name, its lines as index.
        study: Gives the window, the extension, the narratives and who decides on codes.
    """
    cases, codings = tables["cases"].fillna(""), tables["codings"]
    core, later = cases["decision"] == "core", cases["decision"] == "later"
    joined, left, public = cases["joined"], cases["left"], cases["first_public"]
    start, end, last = str(study.window.start), str(study.window.end), str(study.extension.end)
    outside = _after(start, public) | _after(public, end)
    but_core = f"but the case is core ({start} to {end}). {CORRECT_DATE}"
    final = codings[(codings["coder"] == study.final_coder) & codings["variable"].isin(study.coded_variables)]
    n_coded = cases["case_id"].map(final.groupby("case_id", observed=True)["variable"].nunique()).fillna(0)
    known = {*codings["variable"].unique()}
    new = [name for name in study.coded_variables if name not in known]
    lacks = (
        f"lacks a code of {study.final_coder}{' for ' if new else ''}{', '.join(new)}. Add the rows to data/codings.csv"
    )
    perhaps_later = (public.str.len() == len("YYYY")) & (public == end[:4])
    dated, basis = left != "", ~cases["left_basis"].isin(["", "not_reported"])
    rules = [
        (
            _after(left, public),
            "left",
            f'"{{left}}" is after the account was first public ({{first_public}}). {CORRECT_ONE}',
        ),
        (_after(joined, left), "joined", f'"{{joined}}" is after the person left ({{left}}). {CORRECT_ONE}'),
        (core & (public == ""), "first_public", f"the cell is empty, {but_core}"),
        (core & outside, "first_public", f'"{{first_public}}" is outside the window, {but_core}'),
        (
            later & (public != "") & ~_after(public, end) & ~perhaps_later,
            "first_public",
            f'"{{first_public}}" is not after {end}, but the case is later. {CORRECT_DATE}',
        ),
        (
            later & _after(public, last),
            "first_public",
            f'"{{first_public}}" is after {last}. Correct the date, or exclude the case.',
        ),
        (
            (core | later) & ~cases["case_id"].isin(tables["case_stories"]["case_id"]),
            "case_id",
            "{case_id} has no story. Link one in data/case_stories.csv, or exclude the case.",
        ),
        (
            (core | later) & (n_coded != len(study.coded_variables)),
            "case_id",
            f"{{case_id}} {lacks} (value empty when the text does not reach it).",
        ),
        (
            (cases["gender"] == "") & (cases["reason"] != "withdrawn"),
            "gender",
            "the cell is empty. This column must be filled.",
        ),
        (
            dated & ~basis,
            "left_basis",
            '"{left}" is a date, but left_basis does not say how it is known. Write stated or inferred, or empty left.',
        ),
        (
            basis & ~dated,
            "left_basis",
            '"{left_basis}" says how a date is known, but left is empty. Write not_reported, or give the date.',
        ),
        (
            _before_every_story(tables),
            "first_public",
            '"{first_public}" is before every story linked to {case_id}. Link the story that bears it, or correct it.',
        ),
        (
            (core | later) != (cases["reason"] == "ok"),
            "reason",
            f"{{case_id}} has a reason that does not go with its decision. {CORRECT_ONE}",
        ),
        (
            (cases["reason"] == "duplicate") != (cases["duplicate_of"] != ""),
            "duplicate_of",
            "{case_id} must name the row it repeats if it is a duplicate, and only then.",
        ),
    ]
    return [
        Problem("data/cases.csv", int(str(line)), column, message.format(**row), message)
        for broken, column, message in rules
        if broken.any()
        for line, row in cases[broken].to_dict("index").items()
    ]


def date_problems(tables: Tables, resources: Resources, created: str) -> list[Problem]:
    """Dates that lie after the data.

    Args:
        tables: Every table as text, by name, its lines as index.
        resources: The resources of the data package, by name; give the columns of dates.
        created: The day of the data, YYYY-MM-DD: `created` of the data package.
    """
    out = (
        f"is after {created}, the day of the data. Correct it, or bring `created` in data/datapackage.json up to date."
    )
    return [
        Problem(f"data/{resource['path']}", int(str(line)), field["name"], f'"{cell}" {out}', out)
        for name, resource in resources.items()
        for field in resource["schema"]["fields"]
        if is_of_dates(field)
        for line, cell in tables[name][field["name"]].dropna().items()
        if cell > created[: len(cell)]
    ]


def wrong_facts(tables: Tables, resources: Resources) -> Iterator[WrongCell]:
    """Facts that are not written as their column of the cases is; tables and resources as for `date_problems`."""
    facts = tables["facts"]
    for field in resources["cases"]["schema"]["fields"]:
        name = "situation" if field["name"] == "status_at_disclosure" else field["name"]
        free = {**field.get("constraints", {}), "required": False, "unique": False}
        rows = facts[facts["field"] == name]
        yield from wrong_cells(rows, {"fields": [{**field, "name": "value", "constraints": free}]})


def undated(cases: pd.DataFrame, links: pd.DataFrame, stories: pd.DataFrame, study: Study) -> pd.Series[bool]:
    """Whether none of a case's stories is dated, for certain, in the span of months of the case's list.

    Args:
        cases: Columns `case_id` and `decision`; the rows may have any index, which the answer has too.
        links: Columns `case_id` and `story_id`.
        stories: Column `published` (YYYY, YYYY-MM or missing), index `story_id`.
        study: Gives the window of core cases and the extension of later ones; excluded ones have none, and are False.
    """
    ranges = stated_range(links["story_id"].map(stories["published"]).astype(object))
    answer = pd.Series(False, index=cases.index)
    for decision, span in (("core", study.window), ("later", study.extension)):
        dated = links.loc[lies_in(ranges, span).eq(1).fillna(False).to_numpy(dtype=bool), "case_id"]
        answer |= (cases["decision"] == decision) & ~cases["case_id"].isin(dated)
    return answer


def case_warnings(tables: Tables, study: Study) -> Iterator[Problem]:
    """What a reader should know of single cases though it is no mistake; tables and study as for `case_problems`."""
    cases, stories = tables["cases"], tables["stories"].set_index("story_id")
    spans = {"core": study.window, "later": study.extension}
    out = "Date one of its stories in data/stories.csv, link another, or leave it: its place rests on first_public."
    doubted = cases[undated(cases, tables["case_stories"], stories, study)]
    for line, case, decision in doubted[["case_id", "decision"]].itertuples():
        says = f"{case} has no story dated inside {spans[decision].start} to {spans[decision].end}. {out}"
        yield Problem("data/cases.csv", line, "case_id", says, out)


def _after(first: Any, second: Any) -> Any:
    """Whether one date (or a column of them) is after another for certain, at the coarser precision of the two.

    A tilde sorts after digits and hyphens, so that a date which only adds to the other (2015-03 to 2015) is not after
    it; nor is a date that is missing, or after one that is missing (both empty texts).
    """
    return first > second + "~"


def _before_every_story(tables: Tables) -> pd.Series[bool]:
    """Whether an account is dated before each of its stories, all of which have a date."""
    cases, links = tables["cases"], tables["case_stories"]
    published = links["story_id"].map(tables["stories"].set_index("story_id")["published"]).fillna("")
    earliest = published.sort_values().groupby(links["case_id"]).first()
    first = cases["case_id"].map(earliest).fillna("")  # "" where one has no date
    before: pd.Series[bool] = _after(first, cases["first_public"].fillna("~"))
    return before
