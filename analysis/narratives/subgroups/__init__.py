"""Did some groups voice other things than others? The narratives by group: small numbers, shown as such."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.narratives.subgroups.chart import chart
from analysis.narratives.subgroups.table import contrasts, divisions, in_points, subgroup_table
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import FEW, in_words, lowered, p_value, percent, plural
from analysis.record.small_cells import counted
from analysis.stats.pairs import ALPHA
from analysis.stats.uncertainty import share_of


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `subgroups.tests.n` and `.holding`, the least differences (`subgroups.mdd`); give the figure."""
    codes, divided, labels = data.coded(data.study.narrative_variables), divisions(data), data.study.narrative_labels
    table, tests = subgroup_table(codes, divided), contrasts(codes, divided, labels)
    cell.value("subgroups.tests.n", len(tests), unit="count")
    cell.value("subgroups.tests.holding", int((tests["p_holm"] < ALPHA).sum()), unit="count")
    for name, limit in (("smallest", tests["detectable"].min()), ("largest", tests["detectable"].max())):
        cell.value(f"subgroups.mdd.{name}", in_points(limit), unit="text")
    text = words(table, tests, len(reached(codes)))
    named = {**labels, **{key: str(groups.name) for key, groups in divided.items()}}
    least = tests[["dimension", "variable", "detectable"]].rename(columns={"variable": "narrative"})
    numbers = table.merge(least, how="left", on=["dimension", "narrative"]).drop(columns="cases")
    shares = {name: share_of(codes[name]) for name in labels}
    return cell.figure("subgroups", text, chart, table, shares, named, data=numbers, cases=reached(codes))


def words(table: pd.DataFrame, tests: pd.DataFrame, known: int) -> FigureText:
    """The words of the figure of the `subgroup_table` of so many accounts; its title says what holds in `contrasts`."""
    least = ""
    if len(tests):
        smallest, largest = (in_points(limit) for limit in (tests["detectable"].min(), tests["detectable"].max()))
        least = (
            f" A test would find a difference, with a power of 80% (Cohen 1988), from {smallest} on, or only from "
            f"{largest} on, by the sizes of its groups."
        )
    caption = (
        f"The {plural(known, 'account')} that give{'s' if known == 1 else ''} reasons, by group: share that voices "
        "each narrative, with its Wilson 95% interval. Beside each group the number of accounts. Groups of fewer than "
        f"{FEW} accounts have counts, no shares; one or two people are not counted out, and groups of so few "
        "are joined or left out. Dotted line: all accounts. Rust: the share drawn towards that of all groups (partial "
        "pooling, Efron and Morris 1975). Tested by Fisher's exact test: in each division the largest group against "
        f"the rest, {plural(len(tests), 'test')}, adjusted (Holm).{least}"
    )
    parts = [_alt(row) for _, row in tests.head(3).iterrows()]
    title = _title(tests)
    alt = f"{title}. The {plural(len(parts), 'smallest p-value')}: {'; '.join(parts)}." if parts else f"{title}."
    return FigureText(title, caption, alt)


def _title(tests: pd.DataFrame) -> str:
    if tests.empty:
        return "No two groups can be compared"
    holding = tests[tests["p_holm"] < ALPHA]
    if holding.empty:
        return f"No group stands apart: of {plural(len(tests), 'comparison')}, none holds once their number is counted"
    first = holding.iloc[0]
    said = f"{first['label']} is voiced {'more' if first['difference'] > 0 else 'less'} often"
    counts = f"{percent(first['in_share'])} against {percent(first['out_share'])}"
    others = f", one of {in_words(len(holding))} differences that hold" if len(holding) > 1 else ""
    return f"{said} in the group “{lowered(first['group'])}” than in the others ({counts}){others}"


def _alt(row: pd.Series) -> str:
    sides = [f"{counted(row[f'{side}_n'])} of {row[f'{side}_denominator']}" for side in ("in", "out")]
    tested = f"{p_value(row['p'])}, adjusted {p_value(row['p_holm'])}"
    return f"{row['label']}, {lowered(row['division'])} “{row['group']}”: {sides[0]} against {sides[1]} ({tested})"
