"""Attention or departure: the rise over time on both clocks, per month and against the pool of recruits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.data.clocks import lies_in
from analysis.data.dataset import Dataset
from analysis.data.study import Span, Study
from analysis.evidence.agreement import defined
from analysis.record.figure_text import FigureText
from analysis.record.formats import decimal, join_words, percent
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import INK, MUTED, PALETTE, figure, mark
from analysis.stats.rates import Rate, RateRatio, rate, rate_ratio
from analysis.stats.uncertainty import LEVEL
from analysis.timeline.dating import dated, years_of
from analysis.timeline.recruits import between, published_points

PER = 10_000
LOOKS: dict[str, dict[str, Any]] = {
    "first_public": {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"]},
    "left": {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white"},
}
OFFSETS = {"first_public": -0.13, "left": 0.13}
ABOVE: dict[str, Any] = {"textcoords": "offset points", "fontsize": 8.5, "ha": "center", "va": "bottom"}
ByClock = Mapping[str, Sequence[Rate]]


def rates_in(cases: pd.DataFrame, clock: str, spans: Sequence[Span], window: Span) -> list[Rate]:
    """Cases per month in each span on one clock, with exact intervals.

    Args:
        cases: Cases that were public by the end of the window. A case counts where its date certainly lies in the
            span, so a rate is a minimum: cases without a date, or with a year alone where months are asked for, are
            in none.
        clock: `left` or `first_public`.
        spans: The spans; each rate's exposure is its number of months.
        window: The window by whose end the cases were public.
    """
    ranges = dated(cases, clock, window)
    return [rate(int(lies_in(ranges, span).sum()), len(span.months)) for span in spans]


def foreign(dataset: Dataset) -> pd.DataFrame:
    """The core cases from outside the region of the group's own territory, where a country is known."""
    cases = dataset.core
    return cases[cases["country"].notna() & (cases["region"] != dataset.study.local_region)]


def recruit_rates_in(dataset: Dataset, clock: str, spans: Sequence[Span], line: str) -> list[Rate]:
    """Foreign cases per month per 10,000 foreign fighters who had gone, in each span, with exact intervals.

    Args:
        dataset: The case list; only its core cases from outside the local region are counted.
        clock: `left` or `first_public`.
        spans: Spans inside the window.
        line: `low` or `high`: which line through the published estimates. The exposure is the sum over the span's
            months of the people who had gone by then, in units of 10,000. They include those who had returned or died
            and those who joined other groups: nobody published a series of those present.
    """
    window = dataset.study.window
    gone = between(published_points(dataset.recruits), window.months)[line]
    counted = rates_in(foreign(dataset), clock, spans, window)
    return [rate(r.n, float(gone.loc[span.months].sum()) / PER) for r, span in zip(counted, spans, strict=True)]


def rise(rates: Sequence[Rate]) -> RateRatio:
    """The last rate over all the earlier ones taken together."""
    before = rate(sum(r.n for r in rates[:-1]), sum(r.exposure for r in rates[:-1]))
    return rate_ratio(rates[-1], before)


def rates_frame(monthly: ByClock, per_recruits: ByClock, spans: Sequence[Span]) -> pd.DataFrame:
    """The rates of the chart, one row each: per month, and per month per 10,000 who had gone.

    Returns:
        Columns `measure` (`month` or `recruits`), `clock`, `span`, `n`, `exposure`, `rate`, `low`, `high`.
    """
    rows = [
        (measure, clock, span.id, found.n, found.exposure, found.rate, found.low, found.high)
        for measure, series in (("month", monthly), ("recruits", per_recruits))
        for clock, rates in series.items()
        for span, found in zip(spans, rates, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "clock", "span", "n", "exposure", "rate", "low", "high"])


def show(cell: Cell, data: Dataset) -> Figure:
    """Record how the last year compares with the years before, and the figure `attention`; return the figure."""
    study, core = data.study, data.core
    spans, years = study.periods, years_of(study.window)
    by_year = {clock: rates_in(core, clock, years, study.window) for clock in LOOKS}
    yearly = {clock: rise(rates) for clock, rates in by_year.items()}
    cell.value(f"attention.left.{years[0].id}.n", by_year["left"][0].n, unit="count")
    cell.value("attention.first_public.chance", chance(yearly["first_public"]), unit="phrase")
    per_recruit = {}
    for clock in LOOKS:
        _record_ratio(cell, f"attention.{clock}", yearly[clock])
        for line in ("low", "high"):
            per_recruit[clock] = rise(recruit_rates_in(data, clock, years, line))
            _record_ratio(cell, f"attention.recruits.{line}.{clock}", per_recruit[clock])
    monthly = {clock: rates_in(core, clock, spans, study.window) for clock in LOOKS}
    recruits = {clock: recruit_rates_in(data, clock, spans, "high") for clock in LOOKS}
    text = words(yearly, monthly, data)
    under = (ratio_line(yearly, years), ratio_line(per_recruit, years))
    drawing = chart(monthly, recruits, study, under, text.title)
    return cell.figure("attention", drawing, text, data=rates_frame(monthly, recruits, spans), cases=core.index)


def chance(ratio: RateRatio) -> str:
    """Whether a ratio of rates is beyond chance: its interval leaves out 1."""
    return "beyond chance" if ratio.low > 1 or ratio.high < 1 else "within the range of chance"


def _record_ratio(cell: Cell, name: str, ratio: RateRatio) -> None:
    """Record a ratio of rates with its interval; nothing where it is undefined or infinite."""
    if math.isfinite(ratio.ratio):
        cell.value(f"{name}.ratio", ratio.ratio, unit="number")
        cell.value(f"{name}.interval", (ratio.low, ratio.high), unit="interval", text=limits(ratio))


def limits(ratio: RateRatio) -> str:
    """The interval of a ratio in words: `0.98 to 2.57`."""
    return f"{decimal(ratio.low)} to {decimal(ratio.high) if math.isfinite(ratio.high) else 'no limit'}"


def ratio_line(ratios: Mapping[str, RateRatio], years: Sequence[Span]) -> str:
    """The later year against the earlier on both clocks, as it stands under the name of a panel."""
    public, left = (f"{defined(ratios[clock].ratio)} ({limits(ratios[clock])})" for clock in LOOKS)
    return f"{years[-1].label} over {years[0].label}: public {public},\nleft {left}"


def words(yearly: Mapping[str, RateRatio], monthly: ByClock, data: Dataset) -> FigureText:
    """Title, caption and alternative text, from the rise (`rise`) and the rates by period (`rates_in`) by clock."""
    study, title = data.study, _title(yearly, years_of(data.study.window))
    local = sorted(data.countries.loc[data.countries["region"] == study.local_region, "name"], reverse=True)
    caption = (
        f"Left: core cases per month by either clock. Right: cases from outside {join_words(local)} per month, per "
        "10,000 foreign fighters who had gone there by then; their number is read off straight lines between the "
        "highest published estimates, is a running total of all who went and not of those present, and carries no "
        f"chance error here. Numbers: cases; bars: exact {percent(LEVEL)} Poisson intervals. A case counts where its "
        "date certainly lies in the period; the ratios of years count dates known to the year as well. Departures "
        "near the end had little time to become public."
    )
    said = []
    for clock, rates in monthly.items():
        parts = [f"{span.label} {decimal(r.rate, 1)} ({r.n})" for span, r in zip(study.periods, rates, strict=True)]
        said.append(f"{study.clocks[clock]}, cases per month: {', '.join(parts)}")
    return FigureText(title, caption, f"{'. '.join(said)}. {title}.")


def _title(yearly: Mapping[str, RateRatio], years: Sequence[Span]) -> str:
    public, left = yearly["first_public"].ratio, yearly["left"].ratio
    before, last = years[0].label, years[-1].label
    if not (math.isfinite(public) and math.isfinite(left)):
        return f"{before} has too few dated cases to compare {last} with it"
    joint = "and" if (public > 1) == (left > 1) else "but"
    return (
        f"Per month, {last} has {decimal(public, 1)} times as many cases made public as {before}, {joint} "
        f"{decimal(left, 1)} times as many dated departures"
    )


def chart(monthly: ByClock, recruits: ByClock, study: Study, ratios: tuple[str, str], title: str) -> Figure:
    """Two panels by period: all cases per month, and foreign cases per 10,000 who had gone; a ratio under each name."""
    made, (left, right) = figure(4.2, ncols=2)
    names = "Cases per month", "Foreign cases per month per 10,000 who had gone"
    units = ("a month", "m"), ("a month per 10,000", "r")
    for axes, rates, name, ratio, unit in zip((left, right), (monthly, recruits), names, ratios, units, strict=True):
        _panel(axes, rates, study, *unit)
        axes.set_title(f"{name}\n{ratio}", fontsize=8.5, fontweight="normal", color=INK, linespacing=1.3)
    handles = [left.plot([], [], markersize=5, **LOOKS[clock])[0] for clock in monthly]
    handles += left.plot([], [], linestyle="none")
    labels = [*(study.clocks[clock] for clock in monthly), "Number over an interval: cases"]
    made.legend(handles, labels, loc="outside lower left", ncols=3, fontsize=8.5)
    headline(made, title)
    return made


def _panel(axes: Axes, rates: ByClock, study: Study, unit: str, key: str) -> None:
    spans, top = study.periods, max(found.high for series in rates.values() for found in series)
    for clock, series in rates.items():
        look = LOOKS[clock]
        for x, (span, found) in enumerate(zip(spans, series, strict=True)):
            at = x + OFFSETS[clock]
            axes.plot([at, at], [found.low, found.high], color=look["color"], linewidth=1.3)
            (dot,) = axes.plot([at], [found.rate], markersize=5, **{**look, "linestyle": "none"})
            said = f"{decimal(found.rate, 1)} {unit} ({found.n} cases, 95% interval "
            said += f"{decimal(found.low, 1)} to {decimal(found.high, 1)})"
            mark(dot, f"{key}-{clock}-{span.id}".replace("_", "-"), f"{study.clocks[clock]}, {span.label}: {said}")
            axes.annotate(str(found.n), (at, found.high), (0, 2.5), color=look["color"], **ABOVE)
    axes.set_xticks(range(len(spans)), [short(span) for span in spans], fontsize=8.5)
    axes.set(ylim=(0, top * 1.1), xlim=(-0.5, len(spans) - 0.5))
    axes.tick_params(axis="x", length=0)
    axes.tick_params(axis="y", labelsize=8.5)
    axes.grid(axis="y", color=MUTED, alpha=0.25)


def short(span: Span) -> str:
    """A span in two short lines: `Jan–Aug` over `2014`, or years where it crosses one."""
    first, last = span.start, span.end
    if first.year == last.year:
        return f"{first.strftime('%b')}–{last.strftime('%b')}\n{first.year}"
    return f"{first.strftime('%b %Y')}–\n{last.strftime('%b %Y')}"
