"""What tests a claim: each quantity under the name by which the ledger calls it.

A quantity is a function of a reading of the list and of the arguments that the ledger gives, all texts. It
returns a measure and its outcomes: 1, 0 or NA per case, NA leaving the case out of the denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.ledger import Entry
from analysis.data.clocks import lies_in, precision, stated_range
from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.people.reported import NOT_REPORTED, country_group, flags
from analysis.stats.measures import COUNT, DIFFERENCE, DIFFERENT, LEAST, SHARE, Measure, lead, likeness, rate_ratio
from analysis.timeline.dating import dated
from analysis.timeline.recruits import between, published_points

Outcome = pd.Series  # of 1, 0 and missing, index `case_id` of the core list
Counted = tuple[Measure, list[Outcome]]


@dataclass(frozen=True)
class Reading:
    """A list of cases as one coding and one clock read it.

    Attributes:
        dataset: The case list.
        codes: Codes of every variable, index `case_id` of the cases that count, 1, 0 or NA.
        clock: `first_public` or `left`; empty for a claim that is not about time.
        seen: The narratives of the same cases as the coder of the forms saw them, where that is another coder.
    """

    dataset: Dataset
    codes: pd.DataFrame
    clock: str
    seen: pd.DataFrame | None = None

    @cached_property
    def cases(self) -> pd.DataFrame:
        """The cases that count."""
        return self.dataset.cases.loc[self.codes.index]

    @cached_property
    def dated(self) -> pd.DataFrame:
        """The first and the last month that each date of the clock may mean, as `dating.dated` cuts them."""
        return dated(self.cases, self.clock, self.dataset.study.window)

    @property
    def narratives(self) -> pd.DataFrame:
        """The codes of the narratives where reasons are reached: every narrative has a code; NA elsewhere."""
        codes = self.codes[self.dataset.study.narrative_variables]
        return codes.where(codes.notna().all(axis=1))


def cases(reading: Reading) -> Counted:
    """The number of cases on the core list."""
    return COUNT, [pd.Series(1, reading.cases.index, dtype="Int64")]


def countries(reading: Reading) -> Counted:
    """The number of different countries that the cases come from."""
    known = reading.cases["country"]
    return DIFFERENT, [flags(known, [country]) for country in sorted(known.dropna().unique())]


def country_group_share(reading: Reading, group: str) -> Counted:
    """The share from a group of countries (a column of the countries), among those whose country is reported."""
    return SHARE, [country_group(reading.cases, reading.dataset.countries, group)]


def field_share(reading: Reading, field: str, values: str) -> Counted:
    """The share with one of the values of a field of the cases, among those for whom it is reported."""
    return SHARE, [flags(reading.cases[field], _several(values))]


def field_lead(reading: Reading, field: str, value: str, rank: str) -> Counted:
    """Whether a value of a field is among the `rank` most frequent: its cases against those of each other value."""
    return _against_each(reading.cases[field], value, int(rank))


def month_lead(reading: Reading, month: str) -> Counted:
    """Whether a month has the most cases of all months: its cases against those of each other month."""
    return _against_each(reading.cases[f"{reading.clock}_month"], pd.Period(month, "M"), 1)


def span_share(reading: Reading, start: str, end: str, known_to: str) -> Counted:
    """The share dated from `start` to `end`, among cases dated to the month or, if `known_to=year`, to the year."""
    dates = reading.cases[reading.clock]
    return SHARE, [lies_in(stated_range(dates), _span(start, end)).where(_well_enough(dates, known_to))]


def pace(reading: Reading, later: str, earlier: str, known_to: str) -> Counted:
    """Cases a month in a `later` span over cases a month in an `earlier` one, such as `2015-01/2015-08`.

    Spans that are not made of whole years of the window need `known_to=month`: cases known to the year would count in
    the one and never in the other.
    """
    spans = _span(*later.split("/")), _span(*earlier.split("/"))
    known = _well_enough(reading.cases[reading.clock], known_to)
    sides = (lies_in(reading.dated, span).eq(1) & known for span in spans)
    return rate_ratio(*(len(span.months) for span in spans)), [_of_two(*sides)]


def pace_per_recruit(reading: Reading, later: str, earlier: str, known_to: str, line: str) -> Counted:
    """As `pace`, per foreign fighter who had gone by then, of the cases from outside the group's own territory.

    The exposure of a span is the sum over its months of the people on a `line` (`low` or `high`) through the published
    estimates.
    """
    _, (outcome,) = pace(reading, later, earlier, known_to)
    points = published_points(reading.dataset.recruits)
    gone = (between(points, _span(*span.split("/")).months)[line] for span in (later, earlier))
    cases, home = reading.cases, reading.dataset.study.local_region
    foreign = cases["country"].notna() & (cases["region"] != home)
    return rate_ratio(*(float(people.sum()) for people in gone)), [outcome.where(foreign)]


def code_share(reading: Reading, variable: str) -> Counted:
    """The share coded 1 on a variable, among cases with a code."""
    return SHARE, [reading.codes[variable]]


def any_narrative(reading: Reading, variables: str) -> Counted:
    """The share coded 1 on at least one of the variables, among cases with a code on every one."""
    return SHARE, [reading.codes[_several(variables)].max(axis=1, skipna=False)]


def narrative_lead(reading: Reading, variable: str, rank: str) -> Counted:
    """Whether a narrative is among the `rank` voiced most: against each other one, the cases that voice one of the two.

    This is the share behind McNemar's test (1947), Psychometrika 12(2):153-157.
    """
    codes = reading.narratives
    one = codes[variable]
    others = codes.drop(columns=variable).items()
    pairs = [_of_two(one.eq(1) & rival.eq(0), rival.eq(1) & one.eq(0)).rename(str(name)) for name, rival in others]
    return lead(int(rank)), pairs


def form_share(reading: Reading, form: str, of: str) -> Counted:
    """The share that shows a form, among cases in which the coder of the forms saw the narrative (`of`)."""
    return SHARE, [_form(reading, form, of)]


def forms_present(reading: Reading, forms: str, of: str) -> Counted:
    """The number of cases that show the rarest of the forms of a narrative (`of`)."""
    return LEAST, [_form(reading, form, of) for form in _several(forms)]


def form_origin(reading: Reading, form: str, of: str, values: str) -> Counted:
    """The share from the countries `values`, among cases of known country that show a form of a narrative (`of`)."""
    origin = flags(reading.cases["country"], _several(values))
    return SHARE, [origin.where(_yes(_form(reading, form, of)))]


def motive_among(reading: Reading, motive: str, narrative: str) -> Counted:
    """The share that state a joining motive, among cases that voice a narrative and have a code on the motive."""
    return SHARE, [reading.codes[motive].where(_yes(reading.codes[narrative]))]


def contrast(reading: Reading, variable: str, motive: str = "", group: str = "", situation: str = "") -> Counted:
    """The share coded 1 on a variable in a group of people minus that outside it.

    The group is a joining motive, a group of countries, or a situation (a group of statuses in the study); cases for
    which it is not known are on neither side.
    """
    if motive:
        member = reading.codes[motive]
    elif group:
        member = country_group(reading.cases, reading.dataset.countries, group)
    else:
        member = flags(reading.cases["status_at_disclosure"], getattr(reading.dataset.study, situation))
    return DIFFERENCE, [reading.codes[variable].where(_yes(member.eq(side))) for side in (1, 0)]


def shared_narrative(reading: Reading) -> Counted:
    """The share of pairs of cases that voice a narrative in common, minus the share that chance alone would give."""
    codes = reading.narratives
    patterns = np.array(list(product([False, True], repeat=codes.shape[1])))
    pattern = (codes * (2 ** np.arange(codes.shape[1])[::-1])).sum(axis=1, skipna=False)
    return likeness(patterns), [pattern.eq(number).astype("Int64") for number in range(len(patterns))]


def _several(text: str) -> list[str]:
    """The values of an argument that takes several: `IDN|TUN`."""
    return text.split("|")


def _span(start: str, end: str) -> Span:
    """A run of months from two texts such as `2015-06` and `2015-08`."""
    return Span("span", f"{start} to {end}", pd.Period(start, "M"), pd.Period(end, "M"))


def _well_enough(dates: pd.Series[str], known_to: str) -> pd.Series[bool]:
    """Whether each date is known to the month, or to the year where that is enough."""
    return precision(dates).isin(["month"] if known_to == "month" else ["month", "year"])


def _form(reading: Reading, form: str, narrative: str) -> Outcome:
    seen = reading.codes if reading.seen is None else reading.seen
    return reading.codes[form].where(_yes(seen[narrative]))


def _yes(codes: pd.Series[Any]) -> pd.Series[bool]:
    return codes.eq(1).fillna(False).astype(bool)


def _against_each(found: pd.Series[Any], value: Any, rank: int) -> Counted:
    others = sorted(found[found.notna() & ~found.isin([value, NOT_REPORTED])].unique())
    return lead(rank), [_of_two(found == value, found == rival).rename(rival) for rival in others]


def _of_two(one: pd.Series[bool], other: pd.Series[bool]) -> Outcome:
    """1 for a case of the one, 0 for a case of the other, missing for the rest; an unknown belongs to neither."""
    ones, others = (side.to_numpy(dtype=bool, na_value=False) for side in (one, other))
    return pd.Series(np.where(ones, 1.0, np.where(others, 0.0, np.nan)), one.index)


_PEOPLE = (cases, countries, country_group_share, field_lead, field_share)
_TIME = (month_lead, pace, pace_per_recruit, span_share)
_SAID = (any_narrative, code_share, contrast, form_origin, form_share, forms_present, motive_among, narrative_lead)
QUANTITIES = {function.__name__: function for function in (*_PEOPLE, *_TIME, *_SAID, shared_narrative)}
UNCODED = {function.__name__ for function in (*_PEOPLE, *_TIME)}
"""The quantities that look at no code, so that no choice of coding can change them."""

CROSSED = {function.__name__ for function in (contrast, form_origin, motive_among)}
"""The quantities that count people by two attributes, so that a small number of them is not printed."""


def measured(reading: Reading, entry: Entry) -> Counted:
    """The quantity that an entry of the ledger names, of one reading; ValueError when no function has the name."""
    if entry.quantity not in QUANTITIES:
        known = ", ".join(sorted(QUANTITIES))
        raise ValueError(f'data/claims.csv quantity: "{entry.quantity}" is no function. Write one of {known}.')
    return QUANTITIES[entry.quantity](reading, **entry.arguments)
