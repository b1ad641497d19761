"""The parts of which the quantities are made: who counts, and as what, case by case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.study import Span
from analysis.people.reported import country_group, flags
from analysis.sensitivity.variants import Reading
from analysis.stats.measures import Measure

Outcome = Callable[[Reading], "pd.Series[int]"]
Arguments = Mapping[str, str]


@dataclass(frozen=True)
class Quantity:
    """A number that tests a claim.

    Attributes:
        measure: How the counts of the outcomes become an estimate.
        outcomes: Each from a reading of the core list to 1, 0 or NA per case; NA leaves the case out of the
            denominator.
        coded: Whether the outcomes look at the codes; where they do not, no choice of coding can change them.
    """

    measure: Measure
    outcomes: tuple[Outcome, ...]
    coded: bool = True


def parse_arguments(text: str) -> dict[str, str]:
    """The arguments of the ledger: `field=country;values=IDN|TUN` becomes a dictionary of texts."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


def several(text: str) -> list[str]:
    """The values of an argument that takes several: `IDN|TUN`."""
    return text.split("|")


def span(start: str, end: str) -> Span:
    """A run of months from two texts such as `2015-06` and `2015-08`."""
    return Span("span", f"{start} to {end}", pd.Period(start, "M"), pd.Period(end, "M"))


def field_is(field: str, values: Sequence[str]) -> Outcome:
    """1 where a field of the case has one of the values, 0 where it has another, NA where it is not reported."""
    return lambda reading: flags(reading.dataset.core[field], values)


def in_country_group(group: str) -> Outcome:
    """1 where the case's country belongs to a group (a column of the countries), NA where it is not reported."""
    return lambda reading: country_group(reading.dataset.core, reading.dataset.countries, group)


def ranked(counts: pd.Series[int], rank: int) -> Any:
    """The entry with the rank-th highest count; the first in order of name among equals."""
    return counts.sort_index().sort_values(ascending=False, kind="stable").index[rank - 1]


def of_two(one: pd.Series[bool], other: pd.Series[bool]) -> pd.Series[int]:
    """1 for a case of the one, 0 for a case of the other, NA for the rest; an unknown belongs to neither."""
    ones, others = (side.fillna(False).to_numpy(dtype=bool) for side in (one, other))
    return pd.Series(pd.arrays.IntegerArray(ones.astype(np.int64), ~(ones | others)), index=one.index)
