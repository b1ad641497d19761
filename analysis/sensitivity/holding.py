"""What stays under other choices: the distance of the leading narratives from the others, and which of them leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.record.cell import Cell
from analysis.record.formats import out_of
from analysis.sensitivity.variants import Variants

Shares = Mapping[str, pd.DataFrame]  # variable to what `Variants.shares` gives


def show(cell: Cell, variants: Variants) -> pd.DataFrame:
    """Record how many variants there are, the range of each narrative's share, and what stays; a row a statement.

    `sensitivity.single.n` and `.pairs.n`; `sensitivity.<narrative>.single.low` and `.high`; `sensitivity.apart.single`
    and `.pairs`, and `sensitivity.<narrative>.leads.single`, each `35 of 35`.
    """
    core, found = variants.dataset.core.index, variants.narratives
    cell.value("sensitivity.single.n", len(variants.single), unit="count", cases=core)
    cell.value("sensitivity.pairs.n", len(variants.pairs), unit="count", cases=core)
    for name, shares in found.items():
        low, high = share_range(shares, 1)
        cell.value(f"sensitivity.{name}.single.low", low, unit="share", cases=core)
        cell.value(f"sensitivity.{name}.single.high", high, unit="share", cases=core)
    rows = {"apart": in_how_many(found, upper_half(found))}
    rows |= {f"{name}.leads": in_how_many(found, [name]) for name in found}
    for statement, row in rows.items():
        cell.value(f"sensitivity.{statement}.single", row["single"], unit="phrase", cases=core)
    cell.value("sensitivity.apart.pairs", rows["apart"]["pairs"], unit="phrase", cases=core)
    return pd.DataFrame.from_dict(rows, orient="index")


def in_how_many(found: Shares, upper: Sequence[str]) -> dict[str, str]:
    """In how many single changes, and in how many pairs of changes, some narratives stay ahead of all others."""
    answers, changes = apart(found, upper), next(iter(found.values()))["changes"].to_numpy()
    kinds = {"single": changes == 1, "pairs": changes == 2}
    return {kind: out_of(int(answers[which].sum()), int(which.sum())) for kind, which in kinds.items()}


def share_range(shares: pd.DataFrame, changes: int) -> tuple[float, float]:
    """The lowest and the highest share (0-1) over the variants with so many changes; NaN twice where none has any."""
    chosen = shares.loc[shares["changes"] == changes, "share"].dropna()
    return (float(chosen.min()), float(chosen.max())) if len(chosen) else (float("nan"), float("nan"))


def upper_half(found: Shares) -> list[str]:
    """The narratives above the widest gap between two neighbouring shares under the paper's own choices."""
    shares = {name: float(frame["share"].iloc[0]) for name, frame in found.items()}
    own = pd.Series(shares).sort_values(ascending=False)
    widest = int((own.iloc[:-1].to_numpy() - own.iloc[1:].to_numpy()).argmax())
    return list(own.index[: widest + 1])


def apart(found: Shares, upper: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each of some narratives is voiced more often than each of all others: one answer per variant.

    One that leads is given alone. Where no share is known the answer is no.
    """
    shares = pd.DataFrame({name: frame["share"] for name, frame in found.items()})
    lowest, highest = shares[list(upper)].min(axis=1), shares.drop(columns=list(upper)).max(axis=1)
    return (lowest > highest).to_numpy()
