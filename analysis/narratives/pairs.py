"""Can the narratives be set apart? Two at a time, on the same accounts: a table, and which of them lead."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.record.cell import Cell
from analysis.record.formats import decimal, in_words, join_words, lowered, p_value, plural
from analysis.stats.pairs import ALPHA, leaders, narrative_pairs


def printed(pairs: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """The `narrative_pairs` as text; `labels` gives each narrative's name in print."""
    columns = {
        "One": pairs["one"].map(dict(labels)),
        "Other": pairs["other"].map(dict(labels)),
        "Only one": pairs["only_one"],
        "Only other": pairs["only_other"],
        "Frequency, p": [p_value(p).removeprefix("p = ").replace("p < ", "< ") for p in pairs["p_difference_holm"]],
        "Both": pairs["both"],
        "Expected": [decimal(number, 1) for number in pairs["expected_both"]],
        "Together, p": [p_value(p).removeprefix("p = ").replace("p < ", "< ") for p in pairs["p_together_holm"]],
    }
    return pd.DataFrame(columns)


def caption(pairs: pd.DataFrame) -> str:
    """What the table of pairs shows, and how many differ or go together."""
    tests, apart = len(pairs), int((pairs["p_difference_holm"] < ALPHA).sum())
    together = int((pairs["p_together_holm"] < ALPHA).sum())
    return (
        "Pairs of narratives on the same accounts. Only one, only other: accounts that voice one and not the other, "
        "compared by the exact McNemar test; both, against the number expected if they were independent, by Fisher's "
        f"exact test; each p-value adjusted for {plural(tests, 'pair')} (Holm). Frequencies differ in "
        f"{in_words(apart)} of {tests}, and {in_words(together)} {'goes' if together == 1 else 'go'} together more or "
        "less than by chance."
    )


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record `narratives.pairs` and `narratives.leading.names`; give the table `narrative-pairs`."""
    final = data.coded(data.study.narrative_variables)
    labels = data.study.narrative_labels
    pairs = narrative_pairs(final)
    for one, other, p in pairs[["one", "other", "p_difference_holm"]].itertuples(index=False):
        cell.value(f"narratives.pairs.{one}_{other}.p_difference_holm", p, unit="p")
    cell.value("narratives.pairs.tests", len(pairs), unit="count")
    cell.value("narratives.pairs.apart", int((pairs["p_difference_holm"] < ALPHA).sum()), unit="count")
    leading = join_words(lowered(labels[name]) for name in leaders(final, pairs))
    cell.value("narratives.leading.names", leading, unit="text")
    return cell.table(
        "narrative-pairs",
        printed(pairs, labels),
        title="The narratives, two at a time",
        caption=caption(pairs),
        align="llrrrrrr",
        widths=[12, 12, 9, 9, 11, 7, 9, 11],
        cases=reached(final),
        data=pairs,
    )
