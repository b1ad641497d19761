"""The periods side by side: our cases by either clock, and a published count where there is one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.study import Span
from analysis.record.formats import percent
from analysis.stats.uncertainty import wilson
from analysis.timeline.timeline import OUTSIDE, UNDATED, UNKNOWN, by_period

PUBLISHED = "published"


def period_frame(
    cases: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], published: pd.Series[int] | None = None
) -> pd.DataFrame:
    """Counts and shares by period, a row per series and period.

    Args:
        cases: Cases with each clock's dates as given.
        clocks: Clock to its label, such as `left` to `Month of leaving`.
        periods: Periods in order of time, not overlapping.
        published: The 2015 report's own count per period (index: period id), or None where it is not at hand. It is
            another list of cases: it is set beside ours and never added to it.

    Returns:
        Columns `series` (a clock or `published`), `period`, `months` (length), `n`, `denominator` (cases of the series
        dated well enough to say, those before and after the periods included), `cases` (all of them), `share` (0-1),
        `low` and `high` (Wilson 95%; missing for the published series, which its authors counted in full), `per_month`
        (`n` over the length).

    Raises:
        ValueError: When the published counts do not name the same periods.
    """
    counts = {clock: by_period(cases, clock, periods)["n"] for clock in clocks}
    ids = [period.id for period in periods]
    if published is not None:
        if set(published.index) != set(ids):
            raise ValueError("The published counts and the study name different periods. Make them agree.")
        counts[PUBLISHED] = published
    rows = []
    for series, n in counts.items():
        dated = int(n.drop([UNKNOWN, UNDATED], errors="ignore").sum())
        for period in periods:
            count = int(n[period.id])
            low, high = (float("nan"),) * 2 if series == PUBLISHED else wilson(count, dated)
            share = count / dated if dated else float("nan")
            length = len(period.months)
            rows.append((series, period.id, length, count, dated, int(n.sum()), share, low, high, count / length))
    columns = ["series", "period", "months", "n", "denominator", "cases", "share", "low", "high", "per_month"]
    return pd.DataFrame(rows, columns=columns)


def period_table(
    cases: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], published: pd.Series[int] | None = None
) -> pd.DataFrame:
    """The periods as the paper prints them: a row per period, then what could not be placed, then all cases.

    Args: as for `period_frame`.

    Returns:
        Text columns `Period`, one per clock, and `2015 report` where it is at hand: `n (share)`, the share being of
        the cases dated well enough to say.
    """
    frame = period_frame(cases, clocks, periods, published)
    names = {**clocks, PUBLISHED: "2015 report"}
    outside = {
        "before": f"Before {periods[0].start.strftime('%B %Y')}",
        "after": f"After {periods[-1].end.strftime('%B %Y')}",
        "unknown": "Known to the year only",
        "undated": "No date",
    }
    lines: dict[str, dict[str, str]] = {period.label: {} for period in periods}
    labels = {period.id: period.label for period in periods}
    for series, period, n, denominator in frame[["series", "period", "n", "denominator"]].itertuples(index=False):
        lines[labels[period]][names[series]] = f"{n} ({percent(n / denominator)})" if denominator else f"{n}"
    ours = {clock: by_period(cases, clock, periods)["n"] for clock in clocks}
    for place in OUTSIDE:
        if any(n[place] for n in ours.values()):
            lines[outside[place]] = {names[clock]: str(n[place]) for clock, n in ours.items()}
            lines[outside[place]][names[PUBLISHED]] = "–"
    lines["All cases"] = {names[clock]: str(n.sum()) for clock, n in ours.items()}
    if published is not None:
        lines["All cases"][names[PUBLISHED]] = str(int(published.sum()))
    columns = [names[series] for series in dict.fromkeys(frame["series"])]
    table = pd.DataFrame.from_dict(lines, orient="index")[columns]
    return table.rename_axis("Period").reset_index()
