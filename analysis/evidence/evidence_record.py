"""What coverage, attention, access and the extension give to the prose."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.data.study import Span
from analysis.evidence.evidence_text import limits
from analysis.people.reported import SUPERVISED, UNKNOWN, UNSUPERVISED
from analysis.record.formats import count, decimal
from analysis.record.record import Record
from analysis.record.share_record import record_share
from analysis.stats.lower_bound import LowerBound
from analysis.stats.rates import Rate, RateRatio
from analysis.stats.uncertainty import LEVEL, Share, wilson


def record_coverage(record: Record, prefix: str, bound: LowerBound) -> None:
    """Record a lower bound on the number of public cases: counts, estimate, interval, unseen and completeness."""
    record.values(
        prefix,
        {
            "observed": (bound.observed, "count"),
            "once": (bound.once, "count"),
            "twice": (bound.twice, "count"),
            "completeness": (bound.completeness, "share"),
        },
    )
    record.value(f"{prefix}.estimate", bound.estimate, unit="count", text=count(round(bound.estimate)))
    record.value(f"{prefix}.unseen", bound.unseen, unit="count", text=count(round(bound.unseen)))
    text = f"{count(round(bound.low))} to {count(round(bound.high))}"
    record.value(f"{prefix}.interval", (bound.low, bound.high), unit="interval", text=text)


def record_rates(record: Record, prefix: str, rates: Sequence[Rate], spans: Sequence[Span]) -> None:
    """Record a rate per span: `<prefix>.<span>.n`, `.rate`, `.interval`."""
    for span, found in zip(spans, rates, strict=True):
        name = f"{prefix}.{span.id if span.id[0].isalpha() else f'p{span.id}'}"
        record.value(f"{name}.n", found.n, unit="count")
        record.value(f"{name}.rate", found.rate, unit="number", text=decimal(found.rate, 1))
        text = f"{decimal(found.low, 1)} to {decimal(found.high, 1)}"
        record.value(f"{name}.interval", (found.low, found.high), unit="interval", text=text)


def record_ratio(record: Record, prefix: str, ratio: RateRatio) -> None:
    """Record a ratio of rates: `<prefix>.ratio`, `.interval`, `.p`, and in words `.direction` and `.chance`.

    Nothing is recorded where the ratio is undefined or infinite.
    """
    if not math.isfinite(ratio.ratio):
        return
    direction = "higher" if ratio.ratio > 1 else "lower" if ratio.ratio < 1 else "the same"
    record.value(f"{prefix}.direction", direction, unit="phrase")
    beyond = ratio.low > 1 or ratio.high < 1
    record.value(f"{prefix}.chance", "beyond chance" if beyond else "within the range of chance", unit="phrase")
    record.value(f"{prefix}.ratio", ratio.ratio, unit="number")
    record.value(f"{prefix}.interval", (ratio.low, ratio.high), unit="interval", text=limits(ratio))
    record.value(f"{prefix}.p", ratio.p, unit="p")


def record_access(record: Record, access: pd.Series[str], statuses: pd.DataFrame) -> None:
    """Record how accounts were given: the three groups and every situation, of all core cases."""
    for group in (SUPERVISED, UNSUPERVISED, UNKNOWN):
        cases = access.index[access == group]
        record_share(record, f"access.{group}", _share(len(cases), len(access)), cases)
    for status, row in statuses.iterrows():
        name = "unreported" if status == UNKNOWN else str(status)
        record_share(record, f"access.status.{name}", _share(int(row["n"]), int(row["denominator"])))


def record_comparison(record: Record, prefix: str, table: pd.DataFrame, sides: Mapping[str, str]) -> None:
    """Record both groups' shares per narrative, their difference and the exact tests.

    Names: `<prefix>.<narrative>.<side>.n` and so on, `.difference`, `.difference_interval`, `.p`, `.p_holm`;
        `<prefix>.tests`, and `.differing`, the narratives whose corrected p is below 5%.

    Args:
        record: The notebook's record.
        prefix: Such as `access`.
        table: From `access.compare`.
        sides: `in` and `out` to the names of the groups.
    """
    for variable, row in table.iterrows():
        name = f"{prefix}.{variable}"
        for side, group in sides.items():
            n, total = int(row[f"{side}_n"]), int(row[f"{side}_denominator"])
            if total:
                record_share(record, f"{name}.{group}", Share(n, total, row[f"{side}_low"], row[f"{side}_high"]))
        if not pd.isna(row["difference"]):
            _difference(record, name, row)
        record.value(f"{name}.p", float(row["p"]), unit="p")
        record.value(f"{name}.p_holm", float(row["p_holm"]), unit="p")
    record.value(f"{prefix}.tests", len(table), unit="count")
    record.value(f"{prefix}.differing", int((table["p_holm"] < 1 - LEVEL).sum()), unit="count")
    record.value(f"{prefix}.smallest_p", float(table["p"].min()), unit="p")
    record.value(f"{prefix}.smallest_p_holm", float(table["p_holm"].min()), unit="p")
    widest: Any = table.loc[str(table["difference"].abs().idxmax())]
    record.value(f"{prefix}.widest", widest["label"].lower(), unit="phrase")


def _difference(record: Record, name: str, row: Any) -> None:
    """In percentage points, signed: that is how differences of shares are written."""
    points = [round(100 * float(row[key])) for key in ("difference", "difference_low", "difference_high")]
    shown = [f"{'−' if point < 0 else '+' if point > 0 else ''}{abs(point)}" for point in points]
    record.value(f"{name}.difference", float(row["difference"]), unit="number", text=f"{shown[0]} points")
    limits_ = (float(row["difference_low"]), float(row["difference_high"]))
    record.value(f"{name}.difference_interval", limits_, unit="interval", text=f"{shown[1]} to {shown[2]} points")


def _share(n: int, denominator: int) -> Share:
    return Share(n, denominator, *wilson(n, denominator))
