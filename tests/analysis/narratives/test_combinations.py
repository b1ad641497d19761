"""How narratives combine: patterns against a groupby, the words that tell them, and what goes on record."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.narratives.combinations import held_by, patterns, show, words
from caught import assert_sound, caught, n_tiles
from two_narratives import LABELS, two

CELL = st.sampled_from([0, 1, 1, 0, None])


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30))
def test_patterns_are_a_groupby_of_the_complete_rows(rows):
    """Each pattern that occurs has the size of its group and its cases; all others are there with 0."""
    codes = pd.DataFrame(rows, columns=["a", "b", "c"], index=[f"C-{i:02}" for i in range(len(rows))]).astype("Int64")
    table = patterns(codes)
    groups = codes.dropna().groupby(["a", "b", "c"]).size().to_dict()
    assert len(table) == 8
    assert table["n"].is_monotonic_decreasing
    assert sorted(" ".join(table["cases"]).split()) == sorted(codes.dropna().index)
    for row in table.itertuples():
        assert row.n == groups.get((int(row.a), int(row.b), int(row.c)), 0) == len(row.cases.split())
        assert row.narratives_voiced == row.a + row.b + row.c
        assert row.denominator == len(codes.dropna())


@pytest.mark.parametrize(
    ("codes", "title"),
    [
        (two(both=3, only_a=1), "More accounts voice several narratives than only one: 3 against 1, of 4"),
        (two(both=1, only_a=2, neither=1), "More accounts voice only one narrative than several: 2 against 1, of 4"),
        (two(both=2, only_b=2), "As many accounts voice several narratives as voice only one: 2 each, of 4"),
        (two(unknown=3), "No account gives reasons"),
    ],
)
def test_the_title_says_which_is_more(codes, title):
    """Several, one, a tie, and nobody reached."""
    assert words(patterns(codes), LABELS).title == title


def test_the_words_agree_in_number():
    """One account `gives` reasons, and its pattern is told in words."""
    text = words(patterns(two(only_b=1)), LABELS)
    assert text.caption.startswith("The 1 account that gives reasons")
    assert text.alt.endswith("none of them: 0, one: 1, two: 0. Most frequent: bread and salt alone (1).")
    assert "One of 4 possible patterns occur" in text.caption


def test_rare_combinations_are_counted_together():
    """Two accounts of a pattern are in no row of their own; three are."""
    rows = patterns(two(only_a=3, only_b=2))
    assert (
        held_by(rows[rows["narratives_voiced"] == 1].query("n > 0"), LABELS) == "apples alone 3, other combinations 2"
    )
    assert held_by(patterns(two(only_a=2)).query("n > 0"), LABELS) == "combinations 2"


def test_there_is_a_tile_for_each_account_in_its_row(dataset):
    """None, one, two, and three or more narratives: as many tiles as accounts voice so many."""
    drawn = assert_sound(show, dataset).drawings["combinations"]
    voiced = dataset.coded(dataset.study.narrative_variables).dropna().astype(int).sum(axis=1)
    for number in range(4):
        expected = (voiced >= 3).sum() if number == 3 else (voiced == number).sum()
        assert n_tiles(drawn, f"voiced-{number}") == expected


def test_the_commonest_patterns_are_recorded(dataset):
    """The first three and how many occur, as grouping the accounts by all their codes gives them."""
    cell, codes = caught(show, dataset), dataset.coded(dataset.study.narrative_variables).dropna()
    sizes = codes.groupby(list(codes)).size().sort_values(ascending=False)
    assert [cell.given[f"combinations.pattern_{place}.n"] for place in (1, 2, 3)] == sizes.iloc[:3].tolist()
    assert cell.given["combinations.patterns_seen"] == len(sizes)
