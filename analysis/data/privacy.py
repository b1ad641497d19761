"""What no text about a person may hold: a day, an age, an exact count; and words that an address spells as a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pandas as pd

from analysis.data.problems import Problem
from analysis.data.schema import Tables

WITHDRAWN = "Withdrawn"
"""What stands for the description of a person who was withdrawn."""
DESCRIPTION = re.compile(
    rf"(Man|Woman|Boy|Girl|Teenage boy|Teenage girl)\b[a-z0-9 ,]*"
    rf"(from (the )?[A-Za-z -]+|origin not reported|country not reported), [a-z -]+|{WITHDRAWN}"
)
"""Who, an age band, a broad region and a role, and nothing else."""
FORM = "Write who (man, woman, boy, girl), age band, region and role: Man in his twenties from the Gulf, combat role."
_SAID = {"cases": ("decision_note", "other_reasons"), "codings": ("evidence", "reason"), "facts": ("reason",)}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b(?!\d)"
_TELLING = r"\b\d+-year-old\b|\b(?!20\d\d\b)\d{2,}\b"
_CASE = r"\b[A-Z]{2}-\d\d\b"
# Words of addresses that are no names of people.
ORDINARY = {
    *re.findall(
        r"\w+",
        "africa arab assad balkans bfmtv coder disowned east europe french germany iraqi islam islamic islamist jordan "
        "middle muslim muslims quran saudi saudis state sunni sunnis syria syrian syrians turkey yazidis",
    )
}


def _texts(tables: Tables) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Table, column, and rows of `case_id` and `text`: all that is said of a person but the descriptions."""
    for name, columns in _SAID.items():
        for column in columns:
            rows = tables[name][["case_id", column]].dropna().set_axis(["case_id", "text"], axis=1)
            yield name, column, rows.assign(text=rows["text"].str.replace(_CASE, "", regex=True).astype("category"))


def privacy_problems(tables: Tables) -> list[Problem]:
    """Descriptions of another form, and texts with a day, an age or a large exact count; tables as text, by name."""
    described = tables["cases"]["description"].dropna()
    wrong = described[~described.str.fullmatch(DESCRIPTION.pattern)]
    problems = [
        Problem("data/cases.csv", int(str(line)), "description", f'"{text}" is not of the neutral form. {FORM}', FORM)
        for line, text in wrong.items()
    ]
    for name, column, rows in _texts(tables):
        rules = [(_DAY, "gives a day. Say the month, or leave it out")]
        if name != "facts":
            rules.append((_TELLING, "gives an age or an exact count, which singles a scene out. Reword it"))
        for pattern, rule in rules:
            for line, text in rows.loc[rows["text"].str.contains(pattern), "text"].items():
                problems.append(Problem(f"data/{name}.csv", int(str(line)), column, f'"{text}" {rule}.', rule))
    return problems


def names(tables: Tables) -> list[Problem]:
    """Capitalised words of a text that an address of a story of the case spells, and that no text uses plainly.

    They are often names, and sometimes words of a people or a place: a person has to look.
    """
    address = tables["stories"].set_index("story_id")["url"].str.lower()
    letters = tables["case_stories"]["story_id"].map(address).str.findall(r"[^\W\d_]{4,}")
    spelled: dict[str, set[str]] = {}
    for case, found in zip(tables["case_stories"]["case_id"], letters, strict=True):
        spelled.setdefault(case, set()).update(found)
    every = [(name, column, rows) for name, column, rows in _texts(tables)]
    described = tables["cases"]["description"].dropna()
    plain = {
        word
        for text in chain(described.unique(), *(rows["text"].cat.categories for _, _, rows in every))
        for word in re.findall(r"\b[a-z]{4,}\b", text)
    }
    out = "stands in an address of the case. If it is a name, take it out."
    problems = []
    for name, column, rows in every:
        words = rows["text"].str.findall(r"\b[A-Z][^\W\d_]{3,}").explode().dropna()
        for line, word in words[~words.str.lower().isin(plain | ORDINARY)].items():
            if word.lower() in spelled.get(str(rows.at[line, "case_id"]), ()):
                problems.append(Problem(f"data/{name}.csv", int(str(line)), column, f'"{word}" {out}', out))
    return problems
