"""The list as it would be under other choices: each single change and each pair of changes that moves something."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.dataset import Dataset
from analysis.record.formats import join_words
from analysis.sensitivity.choices import CODING, DECEPTION, Change, Stays, changes, codings, without_deception
from analysis.stats.uncertainty import divide

_OUT, _UNKNOWN = 8, 9  # in place of a code: of a case that was left out, and of one that is not known


@dataclass(frozen=True, eq=False)
class Variant:
    """The core list under some choices.

    Attributes:
        changes: The choices made otherwise; none of them for the paper's own list.
        frame: Codes of narratives, forms and joining motives of the whole core list: index `case_id`, 1, 0, NA.
        stays: Which of its cases stay.
        seen: Where the forms are another coder's than the narratives: the narratives as that coder saw them.
    """

    changes: tuple[Change, ...]
    frame: pd.DataFrame
    stays: Stays
    seen: pd.DataFrame | None = None

    @cached_property
    def codes(self) -> pd.DataFrame:
        """The codes of the cases that stay."""
        return self.frame[self.stays]

    @property
    def label(self) -> str:
        """What was changed, in words: `Without minors`; `without minors and Coder C alone` for more than one."""
        return self.changes[0].label if len(self.changes) == 1 else join_words(one.in_sentence for one in self.changes)


class Variants:
    """The paper's own list and all that one or two changes make of it. Make it once.

    A change that alters no code and leaves out no case is no variant, and neither is one that gives what another gives.
    Two changes make a pair when they answer two different choices: two coders are one choice, so are two countries.

    Attributes:
        own: The paper's own list.
        single: One change each, distinct from our own and from each other.
        pairs: Two changes each, distinct from all those too.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        found = codings(dataset)
        first, *others = found
        self._first = first
        self._frames = {(name, True): codes for name, codes in found.items()}
        self._frames |= {(name, False): without_deception(codes, dataset) for name, codes in found.items()}
        self._numbers = {id(frame): _numbers(frame) for frame in self._frames.values()}
        self.own = self._variant(())
        self._given = {self._result(self.own)}
        self.single = self._distinct((change,) for change in changes(dataset, others))

    @cached_property
    def pairs(self) -> list[Variant]:
        """Two changes each, distinct from all those of one."""
        both = combinations([variant.changes[0] for variant in self.single], 2)
        return self._distinct(pair for pair in both if pair[0].choice != pair[1].choice)

    def _distinct(self, made: Iterable[tuple[Change, ...]]) -> list[Variant]:
        """Those that give what nothing before gave and leave any case."""
        kept = []
        for one in map(self._variant, made):
            result = self._result(one)
            if result not in self._given and one.stays.any():
                self._given.add(result)
                kept.append(one)
        return kept

    def _variant(self, made: tuple[Change, ...]) -> Variant:
        coding = next((one.option for one in made if one.choice == CODING), self._first)
        frame = self._frames[coding, all(one.choice != DECEPTION for one in made)]
        stays = np.ones(len(self.dataset.core), dtype=bool)
        for one in made:
            stays = stays if one.stays is None else stays & one.stays
        return Variant(made, frame, stays)

    def _result(self, made: Variant) -> bytes:
        given = np.where(made.stays[:, None], self._numbers[id(made.frame)], _OUT)
        return hashlib.blake2b(given.tobytes()).digest()  # thousands of them are kept

    @cached_property
    def narratives(self) -> dict[str, pd.DataFrame]:
        """Each narrative's variable to its share in every variant, as `shares` gives it."""
        return {name: self.shares(name) for name in self.dataset.study.narrative_variables}

    def shares(self, variable: str | None = None, values: pd.Series[int] | None = None) -> pd.DataFrame:
        """A share in every variant, over the cases whose value is known: of one of the codes, or of other values.

        The `values` are one per core case that rests on no code: 1, 0 or NA.

        Returns:
            A row a variant, our own first, then the single changes, then the pairs: `changes` (how many), `label`, `n`,
            `denominator`, `share` (0-1, NaN when the denominator is 0).
        """
        every = [self.own, *self.single, *self.pairs]
        given = [_numbers(values)] * len(every) if values is not None else []
        if variable is not None:
            column = self.own.frame.columns.get_loc(variable)
            given = [self._numbers[id(one.frame)][:, column] for one in every]
        n = np.array([((codes == 1) & one.stays).sum() for codes, one in zip(given, every, strict=True)])
        known = np.array([((codes != _UNKNOWN) & one.stays).sum() for codes, one in zip(given, every, strict=True)])
        changes, labels = [len(one.changes) for one in every], ["our own choices", *(one.label for one in every[1:])]
        shares = {"changes": changes, "label": labels, "n": n, "denominator": known, "share": divide(n, known)}
        return pd.DataFrame(shares)


def edition_list(dataset: Dataset, coding: str) -> Variant:
    """The core list of the earlier edition under one of `codings`; its own codes, or those of the paper.

    Its cases are the core cases that it decided on, but for those that it had as later. Raises KeyError for a coding
    that is not there.
    """
    edition = next(one for one in dataset.study.editions if one.id != dataset.study.edition.id)
    codes = codings(dataset)[coding]
    decided = dataset.codings.loc[dataset.codings["coder"] == edition.final, "case_id"]
    mine = codes.index.isin(decided) & ~codes.index.isin(edition.later)
    seen = dataset.coded(dataset.study.narrative_variables, edition.coders[1])
    return Variant((), codes, mine, seen if coding == edition.id else None)


def _numbers(codes: pd.DataFrame | pd.Series[int]) -> NDArray[np.int8]:
    return np.asarray(codes.to_numpy(dtype=np.int8, na_value=_UNKNOWN))
