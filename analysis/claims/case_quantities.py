"""Quantities about people and time: who the cases are, when they left and when they were heard."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.claims.outcomes import (
    Arguments,
    Outcome,
    Quantity,
    field_is,
    in_country_group,
    of_two,
    ranked,
    several,
    span,
)
from analysis.data.clocks import lies_in, precision, stated_range
from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.people.reported import NOT_REPORTED
from analysis.sensitivity.variants import Reading
from analysis.stats.measures import COUNT, DIFFERENT, SHARE, rate_ratio
from analysis.stats.recruits import between, published_points
from analysis.timeline.dating import dated


def cases(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The number of cases on the core list."""
    return Quantity(COUNT, (lambda reading: pd.Series(1, reading.codes.index, dtype="Int64"),), coded=False)


def countries(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The number of different countries that the cases come from."""
    cases = dataset.core["country"]
    place, known = pd.factorize(cases, sort=True)

    def comes_from(number: int) -> Outcome:
        codes = pd.arrays.IntegerArray((place == number).astype(np.int8), place < 0)
        return lambda _: pd.Series(codes, index=cases.index)

    return Quantity(DIFFERENT, tuple(map(comes_from, range(len(known)))), coded=False)


def field_share(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share with one of the `values` of a `field` of the cases, among those for whom it is reported."""
    return Quantity(SHARE, (field_is(arguments["field"], several(arguments["values"])),), coded=False)


def country_group_share(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share from a `group` of countries (a column of the countries), among those whose country is reported."""
    return Quantity(SHARE, (in_country_group(arguments["group"]),), coded=False)


def field_lead(dataset: Dataset, arguments: Arguments) -> Quantity:
    """Of the cases with a `value` of a `field` or with its rival, the share with the value.

    The rival is the value with most cases among all others (`rank=1`), or with the second most (`rank=2`), and so on.
    """
    field, value = arguments["field"], str(arguments["value"])

    def outcome(reading: Reading) -> pd.Series[int]:
        found = reading.dataset.core[field]
        others = found[found.notna() & ~found.isin([value, NOT_REPORTED])]
        return of_two(found.eq(value), found.eq(ranked(others.value_counts(), int(arguments["rank"]))))

    return Quantity(SHARE, (outcome,), coded=False)


def month_lead(dataset: Dataset, arguments: Arguments) -> Quantity:
    """Of the cases dated to a `month` or to the busiest other month, the share of the month."""
    month = pd.Period(arguments["month"], "M")

    def outcome(reading: Reading) -> pd.Series[int]:
        dated = reading.dataset.core[f"{reading.clock}_month"]
        others = dated[dated.notna() & (dated != month)]
        return of_two(dated == month, dated == ranked(others.value_counts(), 1))

    return Quantity(SHARE, (outcome,), coded=False)


def span_share(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share dated from `start` to `end`, among cases dated to the month or, if `known_to=year`, to the year."""
    inside = span(arguments["start"], arguments["end"])

    def outcome(reading: Reading) -> pd.Series[int]:
        dates = reading.dataset.core[reading.clock]
        return lies_in(stated_range(dates), inside).where(_well_enough(dates, arguments["known_to"]))

    return Quantity(SHARE, (outcome,), coded=False)


def pace(dataset: Dataset, arguments: Arguments) -> Quantity:
    """Cases a month in a `later` span over cases a month in an `earlier` one, such as `2015-01/2015-08`.

    Spans that are not made of whole years of the window need `known_to=month`: cases known to the year would count in
    the one and never in the other.
    """
    later, earlier = (span(*arguments[name].split("/")) for name in ("later", "earlier"))
    outcome = _later(later, earlier, arguments["known_to"])
    return Quantity(rate_ratio(len(later.months), len(earlier.months)), (outcome,), coded=False)


def pace_per_recruit(dataset: Dataset, arguments: Arguments) -> Quantity:
    """As `pace`, per foreign fighter who had gone by then, of the cases from outside the group's own territory.

    The exposure of a span is the sum over its months of the people on a `line` (`low` or `high`) through the published
    estimates.
    """
    later, earlier = (span(*arguments[name].split("/")) for name in ("later", "earlier"))
    points = published_points(dataset.recruits)
    exposures = [float(between(points, part.months)[arguments["line"]].sum()) for part in (later, earlier)]
    paced = _later(later, earlier, arguments["known_to"])

    def outcome(reading: Reading) -> pd.Series[int]:
        core = reading.dataset.core
        return paced(reading).where(core["country"].notna() & (core["region"] != reading.dataset.study.local_region))

    return Quantity(rate_ratio(*exposures), (outcome,), coded=False)


def _later(later: Span, earlier: Span, known_to: str) -> Outcome:
    def outcome(reading: Reading) -> pd.Series[int]:
        ranges = dated(reading.dataset.core, reading.clock, reading.dataset.study.window)
        known = _well_enough(reading.dataset.core[reading.clock], known_to)
        return of_two(lies_in(ranges, later).eq(1) & known, lies_in(ranges, earlier).eq(1) & known)

    return outcome


def _well_enough(dates: pd.Series[str], known_to: str) -> pd.Series[bool]:
    """Whether each date is known to the month, or to the year where that is enough."""
    return precision(dates).isin(["month"] if known_to == "month" else ["month", "year"])
