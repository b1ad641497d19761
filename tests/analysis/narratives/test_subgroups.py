"""Groups of people: counted by a plain groupby, nobody told apart among so few, differences only where they hold."""

import math

import pandas as pd
import pytest

from analysis.narratives.subgroups import show, words
from analysis.narratives.subgroups.table import (
    SMALLER,
    UNKNOWN,
    contrasts,
    divisions,
    folded,
    in_points,
    subgroup_table,
)
from analysis.record.formats import FEW
from analysis.stats.detectable import detectable
from caught import caught
from two_narratives import LABELS, two


def division(groups, order):
    """A way to divide people, in the order given; cases as `two` names them."""
    index = pd.Index([f"C-{number:02}" for number in range(len(groups))], name="case_id")
    return {"d": pd.Series(pd.Categorical(groups, order), index, name="Division")}


@pytest.fixture(scope="module")
def divided(dataset):
    """The divisions of the paper."""
    return divisions(dataset)


def test_each_group_is_counted_as_by_groupby(dataset, divided):
    """Region, gender and year made public: n and denominator equal a groupby of the cases; one or two are not given."""
    codes = dataset.coded(dataset.study.narrative_variables)
    table = subgroup_table(codes, divided).set_index(["dimension", "group", "narrative"])
    columns = {
        "region": dataset.core["region"].map(dataset.value_labels("countries", "region")),
        "gender": dataset.core["gender"].str.capitalize(),
        "first_public_year": dataset.core["first_public_year"].astype(str),
    }
    checked = 0
    for dimension, groups in columns.items():
        for group, members in codes.groupby(groups):
            for narrative, values in members.items():
                if values.count() < 3:
                    assert (dimension, group, narrative) not in table.index
                    continue
                row = table.loc[(dimension, group, narrative)]
                assert (row["cases_in_group"], row["denominator"]) == (len(members), values.count())
                withheld = values.sum() in (1, 2)
                assert pd.isna(row["n"]) if withheld else row["n"] == values.sum()
                checked += 1
    assert checked > 20


def test_no_cell_of_one_or_two_people_is_in_the_table(dataset, divided):
    """Neither a group of so few nor a number of so few, in the table, on the chart's labels or in the alt text."""
    table = subgroup_table(dataset.coded(dataset.study.narrative_variables), divided)
    assert not table["n"].isin([1, 2]).any()
    assert (table["denominator"] >= 3).all()
    withheld = table[table["n"].isna()]
    assert len(withheld) > 0
    assert withheld[["share", "low", "high", "pooled", "cases"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 2, "c": 1}, {"a": 5, SMALLER: 3}),
        ({"a": 5, "b": 2}, {"a": 5}),
        ({"a": 5, "b": 3}, {"a": 5, "b": 3}),
        ({"a": 5, None: 2}, {"a": 5}),
        ({"a": 5, None: 3}, {"a": 5, UNKNOWN: 3}),
        ({"a": 5, "b": 2, "c": 1, None: 1}, {"a": 5, SMALLER: 3}),
    ],
)
def test_groups_of_one_or_two_are_joined_or_left_out(sizes, shown):
    """Together they are a group where they have three; people of unknown group never join them."""
    groups = division([group for group, size in sizes.items() for _ in range(size)], ["a", "b", "c"])["d"]
    found = folded(groups, pd.Series(True, index=groups.index))
    assert found.dropna().value_counts().to_dict() == shown


def test_only_accounts_of_known_codes_make_a_group_large_enough():
    """Five people of whom two give reasons are too few."""
    groups = division(["a"] * 5 + ["b"] * 5, ["a", "b"])["d"]
    known = pd.Series([True] * 5 + [True] * 2 + [False] * 3, index=groups.index)
    assert folded(groups, known).dropna().unique().tolist() == ["a"]


def test_supervised_is_what_the_study_says(dataset, divided):
    """The situations that the data package lists as supervised form that group, no other does."""
    for case, group in divided["status"].items():
        situation = dataset.core.at[case, "status_at_disclosure"]
        expected = {True: "Supervised", False: "Not supervised"}[situation in dataset.study.supervised]
        assert (group == expected) if situation != "not_reported" else pd.isna(group)


def test_small_groups_are_marked_by_their_known_cases():
    """A group is small below the limit of known cases, however many it has in all."""
    codes = two(only_a=2 * FEW - 1, unknown=5)
    groups = division(["a"] * (FEW - 1) + ["b"] * FEW + ["a"] * 5, ["a", "b"])
    table = subgroup_table(codes, groups)
    assert table.groupby("group")["small"].unique().map(list).to_dict() == {"a": [True], "b": [False]}


def test_a_group_is_drawn_towards_all_of_its_division():
    """Each pooled share lies between its own and that of all; people of unknown group have none."""
    codes = two(only_a=12, neither=12)
    groups = division(["a"] * 8 + ["b"] * 8 + [None] * 8, ["a", "b"])
    table = subgroup_table(codes, groups)
    apples = table[table["narrative"] == "a"].set_index("group")
    overall = 12 / 16
    assert overall <= apples.at["a", "pooled"] <= 1
    assert 0.5 <= apples.at["b", "pooled"] <= overall
    assert math.isnan(apples.at[UNKNOWN, "pooled"])


def test_people_of_unknown_group_are_not_compared_and_each_comparison_says_what_it_could_find():
    """The unknown are in no contrast; the least difference is that of these numbers from the share of both."""
    codes = two(only_a=2, neither=2).reindex([f"C-{number:02}" for number in range(5)]).fillna(1)
    row = contrasts(codes, division(["a", "a", "b", "b", None], ["a", "b"]), LABELS).set_index("label").loc["Apples"]
    counts = [row[f"{side}_{count}"] for side in ("in", "out") for count in ("n", "denominator")]
    assert (row["group"], row["variable"], row["dimension"], counts) == ("a", "a", "d", [2, 2, 0, 2])
    assert row["p"] == pytest.approx(1 / 3)  # 2 of the 6 ways to choose 2 of 4
    assert row["detectable"] == detectable(0.5, 2, 2) == math.inf
    assert (in_points(0.327), in_points(math.inf)) == ("33 points", "more than 100 points")


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
    assert words(subgroup_table(codes, groups), contrasts(codes, groups, LABELS), 24).title == title


def test_as_many_tests_are_on_record_as_are_made(dataset, divided):
    """Of each division with two known groups one test a narrative; the least differences are those of the tests."""
    cell, study = caught(show, dataset), dataset.study
    tests = contrasts(dataset.coded(study.narrative_variables), divided, study.narrative_labels)
    assert cell.given["subgroups.tests.n"] == len(tests) == len(divided) * len(study.narratives)
    assert cell.given["subgroups.tests.holding"] == (tests["p_holm"] < 0.05).sum()
    found = sorted(tests["detectable"])
    assert cell.given["subgroups.mdd.smallest"] == f"{int(found[0] * 100 + 0.5)} points"
    assert cell.given["subgroups.mdd.largest"] == f"{int(found[-1] * 100 + 0.5)} points"
