"""A date says what its text says: every month that it may mean, and none besides."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.clocks import lies_in, month, precision, stated_range, year
from analysis.data.study import Span

EVERY = pd.period_range("2013-01", "2015-12", freq="M")
YEARS, MONTHS = st.integers(2013, 2015), st.integers(1, 12)
DATES = st.one_of(
    st.none(),
    st.builds("{}".format, YEARS),
    st.builds("{}-{:02d}".format, YEARS, MONTHS),
    st.builds("{}-{:02d}-{:02d}".format, YEARS, MONTHS, st.integers(1, 28)),
)


@given(st.lists(DATES, min_size=1, max_size=8), st.integers(0, 35), st.integers(0, 35))
def test_a_date_lies_in_a_span_when_every_month_it_may_mean_does(dates, one, other):
    """Against the months that a text may mean, written out: all inside 1, none inside 0, some or no date NA."""
    span = Span("s", "s", EVERY[min(one, other)], EVERY[max(one, other)])
    ranges = stated_range(pd.Series(dates, dtype=object))
    for date, limits, found in zip(dates, ranges.itertuples(index=False), lies_in(ranges, span), strict=True):
        meant = [at for at in EVERY if date and (str(at).startswith(date) or date.startswith(str(at)))]
        assert tuple(limits) == (meant[0], meant[-1]) if meant else all(map(pd.isna, limits))
        inside = {at in span for at in meant}
        assert pd.isna(found) if len(inside) != 1 else {bool(found)} == inside


def test_precision_month_and_year_are_read_off_the_text():
    """A year is no month, a day is a month, nothing is nothing; any year can be read."""
    dates = pd.Series(["2014", "2014-03", "2014-03-09", None, "1015-01"], dtype=object)
    assert list(precision(dates)) == ["year", "month", "month", "none", "month"]
    assert list(month(dates).astype(str)) == ["NaT", "2014-03", "2014-03", "NaT", "1015-01"]
    assert year(dates).fillna(0).tolist() == [2014, 2014, 2014, 0, 1015]
