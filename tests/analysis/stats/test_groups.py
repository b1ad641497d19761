"""Two groups compared: exact tests, their correction, and differences with intervals."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.stats.groups import compare, holm, newcombe
from analysis.stats.uncertainty import wilson


def coded(**columns):
    """Codes in wide form."""
    return pd.DataFrame({name: pd.Series(values, dtype="Int64") for name, values in columns.items()})


def flags(values):
    """A group as a boolean series that may have NA."""
    return pd.Series(values, dtype="boolean")


def test_the_exact_test_gives_fishers_p_for_the_lady_tasting_tea():
    """Fisher (1935): four cups of eight, three guessed right; 34/70 two-sided; Holm corrects for all variables."""
    cups = coded(milk_first=[1, 1, 1, 0, 1, 0, 0, 0], all_alike=[1] * 8)
    table = compare(cups, flags([True] * 4 + [False] * 4), {"milk_first": "Milk first", "all_alike": "All alike"})
    assert table["p"].tolist() == pytest.approx([34 / 70, 1])
    assert table["p_holm"].tolist() == pytest.approx([68 / 70, 1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@example([0.01, 0.04, 0.03, 0.005])  # Holm (1979): 0.03, 0.06, 0.06 and 0.02
@settings(max_examples=10)  # statsmodels collects all garbage at each adjustment
def test_holm_agrees_with_statsmodels(values):
    """The adjusted values equal those of a second implementation, ties and single tests included."""
    assert holm(pd.Series(values)).tolist() == pytest.approx(multipletests(values, method="holm")[1].tolist())


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_intervals_that_newcombe_printed(counts, low, high):
    """Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10: eight examples to four decimals."""
    assert newcombe(*counts) == pytest.approx((low, high), abs=5e-5)


def test_groups_and_denominators_are_those_of_a_plain_count():
    """Missing codes and missing groups leave both sides; each interval is Wilson's."""
    codes = coded(a=[1, 0, None, 1, 0, 0])
    row = compare(codes, flags([True, True, True, False, False, None]), {"a": "A"}).loc["a"]
    assert (row["in_n"], row["in_denominator"], row["out_n"], row["out_denominator"]) == (1, 2, 1, 2)
    assert (row["in_low"], row["in_high"]) == pytest.approx(wilson(1, 2))
    assert row["difference"] == 0


def test_an_empty_group_has_no_difference():
    """With nobody in a group there is no share, every difference is possible, and p is 1."""
    row = compare(coded(a=[1, 0]), flags([True, True]), {"a": "A"}).loc["a"]
    assert pd.isna(row["out_share"])
    assert pd.isna(row["difference"])
    assert (row["difference_low"], row["difference_high"], row["p"]) == (-1, 1, 1)


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(0, 1), st.booleans()), min_size=1, max_size=40))
def test_turning_the_groups_round_turns_the_difference(pairs):
    """Which group is called in and which out changes the sign of the difference, and no p-value."""
    values, group = zip(*pairs, strict=True)
    one = compare(coded(a=list(values)), flags(list(group)), {"a": "A"}).loc["a"]
    other = compare(coded(a=list(values)), ~flags(list(group)), {"a": "A"}).loc["a"]
    assert one["p"] == pytest.approx(other["p"])
    assert one["difference"] == pytest.approx(-other["difference"], nan_ok=True)
    assert one["difference_low"] == pytest.approx(-other["difference_high"])
