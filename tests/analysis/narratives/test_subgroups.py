"""Groups of people: counted by a plain groupby, and nobody lost between them."""

import pandas as pd
import pytest

from analysis.narratives.subgroups import UNKNOWN, Dimension, contrasts, dimensions, subgroup_table


def codes_of(**columns):
    """Codes in columns, as the dataset gives them."""
    return pd.DataFrame(columns).astype("Int64")


def division(groups, *order):
    """A way to divide people, in the order given."""
    return Dimension("d", "Division", pd.Series(groups, dtype="string"), order)


@pytest.fixture(scope="module")
def divided(dataset):
    """The divisions of the paper."""
    labels = (dataset.value_labels("countries", "region"), dataset.value_labels("cases", "gender"))
    return dimensions(dataset.core, dataset.study, *labels)


def test_each_group_is_counted_as_by_groupby(dataset, divided):
    """Region, gender and year made public: n and denominator equal a groupby of the cases."""
    codes = dataset.coded(dataset.study.narrative_variables)
    table = subgroup_table(codes, divided).set_index(["dimension", "group", "narrative"])
    labels = dataset.value_labels("countries", "region") | {"not_reported": UNKNOWN}
    columns = {
        "region": dataset.core["region"].map(labels),
        "gender": dataset.core["gender"].str.capitalize(),
        "first_public_year": dataset.core["first_public_year"].astype(str),
    }
    for dimension, groups in columns.items():
        for group, members in codes.groupby(groups):
            for narrative, values in members.items():
                row = table.loc[(dimension, group, narrative)]
                assert (row["n"], row["denominator"]) == (values.sum(), values.count())
                assert row["cases_in_group"] == len(members)


def test_every_division_holds_every_case_once(dataset, divided):
    """Per division and narrative the groups, unknown included, add up to the core list."""
    codes = dataset.coded(dataset.study.narrative_variables)
    table = subgroup_table(codes, divided)
    totals = table.groupby(["dimension", "narrative"])[["cases_in_group", "n", "denominator"]].sum()
    for (_, narrative), row in totals.iterrows():
        expected = [len(codes), codes[narrative].sum(), codes[narrative].count()]
        assert row.tolist() == expected


def test_supervised_is_what_the_study_says(dataset, divided):
    """The situations that the data package lists as supervised form that group, no other does."""
    status = next(dimension for dimension in divided if dimension.id == "status")
    for case, group in status.groups.items():
        situation = dataset.core.at[case, "status_at_disclosure"]
        expected = {True: "Supervised", False: "Not supervised"}[situation in dataset.study.supervised]
        assert (group == expected) if situation != "not_reported" else pd.isna(group)


def test_small_groups_are_marked_by_their_known_cases():
    """A group of three with two known codes is small below three, not below two."""
    codes = codes_of(x=[1, 0, None])
    groups = [division(["a", "a", "a"], "a")]
    assert subgroup_table(codes, groups, small=3)["small"].tolist() == [True]
    assert subgroup_table(codes, groups, small=2)["small"].tolist() == [False]


def test_people_of_unknown_group_come_last_and_are_not_compared():
    """The unknown form a group of their own in the table and none in the contrast."""
    codes = codes_of(x=[1, 1, 0, 0, 1])
    groups = [division(["a", "a", "b", "b", None], "a", "b")]
    table = subgroup_table(codes, groups)
    assert table["group"].tolist() == ["a", "b", UNKNOWN]
    row = contrasts(codes, groups).iloc[0]
    assert (row["group"], row["n"], row["denominator"], row["rest_n"], row["rest_denominator"]) == ("a", 2, 2, 0, 2)
    assert row["p"] == pytest.approx(1 / 3)  # 2 of the 6 ways to choose 2 of 4


def test_a_division_with_one_known_group_is_not_compared():
    """Nothing to compare with: no row."""
    assert contrasts(codes_of(x=[1, 0]), [division(["a", None], "a", "b")]).empty
