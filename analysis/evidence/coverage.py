"""How many public cases there were at least: a lower bound from how often each known case was reported."""

from __future__ import annotations

import numpy as np
import pandas as pd


def outlets_per_case(cases: pd.DataFrame, case_stories: pd.DataFrame, stories: pd.DataFrame) -> pd.Series[int]:
    """How many different outlets carried each case: reprints in one outlet count once.

    Args:
        cases: The cases wanted, index `case_id`.
        case_stories: Links `case_id`, `story_id`.
        stories: Stories with `outlet`, index `story_id`.
    """
    case = cases.index.get_indexer(pd.Index(case_stories["case_id"]))
    outlet, names = pd.factorize(stories["outlet"])
    outlet = outlet[stories.index.get_indexer(pd.Index(case_stories["story_id"]))]
    told = (case >= 0) & (outlet >= 0)
    different = np.unique(case[told] * len(names) + outlet[told])
    counted = np.bincount(different // max(len(names), 1), minlength=len(cases))
    return pd.Series(counted, index=cases.index, name="n_outlets")
