"""The lag is plain arithmetic on two months, for the cases that have both."""

import pytest

from analysis.timeline import lag
from analysis.timeline.lag import by_lag, lags, quartiles, words
from caught import assert_sound, n_tiles
from data_rows import core_rows
from dated_cases import WINDOW, dated_cases


def test_lags_by_hand():
    """Months between, only where both months are known; quartiles of 0, 1, 2, 13 by linear interpolation."""
    left = ["2014-01", "2014-12", "2014-11-30", "2014-01", "2014", None]
    public = ["2014-01", "2015-01", "2015-01", "2015-02", "2015-01", "2015-01"]
    months = lags(dated_cases(left, public))
    assert months.to_dict() == {"X-00": 0, "X-01": 1, "X-02": 2, "X-03": 13}
    assert quartiles(months) == (0.75, 1.5, 4.75)
    assert (by_lag(months)["n"].sum(), len(by_lag(months))) == (4, 14)
    text = words(months, 6, WINDOW)
    assert "within 1.5 months of leaving; the slowest took 13 months" in text.title
    assert "in the month of leaving: 1 (25%); within three months: 3 (75%)" in text.alt


def test_lags_of_the_core_list_match_the_file(dataset, root):
    """The lags equal plain arithmetic on the raw rows, and none is negative."""
    expected = {}
    for row in core_rows(root):
        if len(row["left"]) >= 7 and len(row["first_public"]) >= 7:
            (y0, m0), (y1, m1) = ((int(d[:4]), int(d[5:7])) for d in (row["left"], row["first_public"]))
            expected[row["case_id"]] = (y1 - y0) * 12 + m1 - m0
    assert lags(dataset.core).to_dict() == expected
    assert min(expected.values()) >= 0


def test_no_lag_is_an_error():
    """Without a case dated on both clocks there is nothing to summarise."""
    with pytest.raises(ValueError, match=r"data/cases.csv: no core case has `left` and"):
        quartiles(lags(dated_cases([None])))


def test_the_figure_draws_every_lag(dataset):
    """The chart is sound, with a tile for every case dated on both clocks, whose number is on record."""
    shown = assert_sound(lag.show, dataset)
    n = len(lags(dataset.core))
    assert n_tiles(shown.drawings["lag"], "lag") == n
    assert shown.texts["timeline.lag.n"] == str(n)
