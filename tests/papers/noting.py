"""A cell of a notebook that keeps what a finding gives to the paper, instead of writing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.record.figure_text import FigureText
from analysis.stats.uncertainty import Share


class Noting:
    """In place of a `Cell`: what was recorded, by name.

    Attributes:
        shares: The shares.
        cases: The ids behind a share or value, where they were given.
        noted: The other values.
        words: The words of figures.
        tables: The rest of what was given of figures and tables (data, cases, caption, ...).
    """

    def __init__(self) -> None:
        self.shares: dict[str, Share] = {}
        self.cases: dict[str, list[str]] = {}
        self.noted: dict[str, Any] = {}
        self.words: dict[str, FigureText] = {}
        self.tables: dict[str, dict[str, Any]] = {}

    def share(self, name: str, share: Share, cases: Iterable[str] | str | None = None) -> None:
        """As `Cell.share`; a name is used once."""
        assert name not in self.shares
        self.shares[name] = share
        self._keep(name, cases)

    def value(self, name: str, value: Any, *, unit: str, cases: Iterable[str] | str | None = None, **_: Any) -> None:
        """As `Cell.value`; a name is used once."""
        assert name not in self.noted
        self.noted[name] = value
        self._keep(name, cases)

    def _keep(self, name: str, cases: Iterable[str] | str | None) -> None:
        if cases is not None:
            self.cases[name] = sorted(cases.split() if isinstance(cases, str) else cases)

    def figure(self, name: str, drawing: Figure, words: FigureText, **given: Any) -> Figure:
        """As `Cell.figure`."""
        self.words[name], self.tables[name] = words, given
        return drawing

    def table(self, name: str, printed: pd.DataFrame, **given: Any) -> pd.DataFrame:
        """As `Cell.table`."""
        self.tables[name] = {"printed": printed, **given}
        return printed

    def data(self, name: str, content: Any, **given: Any) -> None:
        """As `Cell.data`."""
        self.tables[name] = {"content": content, **given}
