"""Rates by period on both clocks: cases per month, and foreign cases per 10,000 foreign fighters who had gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.data.study import Span
from analysis.record.formats import decimal
from analysis.record.headline import headline
from analysis.record.style import INK, MUTED, PALETTE, figure, mark
from analysis.stats.rates import Rate

SMALL = 7.5  # points
LOOKS: dict[str, dict[str, Any]] = {
    "first_public": {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"]},
    "left": {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white"},
}
OFFSETS = {"first_public": -0.13, "left": 0.13}


def attention_chart(
    monthly: dict[str, Sequence[Rate]],
    per_recruits: dict[str, Sequence[Rate]],
    spans: Sequence[Span],
    clocks: dict[str, str],
    ratios: tuple[str, str],
    title: str,
) -> Figure:
    """Two panels on the same periods: all cases per month, and foreign cases against the foreign fighters who had gone.

    Args:
        monthly: Clock to a rate per span, per month.
        per_recruits: Clock to a rate per span, per month per 10,000.
        spans: The periods, in order.
        clocks: Clock to its label; the order of the points.
        ratios: What stands under the name of each panel: the later year against the earlier.
        title: The finding.
    """
    made, (left, right) = figure(3.9, ncols=2)
    _panel(left, monthly, spans, clocks, f"Cases per month\n{ratios[0]}", "a month", "m")
    _panel(
        right,
        per_recruits,
        spans,
        clocks,
        f"Foreign cases per month per 10,000 who had gone\n{ratios[1]}",
        "a month per 10,000",
        "r",
    )
    handles = [left.plot([], [], markersize=5, **LOOKS[clock])[0] for clock in clocks]
    handles += left.plot([], [], linestyle="none")
    labels = [*clocks.values(), "Number over an interval: cases"]
    made.legend(handles, labels, loc="outside lower left", ncols=3, fontsize=8)
    headline(made, title)
    return made


def _panel(
    axes: Axes,
    rates: dict[str, Sequence[Rate]],
    spans: Sequence[Span],
    clocks: dict[str, str],
    name: str,
    unit: str,
    key: str,
) -> None:
    top = max(rate.high for series in rates.values() for rate in series)
    for clock, label in clocks.items():
        for x, (span, rate) in enumerate(zip(spans, rates[clock], strict=True)):
            at = x + OFFSETS[clock]
            axes.plot([at, at], [rate.low, rate.high], color=LOOKS[clock]["color"], linewidth=1.3)
            (dot,) = axes.plot([at], [rate.rate], markersize=5, **{**LOOKS[clock], "linestyle": "none"})
            limits = f"{decimal(rate.low, 1)} to {decimal(rate.high, 1)}"
            told = f"{label}, {span.label}: {decimal(rate.rate, 1)} {unit} ({rate.n} cases, 95% interval {limits})"
            mark(dot, f"{key}-{clock}-{span.id}".replace("_", "-"), told)
            axes.annotate(
                str(rate.n),
                (at, rate.high),
                (0, 2.5),
                textcoords="offset points",
                fontsize=SMALL,
                ha="center",
                va="bottom",
                color=LOOKS[clock]["color"],
            )
    axes.set_xticks(range(len(spans)), [short(span) for span in spans], fontsize=SMALL)
    axes.set(ylim=(0, top * 1.1), xlim=(-0.5, len(spans) - 0.5))
    axes.set_title(name, fontsize=SMALL, fontweight="normal", color=INK, linespacing=1.3)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y", color=MUTED, alpha=0.25)


def short(span: Span) -> str:
    """A span in two short lines: `Jan–Aug` over `2014`, or years where it crosses one."""
    first, last = span.start, span.end
    if first.year == last.year:
        return f"{first.strftime('%b')}–{last.strftime('%b')}\n{first.year}"
    return f"{first.strftime('%b %Y')}–\n{last.strftime('%b %Y')}"
