"""Supervised and free accounts, and the later cases: exact tests, their correction, and the groups."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data.dataset import load
from analysis.data.study import Code
from analysis.evidence.access import access_of, compare, newcombe, status_shares
from analysis.evidence.extension import extension_table, persisting, shifted, still_most
from analysis.stats.uncertainty import wilson


def coded(**columns):
    """Codes in wide form."""
    return pd.DataFrame({name: pd.Series(values, dtype="Int64") for name, values in columns.items()})


def flags(values):
    """A group as a boolean series that may have NA."""
    return pd.Series(values, dtype="boolean")


def test_the_exact_test_gives_fishers_p_for_the_lady_tasting_tea():
    """Fisher (1935): four cups of eight, three guessed right; 0.243 one-sided, 0.486 two-sided."""
    cups = coded(milk_first=[1, 1, 1, 0, 1, 0, 0, 0])
    table = compare(cups, flags([True] * 4 + [False] * 4), [Code("milk_first", "Milk first")])
    assert table.loc["milk_first", "p"] == pytest.approx(0.4857, abs=5e-5)
    assert table.loc["milk_first", "p"] == pytest.approx(2 * 17 / 70)


def test_the_correction_is_holms():
    """Holm (1979): the smallest p times the number of tests, the next times one less, and none below the last."""
    values = {
        "a": [1] * 8 + [0] * 8,
        "b": [1] * 6 + [0] * 2 + [0] * 8,
        "c": [1, 0] * 8,
        "d": [1] * 7 + [0] + [1] + [0] * 7,
    }
    table = compare(coded(**values), flags([True] * 8 + [False] * 8), [Code(name, name) for name in values])
    ordered = table["p"].sort_values()
    expected, highest = {}, 0.0
    for place, (name, p) in enumerate(ordered.items()):
        highest = max(highest, min(1.0, p * (len(values) - place)))
        expected[name] = highest
    assert table["p_holm"].to_dict() == pytest.approx(expected)
    assert (table["p_holm"] >= table["p"]).all()


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090), ((0, 10, 0, 20), -0.1611, 0.2775)],
)
def test_the_interval_of_a_difference_is_newcombes(counts, low, high):
    """Newcombe (1998), table II, method 10: 56/70 - 48/80, 9/10 - 3/10 and 0/10 - 0/20."""
    assert newcombe(*counts) == pytest.approx((low, high), abs=5e-5)


def test_groups_and_denominators_are_those_of_a_plain_count():
    """Missing codes and missing groups leave both sides; each interval is Wilson's."""
    codes = coded(a=[1, 0, None, 1, 0, 0])
    row = compare(codes, flags([True, True, True, False, False, None]), [Code("a", "A")]).loc["a"]
    assert (row["in_n"], row["in_denominator"], row["out_n"], row["out_denominator"]) == (1, 2, 1, 2)
    assert (row["in_low"], row["in_high"]) == pytest.approx(wilson(1, 2))
    assert row["difference"] == 0


def test_an_empty_group_has_no_difference():
    """With nobody in a group there is no share, every difference is possible, and p is 1."""
    row = compare(coded(a=[1, 0]), flags([True, True]), [Code("a", "A")]).loc["a"]
    assert pd.isna(row["out_share"])
    assert pd.isna(row["difference"])
    assert (row["difference_low"], row["difference_high"], row["p"]) == (-1, 1, 1)


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(0, 1), st.booleans()), min_size=1, max_size=40))
def test_turning_the_groups_round_turns_the_difference(pairs):
    """Which group is called in and which out changes the sign of the difference, and no p-value."""
    values, group = zip(*pairs, strict=True)
    one = compare(coded(a=list(values)), flags(list(group)), [Code("a", "A")]).loc["a"]
    other = compare(coded(a=list(values)), ~flags(list(group)), [Code("a", "A")]).loc["a"]
    assert one["p"] == pytest.approx(other["p"])
    assert one["difference"] == pytest.approx(-other["difference"], nan_ok=True)
    assert one["difference_low"] == pytest.approx(-other["difference_high"])


def test_every_case_is_supervised_free_or_not_reported(dataset):
    """The three groups share out the core list as the study's groups of situations do."""
    access = access_of(dataset.core, dataset.study)
    status = dataset.core["status_at_disclosure"]
    assert set(access.index[access == "supervised"]) == set(status.index[status.isin(dataset.study.supervised)])
    assert set(access.index[access == "unsupervised"]) == set(status.index[status.isin(dataset.study.unsupervised)])
    assert set(status[access == "not_reported"]) <= {"not_reported"}


def test_situations_sum_to_the_list(dataset):
    """Each situation is counted once, most frequent first, and one that nobody had has a row of 0."""
    labels = {**dataset.value_labels("cases", "status_at_disclosure"), "nowhere": "nowhere"}
    table = status_shares(dataset.core, labels)
    assert table["n"].sum() == len(dataset.core)
    assert table["n"].is_monotonic_decreasing
    assert table.loc["nowhere", "n"] == 0
    assert table["n"].to_dict() | {"nowhere": 0} == {
        **dict.fromkeys(labels, 0),
        **dataset.core["status_at_disclosure"].value_counts(),
    }


def test_the_extension_has_the_first_coder_on_both_sides(dataset):
    """Later and core shares are the first coder's own, so that time is not mixed with coder."""
    table = extension_table(dataset)
    for side, cases in (("in", dataset.later), ("out", dataset.core)):
        codes = dataset.coded(dataset.study.narrative_variables, "A", cases.index)
        assert list(table[f"{side}_n"]) == [int(codes[name].sum()) for name in codes]
        assert list(table[f"{side}_denominator"]) == [int(codes[name].notna().sum()) for name in codes]


def test_a_narrative_nobody_voices_later_does_not_persist(data_copy, edit):
    """Set to 0 in every later case, a narrative is no longer among those that persist."""
    before = load(data_copy)
    name = before.study.narrative_variables[0]
    assert name in persisting(extension_table(before))
    codes = before.coded([name], "A", before.later.index)[name]
    for case in codes.index[codes.eq(1).fillna(False)]:
        edit("codings.csv", {"case_id": case, "coder": "A", "variable": name}, value="0")
    assert name not in persisting(extension_table(load(data_copy)))


def test_shifted_and_order_follow_from_the_table():
    """A corrected p below 5% is a shift; the order holds when later shares fall in the order of the core ones."""
    table = pd.DataFrame({"p_holm": [0.01, 0.5], "in_share": [0.2, 0.4], "out_share": [0.6, 0.3]}, index=["a", "b"])
    assert shifted(table) == ["a"]
    assert not still_most(table)
    assert still_most(table.assign(in_share=[0.4, 0.2]))
