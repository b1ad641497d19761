"""Do the reasons for leaving mirror the reasons for joining? Each motive against each narrative, a table of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.narratives.codes import case_ids, reached
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import FEW, in_words, lowered, p_value, percent, sentence
from analysis.record.small_cells import HIDDEN, counted, out_of, too_few, withheld
from analysis.record.style import INK, PALETTE, RULE, TEXT_WIDTH, figure, headline, mark
from analysis.stats.groups import fisher, holm
from analysis.stats.pairs import ALPHA
from analysis.stats.uncertainty import Share, share_of

CELLS = (("both", "share", "low", "high", "voicers", "voicers_low", "voicers_high", "cases"), ("without_n", "without"))
WIDTH, HEIGHT = 0.9, 0.74  # of a cell
BAR = 0.24  # of a cell, along its foot: the numbers stand above it


def joining_leaving(
    motives: pd.DataFrame, narratives: pd.DataFrame, mirrors: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Every joining motive against every narrative, over the cases where both are coded.

    From the adjudicated codes of both, index `case_id`, one Int64 column each (1, 0, NA), and the pairs (motive,
    narrative) that a claim says go together.

    Returns:
        One row per pair: `motive`, `narrative`, `mirror`; `both` (cases that state the motive and voice the narrative),
        `motive_n`, `narrative_n`, `denominator` (cases with both codes); `share`, `low`, `high` (0-1, Wilson): of the
        cases that state the motive, those that voice the narrative; `without_n`, `without_denominator`, `without`: the
        same among the cases that do not state it; `voicers`, `voicers_low`, `voicers_high`: of the cases that voice the
        narrative, those that state the motive; `p` (two-sided Fisher's exact test of independence; Fisher 1935),
        `p_holm` (adjusted over all pairs), `p_holm_mirrors` (adjusted over the mirrors alone; NaN elsewhere); `cases`.
    """
    pairs = [(motives[motive], narratives[narrative]) for motive in motives for narrative in narratives]
    table = pd.DataFrame([_pair(*pair, (pair[0].name, pair[1].name) in mirrors) for pair in pairs])
    table["p_holm"] = holm(table["p"])
    table["p_holm_mirrors"] = holm(table.loc[table["mirror"], "p"]).reindex(table.index)
    return table


def _pair(motive: pd.Series[int], narrative: pd.Series[int], mirror: bool) -> dict[str, object]:
    known = (motive.notna() & narrative.notna()).to_numpy()
    stated = known & motive.eq(1).fillna(False).to_numpy(dtype=bool)
    voiced = known & narrative.eq(1).fillna(False).to_numpy(dtype=bool)
    among, others = (share_of(narrative, among=members) for members in (stated, known & ~stated))
    voicers = share_of(motive, among=voiced)
    row: dict[str, object] = {"motive": motive.name, "narrative": narrative.name, "mirror": mirror}
    row |= {"both": among.n, "motive_n": among.denominator, "narrative_n": voicers.denominator}
    row |= {"denominator": int(known.sum()), "share": among.share, "low": among.low, "high": among.high}
    row |= {"without_n": others.n, "without_denominator": others.denominator, "without": others.share}
    row |= {"voicers": voicers.share, "voicers_low": voicers.low, "voicers_high": voicers.high}
    row["p"] = fisher(among, others)
    return row | {"cases": case_ids(motive.where(voiced))}


def words(cells: pd.DataFrame, motives: Mapping[str, str], narratives: Mapping[str, str], total: int) -> FigureText:
    """The words of the figure of `joining_leaving`; its title says which of the claimed links hold."""
    holding = int((cells["p_holm"] < ALPHA).sum())
    mirrors = cells[cells["mirror"]]
    caption = (
        "Of the people who state a joining motive, the share who voice each narrative, over the "
        f"{cells['denominator'].max()} of {total} core cases in which both joining and leaving are coded (decided "
        f"codes). Bars: that share, from {FEW} people on. A person can state several motives and voice several "
        "narratives. Framed: links that are claimed, tested by Fisher's exact test adjusted for "
        f"{in_words(len(mirrors))} (Holm). Adjusted for all {len(cells)} cells, {in_words(holding)} "
        f"{'stands' if holding == 1 else 'stand'} out. {HIDDEN}"
    )
    alt = " ".join(_alt(cell, motives, narratives) for _, cell in mirrors.iterrows())
    return FigureText(_title(mirrors, narratives), caption, alt)


def _title(mirrors: pd.DataFrame, narratives: Mapping[str, str]) -> str:
    tested = len(mirrors)
    if not tested:
        return "Joining motives and narratives, side by side"
    testable = (mirrors["motive_n"] > 0) & (mirrors["without_denominator"] > 0) & (mirrors["narrative_n"] > 0)
    if not testable.any():
        return "The claimed links between joining and leaving cannot be tested on these accounts"
    towards = mirrors[testable & (mirrors["share"] > mirrors["without"])].sort_values("p", kind="stable")
    holding = int((towards["p_holm_mirrors"] < ALPHA).sum())
    where = "the counts do not point that way"
    if len(towards):
        first = towards.iloc[0]
        where = f"{lowered(narratives[first['narrative']])}, voiced by {_with(first)} with the motive and "
        where += f"{_without(first)} without"
    if tested == 1:
        verdict = "holds" if holding else "cannot be told from chance"
        return f"The claimed link between joining and leaving {verdict}: {where}"
    count = f"{sentence(in_words(holding))} of the {in_words(tested)} claimed links between joining and leaving"
    if not holding:
        return f"{count} can be told from chance; {'' if towards.empty else 'closest is '}{where}"
    return f"{count} holds: {where}" if holding == 1 else f"{count} hold, clearest for {where}"


def _with(cell: pd.Series) -> str:
    return out_of(cell["both"], cell["motive_n"])


def _without(cell: pd.Series) -> str:
    return out_of(cell["without_n"], cell["without_denominator"])


def _alt(cell: pd.Series, motives: Mapping[str, str], narratives: Mapping[str, str]) -> str:
    return (
        f"{narratives[cell['narrative']]} is voiced by {_with(cell)} who joined for the motive "
        f"“{lowered(motives[cell['motive']])}” and by {_without(cell)} of the others ({p_value(cell['p'])}, adjusted "
        f"{p_value(cell['p_holm_mirrors'])}); of the {cell['narrative_n']} who voice it, "
        f"{counted(cell['both'])} stated that motive."
    )


def chart(
    cells: pd.DataFrame, motives: Mapping[str, str], narratives: Mapping[str, str], title: str, width: float
) -> Figure:
    """Per joining motive (rows), the share of people who voice each narrative (columns); claimed mirrors are framed."""
    phone = width < TEXT_WIDTH
    made, axes = figure(0.85 + (0.66 if phone else 0.48) * len(motives), width)
    rows, columns = list(motives), list(narratives)
    for _, cell in cells.iterrows():
        shown = f"{motives[cell['motive']]}, {narratives[cell['narrative']]}"
        _cell(axes, columns.index(cell["narrative"]), rows.index(cell["motive"]), cell, shown, phone=phone)
    stated = cells.drop_duplicates("motive").set_index("motive")["motive_n"]
    voiced = cells.drop_duplicates("narrative").set_index("narrative")["narrative_n"]
    for y, name in enumerate(rows):
        if phone:
            axes.text(-WIDTH / 2, y - 0.24, f"{motives[name]}, stated by {stated[name]}", va="center")
    names = [f"{motives[name]}\nstated by {stated[name]}" for name in rows]
    axes.set_yticks([] if phone else range(len(rows)), [] if phone else names)
    heads = [f"{narratives[name]}\nvoiced by {voiced[name]}" for name in columns]
    axes.set_xticks(range(len(columns)), heads, fontweight="bold")
    axes.xaxis.tick_top()
    axes.set(xlim=(-WIDTH / 2 - 0.01, len(columns) - 1 + WIDTH / 2 + 0.01), ylim=(len(rows) - 0.5, -0.55))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return headline(made, title)


def _cell(axes: Axes, x: int, y: int, cell: pd.Series, shown: str, *, phone: bool) -> None:
    height, shift = (0.52, 0.2) if phone else (HEIGHT, 0.0)  # of a row; on a phone the motive stands above its cells
    left, low = x - WIDTH / 2, y + shift - height / 2
    edge, wide = (INK, 1.6) if cell["mirror"] else (RULE, 0.6)
    outline = axes.add_artist(Rectangle((left, low), WIDTH, height, facecolor="none", edgecolor=edge, linewidth=wide))
    enough = cell["motive_n"] >= FEW and not too_few(cell["both"])
    named, bar_height = outline, BAR * height / HEIGHT
    if enough and cell["both"]:
        foot = (left, low + height - bar_height)
        bar = Rectangle(foot, WIDTH * float(cell["share"]), bar_height, facecolor=PALETTE["navy"], linewidth=0)
        named = axes.add_artist(bar)
    name = f"{cell['motive']}-{cell['narrative']}".replace("_", "-")
    mark(named, name, f"{shown}: {_with(cell)}" + (f", {percent(cell['share'])}" if enough else ""))
    middle, weight = low + (height - bar_height) / 2, "bold" if cell["mirror"] else "normal"
    if enough:
        axes.text(left + 0.05, middle, percent(cell["share"]), va="center", fontsize=9, weight=weight)
    counts = counted(cell["both"]) if too_few(cell["both"]) else _with(cell)
    axes.text(left + WIDTH - 0.05, middle, counts, va="center", ha="right", color=INK)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `joining.known`, `joining.mirrors` and the claimed links that are told; give the figure `joining`.

    Of a link, `joining.<narrative>.<motive>`: `.with`, of those who state the motive, those who voice the narrative;
    `.without`, of the others; `.voicers`, of those who voice it, those who state the motive; `.p_mirror`.
    """
    study = data.study
    if not study.joining_motives:
        raise Lacking("data/datapackage.json study.joining_motives", "no motive for joining is declared")
    motives, codes = data.coded(study.joining_variables), data.coded(study.narrative_variables)
    cells = joining_leaving(motives, codes, study.mirrors)
    known = motives.dropna().index
    cell.share("joining.known", Share.of(len(known), len(motives)), known)
    mirrors = cells[cells["mirror"]]
    for _, link in mirrors[mirrors["motive"].isin(study.told)].iterrows():
        name = f"joining.{link['narrative']}.{link['motive'].removeprefix('joining_')}"
        others = codes.index[(codes[link["narrative"]].eq(1) & motives[link["motive"]].eq(0)).fillna(False)]
        parts = {"with": ("both", "motive_n"), "without": ("without_n", "without_denominator")}
        for part, (n, of) in {**parts, "voicers": ("both", "narrative_n")}.items():
            ids = others if part == "without" else link["cases"]
            cell.share(f"{name}.{part}", Share.of(link[n], link[of]), ids, crossed=True)
        cell.value(f"{name}.p_mirror", link["p_holm_mirrors"], unit="p")
    holding = (mirrors["p_holm_mirrors"] < ALPHA) & (mirrors["share"] > mirrors["without"])
    cell.value("joining.mirrors.tested", len(mirrors), unit="count")
    cell.value("joining.mirrors.holding", int(holding.sum()), unit="count")
    labels = study.narrative_labels
    short = {code.variable: code.short for code in study.joining_motives}
    text = words(cells, {code.variable: code.label for code in study.joining_motives}, labels, len(codes))
    numbers, cases = withheld(cells, *CELLS), reached(codes).intersection(known)
    return cell.figure("joining", text, chart, cells, short, labels, data=numbers, cases=cases)
