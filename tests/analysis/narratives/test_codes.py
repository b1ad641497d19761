"""The codes of the narratives by rule: strict, broad, recoded, reached."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.narratives.codes import broad_codes, case_ids, reached, recoded_as_not_voiced, strict_codes

CELL = st.sampled_from([0, 1, None])


def wide(rows):
    """Codes as the dataset gives them, one column per narrative."""
    index = pd.Index([f"C-{number:02}" for number in range(len(rows))], name="case_id")
    return pd.DataFrame(rows, columns=["one", "two"], index=index).astype("Int64")


@st.composite
def three_coders(draw):
    """Adjudicated, first and second codes of the same cases."""
    size = draw(st.integers(1, 25))
    rows = st.lists(st.tuples(CELL, CELL), min_size=size, max_size=size)
    return tuple(wide(draw(rows)) for _ in range(3))


@given(three_coders())
def test_strict_and_broad_follow_from_the_two_coders_alone(coders):
    """Cell by cell: strict is 1 when both say 1, broad when one does; both are missing where the final code is."""
    final, first, second = coders
    strict, broad = strict_codes(final, first, second), broad_codes(final, first, second)
    assert (strict.isna() == final.isna()).all(axis=None)
    assert (broad.isna() == final.isna()).all(axis=None)
    for case in final.index:
        for name in final.columns:
            if pd.notna(final.at[case, name]):
                votes = [coder.at[case, name] for coder in (first, second)]
                ones = sum(pd.notna(vote) and vote == 1 for vote in votes)
                assert (strict.at[case, name], broad.at[case, name]) == (int(ones == 2), int(ones > 0))


def test_a_case_that_a_coder_never_saw_counts_as_not_seen():
    """A coder without a row for the case leaves strict 0 and broad to the other coder."""
    final, first, second = wide([(1, 0)]), wide([(1, 0)]), wide([(1, 1)]).iloc[:0]
    assert strict_codes(final, first, second).to_numpy().tolist() == [[0, 0]]
    assert broad_codes(final, first, second).to_numpy().tolist() == [[1, 0]]


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=25))
def test_reasons_are_reached_where_every_narrative_has_a_code(rows):
    """A row with a gap is not reached, every other is."""
    assert [case in reached(wide(rows)) for case in wide(rows).index] == [None not in row for row in rows]


def test_a_doubted_code_becomes_not_voiced_and_keeps_its_place():
    """Recoding takes one from the numerator, nothing from the denominator, and fills no gap."""
    codes = wide([(1, 0), (1, 0), (None, 0), (0, 0)])["one"]
    changed = recoded_as_not_voiced(codes, ["C-00", "C-02", "C-99"])
    assert changed.fillna(-1).tolist() == [0, 1, -1, 0]
    assert codes.iloc[0] == 1
    assert case_ids(changed) == "C-01"
