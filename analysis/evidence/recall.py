"""How much of what there is the list holds: names given in advance, a second sweep, and how often cases were seen."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.record.cell import Cell
from analysis.record.formats import count, decimal, percent, percent_range
from analysis.stats.lower_bound import chao1, chapman
from analysis.stats.uncertainty import LEVEL, Share

SWEEP = "sweep"


def recall_table(recall: pd.DataFrame) -> pd.DataFrame:
    """What each second look of the data package's `recall` met, and what it says of the list.

    Returns:
        Index `capture`; `pool`, `kind`, `label`, `listed`, `met`, `met_listed`; `share` of those met that were listed
        (0-1), `low`, `high` (Wilson); `estimate` and `se` of the number of cases, for sweeps alone (Chapman).
    """
    table = recall.set_index("capture")
    rows = {}
    for capture, row in table.iterrows():
        rows[capture] = {key: Share.of(row["met_listed"], row["met"]).row[key] for key in ("share", "low", "high")}
        if row["kind"] == SWEEP:
            estimate, error = chapman(row["listed"], row["met"], row["met_listed"])
            rows[capture] |= {"estimate": estimate, "se": error}
    return table.join(pd.DataFrame.from_dict(rows, orient="index"))


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the recall and the lower bound of the core list, and the table `recall`; return the table."""
    if data.recall.empty:
        raise Lacking("data/recall.csv", "no second look has a row")
    table = recall_table(data.recall)
    for capture, row in table.iterrows():
        cell.share(f"recall.{capture}", Share.of(row["met_listed"], row["met"]))
        if row["kind"] == SWEEP:
            cell.value(f"recall.{capture}.estimate", row["estimate"], unit="number", text=count(row["estimate"]))
            cell.value(f"recall.{capture}.se", row["se"], unit="number", text=decimal(row["se"], 1))
    core = data.core
    (estimate, *ends), once = chao1(core["n_stories"]), core.index[core["n_stories"] == 1]
    cell.value("coverage.core.estimate", estimate, unit="count", cases=core.index)
    cell.value("coverage.core.interval", ends, unit="interval", text=" to ".join(map(count, ends)))
    cell.value("coverage.core.once", len(once), unit="count", cases=once)
    return cell.table(
        "recall",
        printed(table),
        title="How much of what there is the list holds",
        caption="What second looks met of the list as it stood before them. Named in advance: from memory of the "
        "press, by someone who had seen the list, so the share is too high. Sweep: a second search as a second "
        "capture; estimate of the number of cases with its standard error by Chapman. Thin traces: met, but not "
        f"enough text to code. Intervals: {percent(LEVEL)} Wilson. Both searches used the same stored pages and like "
        "keywords, so they are not independent, and every estimate is a floor. What no page holds is outside all.",
        align="llrrrrr",
        widths=[30, 8, 10, 8, 10, 18, 18],
        data=table,
    )


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """A row per second look of the `recall_table`."""
    rows = []
    of_captures: Any = table.iterrows()
    for _, row in of_captures:
        number = f"{count(row['estimate'])} ({decimal(row['se'], 1)})" if row["kind"] == SWEEP else "–"
        rows.append(
            {
                "Second look": row["label"],
                "List": row["pool"],
                "On the list": count(row["listed"]),
                "Met": count(row["met"]),
                "Of these listed": count(row["met_listed"]),
                "Share (95% interval)": f"{percent(row['share'])} ({percent_range(row['low'], row['high'])})",
                "Estimate (error)": number,
            }
        )
    return pd.DataFrame(rows)
