"""The codings in wide form: one code per candidate, coder and variable, kept small so that they can be asked often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class WideCodes:
    """The codings by coder, variable and candidate.

    Args:
        cases: The ids of the candidates, in order.
        codings: Long, as `Dataset.codings`.
    """

    def __init__(self, cases: pd.Index, codings: pd.DataFrame) -> None:
        self._cases, self._codings = cases, codings
        self._coded_places = cases.get_indexer(codings["case_id"].cat.categories).astype(np.int32)
        self._by_coder: dict[str, dict[str, NDArray[np.int8]]] = {}
        self._asked: tuple[pd.Index, NDArray[np.intp]] = cases, np.arange(len(cases))

    def frame(self, variables: Sequence[str], coder: str, cases: pd.Index) -> pd.DataFrame:
        """The codes of one coder: index as `cases`, one Int8 column per variable, NA undetermined or not coded."""
        places, codes = self._places(cases), self._codes_by(coder)
        columns = {name: _taken(codes.get(name), places) for name in variables}
        return pd.DataFrame(columns, index=cases, columns=list(variables))

    def given_to(self, coder: str) -> NDArray[np.bool_]:
        """Whether each candidate was given to a coder, that is, has any row by him."""
        given = np.zeros(len(self._cases), dtype=bool)
        given[self._places_of(self._by(coder))] = True
        return given

    def _by(self, coder: str) -> NDArray[np.bool_]:
        return (self._codings["coder"] == coder).to_numpy()

    def _places_of(self, rows: NDArray[np.bool_]) -> NDArray[np.int32]:
        """Where among the candidates the case of each of some rows stands."""
        return self._coded_places[self._codings["case_id"].cat.codes.to_numpy()[rows]]

    def _places(self, cases: pd.Index) -> NDArray[np.intp]:
        """Where among the candidates each case stands, -1 for none; the last cases asked for are remembered."""
        if self._asked[0] is not cases:
            self._asked = cases, self._cases.get_indexer(cases)
        return self._asked[1]

    def _codes_by(self, coder: str) -> dict[str, NDArray[np.int8]]:
        """Variable to one code per candidate: 1, 0, or -1 where there is none."""
        if coder not in self._by_coder:
            rows, variable = self._by(coder), self._codings["variable"].cat
            names = variable.categories
            wide = np.full((len(names), len(self._cases)), -1, dtype=np.int8)
            values = self._codings["value"].to_numpy(dtype=np.int8, na_value=-1)[rows]
            wide[variable.codes.to_numpy()[rows], self._places_of(rows)] = values
            self._by_coder[coder] = dict(zip(names, wide, strict=True))
        return self._by_coder[coder]


def _taken(codes: NDArray[np.int8] | None, places: NDArray[np.intp]) -> Any:
    """The codes at some places, NA where there is no code or no place."""
    if codes is None:
        return pd.array([pd.NA] * len(places), dtype="Int8")
    taken = np.where(places < 0, np.int8(-1), codes.take(places, mode="clip"))
    return pd.arrays.IntegerArray(taken, taken < 0)
