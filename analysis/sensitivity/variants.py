"""The choices an author could defend: one variant is one way of coding, one clock and one set of cases."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property, reduce
from operator import add

import pandas as pd

from analysis.data.clocks import lies_in, stated_range
from analysis.data.dataset import Dataset
from analysis.evidence.coders import hinted_cases
from analysis.narratives.codes import broad_codes, recoded_as_not_voiced, strict_codes
from analysis.stats.uncertainty import LEVEL

STRICT, BROAD = "strict", "broad"
LEVELS = (LEVEL, 0.90, 0.99)


@dataclass(frozen=True)
class Variant:
    """One defensible way to count. A set of cases is in when True and left out when False.

    Attributes:
        coding: Whose codes: a coder's name, `strict` (both coders) or `broad` (either).
        deception_alone: Whether codes that rest on deception alone count.
        clock: `first_public` keeps every case of the core list; `left` keeps those whose date of leaving lies in the
            window.
        supervised: Accounts given in custody, on trial or through state media.
        minors: People who were under age when they joined, where a text says so.
        single_story: Cases known from one story.
        coerced: Members who were pressed or had no choice, by the adjudicated code.
        low_certainty: Cases whose decision is of low certainty.
        hinted: Cases whose label could have given a narrative away to the second coder.
        without: The country left out; empty for none.
        level: Confidence level of the interval, a share (0-1).
    """

    coding: str = "adjudicated"
    deception_alone: bool = True
    clock: str = "first_public"
    supervised: bool = True
    minors: bool = True
    single_story: bool = True
    coerced: bool = True
    low_certainty: bool = True
    hinted: bool = True
    without: str = ""
    level: float = LEVEL


CHOICES = tuple(field.name for field in fields(Variant))


def options(dataset: Dataset) -> dict[str, tuple[object, ...]]:
    """Every option of every choice, the paper's own first: choice to options, in the order of `Variant`."""
    study = dataset.study
    yes_no = (True, False)
    return {
        "coding": (study.final_coder, STRICT, BROAD, study.first_coder, study.second_coder),
        "deception_alone": yes_no,
        "clock": ("first_public", "left"),
        "supervised": yes_no,
        "minors": yes_no,
        "single_story": yes_no,
        "coerced": yes_no,
        "low_certainty": yes_no,
        "hinted": yes_no,
        "without": ("", *sorted(dataset.core["country"].dropna().unique())),
        "level": LEVELS,
    }


def variants(dataset: Dataset) -> Iterator[Variant]:
    """Every combination of the options, the paper's own first; their number is the product of the options."""
    return (Variant(*chosen) for chosen in itertools.product(*options(dataset).values()))  # type: ignore[arg-type]


def keeps(dataset: Dataset) -> dict[str, Callable[[object], pd.Series[bool]]]:
    """How each choice selects: choice to a function of its option that says which core cases stay (bool by `case_id`).

    Coding, deception and level select no case and are not among them.
    """
    cases, study = dataset.core, dataset.study
    inside = lies_in(stated_range(cases["left"]), study.window).eq(1).fillna(False)
    pressed = dataset.coded([study.coerced])[study.coerced].eq(1)
    leaves_out = {
        "supervised": cases["status_at_disclosure"].isin(study.supervised),
        "minors": cases["minor_when_joined"],
        "single_story": cases["n_stories"] == 1,
        "coerced": pressed,
        "low_certainty": cases["certainty"] == "low",
        "hinted": cases.index.to_series().isin(hinted_cases(dataset)),
    }
    everyone = pd.Series(True, index=cases.index)
    chosen: dict[str, Callable[[object], pd.Series[bool]]] = {
        "clock": lambda clock: everyone if clock == "first_public" else inside.astype(bool),
        "without": lambda country: cases["country"].fillna("") != country if country else everyone,
    }
    for choice, group in leaves_out.items():
        outside = ~group.fillna(False).astype(bool)
        chosen[choice] = lambda stay, outside=outside: everyone if stay else outside  # type: ignore[misc]
    return {choice: chosen[choice] for choice in CHOICES if choice in chosen}


def kept(dataset: Dataset, variant: Variant) -> pd.Series[bool]:
    """Which cases of the core list a variant keeps: bool, index `case_id`."""
    stays = pd.Series(True, index=dataset.core.index)
    for choice, keep in keeps(dataset).items():
        stays &= keep(getattr(variant, choice))
    return stays


@dataclass(frozen=True)
class Reading:
    """The core list as one way of coding and one clock read it; what a statistic over variants is given.

    Attributes:
        dataset: The case list.
        clock: `first_public` or `left`, for statistics about time.
        codes: Codes of every variable, index `case_id` of the core list, Int8 (1, 0, NA). A variable that only the
            second coder coded is the same under every coding.
    """

    dataset: Dataset
    clock: str
    codes: pd.DataFrame

    @cached_property
    def pattern(self) -> pd.Series[int]:
        """Which narratives each case voices, as one binary number, the first narrative being its highest digit.

        NA where a narrative has no code.
        """
        names = self.dataset.study.narrative_variables
        digits = [self.codes[name].eq(1).astype("Int64") * 2**place for place, name in enumerate(reversed(names))]
        return reduce(add, digits)


def codes_under(dataset: Dataset, coding: str, deception_alone: bool = True) -> pd.DataFrame:
    """The codes of every variable over the core list under one coding: index `case_id`, Int8 (1, 0, NA).

    Args:
        dataset: The case list.
        coding: A coder's name, `strict` or `broad`.
        deception_alone: Whether codes that rest on deception alone count; if not, they become 0.
    """
    study = dataset.study
    variables = sorted(dataset.codings["variable"].unique())
    first, second, final = (dataset.coded(variables, coder) for coder in study.coders)
    rules = {STRICT: strict_codes, BROAD: broad_codes}
    plain = {study.first_coder: first, study.second_coder: second, study.final_coder: final}
    codes = rules[coding](final, first, second) if coding in rules else plain[coding]
    one_coder = [name for name in variables if first[name].isna().all() or final[name].isna().all()]
    codes = codes.assign(**{name: second[name] for name in one_coder})
    return codes if deception_alone else without_deception_alone(dataset, codes)


def without_deception_alone(dataset: Dataset, codes: pd.DataFrame) -> pd.DataFrame:
    """The codes with 0 where a code of 1 rests on deception alone."""
    narrative = dataset.study.deception_narrative
    return codes.assign(**{narrative: recoded_as_not_voiced(codes[narrative], dataset.study.deception_alone)})
