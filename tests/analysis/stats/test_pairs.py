"""Two narratives at a time: exact tests, against binomials, groupby and published examples."""

from math import comb

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.pairs import leaders, narrative_pairs

CELL = st.sampled_from([0, 1, 1, 0, None])
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30)


def wide(rows):
    """Codes of three narratives."""
    return pd.DataFrame(rows, columns=["a", "b", "c"], index=[f"C-{i:02}" for i in range(len(rows))]).astype("Int64")


def two(both, only_one, only_other, neither):
    """Codes of two narratives with these counts."""
    rows = [(1, 1)] * both + [(1, 0)] * only_one + [(0, 1)] * only_other + [(0, 0)] * neither
    return pd.DataFrame(rows, columns=["a", "b"]).astype("Int64")


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_mcnemar_is_a_sign_test_on_the_accounts_that_differ(both, only_one, only_other, neither):
    """The exact p is the two-sided binomial at one half, whatever voices both or neither."""
    row = narrative_pairs(two(both, only_one, only_other, neither)).iloc[0]
    differing = only_one + only_other
    tail = sum(comb(differing, k) for k in range(min(only_one, only_other) + 1)) / 2**differing
    assert row["p_difference"] == pytest.approx(min(1, 2 * tail))
    assert (row["both"], row["only_one"], row["only_other"], row["neither"]) == (both, only_one, only_other, neither)


@given(ROWS)
def test_pairs_leave_out_accounts_without_both_codes(rows):
    """The four counts add up to the accounts with both codes; the expected count keeps the margins."""
    codes = wide(rows)
    for row in narrative_pairs(codes).itertuples():
        known = codes[[row.one, row.other]].dropna()
        assert row.both + row.only_one + row.only_other + row.neither == row.denominator == len(known)
        if len(known):
            product = known[row.one].sum() * known[row.other].sum() / len(known)
            assert row.expected_both == pytest.approx(float(product))


def test_leaders_are_those_that_no_test_sets_apart_from_the_first():
    """A narrative voiced by all stands with a near rival and without a rare one."""
    codes = pd.DataFrame({"rare": [1] + [0] * 19, "near": [1] * 19 + [0], "top": [1] * 20}).astype("Int64")
    assert leaders(codes, narrative_pairs(codes)) == ["top", "near"]
