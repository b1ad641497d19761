"""The numbers that the 2015 report is known by: as counts to set beside ours, and as values of the paper."""

from __future__ import annotations

import pandas as pd

from analysis.record.record import Record


def published_counts(published: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """The exact counts of one quantity that were printed, or follow from printed ones.

    Args:
        published: `quantity`, `period_or_group`, `value`, `unit`, `bound`, `derived`.
        quantity: Such as `period` or `country`.

    Returns:
        Index `group`; `n` (the report's count) and `derived` (true where it only follows from printed numbers).

    Raises:
        ValueError: When a group has two counts, since one of them would be lost.
    """
    exact = (published["unit"] == "count") & (published["bound"] == "exact")
    rows = published[exact & (published["quantity"] == quantity)].set_index("period_or_group")
    if rows.index.has_duplicates:
        raise ValueError(f"{rows.index[rows.index.duplicated()][0]!r} has two published counts. Keep one.")
    table = pd.DataFrame({"n": rows["value"].astype(int), "derived": rows["derived"].astype(bool)})
    return table.rename_axis("group")


def record_published(record: Record, published: pd.DataFrame) -> None:
    """Record each published count as `published.<quantity>.<group>`, with its share where there is a denominator.

    Statements in words ("nearly two thirds") are left to the claims ledger, which says what range they allow.

    Args:
        record: The notebook's record.
        published: The published aggregates (`published.csv`); `value` and `denominator` are counts of cases.
    """
    counts = published[published["unit"] == "count"]
    for quantity, group, value, denominator in counts[
        ["quantity", "period_or_group", "value", "denominator"]
    ].itertuples(index=False):
        part = group.lower().replace("-", "_")
        # Quarto takes a part of a name that is a number for a position in a list.
        name = f"published.{quantity}.{f'{quantity}_{part}' if part.isdigit() else part}"
        if pd.isna(denominator):
            record.value(f"{name}.n", int(value), unit="count")
            continue
        n, of = int(value), int(denominator)
        record.value(f"{name}.n", n, unit="count", n=n, denominator=of)
        record.value(f"{name}.share", n / of, unit="share", n=n, denominator=of)
