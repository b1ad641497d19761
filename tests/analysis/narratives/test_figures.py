"""The figures of the narratives: readable, named mark by mark, the same bytes each time, for any data."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.narratives import combinations, details, joining, shares, subgroups
from analysis.record.legible import faults
from analysis.record.style import marks_of, svg_bytes
from noting import Noting

FINDINGS = {"narratives": shares, "combinations": combinations, "joining": joining, "details": details}
FINDINGS |= {"subgroups": subgroups}
CODES = {"as coded": None, "all voiced": 1, "none voiced": 0, "nothing known": pd.NA}


def shown(dataset, name, code):
    """One figure of the chapter and what it records, from the project's data or with one code in place of all."""
    values = dataset.codings["value"]
    changed = values if code is None else values.mask(values.notna(), code)
    cell = Noting()
    return FINDINGS[name].show(cell, replace(dataset, codings=dataset.codings.assign(value=changed))), cell


@pytest.fixture(scope="module", params=[(name, code) for name in FINDINGS for code in CODES], ids=" ".join)
def figure(dataset, request):
    """Each figure, drawn once from the data and once from each change of it."""
    name, code = request.param
    return name, *shown(dataset, name, CODES[code])


def test_every_figure_can_be_read_whatever_the_codes(figure):
    """No words overlap, leave the page, are too small or too faint, in the data and at its extremes."""
    assert faults(figure[1]) == []


def test_no_words_of_a_figure_show_a_missing_number(figure):
    """Title, caption, alt text and labels never print a missing value, and alt is not the caption."""
    name, chart, cell = figure
    text = cell.words[name]
    for words in (text.title, text.caption, text.alt, *marks_of(chart).values()):
        assert words
        assert not re.search(r"\bnan\b|<NA>|\bNA\b", words)
    assert text.alt != text.caption
    assert not text.title.endswith(".")


@pytest.mark.parametrize("name", FINDINGS)
def test_the_names_on_record_do_not_depend_on_the_codes(dataset, name):
    """Prose that names a value still finds it when nobody, or everybody, voices everything."""
    cells = [shown(dataset, name, code)[1] for code in (None, 0, 1)]
    assert cells[0].shares.keys() == cells[1].shares.keys() == cells[2].shares.keys()
    assert cells[0].noted.keys() == cells[1].noted.keys() == cells[2].noted.keys()
    assert not any(pd.isna(value) for cell in cells for value in cell.noted.values())


@pytest.mark.parametrize("name", FINDINGS)
def test_a_figure_is_the_same_bytes_each_time_and_names_its_marks(dataset, name):
    """Two drawings are equal to the byte; each named mark is one element with a number in its label."""
    chart, again = (shown(dataset, name, None)[0] for _ in range(2))
    svg = svg_bytes(chart)
    assert svg == svg_bytes(again)
    assert marks_of(chart)
    for mark, label in marks_of(chart).items():
        assert svg.decode().count(f'id="{mark}"') == 1
        assert re.search(r"\d", label.split(":")[-1])
