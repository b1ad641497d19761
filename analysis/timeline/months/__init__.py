"""Two clocks: cases by month of leaving and by month made public, a tile per case."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.record.figure_text import MINIMUM, FigureText
from analysis.record.formats import join_words, month
from analysis.record.record import Cell
from analysis.timeline.months.chart import chart
from analysis.timeline.months.counts import NO_DATE, month_counts, months_of, numbered

CLEAR = 2  # cases by which the busiest month must lead the next to be called a peak


def show(cell: Cell, data: Dataset) -> Figure:
    """Record and return the figure `timeline`."""
    clocks = data.study.clocks
    frame = month_counts(data.core, clocks, data.study.window)
    events = numbered(data.events, frame)
    text = words(frame, clocks, len(events))
    return cell.figure("timeline", chart(frame, events, clocks, text.title), text, data=frame, cases=data.core.index)


def words(frame: pd.DataFrame, clocks: Mapping[str, str], n_events: int) -> FigureText:
    """Title, caption and alternative text from the counts (`month_counts`) and the number of events marked."""
    left, public = (clear_peak(months_of(frame, clock)) for clock in ("left", "first_public"))
    return FigureText(
        title=_title(frame, left, public),
        caption=_caption(frame, clocks, n_events, bool(left and public)),
        alt=" ".join(_alt(frame, clock, label) for clock, label in clocks.items()),
    )


def clear_peak(counts: pd.Series[int]) -> str:
    """The month that leads the next by `CLEAR` cases or more, in words; empty when none does."""
    first = counts.nlargest(2)
    return month(first.index[0]) if first.iloc[0] - first.iloc[1] >= CLEAR else ""


def busiest(counts: pd.Series[int]) -> str:
    """The months with most cases in words with their count: `May 2015 (4)`, two or three that tie, or how many tie."""
    highest = counts.max()
    months = counts.index[counts == highest]
    if highest == 0:
        return "no month (0)"
    said = join_words(map(month, months)) if len(months) < 4 else f"{len(months)} months alike"
    return f"{said} ({'each ' if len(months) > 1 else ''}{highest})"


def _title(frame: pd.DataFrame, left: str, public: str) -> str:
    total = int(frame.loc[frame["clock"] == "left", "n"].sum())
    missing = total - int(months_of(frame, "left").sum())
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


def _caption(frame: pd.DataFrame, clocks: Mapping[str, str], n_events: int, all_clear: bool) -> str:
    total = int(frame.loc[frame["clock"] == next(iter(clocks)), "n"].sum())
    known = [f"{label.lower()} (known for {months_of(frame, clock).sum()})" for clock, label in clocks.items()]
    parts = [f"Cases of the core list (n = {total}) by {' and by '.join(known)}. One tile is one case."]
    if not all_clear:
        parts.append(f"A peak is called clear where the highest month leads the next by {CLEAR} cases or more.")
    monthly = frame["known_to"] == "month"
    if frame.loc[~monthly, "n"].sum():
        parts.append("Open tiles: cases known only to the year, or without a date, counted apart.")
    if (frame["n"] > frame["stated"])[monthly].any():
        parts.append("Hatched tiles: the month is inferred from the text, or its basis is not reported.")
    if n_events:
        parts.append("Numbered lines mark events, named in the key; they are context, not causes.")
    return " ".join([*parts, MINIMUM])


def _alt(frame: pd.DataFrame, clock: str, label: str) -> str:
    counts, rows = months_of(frame, clock), frame[frame["clock"] == clock]
    known = f"{label}: known for {counts.sum()} of {rows['n'].sum()} cases; most in {busiest(counts)}."
    rest = rows[(rows["known_to"] != "month") & (rows["n"] > 0)]
    said = [
        f"{n} without a date" if when == NO_DATE else f"{n} known only to be {when}"
        for when, n in zip(rest["when"], rest["n"], strict=True)
    ]
    return known + (f" Not placed: {join_words(said)}." if said else "")
