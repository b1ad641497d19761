"""Which numbers of the timeline go on record, and under which names."""

from __future__ import annotations

import pandas as pd

from analysis.data.clocks import lies_in, precision, stated_range
from analysis.data.study import Span, Study
from analysis.record import formats
from analysis.record.record import Record
from analysis.record.share_record import record_share
from analysis.stats.uncertainty import Share, share_of, wilson
from analysis.timeline.lag import Lag, lag_summary, lags
from analysis.timeline.periods import PUBLISHED
from analysis.timeline.timeline import (
    OUTSIDE,
    UNDATED,
    UNKNOWN,
    by_month,
    by_period,
    dated_by_basis,
    months_shown,
    not_by_month,
    peak,
    share_in,
)
from analysis.timeline.timeline_text import months_words, peak_words


def record_clock(record: Record, cases: pd.DataFrame, clock: str, study: Study) -> None:
    """Record one clock under `timeline.<clock>`: what is dated, the peak, the last year and the last period.

    Args:
        record: The notebook's record.
        cases: The core list.
        clock: `left` or `first_public`.
        study: Gives window and periods.
    """
    prefix = f"timeline.{clock}"
    known = cases.index[precision(cases[clock]) == "month"]
    record_share(record, f"{prefix}.month_known", _share(len(known), len(cases)), known)
    dated = cases.index[precision(cases[clock]) != "none"]
    record_share(record, f"{prefix}.year_known", _share(len(dated), len(cases)), dated)
    apart = not_by_month(cases, clock)
    record.value(f"{prefix}.month_missing", int(apart.sum()), unit="count", denominator=len(cases))
    record.value(f"{prefix}.undated", int(apart["none"]), unit="count", denominator=len(cases))
    for year, n in apart.drop("none").items():
        record.value(f"{prefix}.year_only.y{year}", int(n), unit="count", denominator=len(cases))
    record.value(f"{prefix}.year_only.all", int(apart.drop("none").sum()), unit="count", denominator=len(cases))
    counts = by_month(cases, clock, months_shown(cases, study.clocks, study.window))
    busiest = peak(counts)
    record.value(f"{prefix}.peak.month", peak_words(busiest), unit="text", n=busiest.n, denominator=len(known))
    record.value(f"{prefix}.peak.n", busiest.n, unit="count", denominator=len(known))
    _spans(record, cases, clock, study)
    _periods(record, cases, clock, study, counts)


def last_year(window: Span) -> Span:
    """The calendar year in which the window ends, whole."""
    year = window.end.year
    return Span("last_year", str(year), pd.Period(f"{year}-01", "M"), pd.Period(f"{year}-12", "M"))


def _spans(record: Record, cases: pd.DataFrame, clock: str, study: Study) -> None:
    last_period = study.periods[-1]
    for name, span, known_to in (
        ("last_year", last_year(study.window), "year"),
        ("last_period", last_period, "month"),
    ):
        found = share_in(cases, clock, span, known_to, study.window)
        prefix = f"timeline.{clock}.{name}"
        if found.share.denominator:
            record_share(record, prefix, found.share, found.cases)
        record.value(f"{prefix}.open", found.open, unit="count", denominator=len(cases))
        for kind, bounds in (("worst", found.worst), ("possible", found.possible)):
            lowest, highest = (formats.percent(share) for share in bounds)
            words = lowest if lowest == highest else formats.percent_range(*bounds)
            record.value(f"{prefix}.{kind}", bounds, unit="interval", text=words, denominator=len(cases))
            for end, share in zip(("lowest", "highest"), bounds, strict=True):
                record.value(f"{prefix}.{kind}_{end}", share, unit="share", denominator=len(cases))


def _periods(record: Record, cases: pd.DataFrame, clock: str, study: Study, counts: pd.DataFrame) -> None:
    table = by_period(cases, clock, study.periods)
    dated = int(table["n"].drop([UNKNOWN, UNDATED]).sum())
    n, per_month = table["n"].to_dict(), table["per_month"].to_dict()
    for period in study.periods:
        prefix = f"timeline.{clock}.period.{period.id}"
        if dated:
            record_share(record, prefix, _share(int(n[period.id]), dated))
        _rate(record, f"{prefix}.per_month", float(per_month[period.id]))
        upto = int(counts["cumulative"].loc[: period.end].iloc[-1])
        record.value(f"{prefix}.cumulative", upto, unit="count", denominator=int(counts["n"].sum()))
    for place in OUTSIDE:
        record.value(f"timeline.{clock}.period.{place}", int(n[place]), unit="count")


def record_basis(record: Record, cases: pd.DataFrame) -> None:
    """Record under `timeline.left.basis.<basis>.<precision>` how dates of leaving are known, as counts of cases."""
    table = dated_by_basis(cases)
    for basis, row in table.iterrows():
        for known, n in row.items():
            record.value(f"timeline.left.basis.{basis}.{known}", int(n), unit="count", denominator=len(cases))


def record_later(record: Record, later: pd.DataFrame, study: Study) -> None:
    """Record under `timeline.later` how many of the later cases had left inside the window, before anyone heard them.

    They show what a list that ends with the window cannot hold: people who left near its end and spoke after it.

    Args:
        record: The notebook's record.
        later: The cases that became public after the window.
        study: Gives window and periods.
    """
    well_enough = precision(later["left"]) == "month"
    for name, span in (("window", study.window), ("last_period", study.periods[-1])):
        inside = lies_in(stated_range(later["left"]), span).where(well_enough)
        if well_enough.any():
            record_share(record, f"timeline.later.left_in_{name}", share_of(inside), inside.index[inside == 1])


def record_published(record: Record, frame: pd.DataFrame) -> None:
    """Record the published cases per month under `timeline.published`; the counts are on record as `published`.

    Args:
        record: The notebook's record.
        frame: As `period_frame` gives it; nothing is recorded when it holds no published series.
    """
    rows = frame[frame["series"] == PUBLISHED]
    for period, per_month in rows[["period", "per_month"]].itertuples(index=False):
        _rate(record, f"timeline.published.period.{period}.per_month", per_month)


def record_lag(record: Record, cases: pd.DataFrame, name: str, start: str, end: str) -> Lag:
    """Record a lag under `timeline.<name>` and return it.

    Args:
        record: The notebook's record.
        cases: The core list.
        name: `lag` or `stay`.
        start: `joined` or `left`.
        end: `left` or `first_public`.

    Raises:
        ValueError: When no case is known to the month on both.
    """
    months = lags(cases, start, end)
    lag = lag_summary(months)
    prefix, total = f"timeline.{name}", len(cases)
    record.value(f"{prefix}.n", lag.n, unit="count", denominator=total, cases=months.index)
    for part in ("median", "lower", "upper", "longest"):
        number = float(getattr(lag, part))
        record.value(f"{prefix}.{part}", number, unit="number", text=months_words(number), n=lag.n, denominator=total)
    middle = f"{lag.lower:g} to {months_words(lag.upper)}"
    record.value(f"{prefix}.middle_half", middle, unit="text", n=lag.n, denominator=total)
    for part in ("same_month", "within_three"):
        record_share(record, f"{prefix}.{part}", _share(int(getattr(lag, part)), lag.n))
    return lag


def record_window(record: Record, cases: pd.DataFrame, study: Study, n_events: int) -> None:
    """Record the frame of the timeline: cases, window, the names of the last year and period, events marked."""
    record.value("timeline.cases", len(cases), unit="count", cases=cases.index)
    record.value("timeline.window.start", study.window.start, unit="month")
    record.value("timeline.window.end", study.window.end, unit="month")
    record.value("timeline.window.months", len(study.window.months), unit="count")
    record.value("timeline.last_year", study.window.end.strftime("%Y"), unit="text")
    record.value("timeline.last_period", study.periods[-1].label, unit="text")
    record.value("timeline.events", n_events, unit="count")


def _share(n: int, denominator: int) -> Share:
    return Share(n, denominator, *wilson(n, denominator))


def _rate(record: Record, name: str, per_month: float) -> None:
    record.value(name, per_month, unit="number", text=formats.decimal(per_month + 1e-9, 1))
