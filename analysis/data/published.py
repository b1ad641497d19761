"""The numbers that a report is known by, as counts to set beside ours."""

from __future__ import annotations

import pandas as pd


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
