"""The specification figure: each narrative's share under every single change, a strip of ticks each."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.narratives.codes import reached
from analysis.record.figure_text import FigureText
from analysis.record.formats import join_words, lowered, out_of, percent, percent_range, sentence
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.sensitivity.holding import in_how_many, upper_half
from analysis.sensitivity.variants import Variants
from analysis.stats.uncertainty import LEVEL, share_of

ROW = 0.62  # inches
UP, DOWN = 0.24, 0.44  # of a row: half a tick, and where the names of the outliers stand


def show(cell: Cell, variants: Variants) -> Figure:
    """Record and return the figure; its numbers are a row a narrative and change."""
    study = variants.dataset.study
    labels, found = study.narrative_labels, variants.narratives
    text = words(variants)
    numbers = pd.concat(found, names=["variable", "row"])
    numbers = numbers[numbers["changes"] <= 1].drop(columns="changes").droplevel("row")
    cases = reached(variants.own.codes[study.narrative_variables])
    return cell.figure("specification", chart(variants, labels, text.title), text, data=numbers, cases=cases)


def outliers(shares: pd.DataFrame) -> pd.DataFrame:
    """The single changes with the lowest and the highest share, of the rows of `Variants.shares`."""
    single = shares[(shares["changes"] == 1) & shares["share"].notna()]
    return single.loc[[single["share"].idxmin(), single["share"].idxmax()]] if len(single) else single


def words(variants: Variants) -> FigureText:
    """Title, caption and alternative text."""
    labels, found = variants.dataset.study.narrative_labels, variants.narratives
    upper = upper_half(found)
    named = join_words(lowered(labels[name]) for name in upper).capitalize()
    title = (
        f"{named} {'stays' if len(upper) == 1 else 'stay'} ahead of the other narratives in "
        f"{in_how_many(found, upper)['single']} single changes of method"
    )
    caption = (
        f"Share that voices each narrative, of accounts that give reasons. A tick is one choice made otherwise "
        f"({len(variants.single)} changes that alter a code or leave out a case and give a result of their own: whose "
        f"codes, which rule, which cases, which country, outlet or language is left out). Long line: our own choices; "
        f"band: their {percent(LEVEL)} interval. The lowest and the highest are named. The changes are neither equally "
        "likely nor independent."
    )
    told = [f"{labels[name]}: {percent(frame['share'].iloc[0])} by our own choices, {_named(frame)}"
            for name, frame in found.items() if frame["share"].notna().any()]  # fmt: skip
    return FigureText(title, caption, f"{title}. {'. '.join(told) or 'No share is known of 0 accounts'}.")


def _named(shares: pd.DataFrame) -> str:
    told = [f"{word} {percent(row['share'])} ({lowered(row['label'])})"
            for word, (_, row) in zip(("lowest", "highest"), outliers(shares).iterrows(), strict=False)]  # fmt: skip
    return ", ".join(told) or "no change gives a share"


def chart(variants: Variants, labels: dict[str, str], title: str) -> Figure:
    """A strip per narrative: its interval, its share, a tick per single change, the outliers named beneath."""
    made, axes = figure(1.0 + ROW * len(labels))
    for y, (name, label) in enumerate(labels.items()):
        _strip(axes, y, name, label, variants)
    axes.set(xlim=(0, 1), ylim=(len(labels) - 0.4, -0.5))
    axes.set_yticks(range(len(labels)), list(labels.values()), fontsize=9)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of accounts that give reasons", fontsize=8.5)
    headline(made, title)
    return made


def _strip(axes: Axes, y: int, name: str, label: str, variants: Variants) -> None:
    shares, own = variants.narratives[name], share_of(variants.own.codes[name])
    if not own.denominator:
        return
    band: dict[str, Any] = {"color": FILL["slate"], "linewidth": 13, "solid_capstyle": "butt", "zorder": 1}
    axes.plot([own.low, own.high], [y, y], **band)
    tick: dict[str, Any] = {"linestyle": "none", "marker": "|", "zorder": 3}
    (line,) = axes.plot([own.share], [y], markersize=24, markeredgewidth=1.6, color=INK, **tick)
    told = f"{percent(own.share)} ({out_of(own.n, own.denominator)}; {percent_range(*own.interval)})"
    mark(line, f"{name}-own".replace("_", "-"), f"{label}, our own choices: {told}")
    single = shares[(shares["changes"] == 1) & shares["share"].notna()]
    listed: list[Any] = list(single.itertuples())
    for place, row in enumerate(listed):
        outside = not own.low <= row.share <= own.high
        colour = PALETTE["rust" if outside else "navy"]
        (made,) = axes.plot([row.share], [y], markersize=12, markeredgewidth=0.9, color=colour, **tick)
        counted = f"{percent(row.share)} ({out_of(row.n, row.denominator)})"
        mark(made, f"{name}-{place}".replace("_", "-"), f"{label}, {row.label}: {counted}")
    axes.text(0, y + DOWN, sentence(_named(shares)), fontsize=8.5, color=MUTED, va="center")
