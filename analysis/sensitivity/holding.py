"""What holds in how many variants: a majority, a lead, the distance of the more frequent narratives from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.record.formats import count, join_words, percent
from analysis.record.record import Cell
from analysis.sensitivity.choices import decapitalised, in_words
from analysis.sensitivity.grid import Grid, holds


def show(cell: Cell, grid: Grid) -> pd.DataFrame:
    """Record, per statement about the narratives, in how many variants it holds; those numbers, a row a statement.

    `sensitivity.<narrative>.majority`, `sensitivity.<narrative>.leads` and `sensitivity.narratives.apart`, each with
    `.share` (of all variants), `.single` (`31 of 34`: of those that change one choice) and `.turned_by`.
    """
    results = grid.narratives
    statements = {f"{name}.majority": (frame["share"] > 1 / 2).to_numpy() for name, frame in results.items()}
    statements |= {f"{name}.leads": apart(results, [name]) for name in results}
    statements["narratives.apart"] = apart(results, upper_half(results))
    rows, core = {}, grid.dataset.core.index
    for statement, answers in statements.items():
        held = holds(grid.variants, answers)
        turns = [decapitalised(in_words(*turn, grid.dataset)) for turn in held.turned_by]
        single = f"{count(held.n_single)} of {count(held.single)}"
        turned_by = join_words(turns) if turns else "no single choice"
        name, share = f"sensitivity.{statement}", part_of(held.n, held.variants)
        cell.value(f"{name}.share", held.n / held.variants, unit="share", text=share, cases=core)
        cell.value(f"{name}.single", single, unit="text", cases=core)
        cell.value(f"{name}.turned_by", turned_by, unit="phrase", cases=core)
        rows[statement] = {"all variants": share, "one choice changed": single, "turned by": turned_by}
    return pd.DataFrame.from_dict(rows, orient="index")


def part_of(n: int, whole: int) -> str:
    """A percentage that never says 100% or 0% of something that is not quite all or nothing."""
    if n < whole and n / whole >= 0.995:
        return "more than 99%"
    return "less than 1%" if 0 < n / whole < 0.005 else percent(n / whole)


def upper_half(results: Mapping[str, pd.DataFrame]) -> list[str]:
    """The narratives above the widest gap between two neighbouring shares under the paper's own choices."""
    shares = {name: float(frame["share"].iloc[0]) for name, frame in results.items()}
    own = pd.Series(shares).sort_values(ascending=False)
    widest = int((own.iloc[:-1].to_numpy() - own.iloc[1:].to_numpy()).argmax())
    return list(own.index[: widest + 1])


def apart(results: Mapping[str, pd.DataFrame], upper: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each of some narratives is voiced more often than each of all others: one answer per variant.

    One that leads is given alone. Where no share is known the answer is no.
    """
    shares = pd.DataFrame({name: frame["share"] for name, frame in results.items()})
    lowest, highest = shares[list(upper)].min(axis=1), shares.drop(columns=list(upper)).max(axis=1)
    return (lowest > highest).to_numpy()
