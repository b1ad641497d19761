"""Who belongs on the list: on how many core cases each condition was decided as met, and on how many one is unclear."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.stats.uncertainty import share_of


def answers(data: Dataset) -> pd.DataFrame:
    """The answers on the conditions of the list for the core cases, by coder and decision.

    Returns:
        Index `coder` (both coders of the edition, then the decision); cases with `all_yes` (each condition met), `no`
        (at least one not met) and `unclear` (none denied, at least one unclear); counts that sum to the core list.
    """
    conditions = [code.variable for code in data.study.eligibility]
    rows = {}
    for coder in data.study.coders:
        codes = data.coded(conditions, coder)
        no = codes.eq(0).fillna(False).any(axis=1)
        unclear = codes.isna().any(axis=1) & ~no
        rows[coder] = {"all_yes": (~no & ~unclear).sum(), "no": no.sum(), "unclear": unclear.sum()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("coder")


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the share of core cases with every condition decided as met, and with one unclear; return the answers."""
    codes = data.coded([code.variable for code in data.study.eligibility])
    for name, found in (("all_yes", codes.eq(1).fillna(False).all(axis=1)), ("unclear", codes.isna().any(axis=1))):
        cell.share(f"eligibility.{name}", share_of(found.astype("Int64")), codes.index[found])
    return answers(data)
