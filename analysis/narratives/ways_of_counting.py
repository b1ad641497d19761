"""The narratives by every way of counting: a table of denominators, of coders together and alone, of both editions."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.narratives.shares import narrative_table, readings
from analysis.record.cell import Cell
from analysis.record.formats import of, percent_range

BOUNDS = ("bounds_low", "bounds_high")


def printed(table: pd.DataFrame, ways: dict[str, str]) -> pd.DataFrame:
    """The `narrative_table` as text: a column a narrative, the most frequent first; a row a way of counting.

    `ways` has readings with their names in print, in the order of the rows; below them stand the bounds.
    """
    columns = {}
    for _, row in table.sort_values(["rank", "label"]).iterrows():
        counted = [of(int(row[f"{way}_n"]), int(row[f"{way}_denominator"])) for way in ways]
        interval, limits = (percent_range(row[low], row[high]) for low, high in (("low", "high"), BOUNDS))
        columns[row["label"]] = [of(row["n"], row["denominator"]), interval, *counted, limits]
    names = ["Decided code", "95% interval", *ways.values(), "All core cases, bounds"]
    return pd.DataFrame({"Counted": names, **columns})


def ways_of(data: Dataset) -> dict[str, str]:
    """The readings beside the decided one, with their names in print."""
    first, second = data.study.edition.coders
    earlier = [("edition", one.label) for one in data.study.editions if one != data.study.edition]
    return {
        "either": "Reached by either coder",
        "strict": "Both coders",
        "broad": "At least one coder",
        "first": f"Coder {first} alone",
        "second": f"Coder {second} alone",
        **dict(earlier),
    }


def caption(table: pd.DataFrame, earlier: str = "") -> str:
    """What the `narrative_table` shows, with its denominators and the name of the earlier edition, if there is one."""
    before = f"{earlier}: its decision, by whole narratives, on its own core list. " if earlier else ""
    known, total = int(table["denominator"].max()), int(table["all_cases"].iloc[0])
    return (
        f"The narratives by every way of counting. Decided code: among the {known} of {total} core cases whose text "
        "reaches reasons by the decision; interval: Wilson. Reached by either coder: also the accounts that only a "
        "coder reached, as that coder read them. Both coders, at least one: on the decided accounts; a coder without a "
        "code counts as not having seen it. Each coder alone: over the cases which that coder could code. "
        f"{before}Bounds: over all core cases, if none or all of the undetermined voiced it."
    )


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the table `narrative-shares`, and give it as printed."""
    codes = readings(data)
    table, ways = narrative_table(codes, data.study.narratives), ways_of(data)
    return cell.table(
        "narrative-shares",
        printed(table, ways),
        title="The narratives, by every way of counting",
        caption=caption(table, ways.get("edition", "")),
        align="l" + "r" * len(table),
        widths=[24, *[19] * len(table)],
        cases=reached(codes["decided"]),
        numbers="narratives",
    )
