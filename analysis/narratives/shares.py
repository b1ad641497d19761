"""How often each narrative was voiced, and all that is uncertain about it: chance, coders, accounts without reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.data.dataset import Dataset
from analysis.data.forms import resting_on
from analysis.data.study import Code
from analysis.narratives.codes import broad_codes, case_ids, reached, recoded_as_not_voiced, strict_codes
from analysis.record.figure_text import FigureText
from analysis.record.formats import join_words, lowered, of, percent, percent_range, plural, sentence
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.stats.pairs import leaders, narrative_pairs
from analysis.stats.uncertainty import bounds, share_of

CODERS, BOUNDS = 0.28, 0.5  # distance of a line below the middle of its row
SMALL = 7.2  # points


def codes_by_coder(data: Dataset) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The codes of the narratives on the core list: adjudicated, of the first coder, of the second."""
    first, second, final = (data.coded(data.study.narrative_variables, coder) for coder in data.study.coders)
    return final, first, second


def narrative_table(
    final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame, narratives: Sequence[Code]
) -> pd.DataFrame:
    """The share of cases that voice each narrative, with interval, coder variants and bounds.

    Args:
        final: Adjudicated codes, index `case_id`, one Int64 column per narrative (1, 0, NA), one row for
            every case of the list, reached or not.
        first: Codes of the first coder, same form.
        second: Codes of the second coder, same form.
        narratives: The narratives, in the order of the study.

    Returns:
        One row per narrative, index `variable`: `label`, `rank` (1 is the most frequent; equal counts share
        a rank), `n`, `denominator` (cases with an adjudicated code), `share`, `low`, `high` (Wilson 95%);
        `strict_n`, `strict`, `broad_n`, `broad` (same denominator, see `strict_codes`); `first_n`,
        `first_denominator`, `first` and `second_...` (each coder alone, over the cases which that coder
        could code); `bounds_low`, `bounds_high`, `all_cases` (over every case, the undetermined all 0 or
        all 1); `cases` (ids that voice it, separated by spaces). Shares are 0-1.
    """
    strict, broad = strict_codes(final, first, second), broad_codes(final, first, second)
    rows = []
    for code in narratives:
        name = code.variable
        row = {"variable": name, "label": code.label, **share_of(final[name]).row}
        for variant, codes in (("strict", strict), ("broad", broad)):
            other = share_of(codes[name])
            row |= {f"{variant}_n": other.n, variant: other.share}
        for coder, codes in (("first", first), ("second", second)):
            alone = share_of(codes[name])
            row |= {f"{coder}_n": alone.n, f"{coder}_denominator": alone.denominator, coder: alone.share}
        low, high = bounds(final[name])
        row |= {"bounds_low": low, "bounds_high": high, "all_cases": len(final), "cases": case_ids(final[name])}
        rows.append(row)
    table = pd.DataFrame(rows).set_index("variable")
    table.insert(1, "rank", table["share"].rank(method="min", ascending=False).astype("Int64"))
    return table


def words(table: pd.DataFrame, leading: list[str]) -> FigureText:
    """The words of the figure of the `narrative_table`; its title names those that lead, if any do."""
    known, total = int(table["denominator"].max()), int(table["all_cases"].iloc[0])
    caption = (
        f"Share of the accounts that give reasons ({known} of {plural(total, 'core case')}) in which each narrative "
        "is voiced; one account can voice several. Dot: the decided code. Band: Wilson 95% interval, what chance alone "
        "would allow if the accounts were a random sample, which they are not. Upper line: from the share that both "
        "coders saw to the share that at least one saw, on the same accounts; a coder without a code counts as not "
        f"having seen it. Dashed line: over all {total}, if none or all of the undetermined accounts voiced it."
    )
    rows = table.sort_values(["rank", "label"])
    return FigureText(_title(rows, leading), caption, " ".join(_alt(row) for _, row in rows.iterrows()))


def _title(rows: pd.DataFrame, leading: list[str]) -> str:
    if not rows["n"].sum():
        return "No account that gives reasons voices any of the narratives"
    shown = {str(name): f"{lowered(row['label'])} ({percent(row['share'])})" for name, row in rows.iterrows()}
    first = [words for name, words in shown.items() if name in leading]
    rest = [words for name, words in shown.items() if name not in leading]
    if not rest:
        return f"No narrative can be set apart from the others: {join_words(first)}"
    verb = "was" if len(first) == 1 else "were"
    return sentence(f"{join_words(first)} {verb} voiced most often, {join_words(rest)} less often")


def _alt(row: pd.Series) -> str:
    n = row["denominator"]
    if not n:
        return f"{row['label']}: no account is coded."
    return (
        f"{row['label']}: {of(row['n'], n)} (95% interval {percent_range(row['low'], row['high'])}); "
        f"both coders {row['strict_n']} of {n}, at least one {row['broad_n']} of {n}; "
        f"bounds {percent_range(row['bounds_low'], row['bounds_high'])}."
    )


def chart(table: pd.DataFrame, title: str) -> Figure:
    """Per narrative of the `narrative_table`: the share with its interval, the range between coders, and the bounds."""
    rows = table.sort_values(["rank", "label"])
    made, axes = figure(1.15 + 0.66 * len(rows))
    for y, (name, row) in enumerate(rows.iterrows()):
        _row(axes, y, str(name).replace("_", "-"), row)
    labels = [f"{row['label']}\n{of(row['n'], row['denominator'])}" for _, row in rows.iterrows()]
    axes.set_yticks([y + 0.16 for y in range(len(rows))], labels, fontsize=9)
    axes.set(xlim=(-0.06, 1.06), ylim=(len(rows) - 0.22, -0.34))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the accounts that give reasons")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    key = {
        "decided code": axes.plot([], [], "o", color=PALETTE["navy"], markersize=6.5)[0],
        "95% interval": Patch(facecolor=FILL["navy"]),
        "both coders to either coder": axes.plot([], [], color=PALETTE["rust"], marker="|", markersize=6)[0],
        "undetermined accounts: none to all voice it": axes.plot([], [], color=MUTED, linewidth=0.9, linestyle="--")[0],
    }
    spacing = {"handletextpad": 0.6, "columnspacing": 1.3}
    made.legend(list(key.values()), list(key), loc="outside lower left", ncols=4, fontsize=7.5, **spacing)
    headline(made, title)
    return made


def _row(axes: Axes, y: int, name: str, row: Any) -> None:
    if row.denominator:
        _known(axes, y, name, row)
    edge = y + BOUNDS
    (rule,) = axes.plot([row.bounds_low, row.bounds_high], [edge, edge], color=MUTED, linewidth=0.9, linestyle="--")
    limits = f"all {row.all_cases} accounts, undetermined ones none or all"
    mark(rule, f"{name}-bounds", f"{row.label}: {percent_range(row.bounds_low, row.bounds_high)} ({limits})")
    _ends(axes, edge, row.bounds_low, row.bounds_high, MUTED)


def _known(axes: Axes, y: int, name: str, row: Any) -> None:
    (band,) = axes.plot([row.low, row.high], [y, y], color=FILL["navy"], linewidth=9, solid_capstyle="butt")
    mark(band, f"{name}-interval", f"{row.label}: 95% interval {percent_range(row.low, row.high)}")
    (dot,) = axes.plot([row.share], [y], "o", color=PALETTE["navy"], markersize=6.5)
    mark(dot, name, f"{row.label}: {percent(row.share)} ({row.n} of {row.denominator})")
    coders = y + CODERS
    (line,) = axes.plot([row.strict, row.broad], [coders, coders], color=PALETTE["rust"], marker="|", markersize=6)
    both = f"both coders {percent(row.strict)} ({row.strict_n} of {row.denominator})"
    either = f"at least one coder {percent(row.broad)} ({row.broad_n} of {row.denominator})"
    mark(line, f"{name}-coders", f"{row.label}: {both}, {either}")
    _ends(axes, y, row.low, row.high, INK)
    _ends(axes, coders, row.strict, row.broad, PALETTE["rust"])


def _ends(axes: Axes, lane: float, low: float, high: float, colour: str) -> None:
    style: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": SMALL, "color": colour}
    style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.annotate(percent(low), (low, lane), (-4, 0), ha="right", **style)
    axes.annotate(percent(high), (high, lane), (4, 0), ha="left", **style)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `narratives.<narrative>` with its strict and broad reading and its bounds; give the figure `narratives`.

    Also `narratives.reached` (of the core list), `narratives.none` (of those reached), and the share of the narrative
    whose rule is in doubt: `.deception_alone` (of those who voice it) and `.without_deception_alone`.
    """
    study = data.study
    final, first, second = codes_by_coder(data)
    known = reached(final)
    table = narrative_table(final, first, second, study.narratives)
    readings = {"": final, ".strict": strict_codes(final, first, second), ".broad": broad_codes(final, first, second)}
    for name, low, high in table[["bounds_low", "bounds_high"]].itertuples():
        for reading, codes in readings.items():
            cell.share(f"narratives.{name}{reading}", share_of(codes[name]), case_ids(codes[name]))
        cell.value(f"narratives.{name}.bounds_low", low, unit="share")
        cell.value(f"narratives.{name}.bounds_high", high, unit="share")
    all_reached, none = final.notna().all(axis=1).astype("Int64"), final.loc[known].sum(axis=1).eq(0).astype("Int64")
    for name, coded in (("reached", all_reached), ("none", none)):
        cell.share(f"narratives.{name}", share_of(coded), case_ids(coded))
    doubtful = study.narrative_of(study.deception)
    doubted, alone = final[doubtful], resting_on(data.coded(study.coded_variables), study, study.deception)
    resting = alone.astype("Int64").where(doubted.eq(1).fillna(False))
    without = recoded_as_not_voiced(doubted, alone.index[alone])
    for name, coded in (("deception_alone", resting), ("without_deception_alone", without)):
        cell.share(f"narratives.{doubtful}.{name}", share_of(coded), case_ids(coded))
    text = words(table, leaders(final, narrative_pairs(final)))
    return cell.figure("narratives", chart(table, text.title), text, data=table, cases=known)
