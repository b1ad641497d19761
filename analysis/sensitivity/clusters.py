"""Cases that do not stand alone: they share a story, or a trial, and so do those that share one with them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.data.dataset import Dataset


def clusters(dataset: Dataset) -> pd.Series[int]:
    """The cluster of each core case, a number; cases that share a story or the column `cluster` have the same one."""
    core = dataset.core.index
    links = dataset.case_stories.rename(columns={"story_id": "shared"})
    trials = dataset.cases["cluster"].rename("shared").dropna().reset_index()
    both = pd.concat([links[["case_id", "shared"]], trials])
    both = both[both["case_id"].isin(core)]
    case, shared = core.get_indexer(pd.Index(both["case_id"])), pd.factorize(both["shared"])[0] + len(core)
    size = len(core) + len(both)
    graph = coo_array((np.ones(len(both)), (case, shared)), shape=(size, size))
    return pd.Series(connected_components(graph, directed=False)[1][: len(core)], index=core, name="cluster")
