"""Who was asked, and where: accounts given freely against those given in custody, on trial or through state media."""

from __future__ import annotations

import pandas as pd

from analysis.stats.uncertainty import LEVEL, share_of


def status_shares(cases: pd.DataFrame, labels: dict[str, str], level: float = LEVEL) -> pd.DataFrame:
    """Cases per situation at disclosure, most frequent first.

    Args:
        cases: Cases with `status_at_disclosure`. The denominator is all of them, those not reported included.
        labels: Value to label; every value gets a row.
        level: Confidence level, a share (0-1).

    Returns:
        Index `status`; `label`, `n`, `denominator`, `share`, `low`, `high` (Wilson).
    """
    rows = {}
    for status, label in labels.items():
        share = share_of((cases["status_at_disclosure"] == status).astype("Int64"), level)
        counts = {"label": label, "n": share.n, "denominator": share.denominator}
        rows[status] = counts | {"share": share.share, "low": share.low, "high": share.high}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("status")
    return table.sort_values("n", ascending=False, kind="stable")
