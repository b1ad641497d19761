"""Authors change the rows without editing a table: what is mended, added and withdrawn, and nothing besides."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from analysis.data.__main__ import main as command
from analysis.data.authoring.lines import inserted
from analysis.data.authoring.story import page_of
from analysis.data.dataset import load
from data_rows import read_rows
from few_cases import spoil

CASE = """
decision = "core"
reason = "ok"
certainty = "medium"
description = "Man in his twenties from western Europe, combat role"
country = "AUT"
gender = "male"
role = "combat"
left = "2015-02"
left_basis = "stated"
first_public = "2015-03"
status_at_disclosure = "free"

[[stories]]
url = "https://example.org/a-first-account"
published = "2015-03"
language = "en"

[[stories]]
url = "https://example.org/a-second-account"
outlet = "Example"

[codes]
reached = 1
control = {evidence = "He says that nobody was free to go.", story = 2}
eligible_joined_is = 1
eligible_left_is = 1
eligible_own_account_public = 1
eligible_in_window = 1
"""


@pytest.fixture
def folder(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of a few cases as the project that commands work on."""
    monkeypatch.setenv("ODN_ROOT", str(tmp_path))
    return Path(shutil.copytree(few, tmp_path / "data"))


def do(words: str, **asked_for: object) -> int:
    """A command's exit code."""
    return command(words, json.dumps(asked_for))


def lines(folder: Path) -> dict[str, list[str]]:
    """Every table's lines."""
    return {file.name: file.read_text("utf-8").splitlines() for file in folder.glob("*.csv")}


def told(answers: list[str]) -> Result:
    """What `case add` did with the answers of a person at a terminal."""

    @click.command()
    def ask() -> None:
        raise SystemExit(do("authoring case", form=None, empty=False))

    return CliRunner().invoke(ask, input="\n".join(answers) + "\n")


def new_lines(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, int]:
    """How many lines each table gained, where no line that was there has gone or moved."""
    for name, old in before.items():
        kept = iter(after[name])
        assert all(line in kept for line in old), name
    return {name: len(after[name]) - len(old) for name, old in before.items() if len(after[name]) != len(old)}


@pytest.mark.parametrize(
    "saved", ["with semicolons", "with tabs", "with sep=;", "as UTF-16", "with a BOM", "with CRLF", "with empty rows",
              "with columns in another order", "with capitals in the header", "with empty columns"],
)  # fmt: skip
def test_a_file_that_a_spreadsheet_saved_is_mended_to_the_byte(folder: Path, few: Path, saved: str) -> None:
    """What it meant comes back as the project writes it."""
    spoil(folder, {"file": "cases.csv", "saved": saved})
    assert do("authoring fix", yes=True) == 0
    assert (folder / "cases.csv").read_bytes() == (few / "cases.csv").read_bytes()


@pytest.mark.parametrize(
    ("column", "cell", "mended"),
    [
        ("left", "42064", "2015-03"),
        ("left", "Mar-15", "2015-03"),
        ("left", "03/2015", "2015-03"),
        ("country", " austria", "AUT"),
        ("minor_when_joined", "TRUE", "true"),
        ("gender", "Male", "male"),
        ("status_at_disclosure", "In custody", "in_custody"),
        ("number", "2.0", "2"),
        ("left", "2015-03-17", "2015-03-17"),
        ("left", "42070", "42070"),
        ("country", "Atlantis", "Atlantis"),
    ],
)
def test_a_cell_is_mended_where_nothing_is_lost(folder: Path, column: str, cell: str, mended: str) -> None:
    """A day is more than a month, and a strange name nobody's: they stay, and the check names them."""
    spoil(folder, {"file": "cases.csv", "where": {"case_id": "AT-01"}, "cells": {column: cell}})
    do("authoring fix", yes=True)
    row = next(row for row in read_rows(folder / "cases.csv") if row["case_id"] == "AT-01")
    assert row[column] == mended
    assert do("data check") == (cell == mended)


def test_mending_shows_and_asks_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an answer nothing is written; good data has nothing to mend."""
    assert do("authoring fix", yes=False) == 0
    spoil(folder, {"file": "cases.csv", "where": {"case_id": "AT-01"}, "cells": {"left": "Mar-15"}})
    before = lines(folder)
    assert do("authoring fix", yes=False) == 1
    assert "+AT-01" in capsys.readouterr().out
    assert lines(folder) == before


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/a/", "https://example.org/a?utm_source=x#top", "https://m.example.org/a/amp",
        "https://web.archive.org/web/20150301000000/http://example.org/a", "HTTPS://EXAMPLE.org/a?fbclid=1",
    ],
)  # fmt: skip
def test_addresses_of_one_page_are_one_page(other: str) -> None:
    """Scheme, site's prefix, tracking, archive; another question to the site is another page."""
    assert page_of(other) == page_of("https://example.org/a")
    assert page_of("https://example.org/a?id=1") != page_of("https://example.org/a?id=2")


def test_a_story_is_added_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line in each of two tables; the same page again is said to be there, and nothing changes."""
    story = {"outlet": "", "published": "2015-03", "language": "en", "cases": ["AT-01"]}
    before = lines(folder)
    assert do("authoring story", url="https://www.example.org/new", **story) == 0
    after = lines(folder)
    assert new_lines(before, after) == {"stories.csv": 1, "case_stories.csv": 1}
    assert do("authoring story", url="http://example.org/new/?utm_source=x", **story) == 0
    assert "The list has this page already" in capsys.readouterr().out
    assert lines(folder) == after


@pytest.mark.parametrize("reading", ["data check", "authoring fix"])
def test_who_reads_next_ends_what_a_kill_left_half_done(folder, monkeypatch, reading) -> None:
    """Killed after the first of two tables was put in place: the next command finds both."""
    before, move, moved = lines(folder), Path.replace, []

    def killed(self, target):
        if len(moved) == 2:
            raise KeyboardInterrupt
        moved.append(target)
        return move(self, target)

    story = {"outlet": "", "published": "2015-03", "language": "en", "cases": ["AT-01"]}
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            do("authoring story", url="https://example.org/new", **story)
    assert len(new_lines(before, lines(folder))) == 1
    assert do(reading, **({"yes": True} if reading == "authoring fix" else {})) == 0
    assert new_lines(before, lines(folder)) == {"stories.csv": 1, "case_stories.csv": 1}


def test_a_new_row_stands_in_its_place_and_no_other_line_is_touched() -> None:
    """In the middle and at the end; quotes that nobody needs and a line break in a cell stay as they are."""
    text = 'id,a\n"A",1\nB,"2\n3"\nD,"x"\n'
    assert inserted(text, [{"id": "C", "a": "n, m"}], ["id"]) == text.replace("D,", 'C,"n, m"\nD,')
    assert inserted(text, [{"id": "E"}], ["id"]) == f"{text}E,\n"


def test_a_case_is_added_from_a_form(folder: Path, tmp_path: Path) -> None:
    """New lines alone: the case, two stories and links, a row for each variable; the description names who read it."""
    (tmp_path / "case.toml").write_text(CASE, "utf-8")
    before, was = lines(folder), load(folder)
    assert do("authoring case", form=str(tmp_path / "case.toml"), empty=False) == 0
    data = load(folder)
    n_codes = (was.codings["coder"] == "decided").sum() // was.given_to("decided").sum()
    gained = {"cases.csv": 1, "stories.csv": 2, "case_stories.csv": 2, "codings.csv": n_codes}
    assert new_lines(before, lines(folder)) == gained
    assert data.study.edition.alone == ("AT-02",)
    codes = data.coded([form.variable for form in data.study.forms]).loc["AT-02"]
    assert codes.sum() == codes["control"] == 1
    assert data.cases.at["AT-02", "number"] not in set(was.cases["number"])
    assert do("authoring withdraw", case="AT-02", yes=True) == 0
    assert load(folder).study.edition.alone == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('gender = "male"', 'sex = "male"', "sex is no column of the cases. Correct the name."),
        ("control = ", "controlled = ", "controlled is no code. Did you mean control?"),
        ('country = "AUT"', 'country = "ISL"\nnew_country = {name = "Iceland"}', "ISL has no case yet. Give prefix"),
        (
            'country = "AUT"',
            'country = "ISL"',
            "ISL is not in data/countries.csv. Correct the code, or give new_country",
        ),
        ('country = "AUT"', 'country = "Austria"', '"Austria" is a name, where its code is due. Write AUT.'),
        ('gender = "male"', 'gender = ["male"]', "gender is a list or a block. Write one text in quotes."),
        ('language = "en"', 'lang = "en"', "lang is no column of the stories"),
        ('url = "https://example.org/a-second-account"', "", "story 2 has no url. Give its address."),
        ("evidence = ", "evidnce = ", "evidnce is no part of a code"),
        ("[codes]", "[new_country]\nnam = 1\n[codes]", "nam is no column of the countries"),
        ('role = "combat"', 'role = "combat"\nnew_country = 1', "codes or new_country is no block"),
        ('left = "2015-02"', 'left = "2015-02-30"', "is a day, where the month is due"),
        ("story = 2", "story = 3", "AT-02 control is 1 by decided, but has no story"),
        ("story = 2", 'story = "b"', "AT-02 control is 1 by decided, but has no story"),
        ("story = 2", "story = 3", "Nothing was added. Lines of tables are those that the case would have."),
        ("reached = 1", "reached = 0", "who reached no reasons"),
        ("[codes]", "[codes", "is no TOML"),
    ],
)
def test_a_wrong_form_changes_nothing(few: Path, tmp_path: Path, monkeypatch, capsys, old, new, says) -> None:
    """What is wrong is named, and every file is as it was: one package serves all forms."""
    monkeypatch.setenv("ODN_ROOT", str(few.parent))
    (tmp_path / "case.toml").write_text(CASE.replace(old, new), "utf-8")
    before = lines(few)
    assert do("authoring case", form=str(tmp_path / "case.toml"), empty=False) == 1
    said = capsys.readouterr()
    assert says in said.out + said.err
    assert lines(few) == before


def test_a_blank_form_is_a_form(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its marks removed it is TOML with every column and code, each below its help."""
    assert do("authoring case", form=None, empty=True) == 0
    filled = re.findall(r"(?m)^# (\[.*\]|[a-z_]+ = .*)$", capsys.readouterr().out)
    read = tomllib.loads("\n".join(filled))
    data = load(folder)
    codes = [data.study.reach, *(code.variable for code in (*data.study.forms, *data.study.eligibility))]
    assert set(codes) <= read["codes"].keys()
    assert read["codes"]["control"] == {"evidence": "", "story": 1}
    assert {"decision", "description", "stories"} <= read.keys()


def test_a_case_can_be_told_in_the_terminal(folder: Path) -> None:
    """A wrong answer is asked again at once; the rest is added, with a country that the list has not had."""
    cells = ["core", "ok", "", "sure", "medium", "Anna, 23", "Man, adult, from western Europe, role not reported"]
    cells += ["Islandia", "isl", "ISL", "Male", "", "not_reported", "", "2015-02-30", "Feb-15", "stated", "2015-03"]
    cells += ["free", "", "", "IS", "Iceland", "nowhere", "western_europe", "no", "true"]
    stories = ["www.example.org/a", "https://example.org/a", "", "2015-03", "en", ""]
    codes = ["yes", "1", "1", "He saw it.", "1", *[""] * (len(load(folder).study.forms) - 1 + 5), *"1111"]
    done = told([*cells, *stories, *codes])
    assert done.exit_code == 0, done.output
    assert done.output.count("Error: ") == 9
    data = load(folder)
    assert all(words in done.output for words in ("One of: core", data.study.forms[0].definition))
    assert data.cases.loc["IS-01", ["left", "gender", "region"]].tolist() == ["2015-02", "male", "western_europe"]
    assert data.coded([data.study.forms[0].variable]).loc["IS-01"].item() == 1


@pytest.mark.parametrize(
    "more", [[], ["AUT", "female", "", "not_reported", "", "2015-04", "stated", "2015-03", *[""] * 9]]
)
def test_answers_that_cannot_be_added_are_kept(folder: Path, more: list[str]) -> None:
    """Stopped half way, or refused: the form has them filled in, to go on with."""
    done = told(["core", "ok", "", "low", "Man, adult, from western Europe, role not reported", *more])
    assert done.exit_code == 1
    assert "Go on there, then: paper case add --from case-answers.toml" in done.stderr
    kept = tomllib.loads((folder.parent / "case-answers.toml").read_text("utf-8"))
    assert (kept["certainty"], kept.get("left")) == ("low", "2015-04" if more else None)


def test_a_person_who_withdraws_leaves_an_id_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No description, date, code, fact or link is left, and no story that only this case had; the rest is as it was.

    Neither is of a row that repeats it.
    """
    twin = {"decision": "excluded", "reason": "duplicate", "duplicate_of": "AT-01"}
    spoil(folder, {"file": "cases.csv", "where": {"case_id": "AU-01"}, "cells": twin})
    was, before = load(folder), lines(folder)
    assert do("authoring withdraw", case="AT-01", yes=False) == 1
    assert lines(folder) == before
    assert do("authoring withdraw", case="ZZ-99", yes=True) == 2
    assert do("authoring withdraw", case="AT-01", yes=True) == 0
    data, after = load(folder), lines(folder)
    for name in ("codings.csv", "case_stories.csv", "facts.csv", "stories.csv"):
        assert after[name] == [line for line in before[name] if line in set(after[name])]
        assert not any(line.startswith(("AT-01", "AU-01")) for line in after[name])
    rows = {row["case_id"]: row for row in read_rows(folder / "cases.csv")}
    for case in ("AT-01", "AU-01"):
        kept = {"case_id": case, "number": str(was.cases.at[case, "number"]), "description": "Withdrawn"}
        kept |= {"decision": "excluded", "reason": "withdrawn", "certainty": "low"}
        kept |= dict.fromkeys(("role", "left_basis", "status_at_disclosure"), "not_reported")
        assert {name: cell for name, cell in rows[case].items() if cell} == kept
    assert set(data.stories.index) == set(data.case_stories["story_id"])
    assert len(data.core) == len(was.core) - 1
