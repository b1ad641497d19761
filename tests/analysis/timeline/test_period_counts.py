"""The periods hold each case once, or say why not; the report's counts stand beside ours and are not added."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.timeline import period_counts
from analysis.timeline.period_counts import PUBLISHED, by_period, period_frame, period_of
from caught import caught
from data_rows import core_rows, rows_of
from dated_cases import CLOCKS, DATES, PERIODS, dated_cases, span


def frame_of(dataset: Dataset) -> pd.DataFrame:
    """The core list by period on both clocks, beside the published counts."""
    study = dataset.study
    counts = by_period(dataset.core, study.clocks, study.periods)
    return period_frame(counts, study.periods, published_counts(dataset.published, "period")["n"])


def oracle_period(date: str) -> str:
    """The period of a date by hand: compare texts of months."""
    if not date:
        return "undated"
    if len(date) == 4:
        return "before" if date < "2014" else "after" if date > "2015" else "unknown"
    at = date[:7]
    found = [p.id for p in PERIODS if str(p.start) <= at <= str(p.end)]
    return found[0] if found else "before" if at < "2014-01" else "after"


@pytest.mark.parametrize("clock", CLOCKS)
def test_periods_of_the_core_list_are_those_of_the_file(dataset, root, clock):
    """Counts by period equal the count by hand, and shares are of the cases dated well enough."""
    expected = Counter(oracle_period(row[clock]) for row in core_rows(root))
    named = {period.id: real.id for period, real in zip(PERIODS, dataset.study.periods, strict=True)}
    counts = by_period(dataset.core, CLOCKS, dataset.study.periods)[clock]
    assert counts[counts > 0].to_dict() == {named.get(place, place): n for place, n in expected.items()}
    frame = frame_of(dataset)
    shares = frame[frame["series"] == clock].set_index("period")["share"]
    dated = sum(n for place, n in expected.items() if place not in ("unknown", "undated"))
    assert shares.to_dict() == pytest.approx({real: expected[place] / dated for place, real in named.items()})


@given(st.lists(DATES, max_size=12))
def test_every_case_has_one_place(dates):
    """Each date falls where the comparison by hand puts it, and the counts sum to the cases."""
    cases = dated_cases(dates)
    assert Counter(period_of(cases["left"], PERIODS)) == Counter(oracle_period(date or "") for date in dates)
    assert by_period(cases, ["left"], PERIODS)["left"].sum() == len(dates)


def test_a_year_alone_is_placed_in_no_part_of_it():
    """A year lies in a span of that whole year, and in no shorter one."""
    year = dated_cases(["2014"])["left"]
    assert list(period_of(year, PERIODS)) == ["unknown"]
    assert list(period_of(year, (span("all", "2014-01", "2014-12"),))) == ["all"]


def test_the_report_stands_beside_ours_and_is_not_added(dataset, root):
    """The published periods are those of the file, and ours do not depend on them."""
    rows = [r for r in rows_of(root, "published.csv") if r["quantity"] == "period" and r["unit"] == "count"]
    theirs = published_counts(dataset.published, "period")
    assert theirs["n"].to_dict() == {r["period_or_group"]: int(r["value"]) for r in rows}
    assert theirs["derived"].sum() == sum(r["derived"] == "true" for r in rows)
    counts = by_period(dataset.core, CLOCKS, dataset.study.periods)
    one, other = (period_frame(counts, dataset.study.periods, n) for n in (theirs["n"], theirs["n"] * 2))
    ours = one["series"] != PUBLISHED
    pd.testing.assert_frame_equal(one[ours], other[ours])
    assert list(one.loc[~ours, "n"] * 2) == list(other.loc[~ours, "n"])


def test_published_periods_must_be_the_studys(dataset):
    """A count for a period that the study does not know is refused."""
    counts = by_period(dataset.core, CLOCKS, dataset.study.periods)
    with pytest.raises(ValueError, match="different periods"):
        period_frame(counts, dataset.study.periods, pd.Series({"2016": 3}))


def test_two_published_counts_of_one_group_are_refused():
    """Two counts for one period would lose one of them."""
    row = {"quantity": "period", "period_or_group": "a", "value": 1, "unit": "count", "bound": "exact"}
    with pytest.raises(ValueError, match="two published counts"):
        published_counts(pd.DataFrame([row, row]).assign(derived=False), "period")


def test_the_table_accounts_for_every_case(dataset):
    """The rows of each column sum to the row of all cases; ours are the core list."""
    table = caught(period_counts.show, dataset).tables["period-counts"].set_index("Period")
    counts = table.map(lambda cell: int(cell.split(" ")[0].replace("–", "0")))
    assert (counts.drop("All cases").sum() == counts.loc["All cases"]).all()
    assert (counts.loc["All cases", list(dataset.study.clocks.values())] == len(dataset.core)).all()


def test_rates_are_counts_over_months(dataset):
    """What is recorded per month is the count over the months of its period."""
    shown = caught(period_counts.show, dataset)
    frame = frame_of(dataset).set_index(["series", "period"])
    for series in ("first_public", PUBLISHED):
        for period in dataset.study.periods:
            rate = float(shown.texts[f"timeline.{series}.period.{period.id}.per_month"])
            assert rate == pytest.approx(frame.loc[(series, period.id), "n"] / len(period.months), abs=0.0501)
