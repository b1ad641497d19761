"""The situation of people when their account was made public, grouped by who could be listening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.study import Study
from analysis.people.reported import NOT_REPORTED, SUPERVISED, UNKNOWN, UNSUPERVISED, tally
from analysis.record.cell import MINIMUM, Cell, FigureText
from analysis.record.formats import join_words, percent, percent_range, plural
from analysis.record.small_cells import counted, too_few, withheld
from analysis.record.style import FILL, MUTED, PALETTE, RULE, TEXT_WIDTH, figure, headline, mark
from analysis.record.tiles import row, tiles, unit

LINE = 0.185  # inches of one row
NAMES, NUMBERS = 1.5, 1.2  # inches for names at the left (on a phone above) and numbers at the right
LOOKS: dict[str, dict[str, Any]] = {
    SUPERVISED: {"facecolor": PALETTE["navy"]},
    UNSUPERVISED: {"facecolor": FILL["navy"], "edgecolor": PALETTE["navy"], "linewidth": 0.8},
    UNKNOWN: {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8},
}


def by_situation(cases: pd.DataFrame, study: Study, order: Iterable[str]) -> pd.DataFrame:
    """Cases per `status_at_disclosure`, in the study's groups, with shares among those reported.

    As `tally`, with `group` (supervised, unsupervised, not_reported): groups in that order, within a group the most
    frequent first and equals in the order given. Situations that nobody has stay, with n = 0.
    """
    table = tally(cases["status_at_disclosure"], order)
    group_of = dict.fromkeys(study.supervised, SUPERVISED) | dict.fromkeys(study.unsupervised, UNSUPERVISED)
    table["group"] = pd.Categorical([group_of.get(str(value), UNKNOWN) for value in table.index], list(LOOKS))
    return table.sort_values(["group", "n"], ascending=[True, False], kind="stable").astype({"group": str})


def group_labels(study: Study, labels: Mapping[str, str]) -> dict[str, str]:
    """The groups of situations, each named by the labels of the situations in it: `in custody, on trial or ...`."""
    groups = {SUPERVISED: study.supervised, UNSUPERVISED: study.unsupervised}
    named = {name: join_words(labels[situation] for situation in group) for name, group in groups.items()}
    return {name: " or ".join(said.rsplit(" and ", 1)) for name, said in named.items()}


def words(table: pd.DataFrame, labels: Mapping[str, str], groups: Mapping[str, str]) -> FigureText:
    """The words of the figure of the table `by_situation`; situations and groups have their labels."""
    denominator, total = int(table["denominator"].iloc[0]), int(table["n"].sum())
    by_group = table.groupby("group")["n"].sum()
    parts = [f"{counted(int(by_group.get(group, 0)))} were {label}" for group, label in groups.items()]
    title = f"Of {plural(denominator, 'case')} whose situation is reported, {'; '.join(parts)}"
    caption = (
        "Situation of core cases when their account was made public. Shares with Wilson 95% intervals are of the "
        f"{denominator} of {total} cases in which it is reported. One tile is one case; the fill tells the groups "
        f"apart. {MINIMUM}"
    )
    rows = table.loc[table.index != NOT_REPORTED, ["n", "share"]].itertuples()
    alt = f"Of {denominator} cases: {join_words(_said(labels[value], n, share) for value, n, share in rows)}."
    alt += f" Not reported: {total - denominator}." if total > denominator else ""
    return FigureText(title, caption, alt)


def _said(label: str, n: int, share: float) -> str:
    return f"{label} {counted(n)}" + ("" if too_few(n) else f" ({percent(share)})")


def chart(
    table: pd.DataFrame, labels: Mapping[str, str], groups: Mapping[str, str], title: str, width: float
) -> Figure:
    """Cases per situation of the table `by_situation`, a tile per case, in groups told apart by fill."""
    phone = width < TEXT_WIDTH
    names, pitch = (0.0, 2) if phone else (NAMES, 1)
    made, axes = figure(LINE * (pitch * len(table) + 1.35 * table["group"].nunique()) + 0.7, width)
    y, most = 0.0, max(int(table["n"].max()), 1)
    tile = unit(most, width - names - NUMBERS)
    for group, rows in table.groupby("group", sort=False):
        axes.axhline(y, color=RULE, linewidth=0.5)
        y += 1.2
        heading = f"{counted(int(rows['n'].sum()))} {groups.get(str(group), 'not reported')}"
        axes.text(-names / tile, y - 0.45, heading, va="center", fontweight="bold")
        if group == UNKNOWN:
            y -= 0 if phone else 1  # its one row needs no name
        for situation, n, share, low, high in rows[["n", "share", "low", "high"]].itertuples(name=None):
            y += 1 if group == UNKNOWN else pitch
            label = labels[situation] if group != UNKNOWN else ""
            place = {"x": 0.0, "y": y - 1.5} if phone else {"x": -0.08 / tile, "y": y - 0.5, "ha": "right"}
            axes.text(s=label, va="center", **place)
            bare = too_few(n) or not label
            numbers = counted(n) if bare else f"{n} · {percent(share)} ({percent_range(low, high)})"
            n = 0 if too_few(n) else n
            axes.text(n + 0.06 / tile, y - 0.5, numbers, va="center", color=MUTED)
            if n:
                told = f"{label or 'not reported'}: {plural(n, 'case')}"
                told += f", {percent(share)} of those reported" if label else ""
                patch = tiles(axes, row(y - 0.5, n), **LOOKS[str(group)])
                mark(patch, f"situation-{situation}".replace("_", "-"), told)
        y += 0.15
    axes.set_ylim(y + 0.1, -0.1)
    axes.set_xlim(-names / tile, most + NUMBERS / tile)
    axes.set_axis_off()
    return headline(made, title)


def show(cell: Cell, data: Dataset) -> Figure:
    """Give the figure `situation`; the chapter on evidence records what the paper says of it."""
    labels = data.value_labels("cases", "status_at_disclosure")
    table, groups = by_situation(data.core, data.study, labels), group_labels(data.study, labels)
    text = words(table, labels, groups)
    numbers = withheld(table, ("n", "share", "low", "high"))
    return cell.figure("situation", text, chart, table, labels, groups, data=numbers, cases=data.core.index)
