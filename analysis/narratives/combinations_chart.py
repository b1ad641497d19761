"""Which narratives are voiced together: a matrix of patterns under bars of cases (after UpSet, Lex et al. 2014).

Drawn here, since the library of that name sets no marks, no direct labels and no fixed order among equals.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.record.formats import join_words, percent, plural
from analysis.record.headline import headline
from analysis.record.style import INK, PALETTE, RULE, TINT, figure, mark


def combinations_chart(patterns: pd.DataFrame, labels: dict[str, str], title: str) -> Figure:
    """Bars of cases per pattern over the matrix of what the pattern holds, most frequent first.

    Args:
        patterns: From `combinations.patterns`; patterns that no case shows are left out.
        labels: Narrative variable to its name in print, in the order of the rows.
        title: The finding.
    """
    seen = patterns[patterns["n"] > 0].reset_index(drop=True)
    names = list(labels)
    rows = 0.24 * len(names)
    made, (bars, matrix) = figure(1.75 + rows, nrows=2, sharex=True, gridspec_kw={"height_ratios": [1.15, rows]})
    for x, row in seen.iterrows():
        pattern = [name for name in names if row[name]]
        (bar,) = bars.bar([x], [row["n"]], width=0.66, color=PALETTE["navy"])
        bars.annotate(str(row["n"]), (float(str(x)), row["n"]), (0, 2), textcoords="offset points", ha="center")
        words = join_words(labels[name] for name in pattern) if pattern else "none of them"
        share = f"{plural(row['n'], 'account')}, {percent(row['share'])}"
        mark(bar, "-".join(pattern).replace("_", "-") or "none", f"{words}: {share}")
    _matrix(matrix, seen, names)
    totals = {name: int(seen.loc[seen[name], "n"].sum()) for name in names}
    matrix.set_yticks(range(len(names)), [f"{labels[name]}, {totals[name]}" for name in names])
    matrix.set(ylim=(len(names) - 0.5, -0.5), xlim=(-0.6, len(seen) - 0.4), xticks=[])
    matrix.tick_params(length=0)
    bars.tick_params(axis="x", length=0)
    bars.set(yticks=[], ylim=(0, float(seen["n"].max() if len(seen) else 1) * 1.16), ylabel="Accounts")
    for axes in (bars, matrix):
        axes.spines[["left", "bottom"]].set_visible(False)
    headline(made, title)
    return made


def _matrix(axes: object, seen: pd.DataFrame, names: list[str]) -> None:
    for y in range(0, len(names), 2):
        axes.axhspan(y - 0.5, y + 0.5, color=TINT, linewidth=0)  # type: ignore[attr-defined]
    for x, row in seen.iterrows():
        held = [y for y, name in enumerate(names) if row[name]]
        empty = [y for y in range(len(names)) if y not in held]
        axes.plot([x] * len(empty), empty, "o", color=RULE, markersize=4)  # type: ignore[attr-defined]
        axes.plot([x] * len(held), held, "o-", color=INK, markersize=6.5, linewidth=1.6)  # type: ignore[attr-defined]
