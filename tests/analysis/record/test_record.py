"""A record writes values, figures and tables with their provenance, the same bytes each time."""

import hashlib
import json

import pandas as pd
import pytest

from analysis.data.dataset import project_root
from analysis.record import formats, style
from analysis.record.cell import FigureText
from analysis.record.record import Record
from analysis.stats.uncertainty import Share, share_of, wilson

WORDS = FigureText("T", "A caption", 'Says "two"')


@pytest.fixture
def folder(tmp_path, monkeypatch, root):
    """A folder in place of the project's for what is recorded, with the project's own data as input."""
    monkeypatch.setenv("ODN_STAGE", str(tmp_path))
    monkeypatch.setenv("ODN_ROOT", str(root))
    return tmp_path


def drawn(title="", width=style.TEXT_WIDTH):
    figure, axes = style.figure(2, width)
    for bar, name in zip(axes.bar(["a", "b"], [1, 2]), "ab", strict=True):
        style.mark(bar, name, f"{name}: 1 of 2")
    return figure


def made(folder):
    record = Record("narratives")
    record.cell("count").share("narratives.x", share_of(pd.Series([1, 1, 0])), ["B-02", "A-01"])
    record.cell("draw").figure("demo", WORDS, drawn, data=pd.DataFrame({"x": [1.0]}), cases="B-02 A-01")
    rows = pd.DataFrame({"A": ["1|2"], "B": [2]})
    record.cell("list").table("rows", rows, title="T", caption="Rows", align="lr")
    record.cell("list").data("whole", [1])
    record.save()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_inputs_same_bytes(folder):
    """Two records of the same things are equal to the byte: a folder of the chapter, and a list beside it."""
    first = made(folder)
    assert made(folder) == first
    inside = {"_demo.qmd", "demo.svg", "demo.csv", "_rows.qmd", "rows.csv"}
    assert set(first) == {".cache/records/narratives.json"} | {f"figures/narratives/{name}" for name in inside}


def test_a_figure_carries_its_provenance(folder):
    """The list names the cell and the outputs with hashes; the paper's include has alt text and source."""
    files = made(folder)
    listing = json.loads(files[".cache/records/narratives.json"])
    entry = listing["figures"]["demo"]
    assert (entry["cell"], entry["cases"], entry["title"]) == ("draw", ["A-01", "B-02"], "T")
    assert entry["marks"] == {"mark-a": "a: 1 of 2", "mark-b": "b: 1 of 2"}
    svg = files["figures/narratives/demo.svg"]
    assert entry["outputs"]["figures/narratives/demo.svg"] == hashlib.sha256(svg).hexdigest()
    text = files["figures/narratives/_demo.qmd"].decode()
    assert text.startswith('![A caption](figures/narratives/demo.svg){#fig-demo fig-alt="Says \\"two\\""}')
    assert "numbers in figures/narratives/demo.csv.\n:::" in text
    assert b'id="mark-a"' in svg
    assert b"<dc:date>" not in svg


def test_a_notebook_shows_what_was_recorded(folder):
    """After recording, the notebook's picture is the file of the paper; before, it is drawn."""
    assert drawn()._repr_svg_().count("<svg") == 1
    record = Record("demo")
    figure = record.cell("draw").figure("demo", WORDS, drawn, data=pd.DataFrame({"x": [1]}))
    record.save()
    assert figure._repr_svg_() == (folder / "figures/demo/demo.svg").read_text(encoding="utf-8")


def test_a_figure_is_drawn_for_a_phone_too(folder):
    """The narrow drawing has the same marks and is 360 pixels wide."""
    narrow = json.loads(made(folder)[".cache/records/narratives.json"])["data"]["demo-narrow"]
    assert 'viewBox="0 0 270 ' in narrow
    assert narrow.count('id="mark-') == 2


def test_a_table_survives_bars_in_cells(folder):
    """A vertical bar in a cell is escaped, and the alignment row follows the letters."""
    lines = made(folder)["figures/narratives/_rows.qmd"].decode().splitlines()
    assert lines[:3] == ["| A | B |", "| :------ | ------: |", "| 1\\|2 | 2 |"]


def test_a_cell_is_text_whatever_it_holds(folder):
    """HTML, shortcodes, citations, links and emphasis in a cell are escaped; an underscore inside a word stays."""
    record = Record("narratives")
    cells = ["<b>x</b>", "{{< var a >}}", "@key", "[a](b)", "*a* _b_", "two_words", "&lt;", "a\nb"]
    record.cell("list").table("rows", pd.DataFrame({"A": cells}), title="T", caption="C")
    record.save()
    lines = (folder / "figures/narratives/_rows.qmd").read_text("utf-8").splitlines()[2:10]
    assert [line[2:-2] for line in lines] == [
        r"\<b>x\</b>", r"\{\{\< var a >\}\}", r"\@key", r"\[a\](b)", r"\*a\* \_b\_", "two_words", r"\&lt;", "a b",
    ]  # fmt: skip


def test_a_share_is_one_entry(folder):
    """Value, counts, interval, cases in order and cell stand together, each facet as the prose writes it."""
    ((name, entry),) = json.loads(made(folder)[".cache/records/narratives.json"])["values"].items()
    assert (name, entry["n"], entry["denominator"], entry["share"]) == ("narratives.x", 2, 3, 2 / 3)
    assert (entry["cases"], entry["cell"], entry["interval"]) == (["A-01", "B-02"], "count", list(wilson(2, 3)))
    assert entry["text"] == {"share": "67%", "n": "2", "denominator": "3", "of": "2 of 3", "interval": "21–94%"}


def test_a_share_of_nothing_is_said_not_to_be_known():
    """With a denominator of 0 the share and its interval read `not known`, the counts 0."""
    record = Record("narratives")
    record.cell("c").share("x.nothing", Share(0, 0, 0.0, 1.0))
    entry = record.entries["x.nothing"]
    assert (entry["share"], entry["interval"]) == (None, None)
    assert sorted(entry["text"].values()) == ["0", "0", "0 of 0", "not known", "not known"]


@pytest.mark.parametrize(
    ("name", "value", "unit", "message"),
    [
        ("narratives.x", 0.5, "share", "recorded twice"),
        ("Bad Name", 1, "count", "not a value name"),
        ("a.b", None, "count", "no value"),
        ("a.c", float("nan"), "share", "no value"),
        ("a.d", 1, "shares", "'shares' is not a unit. Use interval, share, count"),
    ],
)
def test_wrong_values_are_refused(name, value, unit, message):
    """A name used twice, a malformed name, a missing value and an unknown unit raise at once."""
    cell = Record("narratives").cell("c")
    cell.value("narratives.x", 0.5, unit="share")
    with pytest.raises(ValueError, match=message):
        cell.value(name, value, unit=unit)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.005, "share", "1%"), (0.125, "share", "13%"), (0.615, "share", "62%"), (1, "share", "100%"),
        ((0.4812, 0.7249), "interval", "48–72%"), (20730, "count", "20,730"), (-0.05, "number", "−0.05"),
        (3, "number", "3"), (3.0, "number", "3.00"), (1234, "number", "1,234"),
        (0.0004, "p", "p < 0.001"), (0.0042, "p", "p = 0.004"), (0.25, "p", "p = 0.25"),
        (pd.Period("2015-03", "M"), "month", "March 2015"),
    ],
)  # fmt: skip
def test_each_unit_has_one_way_of_writing(value, unit, text):
    """One rule for each; a number that is whole by nature has no decimals, one that happens to be keeps them."""
    assert formats.written(value, unit) == text


def test_lists_are_written_in_english():
    """One, two and three words join as in a sentence."""
    assert [formats.join_words(w) for w in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_nothing_is_written_unless_a_build_asks(folder, monkeypatch, tmp_path, capsys):
    """Without a folder to record into, saving says so and writes no file."""
    monkeypatch.delenv("ODN_STAGE")
    monkeypatch.chdir(tmp_path)
    assert made(tmp_path) == {}
    assert "Nothing is written" in capsys.readouterr().out


@pytest.mark.parametrize(("alt", "said"), [(" ", "is empty"), ("A caption", "repeats the caption")])
def test_a_figure_needs_an_alternative_text(alt, said):
    """An empty one is refused, and one that says nothing more to who does not see the figure; with what to write."""
    with pytest.raises(ValueError, match=rf"the alt text {said}\. State the finding"):
        Record("n").cell("draw").figure("demo", FigureText("T", "A caption", alt), drawn, data=pd.DataFrame())


def test_the_project_is_found_from_below(root, monkeypatch):
    """From a folder of the project the root is found upwards, unless it was named."""
    monkeypatch.delenv("ODN_ROOT", raising=False)
    monkeypatch.chdir(root / "analysis" / "record")
    assert project_root() == root
    monkeypatch.setenv("ODN_ROOT", "/")
    assert str(project_root()) == "/"
