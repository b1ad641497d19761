"""These are living people under threat: no name, no day in print, nothing below a country."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.data.privacy import names, privacy_problems
from data_rows import read_rows


def tables(root):
    for path in sorted((root / "data").glob("*.csv")):
        yield path.name, read_rows(path)


def test_stories_carry_no_titles(root):
    """Titles carry names, so the stories have none."""
    rows = dict(tables(root))["stories.csv"]
    assert set(rows[0]) == {"story_id", "url", "outlet", "published", "language"}


def wrong(data):
    """What the rules of the data say of texts about people, and of words that an address spells."""
    texts = {file.removesuffix(".csv"): pd.DataFrame(rows).replace("", None) for file, rows in data.items()}
    return privacy_problems(texts), [(one.file, one.message.partition(" stands")[0]) for one in names(texts)]


def small_cells(tables):
    """Rows of the printed tables of people by two attributes in which one or two people are counted."""
    return [row for rows in tables for row in rows if row["n"] in ("1", "2") and row.get("value") != "not_reported"]


def printed(root):
    """The numbers behind the tables and figures of people."""
    for file in ("people/people.csv", "people/situation.csv", "narratives/subgroups.csv"):
        yield read_rows(root / "figures" / file)


@pytest.fixture(scope="module")
def data(root):
    """Every table of the data package, file to rows."""
    return dict(tables(root))


def with_row(data, file, number, **cells):
    """The tables with other cells in one row."""
    rows = list(data[file])
    rows[number] = {**rows[number], **cells}
    return {**data, file: rows}


def test_texts_about_people_keep_the_rules(data):
    """No day, age or exact count, no other form of a description, no word of a name in an address."""
    assert wrong(data) == ([], [])


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("cases.csv", {"decision_note": "First heard on 17 March 2015."}),
        ("cases.csv", {"other_reasons": "His 9-year-old was with him."}),
        ("cases.csv", {"description": "A fighter who fled, combat role"}),
        ("facts.csv", {"reason": "The page says March 17."}),
        ("codings.csv", {"evidence": "He fled on 17 March."}),
        ("codings.csv", {"evidence": "He saw 37 people killed."}),
        ("codings.csv", {"reason": "One coder had 2015-03-17, in short."}),
    ],
)
def test_what_singles_a_person_out_is_found(data, file, cells):
    """In each kind of text."""
    assert {one.file for one in wrong(with_row(data, file, 5, **cells))[0]} == {f"data/{file}"}


@pytest.mark.parametrize("file", ["cases.csv", "codings.csv", "facts.csv"])
@pytest.mark.parametrize("said", ["{} was afraid.", "A cousin of {} had gone."])
def test_a_name_that_is_put_back_is_found(data, file, said):
    """First or later in the sentence, in each kind of text: a word of an address of the case."""
    column = {"cases.csv": "decision_note", "codings.csv": "evidence", "facts.csv": "reason"}[file]
    case = data[file][5]["case_id"]
    story = next(link["story_id"] for link in data["case_stories.csv"] if link["case_id"] == case)
    stories = [
        {**row, "url": row["url"] + ("-zebulon" if row["story_id"] == story else "")} for row in data["stories.csv"]
    ]
    spoiled = with_row({**data, "stories.csv": stories}, file, 5, **{column: said.format("Zebulon")})
    assert wrong(spoiled)[1] == [(f"data/{file}", '"Zebulon"')]


def test_no_number_of_one_or_two_people_is_printed_beside_a_second_attribute(root):
    """The tables of people and the narratives by group."""
    assert small_cells(printed(root)) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_small_cell_that_is_put_back_is_found(root, place):
    """In each of the tables: a row that counts two people."""
    spoiled = list(printed(root))
    spoiled[place][0]["n"] = "2"
    assert len(small_cells(spoiled)) == 1


def test_the_description_file_names_nobody(root):
    """The data package names no contributor by person."""
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [c["title"] for c in descriptor["contributors"]] == ["The Open Defector Narratives authors"]
