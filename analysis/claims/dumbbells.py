"""The numbers of 2015 beside ours: hollow what was printed then, filled what our list gives with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.claims.judged import Claim, Estimate
from analysis.claims.tables import frame
from analysis.claims.written import written_ours, written_published
from analysis.data.dataset import Dataset
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, percent, points
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import MUTED, PALETTE, RULE, figure, mark

ROW = 0.27  # inches
Pair = tuple[Claim, Estimate, Estimate]  # a claim, what was printed, what we find


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> Figure:
    """Record and return the figure of the claims for which 2015 printed a share."""
    shown = pairs(claims)
    text = words(shown)
    numbers = frame([claim for claim, _, _ in shown])
    return cell.figure("claims", chart(shown, text.title), text, data=numbers, cases=dataset.core.index)


def pairs(claims: Sequence[Claim]) -> list[Pair]:
    """The claims whose share was printed and is known to us, with both numbers."""
    both = [(claim, claim.published, claim.estimate) for claim in claims if claim.unit == "share"]
    return [(claim, said, ours) for claim, said, ours in both if said and ours and not math.isnan(ours.value)]


def words(shown: Sequence[Pair]) -> FigureText:
    """Title, caption and alternative text."""
    if not shown:
        return FigureText("No share of 2015 has a counterpart of ours", "Nothing to compare.", "0 shares are compared.")
    furthest, said, ours = max(shown, key=lambda pair: abs(pair[1].value - pair[2].value))
    away = points(abs(ours.value - said.value)).removeprefix("+")
    both = f"{percent(said.value)} then and {percent(ours.value)} on our list"
    title = f"Furthest from the numbers of 2015: “{furthest.short}”, {both}"
    caption = (
        f"The {count(len(shown))} statements for which a share of the 58 was printed in 2015, by date where they are "
        "about time. Hollow: what was printed, or follows from counts that were, whether exact, “about” or “at least”. "
        "Filled: our list, of the cases in which it is known, with its 95% interval. Our list is not the list of the "
        "58. Statements without a printed share stand in the tables."
    )
    told = "; ".join(f"{claim.short}: {written_published(claim)}, ours {written_ours(claim)}" for claim, _, _ in shown)
    return FigureText(title, caption, f"The greatest distance is {away} points. {told}.")


def chart(shown: Sequence[Pair], title: str) -> Figure:
    """Per statement a hollow and a filled dot on one line, and our interval."""
    made, axes = figure(1.25 + ROW * len(shown))
    ours_look: dict[str, Any] = {"marker": "o", "markersize": 5.5, "color": PALETTE["navy"], "zorder": 4}
    said_look: dict[str, Any] = {"marker": "o", "markersize": 7, "markerfacecolor": "white", "color": PALETTE["rust"]}
    for y, (claim, said, ours) in enumerate(shown):
        name = claim.id.replace("_", "-").replace(".", "-")
        axes.plot([said.value, ours.value], [y, y], color=RULE, linewidth=3, zorder=1)
        axes.plot([ours.low, ours.high], [y, y], color=PALETTE["navy"], linewidth=1.0, zorder=2)
        (hollow,) = axes.plot([said.value], [y], linestyle="none", zorder=3, **said_look)
        (filled,) = axes.plot([ours.value], [y], linestyle="none", clip_on=False, **ours_look)
        mark(hollow, f"{name}-2015", f"{claim.short}, 2015: {written_published(claim)}")
        mark(filled, name, f"{claim.short}, our list: {written_ours(claim)}")
    handles = [axes.plot([], [], linestyle="none", **said_look)[0], axes.plot([], [], linewidth=1.0, **ours_look)[0]]
    axes.set(xlim=(0, 1), ylim=(len(shown) - 0.5, -0.5))
    axes.set_yticks(range(len(shown)), [claim.short for claim, _, _ in shown], fontsize=8.5)
    axes.tick_params(axis="y", length=0, pad=8)  # clear of a mark at the end of the scale
    axes.tick_params(axis="x", labelsize=8.5)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the cases in which it is known", fontsize=8.5, color=MUTED)
    made.legend(handles, ["printed in 2015", "our list, 95% interval"], loc="outside lower left", ncols=2, fontsize=8.5)
    headline(made, title)
    return made
