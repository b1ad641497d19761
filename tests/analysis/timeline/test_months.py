"""The two clocks count what the rows say, never guess a date, and draw every case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.dataset import Dataset
from analysis.timeline import months
from analysis.timeline.months import busiest, clear_peak, words
from analysis.timeline.months.counts import month_counts, months_of, numbered
from caught import assert_sound, caught, n_tiles
from data_rows import core_rows
from dated_cases import CLOCKS, DATES, WINDOW, dated_cases, other_lists

LABELS = {"left": "Month of leaving", "first_public": "Month made public"}


@pytest.mark.parametrize("clock", CLOCKS)
def test_months_of_the_core_list_are_those_of_the_file(dataset: Dataset, root: Path, clock: str) -> None:
    """Counts by month, by year alone and without a date equal a Counter over the raw rows."""
    rows = core_rows(root)
    frame = month_counts(dataset.core, CLOCKS, dataset.study.window)
    own = frame[frame["clock"] == clock].set_index("when")
    expected = Counter(row[clock][:7] or "none" for row in rows)
    assert own.loc[own["n"] > 0, "n"].to_dict() == expected
    assert own["cumulative"].max() == own.loc[own["known_to"] == "month", "n"].sum()
    stated = Counter(row["left"][:7] for row in rows if row["left"] and row["left_basis"] == "stated")
    assert clock != "left" or own.loc[own["stated"] > 0, "stated"].to_dict() == stated


@given(st.lists(DATES, min_size=1, max_size=12))
def test_every_case_is_counted_once_on_a_clock(dates: list[str | None]) -> None:
    """By month, with those set apart, counts sum to the cases; a year alone is spread over no month."""
    frame = month_counts(dated_cases(dates), ["left"], WINDOW)
    assert frame["n"].sum() == len(dates)
    assert months_of(frame, "left").sum() == sum(len(date or "") >= 7 for date in dates)


@given(st.lists(DATES, max_size=8), DATES)
def test_one_more_case_raises_one_count_by_one(dates: list[str | None], added: str | None) -> None:
    """Adding a case raises exactly one row by one and lowers none."""
    before, after = (
        month_counts(dated_cases(some), ["left"], WINDOW).set_index(["known_to", "when"])["n"]
        for some in (dates, [*dates, added])
    )
    grown = after.sub(before, fill_value=0)
    assert sorted(grown[grown != 0]) == [1]


@given(st.lists(DATES, min_size=1, max_size=8), DATES)
def test_the_clocks_never_mix(left: list[str | None], public: str | None) -> None:
    """What is counted by month of leaving does not change when the month made public does."""
    one, other = (
        months_of(month_counts(dated_cases(left, given), CLOCKS, WINDOW), "left")
        for given in (None, [public] * len(left))
    )
    assert one[one > 0].to_dict() == other[other > 0].to_dict()


def test_the_shown_months_reach_back_to_the_first_departure() -> None:
    """The axis starts with the window, or with an earlier departure."""
    for first, shown in (("2014-03", "2014-01"), ("2013-11", "2013-11")):
        assert month_counts(dated_cases([first]), CLOCKS, WINDOW)["when"].iloc[0] == shown


@pytest.mark.parametrize(
    ("counts", "said", "clear"),
    [
        ([2, 1, 0, 0], "January 2014 (2)", ""),
        ([3, 1, 0, 0], "January 2014 (3)", "January 2014"),
        ([1, 1, 0, 0], "January 2014 and February 2014 (each 1)", ""),
        ([1, 1, 1, 1], "4 months alike (each 1)", ""),
        ([0, 0, 0, 0], "no month (0)", ""),
    ],
)
def test_the_busiest_months_are_named_with_all_that_tie(counts: list[int], said: str, clear: str) -> None:
    """One busiest month, two that tie, how many tie; it is a clear peak only when it leads by two cases."""
    by_month = pd.Series(counts, index=pd.period_range("2014-01", "2014-04", freq="M"))
    assert (busiest(by_month), clear_peak(by_month)) == (said, clear)


def test_the_words_follow_the_numbers() -> None:
    """Title, caption and alt text name the peaks and the missing months of a small list, in the right number."""
    cases = dated_cases(["2014-03", "2014-03", None], ["2014-05", "2014-06", "2015-01"])
    text = words(month_counts(cases, LABELS, WINDOW), LABELS, 0)
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
def test_the_title_names_clear_peaks_only(left: list[str], public: list[str], title: str) -> None:
    """The title says which clock has a clear peak, and the caption what clear means where one has none."""
    text = words(month_counts(dated_cases(left, public), LABELS, WINDOW), LABELS, 0)
    assert text.title == title
    assert ("called clear" in text.caption) == ("clear peak" in title)


def test_events_are_numbered_by_date_and_only_where_months_are_shown(dataset: Dataset) -> None:
    """Numbers run from 1 in order of date; levels restart each month; the rest is left out."""
    frame = month_counts(dataset.core, CLOCKS, dataset.study.window)
    shown = numbered(dataset.events, frame)
    first, last = frame.loc[frame["known_to"] == "month", "when"].agg(["min", "max"])
    inside = sorted(date for date in dataset.events["date"] if first <= date[:7] <= last)
    assert shown["date"].tolist() == inside
    assert shown["number"].tolist() == list(range(1, len(inside) + 1))
    assert all(rows["level"].tolist() == list(range(len(rows))) for _, rows in shown.groupby("month"))
    assert len(shown) < len(dataset.events)


def test_the_figure_draws_every_case_on_each_clock(dataset: Dataset) -> None:
    """The chart is sound, and has one tile per case, dated or not, on each clock."""
    drawing = assert_sound(months.show, dataset).drawings["timeline"]
    for clock in ("left", "first-public"):
        assert n_tiles(drawing, clock) == len(dataset.core)


@pytest.mark.parametrize("name", ["every third", "twice", "the undated kept"])
def test_the_figure_bears_another_list(dataset: Dataset, name: str) -> None:
    """It can be read for a third of the list, for one twice as long, and for another mix of dates."""
    assert caught(months.show, other_lists(dataset)[name]).drawings
