"""The words of the timeline's figures, computed from what they show."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.study import Span
from analysis.record.figure_text import MINIMUM, FigureText
from analysis.record.formats import join_words, month, percent, plural
from analysis.timeline.lag import Lag
from analysis.timeline.periods import PUBLISHED
from analysis.timeline.timeline import Peak, peak

CLEAR = 2  # cases by which the busiest month must lead the next to be called a peak
BY = {"left": "by month of leaving", "first_public": "by month made public"}


def timeline_text(frame: pd.DataFrame, clocks: Mapping[str, str], n_events: int) -> FigureText:
    """The words of the chart of both clocks.

    Args:
        frame: As `timeline_frame` gives it.
        clocks: Clock to its label.
        n_events: Events that the chart marks.
    """
    return FigureText(
        title=_timeline_title(frame),
        caption=_timeline_caption(frame, clocks, n_events),
        alt=" ".join(_clock_alt(frame, clock, label) for clock, label in clocks.items()),
    )


def periods_text(frame: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], total: int) -> FigureText:
    """The words of the chart of the periods.

    Args:
        frame: As `period_frame` gives it.
        clocks: Clock to its label.
        periods: The periods, in order of time.
        total: Cases of the core list.
    """
    return FigureText(
        title=_periods_title(frame, periods),
        caption=_periods_caption(frame, clocks, total),
        alt=_periods_alt(frame, clocks, periods),
    )


def lag_text(lag: Lag, total: int, window: Span) -> FigureText:
    """The words of the chart of the lag.

    Args:
        lag: As `lag_summary` gives it.
        total: Cases of the core list.
        window: The window of the list.
    """
    cases = plural(lag.n, "case")
    title = (
        f"At least half of the {cases} dated on both clocks were public within {months_words(lag.median)} of leaving; "
        f"the slowest took {months_words(lag.longest)}"
    )
    caption = (
        f"Months from leaving to the first public account, for the {lag.n} of {total} core cases in which both are "
        "known to the month; 0 is the same month. One tile is one case. The line marks the median, the band the middle "
        f"half. Whoever left shortly before the window closed in {month(window.end)} can only show a short lag. "
        f"{MINIMUM}"
    )
    alt = (
        f"Median {months_words(lag.median)}, middle half from {lag.lower:g} to {months_words(lag.upper)}, "
        f"over {cases}. Public in the month of leaving: {_part(lag.same_month, lag.n)}; "
        f"within three months: {_part(lag.within_three, lag.n)}. The longest lag is {months_words(lag.longest)}."
    )
    return FigureText(title, caption, alt)


def peak_words(busiest: Peak) -> str:
    """The peak in words: a month, two or three that tie, or how many tie."""
    if not busiest.months:
        return "no month"
    if len(busiest.months) > 3:
        return f"{len(busiest.months)} months alike"
    return join_words(month(period) for period in busiest.months)


def months_words(number: float) -> str:
    """A number of months as it is said: `1 month`, `1.5 months`."""
    return f"{number:g} {'month' if number == 1 else 'months'}"


def months_of(frame: pd.DataFrame, clock: str) -> pd.DataFrame:
    """The monthly counts of one clock of a timeline frame: index `month`, column `n`."""
    rows = frame[(frame["clock"] == clock) & (frame["known_to"] == "month")]
    return rows.assign(month=pd.PeriodIndex(rows["when"], freq="M")).set_index("month")[["n"]]


def _part(n: int, denominator: int) -> str:
    return f"{n} ({percent(n / denominator)})"


def _timeline_title(frame: pd.DataFrame) -> str:
    left, public = (_clear_peak(frame, clock) for clock in ("left", "first_public"))
    total = int(frame.loc[frame["clock"] == "left", "n"].sum())
    missing = total - int(months_of(frame, "left")["n"].sum())
    if not left and not public:
        said = "Neither known departures nor first accounts have a clear peak"
    elif left == public:
        said = f"Known departures and first accounts both peak in {left}"
    elif left and public:
        said = f"Known departures peak in {left}, first accounts in {public}"
    else:
        told = [f"peak in {words}" if words else "have no clear peak" for words in (left, public)]
        said = f"Known departures {told[0]}, first accounts {told[1]}"
    return f"{said}; the month of leaving is missing for {missing} of {total}" if missing else said


def _clear_peak(frame: pd.DataFrame, clock: str) -> str:
    """The month that leads the next by `CLEAR` cases or more, in words; empty when none does."""
    busiest = peak(months_of(frame, clock))
    return peak_words(busiest) if busiest.ahead >= CLEAR else ""


def _timeline_caption(frame: pd.DataFrame, clocks: Mapping[str, str], n_events: int) -> str:
    total = int(frame.loc[frame["clock"] == next(iter(clocks)), "n"].sum())
    known = [f"{label.lower()} (known for {months_of(frame, clock)['n'].sum()})" for clock, label in clocks.items()]
    parts = [f"Cases of the core list (n = {total}) by {' and by '.join(known)}. One tile is one case."]
    if not all(_clear_peak(frame, clock) for clock in ("left", "first_public")):
        parts.append(f"A peak is called clear where the highest month leads the next by {CLEAR} cases or more.")
    if frame.loc[frame["known_to"] != "month", "n"].sum():
        parts.append("Open tiles: cases known only to the year, or without a date, counted apart.")
    monthly = frame[(frame["known_to"] == "month") & frame["stated"].notna()]
    if (monthly["n"] > monthly["stated"]).any():
        parts.append("Hatched tiles: the month is inferred from the text, or its basis is not reported.")
    if n_events:
        parts.append("Numbered lines mark events, named in the key; they are context, not causes.")
    return " ".join([*parts, MINIMUM])


def _clock_alt(frame: pd.DataFrame, clock: str, label: str) -> str:
    counts, rows = months_of(frame, clock), frame[frame["clock"] == clock]
    busiest = peak(counts)
    each = "each " if len(busiest.months) > 1 else ""
    known = f"{label}: known for {counts['n'].sum()} of {rows['n'].sum()} cases; most in {peak_words(busiest)}"
    rest = rows[(rows["known_to"] != "month") & (rows["n"] > 0)]
    said = [
        f"{n} without a date" if when == "none" else f"{n} known only to be {when}"
        for when, n in zip(rest["when"], rest["n"], strict=True)
    ]
    return f"{known} ({each}{busiest.n})." + (f" Not placed: {join_words(said)}." if said else "")


def _periods_title(frame: pd.DataFrame, periods: tuple[Span, ...]) -> str:
    last = frame[(frame["period"] == periods[-1].id) & (frame["denominator"] > 0)].set_index("series")["share"]
    ours = join_words(f"{percent(last[clock])} {said}" for clock, said in BY.items() if clock in last)
    if PUBLISHED in last:
        return f"{periods[-1].label}: {percent(last[PUBLISHED])} of the 2015 report’s cases; of ours {ours}"
    return f"{periods[-1].label}: {ours}"


def _periods_caption(frame: pd.DataFrame, clocks: Mapping[str, str], total: int) -> str:
    dated, inside = (frame.groupby("series")[column] for column in ("denominator", "n"))
    ours = join_words(f"by {label.lower()} ({dated.first()[clock]} of {total})" for clock, label in clocks.items())
    outside = int((dated.first() - inside.sum())[list(clocks)].sum())
    parts = [f"Share of core cases in each period {ours}, of those dated well enough to say."]
    if outside:
        parts.append(f"{plural(outside, 'of these lies', 'of these lie')} outside the periods.")
    parts.append("Lines are Wilson 95% intervals.")
    if PUBLISHED in dated.first().index:
        theirs = dated.first()[PUBLISHED]
        parts.append(
            f"The 2015 report counted {theirs} cases; its list is not ours, and press reports differ on its clock."
        )
    parts.append("Periods differ in length, so the cases per month are given too.")
    return " ".join([*parts, MINIMUM])


def _periods_alt(frame: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...]) -> str:
    names = {**clocks, PUBLISHED: "2015 report"}
    parts = []
    for series, rows in frame.groupby("series", sort=False):
        n, dated, total = rows.set_index("period")["n"], int(rows["denominator"].iloc[0]), int(rows["cases"].iloc[0])
        said = [f"{_part(n[period.id], dated) if dated else n[period.id]} in {period.label}" for period in periods]
        of = f"{dated} of {plural(total, 'case')} dated well enough" if dated < total else plural(total, "case")
        parts.append(f"{names[str(series)]}, {of}: {join_words(said)}.")
    return " ".join(parts)


def period_table_caption(frame: pd.DataFrame, published: pd.DataFrame, total: int) -> str:
    """The caption of the table of periods: what the shares are of, and which published counts are derived.

    Args:
        frame: As `period_frame` gives it, with the published series.
        published: As `published_counts` gives it for the periods.
        total: Cases of the core list.
    """
    derived = int(published["derived"].sum())
    theirs = int(frame.loc[frame["series"] == PUBLISHED, "denominator"].iloc[0])
    said = "Cases per period; shares are of the cases dated well enough to say. "
    said += f"Core list n = {total}, 2015 report n = {theirs}"
    if derived:
        said += (
            f"; {plural(derived, 'count')} of the report {'is' if derived == 1 else 'are'} derived from printed ones"
        )
    return f"{said}. {MINIMUM}"
