"""What form a narrative took: the finer codes of the one coder who gave them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from scipy.stats import fisher_exact

from analysis.data.study import Detail
from analysis.narratives.codes import case_ids
from analysis.stats.uncertainty import LEVEL, share_of


def detail_table(
    details: pd.DataFrame, narratives: pd.DataFrame, groups: Sequence[Detail], level: float = LEVEL
) -> pd.DataFrame:
    """Of the cases in which the coder saw a narrative, the share in which it took each form.

    Args:
        details: The detail codes of one coder, index `case_id`, one Int64 column per form (1, 0, NA).
        narratives: The same coder's codes of the narratives, same index.
        groups: The forms of each narrative, in the order of the study.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        Index `variable`: `narrative`, `label`, `n`, `denominator` (cases in which this coder gave the
        narrative 1 and the form a code), `share`, `low`, `high`, `cases`. A case can show several forms;
        the shares do not add up to 1. Single-coded: no agreement can be computed.
    """
    rows = []
    for group in groups:
        voiced = narratives[group.narrative].eq(1).fillna(False).to_numpy(dtype=bool)
        for code in group.variables:
            values = details[code.variable]
            share = share_of(values, level, voiced)
            row = (code.variable, group.narrative, code.label, share.n, share.denominator, share.share)
            rows.append((*row, *share.interval, case_ids(values.where(voiced))))
    columns = ["variable", "narrative", "label", "n", "denominator", "share", "low", "high", "cases"]
    return pd.DataFrame(rows, columns=columns).set_index("variable")


def forms_seen(details: pd.DataFrame, narratives: pd.DataFrame, groups: Sequence[Detail]) -> pd.DataFrame:
    """Per narrative, in how many cases its voice has any form at all among those coded.

    Args:
        details: The detail codes of one coder, index `case_id`.
        narratives: The same coder's codes of the narratives, same index.
        groups: The forms of each narrative.

    Returns:
        Index `narrative`: `n` (cases with at least one form), `denominator` (cases in which this coder gave
        the narrative 1).
    """
    rows = []
    for group in groups:
        voiced = narratives[group.narrative].eq(1).fillna(False)
        names = [code.variable for code in group.variables]
        any_form = details.loc[voiced, names].eq(1).fillna(False).any(axis=1)
        rows.append((group.narrative, int(any_form.sum()), int(voiced.sum())))
    return pd.DataFrame(rows, columns=["narrative", "n", "denominator"]).set_index("narrative")


def detail_between(
    form: pd.Series[int], narrative: pd.Series[int], inside: pd.Series[bool], level: float = LEVEL
) -> pd.DataFrame:
    """One form of a narrative in one group of people and outside it.

    Args:
        form: Codes of the form (1, 0, NA), index `case_id`.
        narrative: The same coder's codes of the narrative, same index.
        inside: Whether the person belongs to the group; NA leaves the case out.
        level: Confidence level of the Wilson interval, a share (0-1).

    Returns:
        Rows `inside` and `outside`: `n`, `denominator` (cases of the group in which the coder gave the
        narrative 1 and the form a code), `share`, `low`, `high`, `cases`; `p` in both rows (two-sided
        Fisher's exact test; Fisher 1935).
    """
    voiced = narrative.eq(1).fillna(False) & inside.notna()
    shares, rows = [], []
    for name, group in (("inside", inside.eq(True)), ("outside", inside.eq(False))):
        values = form[voiced & group.fillna(False)]
        share = share_of(values, level)
        shares.append(share)
        rows.append((name, share.n, share.denominator, share.share, *share.interval, case_ids(values)))
    table = pd.DataFrame(rows, columns=["group", "n", "denominator", "share", "low", "high", "cases"])
    table["p"] = float(fisher_exact([[s.n, s.denominator - s.n] for s in shares]).pvalue)
    return table.set_index("group")
