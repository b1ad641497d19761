"""These are living people under threat: no name, no day in print, nothing below a country."""

from __future__ import annotations

import json
import re

import pytest

from data_rows import read_rows

DESCRIPTION = re.compile(
    r"^(Man|Woman|Boy|Girl|Teenage boy|Teenage girl)\b[a-z0-9 ,]*"
    r"(from (the )?[A-Za-z -]+|origin not reported|country not reported), [a-z -]+$"
)


def tables(root):
    for path in sorted((root / "data").glob("*.csv")):
        yield path.name, read_rows(path)


def test_descriptions_keep_one_neutral_form(root):
    """Each description says who, an age band, a broad region and a role, and nothing else."""
    descriptions = [row["description"] for _, rows in tables(root) for row in rows if "description" in row]
    assert descriptions
    assert [text for text in descriptions if not DESCRIPTION.match(text)] == []


def test_stories_carry_no_titles(root):
    """Titles carry names, so the stories have none."""
    rows = dict(tables(root))["stories.csv"]
    assert set(rows[0]) == {"story_id", "url", "outlet", "published", "language"}


# Words of addresses that are no names of people.
ORDINARY = set(
    re.findall(
        r"\w+",
        "africa arab assad balkans bfmtv coder disowned east europe french germany iraqi islam islamic islamist jordan "
        "middle muslim muslims quran saudi saudis state sunni sunnis syria syrian syrians turkey yazidis",
    )
)
SAID = ("evidence", "reason", "decision_note", "other_reasons", "description")
DATED = {"cases.csv": ("joined", "left", "first_public"), "stories.csv": ("published",), "facts.csv": ("value",)}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}} ({MONTHS})\b|\b({MONTHS}) \d{{1,2}}\b(?!\d)")
TELLING = re.compile(rf"{DAY.pattern}|\b\d+-year-old\b|\b(?!20\d\d\b)\d{{2,}}\b")


def texts(data):
    """Every text about a person: file, case, text; ids of cases are no numbers of people."""
    for file in ("cases.csv", "codings.csv", "facts.csv"):
        for row in data[file]:
            for column in SAID:
                if row.get(column):
                    yield file, row["case_id"], re.sub(r"\b[A-Z]{2}-\d\d\b", "", row[column])


def days(data):
    """Dates of a person or a story that are finer than a month, in a cell of dates or in a text."""
    cells = [row[column] for file, columns in DATED.items() for row in data[file] for column in columns]
    return [cell for cell in cells if len(cell) > len("2015-03") and DAY.search(cell)] + [
        text for _, _, text in texts(data) if DAY.search(text)
    ]


def names(data):
    """Capitalised words of a text that an address of a story of the case spells, and that no text uses plainly."""
    address = {row["story_id"]: row["url"].lower() for row in data["stories.csv"]}
    spelled: dict[str, set[str]] = {}
    for link in data["case_stories.csv"]:
        spelled.setdefault(link["case_id"], set()).update(re.findall(r"[^\W\d_]{4,}", address[link["story_id"]]))
    plain = {word for _, _, text in texts(data) for word in re.findall(r"\b[a-z]{4,}\b", text)} | ORDINARY
    return [
        (case, word)
        for _, case, text in texts(data)
        for word in re.findall(r"\b[A-Z][^\W\d_]{3,}", text)
        if word.lower() in spelled.get(case, set()) - plain
    ]


def small_cells(tables):
    """Rows of the printed tables of people by two attributes in which one or two people are counted."""
    return [row for rows in tables for row in rows if row["n"] in ("1", "2") and row.get("value") != "not_reported"]


def telling(data):
    """Paraphrases with an age, a day or a large exact count, which single a scene out; descriptions have their form."""
    said = (text for file, _, text in texts(data) if file != "facts.csv" and not DESCRIPTION.match(text))
    return [text for text in said if TELLING.search(text)]


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


def test_no_date_is_finer_than_a_month(data):
    """Neither cells of cases, stories and facts nor what is said of a person."""
    assert days(data) == []


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("cases.csv", {"left": "2015-03-17"}),
        ("cases.csv", {"first_public": "2015-03-17"}),
        ("cases.csv", {"decision_note": "First heard on 17 March 2015."}),
        ("stories.csv", {"published": "2015-03-17"}),
        ("facts.csv", {"value": "2015-03-17"}),
        ("facts.csv", {"reason": "The page says March 17."}),
        ("codings.csv", {"evidence": "He fled on 17 March."}),
        ("codings.csv", {"reason": "One coder had 2015-03-17."}),
    ],
)
def test_a_day_that_is_put_back_is_found(data, file, cells):
    """In each kind of cell and of text."""
    assert len(days(with_row(data, file, 5, **cells))) == 1


def test_what_is_said_holds_no_word_of_the_names_in_the_addresses(data):
    """Addresses of stories often spell the person's name; no text about the person holds a capitalised word of them."""
    assert names(data) == []


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
    assert names(spoiled) == [(case, "Zebulon")]


def test_what_is_said_holds_no_exact_day_age_or_count(data):
    """Victims' ages, exact days and large exact counts single a scene out; none stands in a paraphrase."""
    assert telling(data) == []
    assert len(telling(with_row(data, "codings.csv", 5, evidence="He saw 37 people killed."))) == 1
    assert len(telling(with_row(data, "cases.csv", 5, other_reasons="His 9-year-old was with him."))) == 1


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
