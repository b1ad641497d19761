"""Whether the cells of a row still belong together: a column that was sorted by itself leaves a good schema behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pandas as pd

from analysis.data.problems import Problem
from analysis.data.schema import Tables

CASES, STORIES = "data/cases.csv", "data/stories.csv"
UNKNOWN = "XX"
"""The prefix of cases whose country is not reported."""
_MOVED = 0.1  # addresses are corrected one by one; a larger share of a column has moved as a whole
_WHO = {"Man": "male", "Boy": "male", "Teenage boy": "male"} | {"Woman": "female", "Girl": "female"}
_WHO |= {"Teenage girl": "female"}


def story_id_of(url: str) -> str:
    """The identifier of a story, made of the address at which it was found: `s` and ten signs of its SHA-256."""
    return f"s{hashlib.sha256(url.encode()).hexdigest()[:10]}"


def column_problems(tables: Tables) -> list[Problem]:
    """Rows whose cells contradict one another; tables as text, by name."""
    return [*_countries(tables["cases"]), *_genders(tables["cases"]), *_addresses(tables["stories"])]


def _countries(cases: pd.DataFrame) -> Iterator[Problem]:
    """Each prefix of identifiers goes with one country: the one that most of its cases have."""
    told = cases[cases["reason"] != "withdrawn"]
    prefix, country = told["case_id"].str[:2], told["country"].fillna("")
    usual = country[country != ""].groupby(prefix).agg(lambda found: found.value_counts().index[0])
    usual = usual.reindex([one for one in prefix.value_counts().index if one in usual and one != UNKNOWN])
    due = prefix.map(usual).fillna("")
    out = "Correct the country; was a column sorted by itself?"
    for line in told.index[(country != due) | ((country == "") & (prefix != UNKNOWN))]:
        says = f'"{country[line]}" does not go with {told["case_id"][line]}, whose prefix is for '
        what = due[line] or ("no country" if prefix[line] == UNKNOWN else "a country")
        yield Problem(CASES, line, "country", f"{says}{what}. {out}", out)
    for second in usual.index[usual.duplicated()]:
        says = f"the prefix {second} is for {usual[second]}, as another one is. Keep one of the two."
        yield Problem(CASES, int(told.index[prefix == second][0]), "case_id", says)


def _genders(cases: pd.DataFrame) -> Iterator[Problem]:
    who = cases["description"].str.extract(r"^(Teenage (?:boy|girl)|\w+)", expand=False).map(_WHO)
    out = "Correct one of the two; was a column sorted by itself?"
    for line in cases.index[who.notna() & cases["gender"].notna() & (who != cases["gender"])]:
        says = f'"{cases["gender"][line]}" is not the gender that the description of {cases["case_id"][line]} gives.'
        yield Problem(CASES, line, "gender", f"{says} {out}", out)


def _addresses(stories: pd.DataFrame) -> Iterator[Problem]:
    """The identifier of a story is made of its first address; a correction keeps it, a sorted column does not."""
    moved = stories["story_id"] != stories["url"].dropna().map(story_id_of).reindex(stories.index)
    if len(stories) and moved.mean() > _MOVED:
        says = f"{moved.sum():,} of {len(stories):,} addresses do not go with their story_id."
        yield Problem(STORIES, 0, "url", f"{says} A column was sorted by itself: restore the file.")
