"""What is missing, counted by an independent count, and shares by how much was read."""

import pandas as pd
import pytest

from analysis.data.dataset import load
from analysis.evidence.missing import (
    FIELDS,
    GROUPS,
    known_fields,
    missing_in,
    missingness,
    reading_groups,
    shares_by_reading,
)
from analysis.narratives.codes import reached


@pytest.fixture(scope="module")
def known(dataset):
    """Which fields are known of which core case."""
    return known_fields(dataset, dataset.core)


def test_every_field_is_counted_as_a_plain_count_does(dataset, known):
    """Fields of the case table are missing where the table has nothing or says not reported."""
    core = dataset.core
    table = missingness(known)
    assert set(table.index) == set(FIELDS)
    assert table.loc["country", "n"] == core["country"].isna().sum()
    assert table.loc["year_left", "n"] == core["left"].isna().sum()
    assert table.loc["month_left", "n"] == core["left_month"].isna().sum()
    assert table.loc["status", "n"] == (core["status_at_disclosure"] == "not_reported").sum()
    assert table.loc["reasons", "n"] == len(core) - len(reached(dataset.coded(dataset.study.narrative_variables)))
    assert table["n"].is_monotonic_decreasing
    assert (table["share"] == table["n"] / len(core)).all()


def test_removing_a_date_makes_it_missing(data_copy, edit):
    """A date of leaving taken out of the data is one more that is missing, for the year and the month."""
    before = load(data_copy)
    case = before.core.index[before.core["left_month"].notna()][0]
    edit("cases.csv", {"case_id": case}, left="", left_basis="not_reported")
    first, second = (missingness(known_fields(ds, ds.core))["n"] for ds in (before, load(data_copy)))
    assert second["month_left"] == first["month_left"] + 1
    assert second["year_left"] == first["year_left"] + 1


def test_missing_over_time_is_a_groupby_on_the_period(dataset, known):
    """In each period the share missing is that of the cases made public in its months."""
    table = missing_in(known, dataset.core["first_public"], dataset.study.periods)
    months = dataset.core["first_public_month"]
    for period in dataset.study.periods:
        rows = months.map(lambda month, period=period: month in period).astype(bool)
        assert table.loc["cases", period.id] == rows.sum()
        for field in known:
            assert table.loc[field, period.id] == pytest.approx(1 - known.loc[rows, field].mean())


def test_groups_of_reading_share_out_the_list(dataset):
    """Each way of grouping holds every core case exactly once, and each group has a name in print."""
    for members in reading_groups(dataset, dataset.core).values():
        cases = [case for group in members.values() for case in group]
        assert sorted(cases) == sorted(dataset.core.index)
        assert set(members) <= set(GROUPS)


def test_shares_by_reading_are_those_of_their_cases(dataset):
    """A group's share is that of its cases whose reasons are reached; `reached` counts all of them."""
    study = dataset.study
    codes = dataset.coded(study.narrative_variables)
    groups = reading_groups(dataset, dataset.core)
    table = shares_by_reading(codes, groups, study.narratives)
    for (kind, group, variable), row in table.iterrows():
        part = codes.loc[groups[kind][group]]
        if variable == "reached":
            expected = (int(part.notna().all(axis=1).sum()), len(part))
        else:
            expected = (int(part[variable].sum()), int(part[variable].notna().sum()))
        assert (row["n"], row["denominator"]) == expected


def test_an_empty_period_has_no_share():
    """With no case in a period its shares are unknown, not 0."""
    from analysis.data.study import Span

    empty = Span("none", "none", pd.Period("2010-01", "M"), pd.Period("2010-02", "M"))
    known = pd.DataFrame({"country": [True, False]}, index=["a", "b"])
    table = missing_in(known, pd.Series(["2014-01", "2014-02"], index=["a", "b"]), [empty])
    assert pd.isna(table.loc["country", "none"])
    assert table.loc["cases", "none"] == 0
