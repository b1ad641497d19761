"""The timeline counts what the rows say, on each clock, and never guesses a date."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.clocks import lies_in, possible_range, precision, stated_range
from analysis.data.dataset import Dataset, month
from analysis.data.published import published_counts
from analysis.data.study import Span
from analysis.record.record import Record
from analysis.timeline import timeline_text
from analysis.timeline.lag import by_lag, lag_summary, lags
from analysis.timeline.periods import PUBLISHED, period_frame, period_table
from analysis.timeline.timeline import (
    OUTSIDE,
    Peak,
    by_month,
    by_period,
    dated_by_basis,
    months_shown,
    not_by_month,
    peak,
    period_of,
    share_in,
)
from analysis.timeline.timeline_frame import timeline_frame
from analysis.timeline.timeline_record import last_year, record_clock, record_lag, record_later, record_published

CLOCKS = ("left", "first_public")
DATES = st.one_of(
    st.none(),
    st.sampled_from(["2013", "2014", "2015"]),
    st.builds("{}-{:02d}".format, st.integers(2013, 2015), st.integers(1, 12)),
    st.builds("{}-{:02d}-{:02d}".format, st.integers(2013, 2015), st.integers(1, 12), st.integers(1, 28)),
)


def span(name: str, start: str, end: str) -> Span:
    """A span of months."""
    return Span(name, name, pd.Period(start, "M"), pd.Period(end, "M"))


WINDOW = span("window", "2014-01", "2015-08")
PERIODS = (
    span("a", "2014-01", "2014-08"),
    span("b", "2014-09", "2014-12"),
    span("c", "2015-01", "2015-05"),
    span("d", "2015-06", "2015-08"),
)


def frame(left: list[str | None], public: list[str | None] | None = None, joined: str | None = None) -> pd.DataFrame:
    """Cases with these dates; public in August 2015 unless said otherwise."""
    cases = pd.DataFrame({"left": left, "first_public": public or ["2015-08"] * len(left)}, dtype=object)
    cases["joined"] = pd.Series([joined] * len(left), dtype=object)
    cases["left_basis"] = "stated"
    for clock in ("joined", *CLOCKS):
        cases[clock] = cases[clock].astype("string")
        cases[f"{clock}_month"] = month(cases[clock])
    return cases.rename(index="X-{:02d}".format)


def core_rows(root: Path) -> list[dict[str, str]]:
    """The rows of the core list, read with nothing but the csv module."""
    with (root / "data/cases.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["decision"] == "core"]


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
def test_months_of_the_core_list_are_those_of_the_file(dataset: Dataset, root: Path, clock: str) -> None:
    """Counts by month equal a Counter over the raw rows, and the undated are apart."""
    dates = [row[clock] for row in core_rows(root)]
    expected = Counter(date[:7] for date in dates if len(date) >= 7)
    counts = by_month(dataset.core, clock, months_shown(dataset.core, CLOCKS, dataset.study.window))
    assert {str(m): n for m, n in counts["n"].items() if n} == dict(expected)
    assert counts["cumulative"].iloc[-1] == sum(expected.values())
    apart = not_by_month(dataset.core, clock)
    assert apart["none"] == dates.count("")
    assert apart.drop("none").to_dict() == dict(Counter(date for date in dates if len(date) == 4))
    assert counts["n"].sum() + apart.sum() == len(dates)


@pytest.mark.parametrize("clock", CLOCKS)
def test_periods_of_the_core_list_are_those_of_the_file(dataset: Dataset, root: Path, clock: str) -> None:
    """Counts by period equal the count by hand, and shares are of the cases dated well enough."""
    expected = Counter(oracle_period(row[clock]) for row in core_rows(root))
    table = by_period(dataset.core, clock, dataset.study.periods)
    named = dict(zip([*"abcd"], [p.id for p in dataset.study.periods], strict=True))
    assert {k: n for k, n in table["n"].items() if n} == {named.get(k, k): n for k, n in expected.items()}
    dated = sum(n for place, n in expected.items() if place not in ("unknown", "undated"))
    for place, period in named.items():
        assert table.at[period, "share"] == pytest.approx(expected[place] / dated)
    assert table.loc[list(OUTSIDE), "share"].isna().all()


@given(st.lists(DATES, max_size=12))
def test_every_case_is_counted_once_on_a_clock(dates: list[str | None]) -> None:
    """By month and by period, counts with those set apart sum to the cases."""
    cases = frame(dates)
    months = months_shown(cases, ["left"], WINDOW)
    assert by_month(cases, "left", months)["n"].sum() + not_by_month(cases, "left").sum() == len(dates)
    assert by_period(cases, "left", PERIODS)["n"].sum() == len(dates)
    assert Counter(period_of(cases["left"], PERIODS)) == Counter(oracle_period(date or "") for date in dates)
    assert timeline_frame(cases, ["left"], WINDOW)["n"].sum() == len(dates)


@given(st.lists(DATES, max_size=8), DATES)
def test_one_more_case_raises_one_count_by_one(dates: list[str | None], added: str | None) -> None:
    """Adding a case raises exactly one row of the timeline by one and lowers none."""
    rows = [
        timeline_frame(frame(some), ["left"], WINDOW).set_index(["known_to", "when"])["n"]
        for some in (dates, [*dates, added])
    ]
    grown = rows[1].sub(rows[0], fill_value=0)
    assert sorted(grown[grown != 0]) == [1]


@given(st.lists(DATES, min_size=1, max_size=8), DATES)
def test_the_clocks_never_mix(left: list[str | None], public: str | None) -> None:
    """What is counted by month of leaving does not change when the month made public does."""
    months = pd.period_range("2013-01", "2015-12", freq="M")
    one = by_month(frame(left), "left", months)
    other = by_month(frame(left, [public] * len(left)), "left", months)
    pd.testing.assert_frame_equal(one, other)


def test_a_year_alone_is_placed_in_no_part_of_it() -> None:
    """A year lies in a span of that whole year, and in no shorter one; nothing is spread over months."""
    year = frame(["2014"])
    assert list(precision(year["left"])) == ["year"]
    assert by_month(year, "left", WINDOW.months)["n"].sum() == 0
    assert list(period_of(year["left"], PERIODS)) == ["unknown"]
    assert list(period_of(year["left"], (span("all", "2014-01", "2014-12"),))) == ["all"]
    assert lies_in(stated_range(year["left"]), PERIODS[0]).isna().all()


def test_a_month_outside_those_wanted_is_refused() -> None:
    """A case that no column would hold is an error, not a silent loss."""
    with pytest.raises(ValueError, match="2013-12 lies outside"):
        by_month(frame(["2013-12"]), "left", WINDOW.months)


def test_the_shown_months_reach_back_to_the_first_departure() -> None:
    """The axis starts with the window, or with an earlier departure."""
    assert months_shown(frame(["2014-03"]), CLOCKS, WINDOW)[0] == WINDOW.start
    assert str(months_shown(frame(["2013-11"]), CLOCKS, WINDOW)[0]) == "2013-11"


def test_the_peak_names_every_month_that_ties() -> None:
    """One busiest month and its lead, two that tie, and none when nothing is counted."""
    months = pd.period_range("2014-01", "2014-04", freq="M")
    jan, feb = pd.Period("2014-01", "M"), pd.Period("2014-02", "M")
    assert peak(by_month(frame(["2014-01", "2014-01", "2014-02"]), "left", months)) == Peak((jan,), 2, 1)
    assert peak(by_month(frame(["2014-01", "2014-02"]), "left", months)) == Peak((jan, feb), 1)
    assert peak(by_month(frame([None]), "left", months)) == Peak((), 0)
    assert timeline_text.peak_words(Peak((jan, feb), 1)) == "January 2014 and February 2014"
    assert timeline_text.peak_words(Peak(tuple(months), 1)) == "4 months alike"


def test_a_share_of_a_span_counts_the_dated_and_bounds_the_rest() -> None:
    """Six cases by hand: two in 2015, two not, one undated that was public in 2014, one that may be either."""
    left = ["2015-02", "2015", "2014-03", "2014", None, None]
    cases = frame(left, ["2015-03", "2015-03", "2015-03", "2015-03", "2014-06", "2015-06"])
    found = share_in(cases, "left", last_year(WINDOW), "year", WINDOW)
    assert (found.share.n, found.share.denominator, found.open) == (2, 4, 2)
    assert found.cases == ("X-00", "X-01")
    assert found.worst == (pytest.approx(2 / 6), pytest.approx(4 / 6))
    assert found.possible == (pytest.approx(2 / 6), pytest.approx(3 / 6))


def test_a_summer_asks_for_months() -> None:
    """With years in the denominator a case known to 2014 would count against the summer, one known to 2015 never."""
    cases = frame(["2015-07", "2014", "2015"])
    found = share_in(cases, "left", PERIODS[-1], "month", WINDOW)
    assert (found.share.n, found.share.denominator, found.open) == (1, 1, 2)
    with pytest.raises(ValueError, match="Ask for months"):
        share_in(cases, "left", PERIODS[-1], "year", WINDOW)


@given(st.lists(DATES, min_size=1, max_size=8))
def test_bounds_hold_the_share_whatever_the_undated_are(left: list[str | None]) -> None:
    """The possible bounds lie inside the worst ones, and the certain cases are the lower bound."""
    cases = frame(left)
    found = share_in(cases, "left", PERIODS[1], "month", WINDOW)
    assert found.worst[0] <= found.possible[0] <= found.possible[1] <= found.worst[1]
    assert found.worst[0] == pytest.approx(found.share.n / len(left))


def test_other_dates_narrow_a_missing_one() -> None:
    """Nobody leaves before joining or after being heard; a core account is public inside the window."""
    cases = frame([None, "2015", None], ["2014-06", "2015-03", None], joined="2014-02")
    left = possible_range(cases, "left", WINDOW)
    assert [str(m) for m in left["earliest"]] == ["2014-02", "2015-01", "2014-02"]
    assert [str(m) for m in left["latest"]] == ["2014-06", "2015-03", "2015-08"]
    public = possible_range(frame(["2014-11"], ["2014"]), "first_public", WINDOW)
    assert public.astype(str).to_numpy().tolist() == [["2014-11", "2014-12"]]


def test_basis_by_precision_is_a_cross_count(dataset: Dataset, root: Path) -> None:
    """Dates of leaving by basis and precision equal a Counter over the raw rows."""
    names = {0: "none", 4: "year"}
    expected = Counter((r["left_basis"], names.get(len(r["left"]), "month")) for r in core_rows(root))
    table = dated_by_basis(dataset.core)
    assert {(b, p): n for b, row in table.iterrows() for p, n in row.items() if n} == dict(expected)


def test_lags_by_hand() -> None:
    """Months between, only where both months are known; quartiles of 0, 1, 2, 13 by linear interpolation."""
    left = ["2014-01", "2014-12", "2014-11-30", "2014-01", "2014", None]
    public = ["2014-01", "2015-01", "2015-01", "2015-02", "2015-01", "2015-01"]
    months = lags(frame(left, public))
    assert months.to_dict() == {"X-00": 0, "X-01": 1, "X-02": 2, "X-03": 13}
    lag = lag_summary(months)
    assert (lag.n, lag.lower, lag.median, lag.upper, lag.longest) == (4, 0.75, 1.5, 4.75, 13)
    assert (lag.same_month, lag.within_three) == (1, 3)
    assert by_lag(months)["n"].sum() == 4
    assert len(by_lag(months)) == 14


def test_lags_of_the_core_list_match_the_file(dataset: Dataset, root: Path) -> None:
    """The lags equal plain arithmetic on the raw rows, and none is negative."""
    expected = {}
    for row in core_rows(root):
        if len(row["left"]) >= 7 and len(row["first_public"]) >= 7:
            (y0, m0), (y1, m1) = ((int(d[:4]), int(d[5:7])) for d in (row["left"], row["first_public"]))
            expected[row["case_id"]] = (y1 - y0) * 12 + m1 - m0
    assert lags(dataset.core).to_dict() == expected
    assert min(expected.values()) >= 0


def test_no_lag_is_an_error() -> None:
    """Without a case dated on both clocks there is nothing to summarise."""
    with pytest.raises(ValueError, match="no lag"):
        lag_summary(lags(frame([None])))


def test_the_report_stands_beside_ours_and_is_not_added(dataset: Dataset, root: Path) -> None:
    """The published periods are those of the file; ours are the same with and without them."""
    with (root / "data/published.csv").open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["quantity"] == "period" and r["unit"] == "count"]
    theirs = published_counts(dataset.published, "period")
    assert theirs["n"].to_dict() == {r["period_or_group"]: int(r["value"]) for r in rows}
    assert theirs["derived"].sum() == sum(r["derived"] == "true" for r in rows)
    study = dataset.study
    alone = period_frame(dataset.core, study.clocks, study.periods)
    beside = period_frame(dataset.core, study.clocks, study.periods, theirs["n"])
    pd.testing.assert_frame_equal(alone, beside[beside["series"] != PUBLISHED])
    assert beside.loc[beside["series"] == PUBLISHED, "low"].isna().all()


def test_published_periods_must_be_the_studys(dataset: Dataset) -> None:
    """A count for a period that the study does not know is refused."""
    with pytest.raises(ValueError, match="different periods"):
        period_frame(dataset.core, dataset.study.clocks, dataset.study.periods, pd.Series({"2016": 3}))


def test_two_published_counts_of_one_group_are_refused() -> None:
    """Two counts for one period would lose one of them."""
    row = {
        "quantity": "period",
        "period_or_group": "a",
        "value": 1,
        "unit": "count",
        "bound": "exact",
        "derived": False,
    }
    with pytest.raises(ValueError, match="two published counts"):
        published_counts(pd.DataFrame([row, row]), "period")


def test_the_period_table_accounts_for_every_case(dataset: Dataset) -> None:
    """The rows of each of our columns sum to the row of all cases."""
    study = dataset.study
    table = period_table(dataset.core, study.clocks, study.periods).set_index("Period")
    for label in study.clocks.values():
        counts = table[label].str.split(" ").str[0].astype(int)
        assert counts.drop("All cases").sum() == counts["All cases"] == len(dataset.core)


def test_the_words_follow_the_numbers() -> None:
    """Title, caption and alt text name the peaks and the missing months of a small list, in the right number."""
    cases = frame(["2014-03", "2014-03", None], ["2014-05", "2014-06", "2015-01"])
    clocks = {"left": "Month of leaving", "first_public": "Month made public"}
    text = timeline_text.timeline_text(timeline_frame(cases, clocks, WINDOW), clocks, 0)
    assert text.title.startswith("Known departures peak in March 2014, first accounts have no clear peak; ")
    assert text.title.endswith("missing for 1 of 3")
    assert "leads the next by 2 cases" in text.caption
    assert "n = 3" in text.caption
    assert "mark events" not in text.caption
    assert "1 without a date" in text.alt
    assert "(each 1)" in text.alt


@pytest.mark.parametrize(
    ("left", "public", "title"),
    [
        (["2014-03"] * 2, ["2014-03"] * 2, "Known departures and first accounts both peak in March 2014"),
        (["2014-03"] * 2, ["2014-05"] * 2, "Known departures peak in March 2014, first accounts in May 2014"),
        (["2014-03"], ["2014-05"], "Neither known departures nor first accounts have a clear peak"),
        (
            ["2014-02", "2014-02", "2014-01", "2014-01"],
            ["2014-06", "2014-05", "2014-05", "2014-05"],
            "Known departures have no clear peak, first accounts peak in May 2014",
        ),
    ],
)
def test_a_month_is_called_a_peak_only_when_it_leads_by_two_cases(left, public, title) -> None:
    """A lead of two cases makes a peak; a lead of one or a tie makes none, on either clock."""
    clocks = {"left": "Month of leaving", "first_public": "Month made public"}
    shown = timeline_frame(frame(left, public), clocks, WINDOW)
    text = timeline_text.timeline_text(shown, clocks, 0)
    assert text.title == title
    assert ("called clear" in text.caption) == ("clear peak" in title)


def test_the_last_period_leads_the_words_on_periods(dataset: Dataset) -> None:
    """The title gives the report's share and ours on both clocks, from the frame and nothing else."""
    study = dataset.study
    theirs = pd.Series({p.id: n for p, n in zip(study.periods, (10, 10, 10, 70), strict=True)})
    table = period_frame(frame(["2015-07", "2014-02"], ["2015-08", "2014-03"]), study.clocks, study.periods, theirs)
    title = timeline_text.periods_text(table, study.clocks, study.periods, 2).title
    assert "70% of the 2015 report" in title
    assert "50% by month of leaving and 50% by month made public" in title


def test_the_record_holds_both_clocks_apart(dataset: Dataset) -> None:
    """Each recorded share equals its own numerator over its denominator, and clocks have names of their own."""
    record = Record("timeline")
    for clock in dataset.study.clocks:
        record_clock(record, dataset.core, clock, dataset.study)
    record_lag(record, dataset.core, "lag", "left", "first_public")
    record_later(record, dataset.later, dataset.study)
    theirs = published_counts(dataset.published, "period")["n"]
    record_published(record, period_frame(dataset.core, dataset.study.clocks, dataset.study.periods, theirs))
    values = record._values
    shares = {name: v for name, v in values.items() if v["unit"] == "share" and v["n"] is not None}
    assert shares
    assert all(v["value"] == pytest.approx(v["n"] / v["denominator"]) for v in shares.values())
    public, left = (values[f"timeline.{clock}.last_year.of"]["text"] for clock in ("first_public", "left"))
    assert public != left
    end = str(dataset.study.window.end)
    heard_later = dataset.later["left"].dropna()
    left_inside = [date for date in heard_later if len(date) >= 7 and "2014-01" <= date[:7] <= end]
    assert values["timeline.later.left_in_window.n"]["value"] == len(left_inside)
    assert values["timeline.lag.n"]["value"] == len(lags(dataset.core))
