"""The leaving clock corrected for delay equals a plain loop over the rows of the file, and moves as it must."""

import pandas as pd
import pytest

from analysis.timeline.truncation import corrected, delays
from dated_cases import WINDOW, dated_cases


def test_late_leavers_stand_for_those_who_have_not_spoken():
    """Half of the early leavers waited six months; of two who left at the end and spoke at once each stands for two."""
    cases = dated_cases(["2014-01"] * 4 + ["2015-08"] * 2, ["2014-01"] * 2 + ["2014-07"] * 2 + ["2015-08"] * 2)
    departures, observed, estimated, (low, high) = corrected(delays(cases, WINDOW.end), WINDOW)
    assert departures["stands_for"].tolist() == pytest.approx([1, 1, 1, 1, 2, 2])
    assert (observed, estimated) == pytest.approx((2 / 6, 4 / 8))
    assert 0 <= low < estimated < high <= 1


def test_only_departures_with_both_months_known_are_asked():
    """A year, no date, and an account after the end are left out; with none left there is nothing to say."""
    cases = dated_cases(["2014", None, "2014-05", "2014-06"], ["2014-05", "2014-05", "2015-09", "2014-06"])
    assert delays(cases, WINDOW.end)[["delay", "room"]].to_numpy().tolist() == [[0, 14]]
    late = dated_cases(["2015-09"], ["2015-10"])
    with pytest.raises(ValueError, match=r"data/cases.csv: no case has `left` \(up to 2015-08\)"):
        corrected(delays(late, pd.Period("2016-12", "M")), WINDOW)
