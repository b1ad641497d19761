"""Quantities about what was said: narratives, their forms, and the reasons for joining."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from analysis.claims.outcomes import Arguments, Outcome, Quantity, of_two, ranked, several
from analysis.data.dataset import Dataset
from analysis.people.reported import country_group, flags
from analysis.sensitivity.variants import Reading
from analysis.stats.measures import DIFFERENCE, LEAST, SHARE, likeness


def code_share(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share coded 1 on a `variable`, among cases with a code."""
    return Quantity(SHARE, (lambda reading: reading.codes[arguments["variable"]],))


def any_narrative(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share coded 1 on at least one of the `variables`, among cases with a code on every one."""
    names = several(arguments["variables"])

    def outcome(reading: Reading) -> pd.Series[int]:
        codes = np.stack([reading.codes[name].to_numpy(dtype=np.int8, na_value=-1) for name in names])
        voiced, unknown = np.asarray((codes == 1).any(axis=0)), np.asarray((codes < 0).any(axis=0))
        return pd.Series(pd.arrays.IntegerArray(voiced.astype(np.int64), unknown), index=reading.codes.index)

    return Quantity(SHARE, (outcome,))


def narrative_lead(dataset: Dataset, arguments: Arguments) -> Quantity:
    """Of the cases that voice a narrative (`variable`) or its rival but not both, the share that voice the narrative.

    The rival is, under each coding, the narrative voiced most among all others (`rank=1`) or second most (`rank=2`).
    This is the share behind McNemar's test (1947), Psychometrika 12(2):153-157.
    """
    name = arguments["variable"]

    def outcome(reading: Reading) -> pd.Series[int]:
        codes = reading.codes[reading.dataset.study.narrative_variables]
        known = reading.pattern.notna()
        voiced = {other: int(codes[other].where(known).sum()) for other in codes if other != name}
        rival = ranked(pd.Series(voiced), int(arguments["rank"]))
        one, other = (codes[each].where(known) for each in (name, rival))
        return of_two(one.eq(1) & other.eq(0), other.eq(1) & one.eq(0))

    return Quantity(SHARE, (outcome,))


def form_share(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share that shows a `form`, among cases in which the coder of the forms saw the narrative (`of`)."""
    return Quantity(SHARE, (_form(dataset, arguments["form"], arguments["of"]),))


def forms_present(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The number of cases that show the rarest of the `forms` of a narrative (`of`)."""
    return Quantity(LEAST, tuple(_form(dataset, form, arguments["of"]) for form in several(arguments["forms"])))


def form_origin(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share from the countries `values`, among cases of known country that show a `form` of a narrative (`of`)."""
    shows = _form(dataset, arguments["form"], arguments["of"])
    origin = flags(dataset.core["country"], several(arguments["values"]))
    return Quantity(SHARE, (lambda reading: origin.where(shows(reading).eq(1).fillna(False)),))


def motive_among(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share that state a joining `motive`, among cases that voice a `narrative` and have a code on the motive."""
    motive, narrative = arguments["motive"], arguments["narrative"]
    return Quantity(SHARE, (lambda reading: reading.codes[motive].where(reading.codes[narrative].eq(1).fillna(False)),))


def contrast(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share coded 1 on a `variable` in a group of people minus that outside it.

    The group is a joining `motive`, a `group` of countries, or a `situation` (a group of statuses in the study); cases
    for which it is not known are on neither side.
    """
    if "group" in arguments:
        known = country_group(dataset.core, dataset.countries, arguments["group"])
    elif "situation" in arguments:
        known = flags(dataset.core["status_at_disclosure"], getattr(dataset.study, arguments["situation"]))

    def group(reading: Reading) -> pd.Series[int]:
        return reading.codes[arguments["motive"]] if "motive" in arguments else known

    def side(member: int) -> Outcome:
        return lambda reading: reading.codes[arguments["variable"]].where(group(reading).eq(member).fillna(False))

    return Quantity(DIFFERENCE, (side(1), side(0)))


def shared_narrative(dataset: Dataset, arguments: Arguments) -> Quantity:
    """The share of pairs of cases that voice a narrative in common, minus the share that chance alone would give."""
    patterns = list(product([False, True], repeat=len(dataset.study.narratives)))

    def shows(number: int) -> Outcome:
        return lambda reading: reading.pattern.eq(number).astype("Int64")

    return Quantity(likeness(np.array(patterns)), tuple(map(shows, range(len(patterns)))))


def _form(dataset: Dataset, form: str, narrative: str) -> Outcome:
    seen = dataset.coded([narrative], dataset.study.second_coder)[narrative].eq(1).fillna(False)
    return lambda reading: reading.codes[form].where(seen)
