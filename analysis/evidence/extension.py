"""After the window: the narratives of later cases beside those of the core list, read by the same coder."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.stats.groups import compare
from analysis.stats.uncertainty import LEVEL


def extension_table(dataset: Dataset, level: float = LEVEL) -> pd.DataFrame:
    """The share of each narrative among later cases and among core cases, both by the first coder alone.

    The later cases were coded once. A difference from the adjudicated core would mix time with coder, so the first
    coder's own codes stand on both sides. Nothing here was checked by a second coder.

    Returns:
        As `access.compare` gives it, `in_` the later cases and `out_` the core list; `difference` is later less core.
    """
    study = dataset.study
    both = dataset.later.index.union(dataset.core.index)
    codes = dataset.coded(study.narrative_variables, study.first_coder, both)
    return compare(codes, pd.Series(both.isin(dataset.later.index), index=both), study.narratives, level)


def persisting(table: pd.DataFrame) -> list[str]:
    """The narratives that at least one later case voices: variables, in the order of the table."""
    return list(table.index[table["in_n"] > 0])


def shifted(table: pd.DataFrame, alpha: float = 1 - LEVEL) -> list[str]:
    """The narratives whose share changed by more than chance explains: corrected p below alpha."""
    return list(table.index[table["p_holm"] < alpha])


def still_most(table: pd.DataFrame) -> bool:
    """Whether the narratives keep their order of frequency from the core list to the later cases; a tie keeps any."""
    order = table.sort_values("out_share", ascending=False)["in_share"]
    return bool(order.is_monotonic_decreasing)
