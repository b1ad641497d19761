"""How narratives combine in one account: every pattern, and how many are voiced at once."""

from __future__ import annotations

from itertools import product

import pandas as pd

from analysis.narratives.codes import reached
from analysis.stats.measures import in_common, likeness
from analysis.stats.uncertainty import LEVEL, Share, wilson


def patterns(codes: pd.DataFrame) -> pd.DataFrame:
    """Every possible pattern of narratives with the number of cases that show it.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`, one Int64 column each (1, 0, NA).

    Returns:
        One row per pattern (2 to the power of the narratives): a boolean column per narrative,
        `narratives_voiced`, `n`, `denominator` (cases whose reasons are reached), `share`, `cases` (ids
        separated by spaces). The most frequent first; among equals the one with fewer narratives.
    """
    names = list(codes.columns)
    complete = codes.loc[reached(codes)].astype(bool)
    of_pattern: dict[tuple[bool, ...], list[str]] = {key: [] for key in product([True, False], repeat=len(names))}
    for case_id, *row in complete.itertuples():
        of_pattern[tuple(row)].append(str(case_id))
    rows = [(*key, sum(key), len(cases), " ".join(sorted(cases))) for key, cases in of_pattern.items()]
    table = pd.DataFrame(rows, columns=[*names, "narratives_voiced", "n", "cases"])
    table.insert(len(names) + 2, "denominator", len(complete))
    table.insert(len(names) + 3, "share", table["n"] / len(complete) if len(complete) else float("nan"))
    order = table.sort_values(["n", "narratives_voiced"], ascending=[False, True], kind="stable")
    return order.reset_index(drop=True)


def pairs_in_common(table: pd.DataFrame) -> tuple[float, float]:
    """The share of pairs of accounts that voice a narrative in common, and the share that chance alone would give.

    Args:
        table: From `patterns`. By chance is as `measures.likeness` means it. NaN twice with fewer than two accounts.
    """
    voiced = table.loc[:, :"narratives_voiced"].iloc[:, :-1].to_numpy(dtype=bool)
    n = table[["n"]].to_numpy()
    together, beyond = float(in_common(voiced, n)[0]), float(likeness(voiced).compute(n, n, LEVEL)[0][0])
    return together, together - beyond


def numbers_voiced(codes: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """How many cases voice none, one, two, ... of the narratives.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        Index `voiced` from 0 to the number of narratives: `n`, `denominator` (cases whose reasons are
        reached), `share`, `low`, `high`, `cases`.
    """
    per_case = codes.loc[reached(codes)].sum(axis=1)
    rows = []
    for voiced in range(codes.shape[1] + 1):
        cases = sorted(map(str, per_case.index[per_case == voiced]))
        share = Share(len(cases), len(per_case), *wilson(len(cases), len(per_case), level), level)
        rows.append((voiced, share.n, share.denominator, share.share, share.low, share.high, " ".join(cases)))
    columns = ["voiced", "n", "denominator", "share", "low", "high", "cases"]
    return pd.DataFrame(rows, columns=columns).set_index("voiced")


def mean_voiced(codes: pd.DataFrame) -> float:
    """The mean number of narratives voiced per case whose reasons are reached; NaN when there is none."""
    return float(codes.loc[reached(codes)].sum(axis=1).astype(float).mean())


def alone(codes: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Of the cases that voice a narrative, how many voice no other.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        Index `variable`: `n`, `denominator` (reached cases that voice the narrative), `share`, `low`, `high`.
    """
    complete = codes.loc[reached(codes)]
    single = complete.sum(axis=1).eq(1)
    rows = []
    for name in complete.columns:
        voiced = complete[name].eq(1)
        n, denominator = int((voiced & single).sum()), int(voiced.sum())
        share = Share(n, denominator, *wilson(n, denominator, level), level)
        rows.append((name, n, denominator, share.share, share.low, share.high))
    return pd.DataFrame(rows, columns=["variable", "n", "denominator", "share", "low", "high"]).set_index("variable")
