"""How a share goes on record: a shim, until every chapter records through `cell`."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.record.record import Record
from analysis.stats.uncertainty import Share


def record_share(record: Record, prefix: str, share: Share, cases: Iterable[str] | str | None = None) -> None:
    """Record a share as one entry.

    Raises:
        ValueError: When nothing is known, since a share of nothing has no value.
    """
    if not share.denominator:
        raise ValueError(f"{prefix} has no denominator. Record it only where something is known.")
    record.cell("").share(prefix, share, cases)
