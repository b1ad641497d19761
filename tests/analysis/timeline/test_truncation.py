"""The leaving clock corrected for delay equals a plain loop over the rows of the file, and moves as it must."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from analysis.data.dataset import Dataset
from analysis.timeline.truncation import corrected, delays, show
from caught import caught
from data_rows import rows_of
from dated_cases import WINDOW, dated_cases


def number(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def test_what_is_recorded_follows_from_the_rows(dataset: Dataset, root: Path) -> None:
    """The product-limit estimate in exact fractions, one delay after the other, over core and later rows."""
    end, last = number("2016-12"), number("2015-08")
    rows = [row for row in rows_of(root, "cases.csv") if row["decision"] != "excluded"]
    dated = [row for row in rows if len(row["left"]) >= 7 and len(row["first_public"]) >= 7]
    pairs = {row["case_id"]: (number(row["left"]), number(row["first_public"])) for row in dated}
    delayed = [(public - left, end - left) for left, public in pairs.values()]
    shorter = {max(room for _, room in delayed): Fraction(1)}  # the share of delays of at most so many months
    for length in range(max(shorter), 0, -1):
        at_risk = [delay for delay, room in delayed if delay <= length <= room]
        stay = 1 - Fraction(at_risk.count(length), len(at_risk)) if at_risk else 1
        shorter[length - 1] = shorter[length] * stay
    stands_for = {case: 1 / shorter[end - left] for case, (left, _) in pairs.items() if left <= last}
    in_2015 = [case for case in stands_for if pairs[case][0] >= number("2015-01")]
    cell = caught(show, dataset)
    assert cell.given["timeline.truncation.n"] == len(stands_for)
    assert cell.cases["timeline.truncation.n"] == sorted(stands_for)
    assert cell.given["timeline.truncation.observed.share"] == pytest.approx(len(in_2015) / len(stands_for))
    estimated = sum(stands_for[case] for case in in_2015) / sum(stands_for.values())
    assert cell.given["timeline.truncation.y2015.share"] == pytest.approx(float(estimated))
    low, high = cell.given["timeline.truncation.y2015.interval"]
    assert 0 < low < estimated < high < 1


def test_late_leavers_stand_for_those_who_have_not_spoken() -> None:
    """Half of the early leavers waited six months; of two who left at the end and spoke at once each stands for two."""
    cases = dated_cases(["2014-01"] * 4 + ["2015-08"] * 2, ["2014-01"] * 2 + ["2014-07"] * 2 + ["2015-08"] * 2)
    departures, observed, estimated, _ = corrected(delays(cases, WINDOW.end), WINDOW)
    assert departures["stands_for"].tolist() == pytest.approx([1, 1, 1, 1, 2, 2])
    assert (observed, estimated) == pytest.approx((2 / 6, 4 / 8))


def test_only_departures_with_both_months_known_are_asked() -> None:
    """A year, no date, and an account after the end are left out; with none left there is nothing to say."""
    cases = dated_cases(["2014", None, "2014-05", "2014-06"], ["2014-05", "2014-05", "2015-09", "2014-06"])
    assert delays(cases, WINDOW.end)[["delay", "room"]].to_numpy().tolist() == [[0, 14]]
    late = dated_cases(["2015-09"], ["2015-10"])
    with pytest.raises(ValueError, match="No departure up to 2015-08"):
        corrected(delays(late, pd.Period("2016-12", "M")), WINDOW)
