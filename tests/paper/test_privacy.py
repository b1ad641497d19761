"""These are living people under threat: no name, no day in print, nothing below a country."""

import json
import re

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


def recorded(root):
    """Every value on record, by name."""
    files = sorted(root.glob("figures/*/values.json"))
    return {name: entry for file in files for name, entry in json.loads(file.read_text("utf-8"))["values"].items()}


def wrong(data):
    """What the rules of the data say of texts about people, and of words that an address spells."""
    texts = {file.removesuffix(".csv"): pd.DataFrame(rows).replace("", None) for file, rows in data.items()}
    return privacy_problems(texts), [(one.file, one.message.partition(" stands")[0]) for one in names(texts)]


CROSSED = {
    "people/people": ("n",),
    "people/situation": ("n",),
    "narratives/subgroups": ("n",),
    "narratives/combinations": ("n",),
    "narratives/joining": ("both", "without_n"),
    "evidence/access": ("in_n", "out_n"),
    "evidence/extension": ("in_n", "out_n"),
    "evidence/reading": ("n",),
}
"""Tables and figures of people by two attributes, to the columns that count people."""


def small_cells(tables):
    """Rows of the numbers behind them in which one or two people are counted, each with its table."""
    return [
        (name, row)
        for name, rows in tables.items()
        for row in rows
        if row.get("value") != "not_reported"
        and any(row[column] in ("1", "2", "1.0", "2.0") for column in CROSSED[name])
    ]


def printed(root):
    """The numbers behind the tables and figures of people."""
    return {name: read_rows(root / f"figures/{name}.csv") for name in CROSSED}


def small_texts(recorded):
    """Names of recorded cells of two attributes whose text tells one or two people, or names them."""
    crossed = re.compile(r"(joining\..*\.(with|without|voicers)|(access|extension)\.\w+\.(supervised|free|later|core))")
    shares = {name: entry for name, entry in recorded.items() if crossed.fullmatch(name) and "n" in entry}
    assert shares
    small = {name: entry for name, entry in shares.items() if 0 < entry["n"] < 3}
    return [name for name, entry in small.items() if entry["cases"] or not str(entry["text"]).count("fewer than")]


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
    """In the tables of people, the narratives by group, motive and situation, and the values on record."""
    assert small_cells(printed(root)) == []
    assert small_texts(recorded(root)) == []


@pytest.mark.parametrize("name", CROSSED)
def test_a_small_cell_that_is_put_back_is_found(root, name):
    """In each of the tables: a row that counts two people."""
    spoiled = printed(root)
    spoiled[name][0][CROSSED[name][-1]] = "2"
    assert [found for found, _ in small_cells(spoiled)] == [name]


def test_a_small_value_that_is_put_back_is_found(root):
    """A cell of two people, written out."""
    name = "access.brutality.free"
    spoiled = recorded(root)
    spoiled[name] = {**spoiled[name], "n": 2, "cases": [], "text": {"of": "2 of 33"}}
    assert small_texts(spoiled) == [name]


def test_the_description_file_names_nobody(root):
    """The data package names no contributor by person."""
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [c["title"] for c in descriptor["contributors"]] == ["The Open Defector Narratives authors"]
