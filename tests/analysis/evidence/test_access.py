"""Supervised and free accounts, and the later cases: the groups."""

import pandas as pd

from analysis.data.dataset import load
from analysis.evidence.access import status_shares
from analysis.evidence.extension import extension_table, persisting, shifted, still_most
from analysis.people.reported import access_of


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
