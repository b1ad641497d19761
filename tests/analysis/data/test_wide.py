"""Wide codes are what a pivot of the long table gives."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.wide import WideCodes

CASES = pd.Index(["A", "B", "C", "D"], name="case_id")
VARIABLES = st.lists(st.sampled_from("xyz"), unique=True)
KEYS = st.tuples(st.sampled_from(list(CASES)), st.sampled_from(["one", "two"]), st.sampled_from("xyz"))
CODES = st.dictionaries(KEYS, st.sampled_from([0, 1, None]), max_size=24)


def long(codes):
    """The codings as the dataset holds them."""
    rows = [(*key, value) for key, value in codes.items()]
    table = pd.DataFrame(rows, columns=["case_id", "coder", "variable", "value"])
    texts = dict.fromkeys(["case_id", "coder", "variable"], "category")
    return table.astype({**texts, "value": "Int8"})


@given(
    CODES, st.lists(st.sampled_from([*CASES, "unknown"]), unique=True), st.lists(st.sampled_from("xyz"), unique=True)
)
def test_wide_codes_equal_a_pivot(codes, cases, variables):
    """Any cases and variables, in any order: the codes are those of a pivot, NA where there is none."""
    wide, wanted = WideCodes(CASES, long(codes)), pd.Index(cases, dtype=object)
    for coder in ("one", "two"):
        found = wide.frame(variables, coder, wanted)
        expected = [[codes.get((case, coder, variable)) for variable in variables] for case in cases]
        assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == expected
        assert list(found.columns) == variables
        given_to = {case for case, by, _ in codes if by == coder}
        assert set(CASES[wide.given_to(coder)]) == given_to
