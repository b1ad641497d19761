"""How a share goes on record: the same five values everywhere, so that prose can always give n with a percentage."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.record import formats
from analysis.record.ids import Ids
from analysis.record.record import Record
from analysis.stats.uncertainty import Share


def record_share(record: Record, prefix: str, share: Share, cases: Ids | Iterable[str] | None = None) -> None:
    """Record `<prefix>.n`, `.denominator`, `.share`, `.interval` and `.of` (`36 of 59`).

    Args:
        record: The notebook's record.
        prefix: Dotted name, such as `people.women`.
        share: Its denominator must not be 0.
        cases: The ids of the cases that are counted.

    Raises:
        ValueError: When nothing is known, since a share of nothing has no value.
    """
    if not share.denominator:
        raise ValueError(f"{prefix} has no denominator. Record it only where something is known.")
    n, denominator = share.n, share.denominator
    counted = None if cases is None else cases if isinstance(cases, Ids) else Ids(cases)
    record.value(f"{prefix}.n", n, unit="count", n=n, denominator=denominator, cases=counted)
    record.value(f"{prefix}.denominator", denominator, unit="count")
    record.value(f"{prefix}.share", share.share, unit="share", n=n, denominator=denominator, cases=counted)
    record.value(f"{prefix}.interval", share.interval, unit="interval", n=n, denominator=denominator)
    words = f"{formats.count(n)} of {formats.count(denominator)}"
    record.value(f"{prefix}.of", words, unit="text", n=n, denominator=denominator, cases=counted)
