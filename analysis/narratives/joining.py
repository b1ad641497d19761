"""Why people say they joined, set against why they say they left."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from scipy.stats import fisher_exact

from analysis.data.study import Code
from analysis.narratives.codes import case_ids
from analysis.stats.pairs import holm
from analysis.stats.uncertainty import LEVEL, share_of


def motive_known(motives: pd.DataFrame) -> pd.Series[bool]:
    """Whether the case has a code, 1 or 0, for every joining motive.

    Args:
        motives: Adjudicated codes of the joining motives, index `case_id`, one Int64 column each.
    """
    return motives.notna().all(axis=1)


def motive_stated(motives: pd.DataFrame) -> pd.Series[bool]:
    """Whether at least one of the joining motives is coded 1.

    Args:
        motives: Adjudicated codes of the joining motives, index `case_id`.
    """
    return motives.eq(1).fillna(False).any(axis=1)


def motive_table(motives: pd.DataFrame, codes: Sequence[Code], level: float = LEVEL) -> pd.DataFrame:
    """The share of cases that state each joining motive.

    Args:
        motives: Adjudicated codes of the joining motives, index `case_id`, one Int64 column each (1, 0, NA).
        codes: The motives, in the order of the study.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        Index `variable`: `label`, `n`, `denominator` (cases with a code for the motive), `share`, `low`,
        `high`, `cases`. Motives overlap; the shares do not add up to 1.
    """
    rows = []
    for code in codes:
        share = share_of(motives[code.variable], level)
        row = (code.variable, code.label, share.n, share.denominator, share.share, *share.interval)
        rows.append((*row, case_ids(motives[code.variable])))
    columns = ["variable", "label", "n", "denominator", "share", "low", "high", "cases"]
    return pd.DataFrame(rows, columns=columns).set_index("variable")


def joining_leaving(
    motives: pd.DataFrame,
    narratives: pd.DataFrame,
    mirrors: Sequence[tuple[str, str]],
    level: float = LEVEL,
) -> pd.DataFrame:
    """Every joining motive against every narrative, over the cases where both are coded.

    Args:
        motives: Adjudicated codes of the joining motives, index `case_id`, one Int64 column each (1, 0, NA).
        narratives: Adjudicated codes of the narratives, same index.
        mirrors: Pairs (motive, narrative) that a claim says go together.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        One row per pair: `motive`, `narrative`, `mirror`; `both` (cases that state the motive and voice the
        narrative), `motive_n`, `narrative_n`, `denominator` (cases with both codes);
        `share`, `low`, `high`: of the cases that state the motive, those that voice the narrative;
        `without_n`, `without_denominator`, `without`: the same among the cases that do not state it;
        `voicers`, `voicers_low`, `voicers_high`: of the cases that voice the narrative, those that state
        the motive; `p` (two-sided Fisher's exact test of independence; Fisher 1935), `p_holm` (adjusted
        over all pairs), `p_holm_mirrors` (adjusted over the mirrors alone; NaN elsewhere); `cases`.
    """
    rows = []
    for motive in motives.columns:
        for narrative in narratives.columns:
            rows.append(_pair(motives[motive], narratives[narrative], (motive, narrative) in set(mirrors), level))
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"])
    table["p_holm_mirrors"] = holm(table.loc[table["mirror"], "p"]).reindex(table.index)
    return table


def _pair(motive: pd.Series[int], narrative: pd.Series[int], mirror: bool, level: float) -> dict[str, object]:
    known = (motive.notna() & narrative.notna()).to_numpy()
    stated = known & motive.eq(1).fillna(False).to_numpy(dtype=bool)
    voiced = known & narrative.eq(1).fillna(False).to_numpy(dtype=bool)
    among = share_of(narrative, level, stated)
    others = share_of(narrative, level, known & ~stated)
    voicers = share_of(motive, level, voiced)
    counts = [[among.n, among.denominator - among.n], [others.n, others.denominator - others.n]]
    row: dict[str, object] = {"motive": motive.name, "narrative": narrative.name, "mirror": mirror}
    row |= {"both": among.n, "motive_n": among.denominator, "narrative_n": voicers.denominator}
    row |= {"denominator": int(known.sum()), "share": among.share, "low": among.low, "high": among.high}
    row |= {"without_n": others.n, "without_denominator": others.denominator, "without": others.share}
    row |= {"voicers": voicers.share, "voicers_low": voicers.low, "voicers_high": voicers.high}
    row["p"] = float(fisher_exact(counts).pvalue)
    return row | {"cases": case_ids(motive.where(voiced))}
