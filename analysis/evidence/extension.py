"""After the window: the narratives of later cases beside those of the core list, both coded twice."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Study
from analysis.evidence.comparison import both_sides, chart, in_short, record_sides, without_small_cells
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import count, join_words, lowered, month, percent, plural
from analysis.record.small_cells import HIDDEN
from analysis.stats.groups import compare
from analysis.stats.uncertainty import LEVEL

SIDES = {"in": "later", "out": "core"}


def later_and_core(dataset: Dataset) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """The decided codes of the narratives for later and core cases, and which of them are later."""
    both = dataset.later.index.union(dataset.core.index)
    codes = dataset.coded(dataset.study.narrative_variables, cases=both)
    return codes, pd.Series(both.isin(dataset.later.index), index=both)


def extension_table(dataset: Dataset) -> pd.DataFrame:
    """The share of each narrative among later cases and among core cases, by the decided codes.

    Returns:
        As `groups.compare` gives it, `in_` the later cases and `out_` the core list; `difference` is later less core.
    """
    return compare(*later_and_core(dataset), dataset.study.narrative_labels)


def voiced_again(table: pd.DataFrame) -> list[str]:
    """The labels, in lower case, of the narratives that at least one later case voices."""
    return [str(label).lower() for label in table.loc[table["in_n"] > 0, "label"]]


def show(cell: Cell, data: Dataset) -> Figure:
    """Record what later cases voice beside core cases, and the figure `extension`; return the figure."""
    if data.later.empty:
        raise Lacking("data/cases.csv", "no case has the decision `later`")
    study, table = data.study, extension_table(data)
    record_sides(cell, "extension", table, SIDES, *later_and_core(data))
    cell.value("extension.cases", len(data.later), unit="count", cases=data.later.index)
    cell.value("extension.voiced_again", join_words(voiced_again(table) or ["none"]), unit="phrase")
    text = words(table, study, data.later["cluster"].count())
    both = data.core.index.union(data.later.index)
    return cell.figure("extension", text, chart, table, SIDES, data=without_small_cells(table), cases=both)


def words(table: pd.DataFrame, study: Study, clustered: int) -> FigureText:
    """Title, caption and alternative text of the `extension_table`; `clustered` later cases share statements."""
    window, end = study.window, study.extension.end
    again, names = voiced_again(table), [str(label).lower() for label in table["label"]]
    gone = [name for name in names if name not in again]
    rows = zip(names, (row for _, row in table.iterrows()), strict=True)
    moved = [
        f"{name} ({in_short(row, 'out')} to {in_short(row, 'in')})" for name, row in rows if row["p_holm"] < 1 - LEVEL
    ]
    first = f"{join_words(gone).capitalize()} is not voiced again" if gone else "Every narrative is voiced again"
    change = "no change in share outlasts the correction for several tests"
    if moved:
        change = f"the share changes on {join_words(moved)}"
    title = f"{first} after {month(window.end)}; {change}"
    shared = f"; {plural(clustered, 'later case')} of one trial share statements" if clustered else ""
    later, core = (table[f"{side}_denominator"].max() for side in ("in", "out"))
    caption = (
        f"Share that voices each narrative, by the decided codes: {count(core)} core cases and {count(later)} cases "
        f"first public from {month(window.end + 1)} to {month(end)}, where reasons are reached. Bars: {percent(LEVEL)} "
        f"Wilson intervals. Both lists were coded twice, blind, by the {lowered(study.edition.label)}’s coders, and "
        f"decided in the same way{shared}. p: Fisher’s exact test, and "
        f"corrected by Holm. {HIDDEN}"
    )
    return FigureText(title, caption, f"{title}. {both_sides(table, {'in': 'Later cases', 'out': 'Core cases'})}")
