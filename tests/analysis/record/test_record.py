"""A record writes values, figures and tables with their provenance, the same bytes each time."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.record import formats, style
from analysis.record.record import Record


@pytest.fixture
def folder(tmp_path, monkeypatch, root):
    """A staging folder for figures, with the project's own data as input."""
    monkeypatch.setenv("ODN_FIGURES", str(tmp_path))
    monkeypatch.setenv("ODN_ROOT", str(root))
    return tmp_path


def drawn():
    figure, axes = style.figure(2)
    for bar, name in zip(axes.bar(["a", "b"], [1, 2]), "ab", strict=True):
        style.mark(bar, name, f"{name}: 1 of 2")
    return figure


def made(folder):
    record = Record("narratives")
    record.value("narratives.x.share", 2 / 3, unit="share", n=2, denominator=3, cases=["B-02", "A-01"])
    data = pd.DataFrame({"x": [1.0]})
    record.figure("demo", drawn(), data=data, title="T", caption="A caption", alt='Says "two"', cell="draw")
    record.table("rows", pd.DataFrame({"A": ["1|2"], "B": [2]}), title="T", caption="Rows", cell="list", align="lr")
    record.save()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_inputs_same_bytes(folder):
    """Two records of the same things are equal to the byte."""
    first = made(folder)
    assert made(folder) == first
    assert set(first) == {
        "_demo.qmd", "demo.svg", "demo.csv", "_rows.qmd", "rows.csv",
        "narratives.values.json", "narratives.figures.json",
    }  # fmt: skip


def test_a_figure_carries_its_provenance(folder):
    """The manifest names the cell, inputs and outputs with hashes; the paper's include has alt text and source."""
    files = made(folder)
    entry = json.loads(files["narratives.figures.json"])["figures"]["demo"]
    assert entry["cell"] == "draw"
    assert entry["inputs"]["data/cases.csv"]
    assert "analysis/record/record.py" in entry["inputs"]
    assert entry["marks"] == {"mark-a": "a: 1 of 2", "mark-b": "b: 1 of 2"}
    text = files["_demo.qmd"].decode()
    assert text.startswith('![A caption](figures/demo.svg){#fig-demo fig-alt="Says \\"two\\""}')
    assert "::: {.source}" in text
    assert b'id="mark-a"' in files["demo.svg"]
    assert b"<dc:date>" not in files["demo.svg"]


def test_a_notebook_shows_what_was_recorded(folder):
    """After recording, the notebook's picture is the file of the paper; before, it is drawn."""
    figure, data = drawn(), pd.DataFrame({"x": [1]})
    assert figure._repr_svg_().count("<svg") == 1
    record = Record("demo")
    record.figure("demo", figure, data=data, title="T", caption="A caption", alt="Says two", cell="draw")
    record.save()
    assert figure._repr_svg_() == (folder / "demo.svg").read_text(encoding="utf-8")


def test_a_table_survives_bars_in_cells(folder):
    """A vertical bar in a cell is escaped, and the alignment row follows the letters."""
    lines = made(folder)["_rows.qmd"].decode().splitlines()
    assert lines[:3] == ["| A | B |", "| :------ | ------: |", "| 1\\|2 | 2 |"]


def test_a_cell_is_text_whatever_it_holds(folder):
    """HTML, shortcodes, citations, links and emphasis in a cell are escaped; an underscore inside a word stays."""
    record = Record("narratives")
    cells = ["<b>x</b>", "{{< var a >}}", "@key", "[a](b)", "*a* _b_", "two_words", "&lt;", "a\nb"]
    record.table("rows", pd.DataFrame({"A": cells}), title="T", caption="C", cell="list")
    record.save()
    lines = (folder / "_rows.qmd").read_text("utf-8").splitlines()[2:10]
    assert [line[2:-2] for line in lines] == [
        r"\<b>x\</b>", r"\{\{\< var a >\}\}", r"\@key", r"\[a\](b)", r"\*a\* \_b\_", "two_words", r"\&lt;", "a b",
    ]  # fmt: skip


def test_values_keep_n_and_denominator(folder):
    """A share goes out with its text, numerator, denominator and cases in order."""
    value = json.loads(made(folder)["narratives.values.json"])["values"]["narratives.x.share"]
    assert value["text"] == "67%"
    assert (value["n"], value["denominator"]) == (2, 3)
    assert value["cases"] == ["A-01", "B-02"]


@pytest.mark.parametrize(
    ("name", "value"), [("narratives.x.share", 0.5), ("Bad Name", 1), ("a.b", None), ("a.c", float("nan"))]
)
def test_wrong_values_are_refused(folder, name, value):
    """A name used twice, a malformed name and a missing value raise at once."""
    record = Record("narratives")
    record.value("narratives.x.share", 0.5, unit="share")
    with pytest.raises(ValueError, match=r"recorded twice|not a value name|no value"):
        record.value(name, value, unit="share")


def test_alt_text_must_not_repeat_the_caption(folder):
    """Alt text that equals the caption is refused: it says nothing to who does not see the figure."""
    with pytest.raises(ValueError, match="repeats the caption"):
        Record("x").figure("demo", drawn(), data=pd.DataFrame(), title="T", caption="Same", alt="Same", cell="c")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.005, "share", "1%"), (0.125, "share", "13%"), (0.615, "share", "62%"), (1, "share", "100%"),
        ((0.4812, 0.7249), "interval", "48–72%"), (20730, "count", "20,730"), (-0.05, "number", "−0.05"),
        (0.0004, "p", "p < 0.001"), (0.0042, "p", "p = 0.004"), (0.25, "p", "p = 0.25"),
        (pd.Period("2015-03", "M"), "month", "March 2015"),
    ],
)  # fmt: skip
def test_each_unit_has_one_way_of_writing(value, unit, text):
    """Shares, intervals, counts, months and p-values are written by one rule each."""
    assert formats.written(value, unit) == text


def test_lists_are_written_in_english():
    """One, two and three words join as in a sentence."""
    assert [formats.join_words(w) for w in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
