"""The figures of the narratives: sound, and under the same names, for any codes."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.narratives import combinations, details, joining, shares, subgroups
from analysis.record.style import marks_of
from caught import assert_sound, caught


def narratives(cell, data):
    """The finding with the shares of no change of method."""
    return shares.show(cell, data, dict.fromkeys(data.study.narrative_variables, (float("nan"),) * 2))


FINDINGS = {"narratives": narratives, "combinations": combinations.show, "joining": joining.show}
FINDINGS |= {"details": details.show, "subgroups": subgroups.show}


def with_one_code(dataset, code):
    """The project's data with one code in place of all; reasons stay reached, unless nothing is known."""
    known = dataset.codings["value"].notna()
    if pd.notna(code):
        known &= dataset.codings["variable"] != dataset.study.reach
    return replace(dataset, codings=dataset.codings.assign(value=dataset.codings["value"].mask(known, code)))


@pytest.mark.parametrize("name", FINDINGS)
def test_figures_are_sound_and_names_on_record_the_same_whatever_the_codes(dataset, name):
    """In the data, when everybody voices everything and when nobody does, what prose names is there."""
    show = FINDINGS[name]
    cells = [assert_sound(show, data) for data in (dataset, with_one_code(dataset, 0), with_one_code(dataset, 1))]
    assert cells[0].texts.keys() == cells[1].texts.keys() == cells[2].texts.keys()
    assert not any("nan" in text for cell in cells for text in cell.texts.values())


@pytest.mark.parametrize("name", FINDINGS)
def test_a_figure_of_nothing_is_drawn_and_shows_no_missing_number(dataset, name):
    """When no account reaches reasons the chart can still be read, and its words say so."""
    cell = caught(FINDINGS[name], with_one_code(dataset, pd.NA))
    text = cell.words[name]
    for words in (text.title, text.caption, text.alt, *marks_of(cell.drawings[name]).values()):
        assert not re.search(r"\bnan\b|<NA>|\bNA\b", words)
