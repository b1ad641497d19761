"""The forms that the narratives took, as one coder saw them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.record.formats import percent
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark


def details_chart(table: pd.DataFrame, narratives: dict[str, str], title: str) -> Figure:
    """One panel per narrative: bars of the share of its voicers with each form, and the counts.

    Args:
        table: From `details.detail_table`; the order of the forms is kept, within a narrative by frequency.
        narratives: Narrative variable to its name in print; those without forms are passed over.
        title: The finding.
    """
    shown = [name for name in narratives if (table["narrative"] == name).any()]
    forms = [table[table["narrative"] == name].sort_values("n", ascending=False, kind="stable") for name in shown]
    heights = [len(form) + 0.9 for form in forms]
    made, panels = figure(
        0.7 + 0.19 * sum(heights), nrows=len(shown), squeeze=False, gridspec_kw={"height_ratios": heights}, sharex=True
    )
    for axes, name, form in zip(panels[:, 0], shown, forms, strict=True):
        _panel(axes, narratives[name], form)
    headline(made, title)
    return made


def _panel(axes: Axes, narrative: str, form: pd.DataFrame) -> None:
    denominator = int(form["denominator"].max())
    axes.set_title(f"{narrative}: {denominator} accounts", fontsize=8.5, pad=3)
    for y, (name, row) in enumerate(form.iterrows()):
        share = 0.0 if not row["denominator"] else float(row["share"])
        (bar,) = axes.barh([y], [share], height=0.68, color=FILL["navy"], edgecolor=PALETTE["navy"], linewidth=0.6)
        counts = f"{row['n']} of {row['denominator']}"
        mark(bar, str(name).replace("_", "-"), f"{narrative}, {row['label']}: {counts}, {percent(share)}")
        axes.annotate(counts, (share, y), (4, 0), textcoords="offset points", va="center", fontsize=7.6, color=INK)
    axes.set_yticks(range(len(form)), form["label"], fontsize=8)
    axes.set(xlim=(0, 1.12), ylim=(len(form) - 0.4, -0.6), xticks=[])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(MUTED)
