"""Did some groups voice other things than others? The narratives by group: small numbers, shown as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.data.dataset import Dataset
from analysis.data.study import Code
from analysis.narratives.codes import case_ids, reached
from analysis.record.figure_text import FigureText
from analysis.record.formats import in_words, lowered, of, p_value, percent, percent_range, plural
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, MUTED, PALETTE, RULE, figure, mark
from analysis.stats.groups import compare, holm
from analysis.stats.pairs import ALPHA
from analysis.stats.uncertainty import share_of

SMALL = 10  # cases: a group below this is shown in grey and not interpreted
UNKNOWN = "Not reported"
Divisions = Mapping[str, "pd.Series[str]"]
"""Id of a way to divide people to the group of each case: named and in the order as in print, NA where unknown."""


def divisions(data: Dataset) -> Divisions:
    """The ways in which the paper divides the people of the core list: origin, gender, age, both clocks, situation."""
    cases, study = data.core, data.study
    gender = cases["gender"].map(data.value_labels("cases", "gender")).str.capitalize()
    adult, minor = "Adult when joining", "Under 18 when joining"
    access = dict.fromkeys(study.supervised, "Supervised") | dict.fromkeys(study.unsupervised, "Not supervised")
    divided = {
        "region": _division("Origin", cases["region"].map(data.value_labels("countries", "region"))),
        "gender": _division("Gender", gender),
        "age": _division("Age", cases["minor_when_joined"].map({True: minor, False: adult}), [adult, minor]),
    }
    for clock, label in study.clocks.items():
        years = cases[f"{clock}_year"].astype("string")
        divided[f"{clock}_year"] = _division(label.replace("Month", "Year"), years, sorted(years.dropna().unique()))
    spoke = cases["status_at_disclosure"].map(access)
    return divided | {"status": _division("When speaking", spoke, ["Not supervised", "Supervised"])}


def _division(name: str, groups: pd.Series[str], order: Sequence[str] = ()) -> pd.Series[str]:
    """Groups in the order given; else the largest first, equals by name."""
    by_size = groups.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return pd.Series(pd.Categorical(groups, list(order) or list(by_size.index)), groups.index, name=name)


def subgroup_table(codes: pd.DataFrame, divided: Divisions) -> pd.DataFrame:
    """The share that voices each narrative, group by group.

    Returns:
        One row per division, group (those of unknown group last) and narrative: `dimension`, `group`, `narrative`,
        `cases_in_group`, `n`, `denominator` (cases of the group with an adjudicated code), `share` (0-1; NaN if the
        denominator is 0), `low`, `high` (Wilson 95%), `small` (fewer than `SMALL` known cases), `cases`.
    """
    rows = []
    for dimension, groups in divided.items():
        named = groups.astype("string").fillna(UNKNOWN)
        for group in [*groups.cat.categories, *([UNKNOWN] if groups.isna().any() else [])]:
            members = named.eq(group).to_numpy(dtype=bool)
            for name in codes.columns:
                share = share_of(codes[name], among=members)
                row = {"dimension": dimension, "group": group, "narrative": name, "cases_in_group": int(members.sum())}
                row |= {**share.row, "small": share.denominator < SMALL}
                rows.append(row | {"cases": case_ids(codes[name].where(members))})
    return pd.DataFrame(rows)


def contrasts(codes: pd.DataFrame, divided: Divisions, narratives: Sequence[Code]) -> pd.DataFrame:
    """Of each division, the largest group against all others of known group, narrative by narrative.

    Returns:
        As `groups.compare` gives it, the largest group inside (the one with most coded cases; the first in print order
        among equals), with `division` (in print) and `group`; `p_holm` is adjusted over all rows. A division with one
        known group is left out.
    """
    tables = [pd.DataFrame({"p": []})]
    for groups in divided.values():
        coded = groups[codes.notna().all(axis=1)].value_counts().reindex(groups.cat.categories)
        if (coded > 0).sum() > 1:
            inside = groups.eq(str(coded.idxmax())).astype("boolean").mask(groups.isna())
            table = compare(codes, inside, {code.variable: code.label for code in narratives})
            tables.append(table.assign(division=str(groups.name), group=str(coded.idxmax())))
    table = pd.concat(tables[1:] or tables, ignore_index=True)
    return table.assign(p_holm=holm(table["p"])).sort_values("p", kind="stable", ignore_index=True)


def words(table: pd.DataFrame, tests: pd.DataFrame) -> FigureText:
    """The words of the figure of the `subgroup_table`; its title names what holds in `contrasts`, if anything does."""
    known = int(table[table["dimension"] == table["dimension"].iloc[0]].groupby("group")["denominator"].max().sum())
    caption = (
        f"The {plural(known, 'account')} that give{'s' if known == 1 else ''} reasons, by group: share that voices "
        "each narrative, with its Wilson 95% interval. Beside each group the number of accounts. Grey and hollow: "
        f"fewer than {SMALL} accounts, not to be read alone. Dotted line: all accounts. Tested by Fisher's exact "
        f"test: in each division the largest group against the rest, {plural(len(tests), 'test')}, adjusted "
        "(Holm). With groups this small, only large differences could show."
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
    counts = f"{of(row['in_n'], row['in_denominator'])} against {of(row['out_n'], row['out_denominator'])}"
    tested = f"{p_value(row['p'])}, adjusted {p_value(row['p_holm'])}"
    return f"{row['label']}, {lowered(row['division'])} “{row['group']}”: {counts} ({tested})"


def chart(table: pd.DataFrame, dimensions: Mapping[str, str], labels: Mapping[str, str], title: str) -> Figure:
    """A column per narrative, a row per group of each division; hollow and grey where the group is small."""
    groups = table.groupby(["dimension", "group"], sort=False)["denominator"].max()
    rows = [row for name in dimensions for row in [(name, ""), *(key for key in groups.index if key[0] == name)]]
    made, columns = figure(1.0 + 0.205 * len(rows), ncols=len(labels), sharey=True, squeeze=False)
    place = {row: y for y, row in enumerate(rows)}
    for axes, (name, label) in zip(columns[0], labels.items(), strict=True):
        shown = table[table["narrative"] == name]
        overall = shown[shown["dimension"] == next(iter(dimensions))]
        known = int(overall["denominator"].sum())
        axes.axvline(overall["n"].sum() / known if known else 0, color=MUTED, linewidth=0.8, linestyle=":")
        axes.set_title(label, fontsize=9, pad=4)
        for _, row in shown[shown["denominator"] > 0].iterrows():
            _point(axes, place[row["dimension"], row["group"]], row, label)
        axes.set(xlim=(-0.04, 1.04), ylim=(len(rows) - 0.4, -0.8), xticks=[0, 0.5, 1])
        first, _, last = axes.set_xticklabels(["0", "50", "100%"])
        first.set_horizontalalignment("left")  # inside the panel, apart from its neighbour's
        last.set_horizontalalignment("right")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
    names = [f"{group}, {groups[name, group]}" if group else dimensions[name] for name, group in rows]
    ticks = columns[0][0].set_yticks(range(len(rows)), names, fontsize=7.6)
    for (_, group), tick in zip(rows, ticks, strict=True):
        tick.label1.set_fontweight("normal" if group else "bold")
    _key(made)
    headline(made, title)
    return made


def _key(made: Figure) -> None:
    known = Line2D([], [], color=FILL["navy"], linewidth=4, marker="o", markersize=3.6, markerfacecolor=PALETTE["navy"])
    few = Line2D([], [], color=RULE, linewidth=1.2, marker="o", markersize=3.6, markerfacecolor="white")
    known.set_markeredgecolor(PALETTE["navy"])
    few.set_markeredgecolor(MUTED)
    overall = Line2D([], [], color=MUTED, linewidth=0.8, linestyle=":")
    labels = ["share and 95% interval", f"the same, fewer than {SMALL} accounts", "all accounts"]
    made.legend([known, few, overall], labels, loc="outside lower left", ncols=3, fontsize=7.5)


def _point(axes: Axes, y: int, row: pd.Series, narrative: str) -> None:
    line, width, fill, edge = FILL["navy"], 4.0, PALETTE["navy"], PALETTE["navy"]
    if row["small"]:
        line, width, fill, edge = RULE, 1.2, "white", MUTED
    axes.plot([row["low"], row["high"]], [y, y], color=line, linewidth=width, solid_capstyle="butt")
    (dot,) = axes.plot([row["share"]], [y], "o", markersize=3.6, markerfacecolor=fill, markeredgecolor=edge)
    name = f"{row['dimension']}-{row['group']}-{row['narrative']}".lower().replace(" ", "-").replace("_", "-")
    counts = f"{row['n']} of {row['denominator']}, {percent(row['share'])}"
    mark(dot, name, f"{narrative}, {row['group']}: {counts}, interval {percent_range(row['low'], row['high'])}")


def show(cell: Cell, data: Dataset) -> Figure:
    """Record how many tests between groups there are (`subgroups.tests`) and how many hold; give the figure."""
    codes, divided = data.coded(data.study.narrative_variables), divisions(data)
    table, tests = subgroup_table(codes, divided), contrasts(codes, divided, data.study.narratives)
    cell.value("subgroups.tests.n", len(tests), unit="count")
    cell.value("subgroups.tests.holding", int((tests["p_holm"] < ALPHA).sum()), unit="count")
    text = words(table, tests)
    labels = data.study.narrative_labels
    drawn = chart(table, {key: str(groups.name) for key, groups in divided.items()}, labels, text.title)
    return cell.figure("subgroups", drawn, text, data=table, cases=reached(codes))
