"""Cells that nobody wrote, dates that never were and turned ranges are named with file, line and column."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from analysis.data.cells import seen
from analysis.data.dataset import load
from analysis.data.opened import opened
from analysis.data.problems import DataProblems
from analysis.data.schema import schema_problems
from analysis.data.tables import read_text

DATES = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "text", "type": "string"},
        {"name": "when", "type": "string", "constraints": {"pattern": DATES}},
        {"name": "loose", "type": "string", "constraints": {"pattern": "[0-9]{4}-[0-9]{2}(-[0-9]{2})?"}},
        {"name": "day", "type": "date"},
        {"name": "allowed_low", "type": "number"},
        {"name": "allowed_high", "type": "number"},
        {"name": "n", "type": "integer"},
        {"name": "url", "type": "string", "format": "uri"},
    ]
}
GOOD = {
    "url": "https://a.org/ü?b=c&d#e",
    "text": "a\nb",
    "when": "2016-02-29",
    "loose": "2015-04",
    "day": "2015-12-31",
    "n": "3",
}


def problems_of(**cells: str) -> list[str]:
    """The problems of a table of one row; a column that is not named holds what is good, or nothing."""
    row = {field["name"]: {**GOOD, **cells}.get(field["name"]) for field in SCHEMA["fields"]}
    table = pd.DataFrame([row], index=pd.Index([2], name="line"), dtype="object")
    return list(map(str, schema_problems(table, "t.csv", SCHEMA)))


SPACES = ("a ", " a", "a\n", "\n", "\u00a0a")
SHAPELESS = (
    "\u200b\u200e\u200f\u061c\u00ad\u00a0\u2007\u202f\u2028\u2029\u2060\u180e\u3164"
    "\ue000\ufdd0\ufff9\ufffc\U0001ffff\U000e0041"
)
MISREAD = ("CafÃ©", "itâ€™s", "Ø§Ù„Ø´")
LETTERS = (
    *(f"a{letter}b" for letter in SHAPELESS),
    *MISREAD,
    "a\u200db",
    "a\u200c",
    "a\tb",
    "a\x00b",
    "a\x1bb",
    "a\x85b",
    "a\ufffdb",
    "a\ufeffb",
    "a\u202eb",
    "a\rb",
)
ERRORS = ("#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NV", "#NOM?", "#BEZUG!", "#GETTING_DATA", "Err:502")
FORMULAS = ("=A1", "+44 20", "-x", "@a", "＝1+1", "'=1")


@pytest.mark.parametrize("text", [*SPACES, *LETTERS, *ERRORS, *FORMULAS])
def test_a_cell_that_nobody_wrote_is_named(text: str) -> None:
    """Space at an end, control and replacement characters, turned direction, errors and formulas of spreadsheets."""
    (told,) = problems_of(text=text)
    assert told.startswith("t.csv:2 text:")
    assert told.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "a b",
        "a\nb",
        "a\r\nb",
        "é ü ش",
        "می\u200cخواهم",
        "👩\u200d🦰",
        "SÃO É»",
        "#1 of 3",
        "say #NAME? there",
        "~",
        "-",
        "-5",
        "+1.5",
    ],
)
def test_what_somebody_may_have_written_is_good(text: str) -> None:
    """Other scripts, line breaks inside, signs in a sentence."""
    assert problems_of(text=text) == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("when", "2014-02-30"),
        ("when", "2015-02-29"),
        ("when", "0000"),
        ("when", "0000-05"),
        ("when", "0215-05"),
        ("when", "2014-06-31"),
        ("when", "\u0662\u0660\u0661\u0664"),
        ("loose", "2015-13"),
        ("loose", "2015-00"),
        ("loose", "2015-11-31"),
        ("day", "2014-02-30"),
        ("day", "0000-01-01"),
        ("n", "\u0663"),
        ("n", "01"),
        ("n", "-0"),
        ("url", "https://a.org/\u202ex"),
        ("url", "https://anna:secret@a.org/x"),
        ("url", "http://localhost:8000/x"),
        ("url", "http://192.168.0.2/x"),
        ("url", 'https://a.org/"onclick="x'),
        ("url", "https://a.org/<script>"),
        ("url", "https://[::1"),
        ("n", "99999999999999999999"),
    ],
)
def test_a_value_that_never_was_is_named(column: str, text: str) -> None:
    """Days that no calendar has, years of no source, digits of other scripts, numbers beyond counting.

    And addresses that turn their direction, tell a password, lead to one machine or would leave their place in a page.
    """
    (told,) = problems_of(**{column: text})
    assert told.startswith(f't.csv:2 {column}: "{seen(text)}" ')


def test_a_turned_range_is_named() -> None:
    """A low end above its high end; equal ends and open ones are good."""
    assert problems_of(allowed_low="0.5", allowed_high="0.5") == problems_of(allowed_low="0.5") == []
    (told,) = problems_of(allowed_low="10", allowed_high="9.5")
    assert told == 't.csv:2 allowed_low: "10" is above allowed_high (9.5). Correct one of the two.'


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> a branch", "||||||| base"])
def test_the_mark_of_a_merge_is_named(tmp_path, mark: str) -> None:
    """At the beginning of a line, even inside a quoted cell; line as an editor shows it."""
    schema = {"fields": [{"name": "a", "type": "string"}]}
    (tmp_path / "t.csv").write_text(f'a\n"x\n{mark}\ny"\n', encoding="utf-8")
    table, problems = read_text(tmp_path / "t.csv", "t.csv", schema)
    assert table is None
    assert list(map(str, problems)) == [f't.csv:3: "{mark}" is the mark of a merge. Keep one side of it.']


def removed(name: str):
    """A description without one of its resources."""
    return lambda given: {**given, "resources": [one for one in given["resources"] if one["name"] != name]}


def without_field(given: dict[str, Any]) -> dict[str, Any]:
    """A description whose first resource lost its fields."""
    first, *rest = given["resources"]
    return {**given, "resources": [{**first, "schema": {}}, *rest]}


LIMITS = ([], {"pattern": "("}, {"minLength": 1})
UNREADABLE = ({"type": "geo"}, {"type": []}, {"name": 5}, *({"constraints": limits} for limits in LIMITS))


def with_field(**changes: Any):
    """A description whose first field is another."""

    def change(given: dict[str, Any]) -> dict[str, Any]:
        given["resources"][0]["schema"]["fields"][0] |= changes
        return given

    return change


def with_study(**changes: Any):
    """A description of a study with other parts."""
    return lambda given: {**given, "study": {**given["study"], **changes}}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (removed("countries"), "has no resource countries"),
        (removed("recruits"), "has no resource recruits"),
        (lambda given: {k: v for k, v in given.items() if k != "resources"}, "has no list of resources"),
        (lambda given: {**given, "resources": ["cases.csv"]}, "resource 1 has no name"),
        (without_field, "the schema of cases has no fields"),
        (lambda given: {**given, "resources": given["resources"] * 2}, "cases is described more than once"),
        (lambda given: {k: v for k, v in given.items() if k != "study"}, "does not describe the study"),
        (lambda given: {**given, "study": {**given["study"], "periods": "none"}}, "does not describe the study"),
        (lambda given: [given], "must be a JSON object"),
        *((with_field(**one), "the schema of cases has no fields") for one in UNREADABLE),
        (lambda given: {**given, "title": None, "created": 5}, "has no title and no created"),
        (lambda given: {**given, "created": "2026-13-40"}, 'created: "2026-13-40" begins with no day'),
        (with_study(editions=[]), "does not describe the study"),
        (with_study(narratives=[]), ".*it has no narratives"),
        (with_study(window={"start": "2016-01", "end": "2015-08", "extension_end": "2016-12"}), ".*ends before it"),
        (lambda given: with_study(forms=given["study"]["forms"] * 2)(given), ".*is described twice"),
        (lambda given: with_study(narratives=given["study"]["narratives"][1:])(given), ".*which is no narrative"),
    ],
)
def test_a_description_that_lacks_something_is_named(data_copy, change, says: str) -> None:
    """No trace of the program: what is missing, and the way out."""
    file = data_copy / "datapackage.json"
    file.write_text(json.dumps(change(json.loads(file.read_text("utf-8")))), encoding="utf-8")
    with pytest.raises(DataProblems, match=rf"data/datapackage\.json.*: {says}"):
        load(data_copy)


def test_a_description_nested_without_end_is_named(data_copy) -> None:
    """What no reader of JSON can hold is told as any other damage."""
    (data_copy / "datapackage.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(DataProblems, match=r"data/datapackage\.json: is nested too deeply"):
        load(data_copy)


def test_a_description_in_another_encoding_is_named(data_copy) -> None:
    """Latin-1 is told with the line of the first letter that is not UTF-8."""
    file = data_copy / "datapackage.json"
    file.write_bytes(file.read_bytes().replace(b'"title"', '"titleé"'.encode("latin-1"), 1))
    with pytest.raises(DataProblems, match=r"data/datapackage\.json:4: is not UTF-8"):
        load(data_copy)


def test_a_key_that_stands_twice_is_named(data_copy) -> None:
    """JSON would keep the last and say nothing, as after a merge."""
    file = data_copy / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace("{", '{"version": "0.0.1", ', 1), encoding="utf-8")
    with pytest.raises(DataProblems, match="says version twice in one place"):
        load(data_copy)


def test_a_link_that_leads_nowhere_is_a_missing_file(data_copy) -> None:
    """A table as a broken link or one to itself is named; what else lies there matters to nobody."""
    (data_copy / "notes.txt").symlink_to("nowhere")
    load(data_copy)
    for name in ("cases.csv", "stories.csv"):
        (data_copy / name).unlink()
        (data_copy / name).symlink_to(name if name == "cases.csv" else "nowhere")
    with pytest.raises(
        DataProblems, match=r"data/cases\.csv: the file is missing(.|\n)*data/stories\.csv: the file is"
    ):
        load(data_copy)
    with pytest.raises(DataProblems, match=r"data/datapackage\.json: the file is missing"):
        load(data_copy / "nothing")


@pytest.mark.parametrize("bad", [b"caf\xe9", b"\xed\xa0\x80"])
def test_letters_of_two_encodings_are_not_mended_to_the_loss_of_one(bad: bytes) -> None:
    """One letter of Latin-1, or half of a pair, in a file of UTF-8: no fix is offered that would spoil the others."""
    rows, (told,) = opened("a,b\n1,é\n2,".encode() + bad + b"\n", "t.csv", ["a", "b"])
    assert rows is None
    assert str(told) == "t.csv:3: is not UTF-8. Save the file as CSV in that encoding."
