"""How well the cases are dated on each clock, and which of them fall in a year of the window."""

from __future__ import annotations

import pandas as pd

from analysis.data.clocks import stated_range
from analysis.data.study import Span


def years_of(window: Span) -> tuple[Span, ...]:
    """The calendar years of a window, the first and the last cut where the window ends."""
    spans = []
    for year in range(window.start.year, window.end.year + 1):
        start, end = max(window.start, pd.Period(f"{year}-01", "M")), min(window.end, pd.Period(f"{year}-12", "M"))
        spans.append(Span(f"y{year}", str(year), start, end))
    return tuple(spans)


def dated(cases: pd.DataFrame, clock: str, window: Span) -> pd.DataFrame:
    """The first and last month that each date may mean, cut at the month by which every account was public.

    The definition of the list decides the cut: a case was public by the window's end and left before it was public,
    so a bare last year means January to the end of the window. No date is filled in.

    Args:
        cases: Cases that were public by the end of the window.
        clock: `left` or `first_public`.
        window: The window by whose end they were public.

    Returns:
        Columns `earliest` and `latest` (`Period[M]`, NaT where there is no date), index `case_id`.
    """
    ranges = stated_range(cases[clock])
    return ranges.assign(latest=ranges["latest"].mask(ranges["latest"] > window.end, window.end))
