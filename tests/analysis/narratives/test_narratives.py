"""The shares of the narratives: counted again without pandas, and by rules that hold for any codes."""

import csv
from collections import Counter, defaultdict

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.study import Code
from analysis.narratives.codes import broad_codes, case_ids, reached, recoded_as_not_voiced, strict_codes
from analysis.narratives.narratives import narrative_table, none_voiced

CODES = (Code("one", "One"), Code("two", "Two"))
CELL = st.sampled_from([0, 1, None])
ROWS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=25)


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


@pytest.fixture(scope="module")
def counted(root):
    """Codes of the core cases, read with the csv module: coder, variable, case to text."""
    with (root / "data/cases.csv").open(encoding="utf-8", newline="") as lines:
        core = {row["case_id"] for row in csv.DictReader(lines) if row["decision"] == "core"}
    codes = defaultdict(dict)
    with (root / "data/codings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["case_id"] in core:
                codes[row["coder"], row["variable"]][row["case_id"]] = row["value"]
    return core, codes


@pytest.fixture(scope="module")
def table(dataset):
    """The table of the project's own data."""
    coders = (dataset.study.final_coder, dataset.study.first_coder, dataset.study.second_coder)
    codes = [dataset.coded(dataset.study.narrative_variables, coder) for coder in coders]
    return narrative_table(*codes, dataset.study.narratives)


def test_the_table_counts_what_the_file_holds(table, counted):
    """Counts, denominators and coder variants equal those of a Counter over the rows of the file."""
    core, codes = counted
    for variable, row in table.iterrows():
        final, first, second = (codes[coder, variable] for coder in ("adjudicated", "A", "B"))
        values = Counter(final.values())
        assert (row["n"], row["denominator"]) == (values["1"], values["1"] + values["0"])
        assert row["all_cases"] == len(core)
        known = [case for case in core if final.get(case)]
        assert row["strict_n"] == sum(first.get(c) == "1" and second.get(c) == "1" for c in known)
        assert row["broad_n"] == sum(first.get(c) == "1" or second.get(c) == "1" for c in known)
        for name, coder in (("first", first), ("second", second)):
            alone = Counter(coder.values())
            assert (row[f"{name}_n"], row[f"{name}_denominator"]) == (alone["1"], alone["1"] + alone["0"])
        assert row["cases"].split() == sorted(case for case, value in final.items() if value == "1")
        missing = len(core) - row["denominator"]
        assert row["bounds_low"] == pytest.approx(values["1"] / len(core))
        assert row["bounds_high"] == pytest.approx((values["1"] + missing) / len(core))


def test_the_rank_follows_the_counts(table):
    """A narrative's rank is one more than the number of narratives voiced more often."""
    for _, row in table.iterrows():
        assert row["rank"] == 1 + (table["n"] > row["n"]).sum()


@given(three_coders())
def test_strict_is_never_more_than_broad_and_both_keep_the_denominator(coders):
    """Strict <= broad case by case; both are missing exactly where the adjudicated code is."""
    final, first, second = coders
    strict, broad = strict_codes(final, first, second), broad_codes(final, first, second)
    assert (strict.isna() == final.isna()).all(axis=None)
    assert (broad.isna() == final.isna()).all(axis=None)
    assert (strict.fillna(0) <= broad.fillna(0)).all(axis=None)


@given(three_coders())
def test_strict_and_broad_follow_from_the_two_coders_alone(coders):
    """Cell by cell: strict is 1 when both say 1, broad when one does; a missing code is not a 1."""
    final, first, second = coders
    strict, broad = strict_codes(final, first, second), broad_codes(final, first, second)
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


@given(three_coders())
def test_every_share_lies_in_its_interval_and_its_bounds(coders):
    """Low <= share <= high and bounds_low <= share <= bounds_high, wherever a share exists."""
    table = narrative_table(*coders, CODES)
    known = table[table["denominator"] > 0]
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert ((known["bounds_low"] <= known["share"] + 1e-12) & (known["share"] <= known["bounds_high"] + 1e-12)).all()
    assert (known["strict_n"] <= known["broad_n"]).all()


@given(ROWS)
def test_none_is_voiced_only_where_reasons_are_reached(rows):
    """The flag is 1 for a row of zeros, 0 for a row with a one, missing for a row with a gap."""
    codes = wide(rows)
    flags = none_voiced(codes)
    for (case, flag), row in zip(flags.items(), rows, strict=True):
        if None in row:
            assert pd.isna(flag)
            assert case not in reached(codes)
        else:
            assert flag == int(sum(row) == 0)
            assert case in reached(codes)


def test_a_doubted_code_becomes_not_voiced_and_keeps_its_place():
    """Recoding takes one from the numerator, nothing from the denominator, and fills no gap."""
    codes = wide([(1, 0), (1, 0), (None, 0), (0, 0)])["one"]
    changed = recoded_as_not_voiced(codes, ["C-00", "C-02", "C-99"])
    assert changed.fillna(-1).tolist() == [0, 1, -1, 0]
    assert codes.iloc[0] == 1
    assert case_ids(changed) == "C-01"
