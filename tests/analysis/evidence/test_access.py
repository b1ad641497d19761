"""Supervised and free accounts: the groups, the chart of the two, and words that follow the tests."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evidence import access
from analysis.evidence.access import words
from analysis.record.formats import percent, points
from analysis.stats.groups import compare
from caught import assert_sound, caught

SIDES = {"in": "supervised", "out": "free"}


@pytest.fixture(scope="module")
def table(dataset):
    """The comparison of supervised and free accounts, from the situations themselves."""
    status = dataset.core["status_at_disclosure"]
    known = status.isin([*dataset.study.supervised, *dataset.study.unsupervised])
    group = status.isin(dataset.study.supervised).astype("boolean").where(known)
    return compare(dataset.coded(dataset.study.narrative_variables), group, dataset.study.narrative_labels)


def test_the_figure_is_sound_and_its_numbers_are_those_recorded(dataset, table):
    """Each group's share of each narrative stands in the alternative text as the table has it, few as fewer than 3."""
    shown = assert_sound(access.show, dataset)
    for name, row in table.iterrows():
        for side in SIDES:
            n, of = row[f"{side}_n"], row[f"{side}_denominator"]
            said = f"fewer than 3 of {of}" if n in (1, 2) else f"{percent(row[f'{side}_share'])} ({n} of {of})"
            assert said in shown.words["access"].alt
        withheld = {row["in_n"], row["out_n"]} & {1, 2}
        difference = "not given" if withheld else f"{points(row['difference'])} points"
        assert shown.texts[f"access.{name}.difference"] == difference


@pytest.mark.parametrize("value", [1, 0, pd.NA], ids=["all voiced", "none voiced", "nothing known"])
def test_the_figure_holds_for_any_codes(dataset, value):
    """Everybody, nobody or nothing known: the chart is drawn and can be read, and no text says nan."""
    codings = dataset.codings.assign(value=dataset.codings["value"].mask(dataset.codings["value"].notna(), value))
    text = caught(access.show, replace(dataset, codings=codings)).words["access"]
    assert "nan" not in text.title + text.caption + text.alt


def test_the_title_follows_the_correction(table):
    """It names a difference as one only when its corrected p is below 5%."""
    assert "outlasts the correction" in words(table.assign(p_holm=0.2), SIDES).title
    certain = words(table.assign(p_holm=[0.01, 1, 1, 1]), SIDES).title
    assert certain.startswith(f"Supervised and free accounts differ on {table['label'].iloc[0].lower()}")
