"""Groups of people: counted by a plain groupby, nobody lost between them, and differences told only where they hold."""

import pandas as pd
import pytest

from analysis.narratives.subgroups import SMALL, UNKNOWN, contrasts, divisions, show, subgroup_table, words
from caught import caught
from two_narratives import CODES, two


def division(groups, order):
    """A way to divide people, in the order given; cases as `two` names them."""
    index = pd.Index([f"C-{number:02}" for number in range(len(groups))], name="case_id")
    return {"d": pd.Series(pd.Categorical(groups, order), index, name="Division")}


@pytest.fixture(scope="module")
def divided(dataset):
    """The divisions of the paper."""
    return divisions(dataset)


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
        assert row.tolist() == [len(codes), codes[narrative].sum(), codes[narrative].count()]


def test_supervised_is_what_the_study_says(dataset, divided):
    """The situations that the data package lists as supervised form that group, no other does."""
    for case, group in divided["status"].items():
        situation = dataset.core.at[case, "status_at_disclosure"]
        expected = {True: "Supervised", False: "Not supervised"}[situation in dataset.study.supervised]
        assert (group == expected) if situation != "not_reported" else pd.isna(group)


def test_small_groups_are_marked_by_their_known_cases():
    """A group is small below the limit of known cases, however many it has in all."""
    codes = two(only_a=SMALL, unknown=5)
    groups = division(["a"] * (SMALL - 1) + ["b"] + ["a"] * 5, ["a", "b"])
    assert subgroup_table(codes, groups)["small"].tolist() == [True] * 4
    assert not subgroup_table(codes, division(["a"] * (SMALL + 5), ["a"]))["small"].any()


def test_people_of_unknown_group_come_last_and_are_not_compared():
    """The unknown form a group of their own in the table and none in the contrast."""
    codes = two(only_a=2, neither=2).reindex([f"C-{number:02}" for number in range(5)]).fillna(1)
    groups = division(["a", "a", "b", "b", None], ["a", "b"])
    assert subgroup_table(codes, groups)["group"].unique().tolist() == ["a", "b", UNKNOWN]
    row = contrasts(codes, groups, CODES).set_index("label").loc["Apples"]
    counts = [row[f"{side}_{count}"] for side in ("in", "out") for count in ("n", "denominator")]
    assert (row["group"], counts) == ("a", [2, 2, 0, 2])
    assert row["p"] == pytest.approx(1 / 3)  # 2 of the 6 ways to choose 2 of 4


@pytest.mark.parametrize(
    ("groups", "title"),
    [
        (
            ["north"] * 12 + ["south"] * 12,
            "Apples is voiced more often in the group “north” than in the others (100% against 0%)",
        ),
        (["north", "south"] * 12, "No group stands apart: of 2 comparisons, none holds once their number is counted"),
        (["north"] * 23 + [None], "No two groups can be compared"),
    ],
)
def test_the_title_names_a_difference_only_where_it_holds_after_adjustment(groups, title):
    """A difference that holds, none that does, and nothing to compare with."""
    codes, groups = two(only_a=12, neither=12), division(groups, ["north", "south"])
    assert words(subgroup_table(codes, groups), contrasts(codes, groups, CODES)).title == title


def test_as_many_tests_are_on_record_as_are_made(dataset, divided):
    """Of each division with two known groups one test a narrative; those that hold lie below 5% when adjusted."""
    cell, study = caught(show, dataset), dataset.study
    tests = contrasts(dataset.coded(study.narrative_variables), divided, study.narratives)
    assert cell.given["subgroups.tests.n"] == len(tests) == len(divided) * len(study.narratives)
    assert cell.given["subgroups.tests.holding"] == (tests["p_holm"] < 0.05).sum()
