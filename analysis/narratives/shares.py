"""How often each narrative was voiced: a tile a person, and how far other readings of the same accounts move it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.data.dataset import Dataset
from analysis.data.forms import resting_on
from analysis.data.study import Code
from analysis.narratives.codes import broad_codes, case_ids, either_codes, reached, recoded_as_not_voiced, strict_codes
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import join_words, lowered, of, percent, percent_range, plural, sentence
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.record.tiles import row as row_of
from analysis.record.tiles import tiles, unit
from analysis.stats.pairs import leaders, narrative_pairs
from analysis.stats.uncertainty import bounds, share_of

COUNTS = 0.98  # inches at the right of the tiles, for `36 of 63 people`
LOOKS: dict[str, dict[str, Any]] = {
    "voiced": {"facecolor": PALETTE["navy"]},
    "other": {"facecolor": "none", "edgecolor": PALETTE["slate"], "linewidth": 0.6},
}


def readings(data: Dataset) -> dict[str, pd.DataFrame]:
    """The codes of the narratives on the core list by every reading that the paper shows.

    Reading to codes (index `case_id`, a column per narrative; 1, 0, NA): `decided`; `first` and `second` coder;
    `strict` and `broad` as `narratives.codes` has them; `either`, over the accounts that a coder reached; and
    `edition`, the earlier edition's decision on its own core list (no code for the others).
    """
    study = data.study
    first, second, final = (data.coded(study.narrative_variables, coder) for coder in study.coders)
    found = {"decided": final, "first": first, "second": second}
    for name, rule in (("strict", strict_codes), ("broad", broad_codes), ("either", either_codes)):
        found[name] = rule(final, first, second)
    earlier = [one for one in study.editions if one != study.edition]
    on_list = data.core_of(earlier[0]) if earlier else final.index[:0]
    before = data.coded(study.narrative_variables, earlier[0].final if earlier else None, on_list)
    return {**found, "edition": before.reindex(final.index)}


def narrative_table(codes: dict[str, pd.DataFrame], narratives: Sequence[Code]) -> pd.DataFrame:
    """The share of cases that voice each narrative by each of the `readings`, with its interval and with bounds.

    Returns:
        One row per narrative, index `variable`: `label`, `rank` (1 is the most frequent; equal counts share a rank),
        `n`, `denominator` (cases with a decided code), `share`, `low`, `high` (Wilson 95%); of each other reading
        `<reading>_n`, `<reading>_denominator` and `<reading>` (share of the cases to which it gives a code);
        `bounds_low`, `bounds_high`, `all_cases` (over every case, the undetermined all 0 or all 1); `cases` (ids that
        voice it, separated by spaces). Shares are 0-1.
    """
    rows = []
    for code in narratives:
        decided = codes["decided"][code.variable]
        row: dict[str, Any] = {"variable": code.variable, "label": code.label, **share_of(decided).row}
        for reading, other in codes.items():
            if reading != "decided":
                share = share_of(other[code.variable])
                row |= {f"{reading}_n": share.n, f"{reading}_denominator": share.denominator, reading: share.share}
        low, high = bounds(decided)
        row |= {"bounds_low": low, "bounds_high": high, "all_cases": len(decided), "cases": case_ids(decided)}
        rows.append(row)
    table = pd.DataFrame(rows).set_index("variable")
    table.insert(1, "rank", table["share"].rank(method="min", ascending=False).astype("Int64"))
    return table


def with_ranges(table: pd.DataFrame, single: Mapping[str, tuple[float, float]]) -> pd.DataFrame:
    """The `narrative_table` with `single_low` and `single_high` (0-1), as `show` is given them."""
    return table.join(pd.DataFrame(single, index=["single_low", "single_high"]).T)


def words(table: pd.DataFrame, leading: list[str]) -> FigureText:
    """The words of the figure of the `narrative_table` with its ranges; its title names those that lead, if any do."""
    caption = (
        f"{people(table)}, filled where the narrative is voiced by the decided codes; one account can voice several. "
        "The pale band reaches from the least to the greatest share that other readings give, each with one choice of "
        "method made otherwise."
    )
    rows = table.sort_values(["rank", "label"])
    return FigureText(title_of(table, leading), caption, " ".join(_alt(row) for _, row in rows.iterrows()))


def people(table: pd.DataFrame) -> str:
    """What a tile of the figures of the `narrative_table` stands for."""
    known, total = int(table["denominator"].max()), int(table["all_cases"].iloc[0])
    return f"One tile is one of the {known} of {plural(total, 'person', 'people')} on the core list who give reasons"


def title_of(table: pd.DataFrame, leading: list[str]) -> str:
    """The finding of the `narrative_table`: which narratives were voiced most often, if any can be set apart."""
    rows = table.sort_values(["rank", "label"])
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
    if not row["denominator"]:
        return f"{row['label']}: no account is coded."
    interval = percent_range(row["low"], row["high"])
    return f"{row['label']}: {of(row['n'], row['denominator'])} (95% interval {interval}){_others(row)}."


def _others(row: Any) -> str:
    known = row["single_low"] == row["single_low"]
    return f"; other readings {percent_range(row['single_low'], row['single_high'])}" if known else ""


def chart(table: pd.DataFrame, title: str, width: float = TEXT_WIDTH) -> Figure:
    """Per narrative of the `narrative_table` a row of tiles, a person each, over a band of the other readings."""
    rows = table.sort_values(["rank", "label"])
    widest = max(int(rows["denominator"].max()), 1)
    made, axes = figure(0.65 + 0.48 * len(rows), width)
    for y, (name, row) in enumerate(rows.iterrows()):
        label = axes.text(0, y - 0.3, row["label"], fontsize=9, fontweight="bold", va="center")
        _band(axes, y + 0.16, str(name).replace("_", "-"), row)
        said = _others(row).removeprefix("; ")
        axes.annotate(said, (1, 0.5), (6, 0), xycoords=label, textcoords="offset points", va="center", color=MUTED)
        row_of_people(axes, y + 0.16, str(name).replace("_", "-"), row)
    axes.set(xlim=(0, widest + COUNTS / unit(widest, width - COUNTS)), ylim=(len(rows) - 0.5, -0.55))
    axes.set_axis_off()
    return headline(made, title)


def _band(axes: Axes, y: float, name: str, row: Any) -> None:
    if said := _others(row):
        low, high = (row[end] * row["denominator"] for end in ("single_low", "single_high"))
        look: dict[str, Any] = {"facecolor": FILL["rust"], "linewidth": 0, "zorder": 0}
        band = axes.add_artist(Rectangle((low, y - 0.27), max(high - low, 0.1), 0.54, **look))
        mark(band, f"{name}-range", f"{row['label']}{said}")


def row_of_people(axes: Axes, y: float, name: str, row: Any) -> None:
    """Draw a row of the `narrative_table`: a tile per person, filled where voiced, and the count at its end."""
    n, known = int(row["n"]), int(row["denominator"])
    for kind, said, cells in (("voiced", "voiced", row_of(y, n)), ("other", "not voiced", row_of(y, known - n, n))):
        if cells:
            patch = tiles(axes, cells, height=0.34, **LOOKS[kind])
            mark(patch, f"{name}-{kind}", f"{row['label']} {said}: {of(len(cells), known)}")
    axes.text(known + 0.8, y, f"{n} of {plural(known, 'person', 'people')}", va="center", color=INK)


def show(cell: Cell, data: Dataset, single: Mapping[str, tuple[float, float]]) -> Figure:
    """Record `narratives.<narrative>` and its other readings; give the figure `narratives`.

    `single` has the least and the greatest share (0-1) of each narrative by the single changes of method; NaN where
    none gives a share.

    The readings are `.strict`, `.broad`, `.either` and, where there is another edition, `.first`, beside the bounds.
    Also `narratives.reached` (of the core list), `narratives.none` (of those reached), and the share of the narrative
    whose rule is in doubt, if any: `.deception_alone` (of those who voice it) and `.without_deception_alone`.
    """
    study, codes = data.study, readings(data)
    final = codes["decided"]
    known = reached(final)
    table = narrative_table(codes, study.narratives)
    recorded = {"": "decided", ".strict": "strict", ".broad": "broad", ".either": "either"}
    recorded |= {".first": "edition"} if len(study.editions) > 1 else {}
    for name, low, high in table[["bounds_low", "bounds_high"]].itertuples():
        for ending, reading in recorded.items():
            of_reading = codes[reading][name]
            cell.share(f"narratives.{name}{ending}", share_of(of_reading), case_ids(of_reading))
        cell.value(f"narratives.{name}.bounds_low", low, unit="share")
        cell.value(f"narratives.{name}.bounds_high", high, unit="share")
    all_reached, none = final.notna().all(axis=1).astype("Int64"), final.loc[known].sum(axis=1).eq(0).astype("Int64")
    for name, coded in (("reached", all_reached), ("none", none)):
        cell.share(f"narratives.{name}", share_of(coded), case_ids(coded))
    if study.deception:
        doubtful = study.narrative_of(study.deception)
        doubted, alone = final[doubtful], resting_on(data.coded(study.coded_variables), study, study.deception)
        resting = alone.astype("Int64").where(doubted.eq(1).fillna(False))
        without = recoded_as_not_voiced(doubted, alone.index[alone])
        for name, coded in (("deception_alone", resting), ("without_deception_alone", without)):
            cell.share(f"narratives.{doubtful}.{name}", share_of(coded), case_ids(coded))
    table = with_ranges(table, single)
    text = words(table, leaders(final, narrative_pairs(final)))
    return cell.figure("narratives", text, chart, table, data=table, cases=known)
