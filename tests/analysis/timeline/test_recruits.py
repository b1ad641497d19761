"""How many had gone: published points joined by straight lines, and nothing beyond them."""

import pandas as pd
import pytest

from analysis.timeline.recruits import between, published_points


def estimates(*rows):
    """Estimates as the data package gives them."""
    return pd.DataFrame(rows, columns=["date", "low", "high", "what"])


def test_points_of_one_month_are_joined_to_their_outer_limits():
    """Two estimates of a month become its lowest and highest; a year alone and other quantities are left out."""
    rows = [
        ("2014-09-24", 13000, 13000, "cumulative_travelled"),
        ("2014-09", 15000, 15500, "cumulative_travelled"),
        ("2014", 1, 2, "cumulative_travelled"),
        ("2014-10", 3, 4, "group_strength"),
    ]
    points = published_points(estimates(*rows))
    assert points.to_dict("index") == {pd.Period("2014-09", "M"): {"low": 13000, "high": 15500, "n_estimates": 2}}


def test_lines_run_straight_between_points_and_nowhere_else():
    """Half way between two points lies their mean; a month outside them is refused, not guessed."""
    points = published_points(
        estimates(("2014-01", 100, 200, "cumulative_travelled"), ("2014-05", 300, 600, "cumulative_travelled"))
    )
    months = pd.period_range("2014-01", "2014-05", freq="M")
    lines = between(points, months)
    assert list(lines["low"]) == [100, 150, 200, 250, 300]
    assert list(lines["high"]) == [200, 300, 400, 500, 600]
    assert list(lines["published"]) == [True, False, False, False, True]
    with pytest.raises(ValueError, match="2014-06 lies outside"):
        between(points, pd.period_range("2014-05", "2014-06", freq="M"))


def test_no_estimate_of_a_month_is_refused():
    """Where none of the quantity is dated to the month, the file is named and what to do."""
    with pytest.raises(ValueError, match=r"data/recruits\.csv: no estimate of .* Add it"):
        published_points(estimates(("2014-01", 1, 2, "arrivals"), ("2014", 1, 2, "cumulative_travelled")))
