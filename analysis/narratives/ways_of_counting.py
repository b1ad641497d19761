"""The narratives by every way of counting: a table of the decided code, both and either coder, each alone, bounds."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.narratives.shares import codes_by_coder, narrative_table
from analysis.record.formats import of, percent_range
from analysis.record.record import Cell


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """The `narrative_table` as text, most frequent first."""
    rows = [
        {
            "Narrative": row["label"],
            "Voiced": of(row["n"], row["denominator"]),
            "95% interval": percent_range(row["low"], row["high"]),
            "Both coders": f"{row['strict_n']} of {row['denominator']}",
            "Either coder": f"{row['broad_n']} of {row['denominator']}",
            "First coder": f"{row['first_n']} of {row['first_denominator']}",
            "Second coder": f"{row['second_n']} of {row['second_denominator']}",
            "Bounds": percent_range(row["bounds_low"], row["bounds_high"]),
        }
        for _, row in table.sort_values(["rank", "label"]).iterrows()
    ]
    return pd.DataFrame(rows)


def caption(table: pd.DataFrame) -> str:
    """What the `narrative_table` shows, with its denominators."""
    known, total = int(table["denominator"].max()), int(table["all_cases"].iloc[0])
    return (
        f"The narratives among the {known} of {total} core cases whose retrieved text gives reasons. Voiced: the "
        "decided code. Both and either coder: on the same cases; a coder without a code counts as not having seen it. "
        "First and second coder: each alone, over the cases which that coder could code. Interval: Wilson. Bounds: "
        f"over all {total}, if none or all of the undetermined cases voiced it."
    )


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the table `narrative-shares`, and give it as printed."""
    final, first, second = codes_by_coder(data)
    table = narrative_table(final, first, second, data.study.narratives)
    return cell.table(
        "narrative-shares",
        printed(table),
        title="The narratives, by every way of counting",
        caption=caption(table),
        align="lrrrrrrr",
        widths=[12, 14, 10, 10, 10, 10, 10, 10],
        cases=reached(final),
        numbers="narratives",
    )
