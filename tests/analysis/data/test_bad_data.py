"""Bad inputs, each with its first message; and good data spoiled by chance: right numbers or a named problem."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data.__main__ import main as command
from analysis.data.dataset import load
from analysis.data.problems import DataProblems, Problem, lines_of
from data_rows import ROOT, read_rows
from few_cases import SAVED, spoil, text_of

INPUTS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/bad_data/inputs.toml").read_text("utf-8"))["inputs"]


def name_of(one: dict[str, Any]) -> str:
    """A bad input in a few words."""
    return " ".join(str(value) for key, value in one.items() if key != "says")[:90]


@pytest.mark.parametrize("bad", INPUTS, ids=name_of)
def test_each_bad_input_has_its_first_message(few: Path, tmp_path: Path, bad: dict[str, Any]) -> None:
    """The first problem is the one expected, with file and line."""
    data = Path(shutil.copytree(few, tmp_path / "data"))
    line = spoil(data, bad)
    with pytest.raises(DataProblems) as caught:
        load(data)
    says = re.escape(bad["says"].replace("{line}", str(line))).replace(r"\*", r"[\d,]+")
    assert re.match(says, str(caught.value.problems[0])), caught.value


def test_there_are_bad_inputs_enough() -> None:
    """At least eighty, and every way of saving a file is among them or loses nothing."""
    assert len(INPUTS) >= 80
    assert set(SAVED) - {one.get("saved") for one in INPUTS} == {"with a BOM", "with CRLF", *HARMLESS}


HARMLESS = ("with bars", "as half of UTF-16")  # the same faults as with tabs and as another code page


@pytest.mark.parametrize("saved", ["with a BOM", "with CRLF", "capital"])
def test_what_loses_nothing_is_accepted(few: Path, tmp_path: Path, saved: str) -> None:
    """A byte order mark, line ends of Windows, TRUE for true: the same cases as before."""
    data = Path(shutil.copytree(few, tmp_path / "data"))
    if saved == "capital":
        rows = read_rows(data / "cases.csv")
        for row in rows:
            row |= {name: row[name].upper() for name in ("minor_when_joined", "retrieved_by_coder_b")}
        (data / "cases.csv").write_text(text_of(rows), "utf-8")
    else:
        spoil(data, {"file": "cases.csv", "saved": saved})
    assert load(data).cases.equals(load(few).cases)


def test_many_of_one_kind_are_told_once(few: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    """A code that nobody knows is one line with its count and first places: as text, as JSON and for GitHub."""
    data = Path(shutil.copytree(few, tmp_path / "data"))
    spoil(data, {"file": "codings.csv", "where": {"coder": "C"}, "cells": {"value": "7, 100%"}})
    rows = [n for n, row in enumerate(read_rows(data / "codings.csv"), 2) if row["value"] == "7, 100%"]
    monkeypatch.setenv("ODN_ROOT", str(data.parent))
    assert command() == 1
    text = capsys.readouterr().err
    assert f"[{len(rows):,} of this kind: lines {rows[0]}, {rows[1]}, {rows[2]} and {len(rows) - 3:,} more]" in text
    assert text.count("7, 100%") == 1
    assert command("data check", json.dumps({"form": "json"})) == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["good"]
    assert [one["rows"] for one in said["problems"] if one["column"] == "value"] == [rows]
    assert command("data check", json.dumps({"form": "github"})) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if "100%25" in line]
    assert [line.partition("::value")[0] for line in said] == [f"::error file=data/codings.csv,line={rows[0]}"]


def test_a_few_of_one_kind_are_each_told() -> None:
    """Three problems are three lines, four are one."""
    four = [Problem("t.csv", line, "a", f'"{line}" is odd', "is odd") for line in (2, 3, 5, 8)]
    assert list(lines_of(four[:3])) == list(map(str, four[:3]))
    assert list(lines_of(four)) == ['t.csv:2 a: "2" is odd [4 of this kind: lines 2, 3, 5 and 1 more]']


TABLES = ("cases.csv", "stories.csv", "case_stories.csv", "codings.csv", "facts.csv", "countries.csv", "recruits.csv")
CELLS = st.one_of(st.text(max_size=8), st.sampled_from(["", "0", "1", "2015", "2015-03", "true", "core", "AT-01", "E"]))


def numbers(rows: dict[str, list[dict[str, str]]]) -> tuple[Any, ...]:
    """What the csv module alone says of a package: cases by decision, codes by coder and value, stories, links."""
    return (
        Counter(row["decision"] for row in rows["cases.csv"]),
        Counter((row["coder"], row["value"]) for row in rows["codings.csv"]),
        Counter(row["url"] for row in rows["stories.csv"]),
        Counter((row["case_id"], row["story_id"]) for row in rows["case_stories.csv"]),
    )


@settings(max_examples=25)
@given(draw=st.data())
def test_good_data_spoiled_by_chance_gives_right_numbers_or_a_named_problem(few: Path, draw: st.DataObject) -> None:
    """Cells, rows and whole files: never a trace of the program, never other numbers than the file's."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(few, Path(folder) / "data"))
        for _ in range(draw.draw(st.integers(1, 3))):
            change(data / draw.draw(st.sampled_from(TABLES)), draw)
        try:
            read = load(data)
        except DataProblems as problems:
            unnamed = [one for one in problems.problems if not one.file.startswith("data/") or len(one.message) < 15]
            assert unnamed == []
            return
        rows = {file: read_rows(data / file) for file in TABLES}
    codes = zip(read.codings["coder"], read.codings["value"].astype("string").fillna(""), strict=True)
    found = (
        Counter(read.cases["decision"]),
        Counter(codes),
        Counter(read.stories["url"]),
        Counter(read.case_stories[["case_id", "story_id"]].itertuples(index=False, name=None)),
    )
    assert found == numbers(rows)


def change(path: Path, draw: st.DataObject) -> None:
    """One change of one file, drawn by chance; bytes in one of six."""
    if not draw.draw(st.integers(0, 5)):
        content = path.read_bytes()
        at = draw.draw(st.integers(0, len(content)))
        path.write_bytes(content[:at] + draw.draw(st.binary(max_size=3)) + content[at + draw.draw(st.integers(0, 3)) :])
        return
    try:
        rows = read_rows(path)
        column = draw.draw(st.sampled_from(sorted(map(str, rows[0]))))
        at, other = (draw.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        how = draw.draw(st.sampled_from(["cell", "swap", "copy", "gone", "twice", "column"]))
        if how == "cell":
            rows[at][column] = draw.draw(CELLS)
        elif how == "swap":
            rows[at][column], rows[other][column] = rows[other][column], rows[at][column]
        elif how == "copy":
            rows[at][column] = rows[other][column]
        elif how == "gone":
            del rows[at]
        elif how == "twice":
            rows.insert(other, rows[at])
        else:
            cells = sorted(row[column] for row in rows)
            rows = [{**row, column: cell} for row, cell in zip(rows, cells, strict=True)]
        path.write_bytes(text_of(rows).encode("utf-8", "surrogatepass"))
    except (UnicodeDecodeError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        return  # a change of bytes before this one left no table to change
