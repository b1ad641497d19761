"""Printed numbers beside ours: hollow what was printed, filled what our list gives with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.claims.judged import CLOCK_WORDS, Claim, Estimate
from analysis.claims.tables import frame
from analysis.claims.written import BOUNDS, written_counts, written_ours, written_published
from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import count, percent, points
from analysis.record.style import INK, MUTED, PALETTE, RULE, TEXT_WIDTH, mark, sheet, wrapped

SIZE, LINE, GAP = 8.5, 10.8, 8  # points: of the letters, from line to line, between claims
ROW = 14  # points of a pair of dots
HEAD = 30  # points of the names of the columns and of the scale
THEN: dict[str, Any] = {"marker": "o", "markersize": 6.5, "markerfacecolor": "white", "color": PALETTE["rust"]}
OURS: dict[str, Any] = {"marker": "o", "markersize": 5.5, "color": PALETTE["navy"]}
Pair = tuple[Claim, Estimate, Estimate]  # a claim, what was printed, what we find


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> Figure:
    """Record and return the figure of the claims for which a share was printed."""
    shown = pairs(claims)
    if not shown:
        raise Lacking("data/claims.csv", "no claim has a share in print (`published_id`) beside one of ours")
    text = words(shown)
    numbers = frame([claim for claim, _, _ in shown])
    return cell.figure("claims", text, chart, shown, data=numbers, cases=dataset.core.index)


def pairs(claims: Sequence[Claim]) -> list[Pair]:
    """The claims whose share was printed and is known to us, with both numbers."""
    both = [(claim, claim.published, claim.estimate) for claim in claims if claim.unit == "share"]
    return [(claim, said, ours) for claim, said, ours in both if said and ours and _may_be_drawn(ours)]


def _may_be_drawn(ours: Estimate) -> bool:
    return not math.isnan(ours.value) and not ours.withheld


def words(shown: Sequence[Pair]) -> FigureText:
    """Title, caption and alternative text."""
    furthest, said, ours = max(shown, key=lambda pair: abs(pair[1].value - pair[2].value))
    away = points(abs(ours.value - said.value)).removeprefix("+")
    both = f"{percent(said.value)} then and {percent(ours.value)} on our list"
    title = f"Furthest from the printed numbers: “{furthest.short}”, {both}"
    caption = (
        f"The {count(len(shown))} shares that were printed or follow from printed counts, and ours "
        "of the cases in which it is known, with the 95% interval as a thin line; by date where they are about time. "
        "Our list holds other people. Statements without a printed share stand in the tables."
    )
    told = "; ".join(f"{claim.short}: {written_published(claim)}, ours {written_ours(claim)}" for claim, _, _ in shown)
    return FigureText(title, caption, f"The greatest distance is {away} points. {told}.")


def chart(shown: Sequence[Pair], title: str, width: float = TEXT_WIDTH) -> Figure:
    """Per claim its sentence, and per clock a hollow and a filled dot on one line; on a phone the sentence is above."""
    full, wide = width * 72, width >= TEXT_WIDTH
    right = full - 152  # where the numbers stand
    left, room = (172.0, 160.0) if wide else (8.0, full)
    blocks = [list(several) for _, several in groupby(shown, lambda pair: pair[0].entry.id)]
    said = [wrapped(several[0][0].entry.claim, room, SIZE, "normal") for several in blocks]
    tall = [max(len(lines) * LINE, ROW * len(several)) if wide else len(lines) * LINE + ROW * len(several)
            for lines, several in zip(said, blocks, strict=True)]  # fmt: skip
    bottom = HEAD + sum(tall) + GAP * len(tall)
    made, axes = sheet(bottom, title, width)
    _scale(axes, left, right - 26, bottom)
    y = float(HEAD)
    for lines, several, height in zip(said, blocks, tall, strict=True):
        middle = y + (height if wide else len(lines) * LINE) / 2
        axes.text(0, middle, "\n".join(lines), fontsize=SIZE, va="center", linespacing=0.95)
        start = y + (height - ROW * len(several)) / (2 if wide else 1)
        for place, pair in enumerate(several):
            _pair(axes, pair, start + ROW * (place + 0.5), left, right - 26)
        y += height + GAP
        axes.plot([0, full], [y - GAP / 2] * 2, color=RULE, linewidth=0.5, zorder=0)
    return made


def _scale(axes: Axes, left: float, end: float, bottom: float) -> None:
    """The scale above the dots, and beside it the names of both numbers, each with its dot."""
    for share in (0.0, 0.5, 1.0):
        x = left + share * (end - left)
        axes.plot([x, x], [HEAD - 4, bottom - 4], color=RULE, linewidth=0.5, zorder=0)
        axes.text(x, HEAD - 10, percent(share), fontsize=SIZE, ha="center", va="center", color=MUTED)
    for x, name, look in ((end + 30, "Printed", THEN), (end + 80, "Our list", OURS)):
        axes.plot([x], [HEAD - 10], **look)
        axes.text(x + 6, HEAD - 10, name, va="center", fontsize=SIZE, fontweight="bold", color=look["color"])


def _pair(axes: Axes, pair: Pair, y: float, left: float, end: float) -> None:
    (claim, said, ours), name = pair, pair[0].id.replace("_", "-").replace(".", "-")

    def at(share: float) -> float:
        return left + share * (end - left)

    axes.plot([at(said.value), at(ours.value)], [y, y], color=RULE, linewidth=3, zorder=1)
    axes.plot([at(ours.low), at(ours.high)], [y, y], color=PALETTE["navy"], linewidth=1.0, zorder=2)
    (hollow,) = axes.plot([at(said.value)], [y], linestyle="none", zorder=3, **THEN)
    (filled,) = axes.plot([at(ours.value)], [y], linestyle="none", zorder=4, **OURS)
    mark(hollow, f"{name}-printed", f"{claim.short}, printed: {written_published(claim)}")
    mark(filled, name, f"{claim.short}, our list: {written_ours(claim)}")
    told = f"{percent(ours.value)}, {written_counts(claim.unit, ours)}"
    told += f", {CLOCK_WORDS[claim.clock]}" if claim.both_clocks else ""
    look: dict[str, Any] = {"fontsize": SIZE, "va": "center"}
    axes.text(end + 26, y, f"{BOUNDS[said.bound]}{percent(said.value)}", color=PALETTE["rust"], **look)
    axes.text(end + 76, y, told, color=INK, **look)
