"""The two clocks count what the rows say, never guess a date, and draw every case."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.timeline import when
from analysis.timeline.counts import month_counts, months_of
from caught import assert_sound, n_tiles
from data_rows import core_rows
from dated_cases import CLOCKS, DATES, WINDOW, dated_cases

LABELS = {"left": "Month of leaving", "first_public": "Month made public"}


@pytest.mark.parametrize("clock", CLOCKS)
def test_months_of_the_core_list_are_those_of_the_file(dataset, root, clock):
    """Counts by month, by year alone and without a date equal a Counter over the raw rows."""
    rows = core_rows(root)
    frame = month_counts(dataset.core, CLOCKS, dataset.study.window)
    own = frame[frame["clock"] == clock].set_index("when")
    expected = Counter(row[clock][:7] or "none" for row in rows)
    assert own.loc[own["n"] > 0, "n"].to_dict() == expected
    stated = Counter(row["left"][:7] for row in rows if row["left"] and row["left_basis"] == "stated")
    assert clock != "left" or own.loc[own["stated"] > 0, "stated"].to_dict() == stated


@given(st.lists(DATES, min_size=1, max_size=12))
def test_every_case_is_counted_once_on_a_clock(dates):
    """By month, with those set apart, counts sum to the cases; a year alone is spread over no month."""
    frame = month_counts(dated_cases(dates), ["left"], WINDOW)
    assert frame["n"].sum() == len(dates)
    assert months_of(frame, "left").sum() == sum(len(date or "") >= 7 for date in dates)


@given(st.lists(DATES, max_size=8), DATES)
def test_one_more_case_raises_one_count_by_one(dates, added):
    """Adding a case raises exactly one row by one and lowers none."""
    before, after = (
        month_counts(dated_cases(some), ["left"], WINDOW).set_index(["known_to", "when"])["n"]
        for some in (dates, [*dates, added])
    )
    grown = after.sub(before, fill_value=0)
    assert sorted(grown[grown != 0]) == [1]


@given(st.lists(DATES, min_size=1, max_size=8), DATES)
def test_the_clocks_never_mix(left, public):
    """What is counted by month of leaving does not change when the month made public does."""
    one, other = (
        months_of(month_counts(dated_cases(left, given), CLOCKS, WINDOW), "left")
        for given in (None, [public] * len(left))
    )
    assert one[one > 0].to_dict() == other[other > 0].to_dict()


def test_the_shown_months_reach_back_to_the_first_departure():
    """The axis starts with the window, or with an earlier departure."""
    for first, shown in (("2014-03", "2014-01"), ("2013-11", "2013-11")):
        assert month_counts(dated_cases([first]), CLOCKS, WINDOW)["when"].iloc[0] == shown


def counts_of(left: list[str | None], public: list[str]) -> pd.DataFrame:
    """The counts of cases with these dates."""
    return month_counts(dated_cases(left, public), LABELS, WINDOW)


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        (["2014-03", "2015-03", "2015"], ("2015", 2, 3)),
        (["2014-03", "2015-03", None], ("2014", 1, 2)),
        ([None], ("2014", 0, 0)),
    ],
)
def test_the_busiest_year_counts_cases_known_to_the_year(dates, year):
    """A year alone counts, no date does not, and the earliest of years that tie is named."""
    assert when.busiest_year(counts_of(dates, ["2015-08"] * len(dates)), "left") == year


def test_the_words_follow_the_numbers():
    """Title and alt text name the years, the busiest months and the missing ones of a small list."""
    text = when.words(counts_of(["2014-03", "2014-03", None], ["2014-05", "2015-06", "2015-01"]), LABELS)
    assert text.title == "Accounts cluster in 2015 (2 of 3), known departures in 2014 (2 of 2)"
    assert "3 cases of the core list" in text.caption
    assert "most in March 2014 (2)" in text.alt
    assert "1 without a date" in text.alt


def test_the_first_event_of_each_kind_is_named(dataset):
    """By hand: the earliest date of each kind in the months shown, in order."""
    frame = month_counts(dataset.core, CLOCKS, dataset.study.window)
    first, last = frame.loc[frame["known_to"] == "month", "when"].agg(["min", "max"])
    inside = dataset.events[dataset.events["date"].str[:7].between(first, last)]
    shown = when.first_of_a_kind(dataset.events, frame)
    assert sorted(inside.groupby("kind")["date"].min()) == shown["date"].tolist()
    assert shown["kind"].is_unique


def test_the_figure_draws_every_case_on_each_clock(dataset):
    """The chart is sound, and has one tile per case, dated or not, on each clock."""
    drawing = assert_sound(when.show, dataset).drawings["when"]
    for clock in ("left", "first-public"):
        assert n_tiles(drawing, clock) == len(dataset.core)
