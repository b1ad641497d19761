"""Dates are used at the precision that the source gives, and counted year by year on each clock."""

from collections import Counter

import pytest

from analysis.timeline import dating
from analysis.timeline.dating import by_precision, dated, in_last_year, years_of
from caught import caught
from data_rows import core_rows
from dated_cases import CLOCKS, WINDOW, dated_cases


def test_the_years_of_a_window_are_cut_where_it_ends():
    """January 2014 to August 2015 gives twelve months and eight."""
    first, last = years_of(WINDOW)
    assert (first.label, len(first.months), last.label, len(last.months)) == ("2014", 12, "2015", 8)


def test_a_bare_last_year_ends_with_the_window():
    """Whoever was public by August 2015 left by then: a bare 2015 is cut there, a bare 2014 stays whole."""
    ranges = dated(dated_cases(["2015", "2014", None]), "left", WINDOW)
    assert [str(month) for month in ranges["latest"]] == ["2015-08", "2014-12", "NaT"]
    assert [str(month) for month in ranges["earliest"]] == ["2015-01", "2014-01", "NaT"]


def test_the_last_year_counts_whoever_is_dated_to_the_year():
    """Two of 2015, two of 2014, one without a date, who is neither."""
    inside = in_last_year(dated_cases(["2015-02", "2015", "2014-03", "2014", None]), "left", WINDOW)
    assert inside.fillna(-1).tolist() == [1, 1, 0, 0, -1]


@pytest.mark.parametrize("clock", CLOCKS)
def test_precision_is_counted_over_the_file(dataset, root, clock):
    """How many dates are known to the month, to the year or not at all equals a Counter of the raw rows."""
    known = Counter({0: "none", 4: "year"}.get(len(row[clock]), "month") for row in core_rows(root))
    assert Counter(by_precision(dataset.core, CLOCKS).loc[clock].to_dict()) == known
    texts = caught(dating.show, dataset).texts
    assert texts[f"timeline.{clock}.undated"] == str(known["none"])
    assert texts[f"timeline.{clock}.year_only.all"] == str(known["year"])
