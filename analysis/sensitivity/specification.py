"""The specification figure: each narrative's share under every single change, a strip of ticks each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.narratives.codes import reached
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import join_words, lowered, out_of, percent, percent_range
from analysis.record.style import FILL, INK, MUTED, PALETTE, RULE, TEXT_WIDTH, font, mark, measured, sheet
from analysis.sensitivity.holding import in_how_many, upper_half
from analysis.sensitivity.variants import Variants
from analysis.stats.uncertainty import LEVEL, share_of

WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.3}
SIZE, LINE, ROW = 8.5, 10.8, 54.0  # points: of the letters, from line to line, of a strip with the outliers' names


def show(cell: Cell, variants: Variants) -> Figure:
    """Record and return the figure; its numbers are a row a narrative and change."""
    study = variants.dataset.study
    labels, found = study.narrative_labels, variants.narratives
    text = words(variants)
    numbers = pd.concat(found, names=["variable", "row"])
    numbers = numbers[numbers["changes"] <= 1].drop(columns="changes").droplevel("row")
    cases = reached(variants.own.codes[study.narrative_variables])
    return cell.figure("specification", text, chart, variants, labels, data=numbers, cases=cases)


def single_changes(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows of `Variants.shares` with one change and a share."""
    return shares[(shares["changes"] == 1) & shares["share"].notna()]


def outliers(shares: pd.DataFrame) -> pd.DataFrame:
    """The single changes with the lowest and the highest share."""
    single = single_changes(shares)
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
        f"band: their {percent(LEVEL)} interval. The lowest is named below, the highest above. The changes are neither "
        "equally likely nor independent."
    )
    told = [f"{labels[name]}: {percent(frame['share'].iloc[0])} by our own choices, {_named(frame)}"
            for name, frame in found.items() if frame["share"].notna().any()]  # fmt: skip
    return FigureText(title, caption, f"{title}. {'. '.join(told) or 'No share is known of 0 accounts'}.")


def _named(shares: pd.DataFrame) -> str:
    told = [f"{word} {percent(row['share'])} ({lowered(row['label'])})"
            for word, (_, row) in zip(("lowest", "highest"), outliers(shares).iterrows(), strict=False)]  # fmt: skip
    return ", ".join(told) or "no change gives a share"


def chart(variants: Variants, labels: dict[str, str], title: str, width: float = TEXT_WIDTH) -> Figure:
    """A strip per narrative: its interval, its share, a tick per single change; the outliers named at their ticks."""
    found, wide = variants.narratives, width >= TEXT_WIDTH
    left, end = (86.0 if wide else 8.0), width * 72 - 16
    furthest = max((frame["share"].max() for frame in found.values() if frame["share"].notna().any()), default=1.0)
    scale = (end - left) / max(math.ceil(10 * furthest), 1) * 10  # points of a share of one
    row = ROW + (0 if wide else LINE + 6)
    made, axes = sheet(row * len(labels) + 1.6 * LINE, title, width)
    for place, (name, label) in enumerate(labels.items()):
        y = row * (place + 1) - ROW / 2
        axes.text(0, y if wide else y - ROW / 2 - 3, label, fontsize=9.5, fontweight="bold", va="center")
        _strip(axes, (left, y, scale, end), name, label, variants)
    base = row * len(labels)
    for share in np.arange(0, (end - left) / scale + 0.01, 0.1):
        x = left + share * scale
        axes.plot([x, x], [LINE, base], color=RULE, linewidth=0.5, zorder=0)
        axes.text(x, base + 3, percent(share), fontsize=SIZE, va="top", ha="center", color=MUTED)
    return made


def _strip(axes: Axes, at: tuple[float, float, float, float], name: str, label: str, variants: Variants) -> None:
    (left, y, scale, end), shares = at, variants.narratives[name]
    own = share_of(variants.own.codes[name])
    if not own.denominator:
        return
    band = Rectangle((left + own.low * scale, y - 6.5), (own.high - own.low) * scale, 13, color=FILL["slate"], lw=0)
    axes.add_artist(band)

    def tick(share: float, half: float, said: str, which: object, **look: Any) -> None:
        line = axes.add_artist(Line2D([left + share * scale] * 2, [y - half, y + half], **look))
        mark(line, f"{name}-{which}".replace("_", "-"), f"{label}, {said}")

    told = f"{percent(own.share)} ({out_of(own.n, own.denominator)}; {percent_range(*own.interval)})"
    tick(own.share, 9, f"our own choices: {told}", "own", linewidth=2, color=INK, zorder=4)
    for place, row in enumerate(single_changes(shares).to_dict("records")):
        outside = not own.low <= row["share"] <= own.high
        counted = f"{row['label']}: {percent(row['share'])} ({out_of(row['n'], row['denominator'])})"
        tick(row["share"], 6.5, counted, place, linewidth=0.9, color=PALETTE["rust" if outside else "navy"], zorder=3)
    for (_, far), way in zip(outliers(shares).iterrows(), (1, -1), strict=False):  # the lowest below, the highest above
        said = f"{percent(far['share'])} {lowered(far['label'])}"
        x, y_text = left + far["share"] * scale, y + way * 16
        axes.plot([x, x], [y + way * 6.5, y + way * 10], color=MUTED, linewidth=0.7)
        long = measured(said, font(SIZE))[0]
        axes.text(min(x - 2, end + 14 - long), y_text, said, fontsize=SIZE, va="center", color=INK, bbox=WHITE)
