"""Supervised and free accounts: the groups, the chart of the two, and words that follow the tests."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evidence import access
from analysis.evidence.access import words
from analysis.people.reported import access_of
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


def test_every_case_is_supervised_free_or_not_reported(dataset):
    """The three groups share out the core list as the study's groups of situations do."""
    access = access_of(dataset.core, dataset.study)
    status = dataset.core["status_at_disclosure"]
    assert set(access.index[access == "supervised"]) == set(status.index[status.isin(dataset.study.supervised)])
    assert set(access.index[access == "unsupervised"]) == set(status.index[status.isin(dataset.study.unsupervised)])
    assert set(status[access == "not_reported"]) <= {"not_reported"}


def test_the_figure_is_sound_and_its_numbers_are_those_recorded(dataset, table):
    """Each group's share of each narrative stands in the alternative text and on record as the chart shows it."""
    shown = assert_sound(access.show, dataset)
    for name, row in table.iterrows():
        for side, group in SIDES.items():
            n, of = row[f"{side}_n"], row[f"{side}_denominator"]
            counts = f"fewer than 3 of {of}" if n in (1, 2) else f"{n} of {of}"
            said = counts if n in (1, 2) else f"{percent(row[f'{side}_share'])} ({counts})"
            assert said in shown.words["access"].alt
            assert shown.texts[f"access.{name}.{group}.of"] == counts
        withheld = {row["in_n"], row["out_n"]} & {1, 2}
        difference = "not given" if withheld else f"{points(row['difference'])} points"
        assert shown.texts[f"access.{name}.difference"] == difference
    n = [int(shown.texts[f"access.{group}.n"]) for group in ("supervised", "unsupervised", "not_reported")]
    assert sum(n) == len(dataset.core)
    hiding = (dataset.core["status_at_disclosure"] == "in_hiding").sum()
    assert shown.texts["access.status.in_hiding.of"] == f"{hiding} of {len(dataset.core)}"


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
