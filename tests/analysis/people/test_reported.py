"""What is reported of people: counts follow the rows, and what is not reported is never a value."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.people.reported import NOT_REPORTED, flags, tally
from analysis.stats.uncertainty import wilson
from data_rows import core_rows

VALUES = st.lists(st.sampled_from(["a", "b", "c", NOT_REPORTED, None]), max_size=15)


@given(VALUES)
def test_a_tally_counts_every_case_once(values):
    """Counts sum to the cases; the denominator leaves out what is not reported; shares sum to one."""
    table = tally(pd.Series(values, dtype=object))
    known = [value for value in values if value not in (None, NOT_REPORTED)]
    assert table["n"].sum() == len(values)
    assert table.drop(NOT_REPORTED, errors="ignore")["n"].to_dict() == dict(Counter(known))
    assert set(table["denominator"]) <= {len(known)}
    if known:
        assert table["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize("field", ["reason", "gender", "role", "status_at_disclosure", "certainty"])
def test_fields_of_the_core_list_are_those_of_the_file(dataset, root, field):
    """Counts per value equal a Counter over the raw rows, intervals are Wilson's."""
    expected = Counter(row[field] or NOT_REPORTED for row in core_rows(root))
    table = tally(dataset.core[field])
    assert table["n"].to_dict() == dict(expected)
    denominator = len(dataset.core) - expected[NOT_REPORTED]
    for value, n, low, high in table.drop(NOT_REPORTED, errors="ignore")[["n", "low", "high"]].itertuples():
        assert (low, high) == wilson(int(n), denominator), value


def test_a_tally_in_a_given_order_shows_empty_values_and_refuses_unknown_ones():
    """Nobody is shown as 0; a value outside the order is an error."""
    values = pd.Series(["a", "a", NOT_REPORTED])
    assert tally(values, ["b", "a"])["n"].to_dict() == {"b": 0, "a": 2, NOT_REPORTED: 1}
    with pytest.raises(ValueError, match="'a' is not in the order"):
        tally(values, ["b"])


def test_not_reported_is_neither_yes_nor_no():
    """A flag is 1, 0, or missing where nothing is reported."""
    answer = flags(pd.Series(["a", "b", NOT_REPORTED, None], dtype=object), ["a"])
    assert answer.tolist() == [1, 0, pd.NA, pd.NA]
