"""Who was asked, and where: accounts given freely against those given in custody, on trial or through state media."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.evidence.comparison import both_sides, chart, in_short, record_sides, without_small_cells
from analysis.narratives.codes import reached
from analysis.people.reported import SUPERVISED, UNKNOWN, UNSUPERVISED, access_of, supervised_of
from analysis.people.situation import group_labels
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import join_words, percent, plural, points
from analysis.record.small_cells import HIDDEN, too_few
from analysis.stats.groups import compare
from analysis.stats.uncertainty import LEVEL, share_of

SIDES = {"in": "Supervised", "out": "Free"}


def show(cell: Cell, data: Dataset) -> Figure:
    """Record how accounts were given and what the two groups voice, and the figure `access`; return the figure."""
    study, core = data.study, data.core
    access, codes = access_of(core, study), data.coded(study.narrative_variables)
    for group in (SUPERVISED, UNSUPERVISED, UNKNOWN):
        members = access == group
        cell.share(f"access.{group}", share_of(members.astype("Int64")), core.index[members])
    for status in data.value_labels("cases", "status_at_disclosure"):
        given = core["status_at_disclosure"] == status
        cell.share(f"access.status.{status}", share_of(given.astype("Int64")), core.index[given])
    supervised = supervised_of(core, study)
    table = compare(codes, supervised, study.narrative_labels)
    record_sides(cell, "access", table, {"in": "supervised", "out": "free"}, codes, supervised)
    for variable, row in table.dropna(subset=["difference"]).iterrows():
        difference, low, high = row[["difference", "difference_low", "difference_high"]]
        said, limits = f"{points(difference)} points", f"{points(low)} to {points(high)} points"
        if too_few(row["in_n"]) or too_few(row["out_n"]):
            said = limits = "not given"  # it would give the count away
        cell.value(f"access.{variable}.difference", difference, unit="number", text=said)
        cell.value(f"access.{variable}.difference_interval", (low, high), unit="interval", text=limits)
    cell.value("access.tests", len(table), unit="count")
    cell.value("access.smallest_p", table["p"].min(), unit="p")
    names = group_names(data, supervised, reached(codes))
    text = words(table, names)
    cases = reached(codes).intersection(supervised.dropna().index)
    in_lower = {side: name.lower() for side, name in SIDES.items()}
    return cell.figure("access", text, chart, table, in_lower, data=without_small_cells(table), cases=cases)


def group_names(data: Dataset, supervised: pd.Series[bool], cases: pd.Index) -> dict[str, str]:
    """The two groups in words with the cases drawn: `in` the supervised accounts, `out` the free ones.

    `supervised` is NA where it is not reported; `cases` give reasons: the others are in no bar, and not counted.
    """
    named = group_labels(data.study, data.value_labels("cases", "status_at_disclosure"))
    counts = {"in": supervised[cases].eq(True).sum(), "out": supervised[cases].eq(False).sum()}
    groups = {"in": SUPERVISED, "out": UNSUPERVISED}
    return {side: f"{named[groups[side]]} ({plural(int(n), 'account')})" for side, n in counts.items()}


def words(table: pd.DataFrame, names: Mapping[str, str]) -> FigureText:
    """Title, caption and alternative text, from `groups.compare` and the names of the groups (`group_names`)."""
    title = _title(table)
    caption = (
        "Share that voices each narrative among accounts that give reasons. "
        f"Supervised: {names['in']}. Free: {names['out']}. "
        f"Bars: {percent(LEVEL)} Wilson intervals. p: Fisher’s exact test, two-sided, and corrected by Holm "
        f"for {plural(len(table), 'test')}. Accounts whose situation is not reported are in neither group. "
        f"{HIDDEN}"
    )
    return FigureText(title, caption, f"{title}. {both_sides(table, SIDES)}")


def _title(table: pd.DataFrame) -> str:
    if table["difference"].isna().all():
        return "Too few accounts give reasons to compare supervised and free ones"
    widest: Any = table.loc[str(table["difference"].abs().idxmax())]
    name, gap = widest["label"].lower(), f"{in_short(widest, 'in')} against {in_short(widest, 'out')}"
    outlasting = [str(label).lower() for label in table.loc[table["p_holm"] < 1 - LEVEL, "label"]]
    if outlasting:
        return f"Supervised and free accounts differ on {join_words(outlasting)}; widest on {name}, {gap}"
    return (
        f"Supervised and free accounts differ most on {name} ({gap}), but no difference outlasts the correction for "
        "several tests"
    )
