"""Each statement of 2015 as a band of what its words allow, with what our list gives as a dot and its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator, PercentFormatter

from analysis.claims.claims import Claim, Estimate
from analysis.claims.claims_words import CLOCK_WORDS, written_counts, written_estimate
from analysis.claims.verdicts import FITS, MAY_FIT, NOT_FIT, THIN
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, RULE, figure, mark

ROW = 0.19  # inches
SMALL = 7.2  # points
COUNTS, VERDICT = 8, 78  # points right of the axes
AXIS = {
    "share": "Share of the cases in which it is known",
    "difference": "Difference between two groups, in percentage points",
    "ratio": "Cases a month, later against earlier (logarithmic)",
}
LIMITS = {"share": (0.0, 1.0), "difference": (-0.3, 0.6), "ratio": (0.25, 8.0)}
LOOKS: dict[int, dict[str, Any]] = {
    FITS: {"marker": "o", "markerfacecolor": PALETTE["navy"], "color": PALETTE["navy"]},
    MAY_FIT: {"marker": "D", "markerfacecolor": "white", "color": PALETTE["slate"]},
    NOT_FIT: {"marker": "X", "markerfacecolor": PALETTE["rust"], "color": PALETTE["rust"]},
    THIN: {"marker": ".", "markerfacecolor": MUTED, "color": MUTED},
}
WORDS = {FITS: "fits the words", MAY_FIT: "may fit", NOT_FIT: "does not fit", THIN: "too few cases to say"}


def claims_chart(claims: Sequence[Claim], title: str) -> Figure:
    """Per statement and clock: the allowed range, the estimate with its 95% interval, the counts and the verdict.

    Args:
        claims: Tested claims; those on a scale without a panel (counts) are left out.
        title: The finding.
    """
    panels = {unit: [claim for claim in claims if claim.unit == unit] for unit in AXIS}
    panels = {unit: chosen for unit, chosen in panels.items() if chosen}
    rows = [sum(len(claim.readings) for claim in chosen) for chosen in panels.values()]
    height = 1.25 + sum(rows) * ROW + 0.42 * len(panels)
    made, grid = figure(height, nrows=len(panels), squeeze=False, gridspec_kw={"height_ratios": rows})
    for axes, (unit, chosen) in zip(grid[:, 0], panels.items(), strict=True):
        _panel(axes, unit, chosen)
    thin = any(THIN in (claim.fits or {}).values() for chosen in panels.values() for claim in chosen)
    _key(made, grid[0, 0], [FITS, MAY_FIT, NOT_FIT, *([THIN] if thin else [])])
    headline(made, title)
    return made


def drawn(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that the chart shows, of those given."""
    return [claim for claim in claims if claim.tested and claim.unit in AXIS]


def _panel(axes: Axes, unit: str, claims: Sequence[Claim]) -> None:
    if unit == "ratio":
        axes.set_xscale("log")
    y, ticks, labels = 0, [], []
    for claim in claims:
        for place, (clock, estimate) in enumerate(claim.readings.items()):
            _row(axes, y, unit, claim, clock, estimate)
            ticks.append(y)
            by = f"by {CLOCK_WORDS[clock]}" if len(claim.readings) > 1 else ""
            labels.append(by if place else f"{claim.entry.short}{', ' if by else ''}{by}")
            y += 1
        middle = y - (len(claim.readings) + 1) / 2
        _beside(axes, middle, 1.0, VERDICT, claim.verdict, INK)
        axes.axhline(y - 0.5, color=RULE, linewidth=0.4, zorder=0)
    axes.set_yticks(ticks, labels, fontsize=SMALL)
    axes.set(xlim=LIMITS[unit], ylim=(y - 0.5, -0.5))
    axes.set_xlabel(AXIS[unit], fontsize=7.8)
    axes.tick_params(axis="y", length=0, pad=8)  # clear of a mark at the end of the scale
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.spines["left"].set_visible(False)
    _ticks(axes, unit)


def signed(share: float) -> str:
    """A difference of shares in points with its sign: `+20`, `−20`, `0`."""
    points = round(share * 100)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _ticks(axes: Axes, unit: str) -> None:
    if unit == "share":
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        return
    if unit == "ratio":
        axes.xaxis.set_major_locator(FixedLocator([0.5, 1, 2, 4]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.axvline(1, color=MUTED, linewidth=0.7, zorder=1)
        return
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    axes.axvline(0, color=MUTED, linewidth=0.7, zorder=1)


def _row(axes: Axes, y: int, unit: str, claim: Claim, clock: str, estimate: Estimate) -> None:
    allowed, (left, right) = claim.entry.allowed, LIMITS[unit]
    look = LOOKS[(claim.fits or {})[clock]]
    name = f"{claim.id}-{clock}".replace("_", "-").strip("-")
    if allowed is not None:
        low, high = max(allowed.low, left), min(allowed.high, right)
        ends: dict[str, Any] = {"color": FILL["teal"], "linewidth": 9.5, "solid_capstyle": "butt", "zorder": 1}
        (band,) = axes.plot([low, high], [y, y], **ends)
        mark(band, f"{name}-words", f"{claim.entry.short}: what the words allow")
        for end in (allowed.low, allowed.high):
            if left < end < right:
                axes.plot([end, end], [y - 0.36, y + 0.36], color=PALETTE["teal"], linewidth=0.9, zorder=2)
        if low == high:
            axes.plot([low, low], [y - 0.36, y + 0.36], color=PALETTE["teal"], linewidth=2.2, zorder=2, clip_on=False)
    low, high = max(estimate.low, left), min(estimate.high if math.isfinite(estimate.high) else right, right)
    axes.plot([low, high], [y, y], color=look["color"], linewidth=1.3, zorder=3)
    (dot,) = axes.plot([estimate.value], [y], linestyle="", markersize=5, zorder=4, clip_on=False, **look)
    mark(dot, name, f"{claim.entry.short}: {written_estimate(unit, estimate)}, {claim.verdict}")
    counts = (
        written_counts(unit, estimate).replace(" against ", " : " if unit == "ratio" else ", ").replace(" cases", "")
    )
    _beside(axes, y, 1.0, COUNTS, counts, MUTED)


def _beside(axes: Axes, y: float, x: float, offset: float, text: str, colour: str) -> None:
    """A text to the right of the axes, `offset` points from their edge."""
    axes.annotate(
        text,
        (x, y),
        (offset, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        fontsize=SMALL,
        va="center",
        color=colour,
        annotation_clip=False,
    )


def _key(made: Figure, axes: Axes, codes: Sequence[int]) -> None:
    handles: list[Any] = [Patch(facecolor=FILL["teal"], edgecolor=PALETTE["teal"], linewidth=0.8)]
    handles += [axes.plot([], [], linewidth=1.3, markersize=5, **LOOKS[code])[0] for code in codes]
    labels = ["what the words allow", *(f"our list, {WORDS[code]}" for code in codes)]
    made.legend(handles, labels, loc="outside lower left", ncols=4, fontsize=7.5, handletextpad=0.6, columnspacing=1.2)
