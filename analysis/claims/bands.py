"""How the statements of 2015 fare: a band of what the words allow, a dot and its interval of what our list gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator, PercentFormatter

from analysis.claims.judged import Claim, Estimate
from analysis.claims.tables import frame, leads_caption
from analysis.claims.verdicts import FITS, MAY_FIT, NOT_FIT, NOT_SUPPORTED, PARTLY, SUPPORTED, THIN
from analysis.claims.written import CLOCK_WORDS, digits_of, written_counts, written_estimate, written_value
from analysis.data.dataset import Dataset
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, join_words, points
from analysis.record.headline import headline
from analysis.record.record import Cell
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


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> Figure:
    """Record and return the figure of the claims of 2015 that are tested on a share, a difference or a ratio."""
    shown = drawn(claims)
    text = words(shown)
    return cell.figure("claims", chart(shown, text.title), text, data=frame(shown), cases=dataset.core.index)


def drawn(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that the chart shows: of the summary and report themselves, tested, on a scale with a panel."""
    return [claim for claim in claims if claim.entry.own and claim.tested and claim.unit in AXIS]


def words(claims: Sequence[Claim]) -> FigureText:
    """Title, caption and alternative text of the figure of some claims, all with a verdict."""
    found = {given: [c for c in claims if c.verdict == given] for given in (SUPPORTED, PARTLY, NOT_SUPPORTED)}
    supported, partly, not_supported = (count(len(chosen)) for chosen in found.values())
    title = (
        f"Our list supports {supported} of {count(len(claims))} statements of 2015, "
        f"{partly} in part, and does not support {not_supported}"
    )
    clocks = sum(len(claim.readings) > 1 for claim in claims)
    caption = (
        f"The statements of the 2015 summary and report that can be tested on a share, a difference or a ratio "
        f"({len(claims)}; those on counts are in the tables). Band: what the words allow. Dot and line: our list, with "
        f"its 95% interval; beside them the counts. {count(clocks)} statements about time are read by the date of "
        f"leaving and by the date of publication. {leads_caption(claims)}Our list is not the list of the 58."
    )
    told = {given: "; ".join(f"{c.entry.short} ({_values(c)})" for c in chosen) for given, chosen in found.items()}
    alt = " ".join(f"{given.capitalize()}: {statements}." for given, statements in told.items() if statements)
    return FigureText(title, caption, alt)


def _values(claim: Claim) -> str:
    """The estimates of a claim without counts and intervals: `27% by leaving and 51% by publication`."""
    told = {clock: written_value(claim.unit, e.value, digits_of(claim)) for clock, e in claim.readings.items()}
    return join_words(f"{text} by {CLOCK_WORDS[clock]}" if clock else text for clock, text in told.items())


def chart(claims: Sequence[Claim], title: str) -> Figure:
    """Per statement and clock: the allowed range, the estimate with its 95% interval, the counts and the verdict."""
    panels = {unit: [claim for claim in claims if claim.unit == unit] for unit in AXIS}
    panels = {unit: chosen for unit, chosen in panels.items() if chosen}
    rows = [sum(len(claim.readings) for claim in chosen) for chosen in panels.values()]
    height = 1.25 + sum(rows) * ROW + 0.42 * len(panels)
    made, grid = figure(height, nrows=len(panels), squeeze=False, gridspec_kw={"height_ratios": rows})
    for axes, (unit, chosen) in zip(grid[:, 0], panels.items(), strict=True):
        _panel(axes, unit, chosen)
    thin = any(THIN in claim.fits.values() for claim in claims)
    _key(made, grid[0, 0], [FITS, MAY_FIT, NOT_FIT, *([THIN] if thin else [])])
    headline(made, title)
    return made


def _panel(axes: Axes, unit: str, claims: Sequence[Claim]) -> None:
    if unit == "ratio":
        axes.set_xscale("log")
    labels: list[str] = []
    for claim in claims:
        for place, (clock, estimate) in enumerate(claim.readings.items()):
            _row(axes, len(labels), claim, clock, estimate)
            by = f"by {CLOCK_WORDS[clock]}" if len(claim.readings) > 1 else ""
            labels.append(by if place else f"{claim.entry.short}{', ' if by else ''}{by}")
        _beside(axes, len(labels) - (len(claim.readings) + 1) / 2, VERDICT, claim.verdict, INK)
        axes.axhline(len(labels) - 0.5, color=RULE, linewidth=0.4, zorder=0)
    axes.set_yticks(range(len(labels)), labels, fontsize=SMALL)
    axes.set(xlim=LIMITS[unit], ylim=(len(labels) - 0.5, -0.5))
    axes.set_xlabel(AXIS[unit], fontsize=7.8)
    axes.tick_params(axis="y", length=0, pad=8)  # clear of a mark at the end of the scale
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.spines["left"].set_visible(False)
    if unit == "share":
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        return
    if unit == "ratio":
        axes.xaxis.set_major_locator(FixedLocator([0.5, 1, 2, 4]))
        axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}" if unit == "ratio" else points(x)))
    axes.axvline(1 if unit == "ratio" else 0, color=MUTED, linewidth=0.7, zorder=1)


def _row(axes: Axes, y: int, claim: Claim, clock: str, estimate: Estimate) -> None:
    unit, allowed, look = claim.unit, claim.entry.allowed, LOOKS[claim.fits[clock]]
    left, right = LIMITS[unit]
    name = f"{claim.id}-{clock}".replace("_", "-").strip("-")
    if allowed is not None:
        low, high = max(allowed.low, left), min(allowed.high, right)
        ends: dict[str, Any] = {"color": FILL["teal"], "linewidth": 9.5, "solid_capstyle": "butt", "zorder": 1}
        (band,) = axes.plot([low, high], [y, y], **ends)
        mark(band, f"{name}-words", f"{claim.entry.short}: what the words allow")
        edge: dict[str, Any] = {"color": PALETTE["teal"], "zorder": 2}
        for end in (allowed.low, allowed.high):
            if left < end < right:
                axes.plot([end, end], [y - 0.36, y + 0.36], linewidth=0.9, **edge)
        if low == high:
            axes.plot([low, low], [y - 0.36, y + 0.36], linewidth=2.2, clip_on=False, **edge)
    low, high = max(estimate.low, left), min(estimate.high if math.isfinite(estimate.high) else right, right)
    axes.plot([low, high], [y, y], color=look["color"], linewidth=1.3, zorder=3)
    (dot,) = axes.plot([estimate.value], [y], linestyle="", markersize=5, zorder=4, clip_on=False, **look)
    mark(dot, name, f"{claim.entry.short}: {written_estimate(unit, estimate)}, {claim.verdict}")
    counts = written_counts(unit, estimate).replace(" against ", " : " if unit == "ratio" else ", ")
    _beside(axes, y, COUNTS, counts.replace(" cases", ""), MUTED)


def _beside(axes: Axes, y: float, offset: float, text: str, colour: str) -> None:
    """A text to the right of the axes, `offset` points from their edge."""
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
    axes.annotate(text, (1.0, y), (offset, 0), fontsize=SMALL, color=colour, annotation_clip=False, **place)


def _key(made: Figure, axes: Axes, codes: Sequence[int]) -> None:
    handles: list[Any] = [Patch(facecolor=FILL["teal"], edgecolor=PALETTE["teal"], linewidth=0.8)]
    handles += [axes.plot([], [], linewidth=1.3, markersize=5, **LOOKS[code])[0] for code in codes]
    labels = ["what the words allow", *(f"our list, {WORDS[code]}" for code in codes)]
    made.legend(handles, labels, loc="outside lower left", ncols=4, fontsize=7.5, handletextpad=0.6, columnspacing=1.2)
