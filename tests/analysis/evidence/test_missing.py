"""What is missing, counted by an independent count."""

import pandas as pd
import pytest

from analysis.data.dataset import load
from analysis.data.study import Span
from analysis.evidence import missing
from analysis.evidence.missing import FIELDS, known_fields, missing_in, missingness
from analysis.narratives.codes import reached
from caught import caught


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


def test_an_empty_period_has_no_share():
    """With no case in a period its shares are unknown, not 0."""
    empty = Span("none", "none", pd.Period("2010-01", "M"), pd.Period("2010-02", "M"))
    known = pd.DataFrame({"country": [True, False]}, index=["a", "b"])
    table = missing_in(known, pd.Series(["2014-01", "2014-02"], index=["a", "b"]), [empty])
    assert pd.isna(table.loc["country", "none"])
    assert table.loc["cases", "none"] == 0


def test_the_table_prints_a_row_per_field(dataset, known):
    """Each field stands once without a gap, with the count that is recorded of it."""
    shown = caught(missing.show, dataset)
    printed = shown.tables["missingness"].set_index("Not known")
    assert sorted(printed.index) == sorted(FIELDS.values())
    assert "nan" not in printed.to_csv().lower()
    n = (~known["reasons"]).sum()
    assert shown.texts["missing.reasons.of"] == f"{n} of {len(known)}"
    assert printed.loc[FIELDS["reasons"], "Core cases"].startswith(f"{n} of {len(known)} (")
