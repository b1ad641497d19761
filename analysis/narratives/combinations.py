"""How narratives combine in one account: none, one, two, three or more, and which patterns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.narratives.codes import case_ids, reached
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import in_words, join_words, lowered, percent, plural, sentence
from analysis.record.small_cells import LEAST, withheld
from analysis.record.style import INK, PALETTE, POINTS, TEXT_WIDTH, figure, headline, mark, wrapped
from analysis.record.tiles import row as row_of
from analysis.record.tiles import tiles, unit
from analysis.stats.measures import in_common, likeness
from analysis.stats.uncertainty import LEVEL, share_of

NUMBERED = ("None of them", "One", "Two", "Three or more")
LINE, SMALL = 0.175, 8.5  # inches of a row of tiles; points
STEP = 8  # accounts by which the scale grows, so that one more account moves one tile and not all
NAMES, COUNTS = 1.0, 0.3  # inches for the names at the left and the counts at the right


def patterns(codes: pd.DataFrame) -> pd.DataFrame:
    """Every possible pattern of narratives with the number of cases that show it.

    From the adjudicated codes, index `case_id`, one Int64 column each (1, 0, NA).

    Returns:
        One row per pattern (2 to the power of the narratives): a boolean column per narrative, `narratives_voiced`,
        `n`, `denominator` (cases whose reasons are reached), `share` (0-1), `cases` (ids separated by spaces). The most
        frequent first; among equals the one with fewer narratives.
    """
    names = list(codes.columns)
    complete = codes.loc[reached(codes)].astype(bool)
    of_pattern: dict[tuple[bool, ...], list[str]] = {key: [] for key in product([True, False], repeat=len(names))}
    for case_id, *row in complete.itertuples():
        of_pattern[tuple(row)].append(str(case_id))
    rows = [(*key, sum(key), len(cases), len(complete), " ".join(sorted(cases))) for key, cases in of_pattern.items()]
    table = pd.DataFrame(rows, columns=[*names, "narratives_voiced", "n", "denominator", "cases"])
    table.insert(len(names) + 3, "share", table["n"] / len(complete) if len(complete) else float("nan"))
    return table.sort_values(["n", "narratives_voiced"], ascending=[False, True], kind="stable", ignore_index=True)


def pairs_in_common(table: pd.DataFrame) -> tuple[float, float]:
    """The share of pairs of accounts that voice a narrative in common, and the share that chance alone would give.

    From the `patterns`. By chance is as `measures.likeness` means it. NaN twice with fewer than two accounts.
    """
    voiced = table.loc[:, :"narratives_voiced"].iloc[:, :-1].to_numpy(dtype=bool)
    n = table[["n"]].to_numpy()
    together, beyond = float(in_common(voiced, n)[0]), float(likeness(voiced).compute(n, n, LEVEL)[0][0])
    return together, together - beyond


def by_number(table: pd.DataFrame) -> pd.DataFrame:
    """Accounts that voice none, one, two, or three or more narratives.

    One row per number that is possible, index `voiced` (0 to 3; 3 means three or more): `n`, and `patterns`, the rows
    of `patterns` of that number which occur.
    """
    most = min(int(table["narratives_voiced"].max()), len(NUMBERED) - 1)
    grouped = table.assign(voiced=table["narratives_voiced"].clip(upper=most)).groupby("voiced")
    rows = {voiced: {"n": int(rows["n"].sum()), "patterns": rows[rows["n"] > 0]} for voiced, rows in grouped}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("voiced")


def words(table: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """The words of the figure of the `patterns`; `labels` gives each narrative's name in print."""
    total, numbers = int(table["denominator"].iloc[0]), by_number(table)
    seen = table[table["n"] > 0]
    caption = (
        f"The {plural(total, 'account')} that give{'s' if total == 1 else ''} reasons, by how many of the "
        f"{in_words(len(labels))} narratives they voice (decided codes); one tile is one account. Beside each row are "
        f"its combinations; those of fewer than {LEAST} accounts are counted together. "
        f"{sentence(in_words(len(seen)))} of {len(table)} possible patterns occur."
    )
    counts = ", ".join(f"{NUMBERED[int(str(voiced))].lower()}: {n}" for voiced, n in numbers["n"].items())
    common = "; ".join(f"{pattern_words(row, labels)} ({row['n']})" for _, row in seen.head(3).iterrows())
    alt = f"Of {plural(total, 'account')}, by number of narratives voiced: {counts}. Most frequent: {common or 'none'}."
    one, none = (int(table.loc[table["narratives_voiced"].eq(number), "n"].sum()) for number in (1, 0))
    return FigureText(_title(one, total - one - none, total), caption, alt)


def pattern_words(row: pd.Series, labels: Mapping[str, str]) -> str:
    """A row of `patterns` in words: `brutality alone`, `brutality and corruption`, `none of them`."""
    held = [lowered(label) for name, label in labels.items() if row[name]]
    return f"{held[0]} alone" if len(held) == 1 else join_words(held or ["none of them"])


def _title(single: int, several: int, total: int) -> str:
    if not total:
        return "No account gives reasons"
    if several == single:
        return f"As many accounts voice several narratives as voice only one: {several} each, of {total}"
    more, fewer = ("several narratives", "only one") if several > single else ("only one narrative", "several")
    return f"More accounts voice {more} than {fewer}: {max(several, single)} against {min(several, single)}, of {total}"


def held_by(rows: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """The patterns of one number in words with their counts, the most frequent first and the rare ones together."""
    named = [f"{pattern_words(row, labels)} {row['n']}" for _, row in rows[rows["n"] >= LEAST].iterrows()]
    rare = rows.loc[rows["n"] < LEAST, "n"]
    others = f"{'other combinations' if named else 'combinations'} {rare.sum()}"
    return ", ".join([*named, *([others] if len(rare) else [])])


def chart(table: pd.DataFrame, labels: Mapping[str, str], title: str, width: float = TEXT_WIDTH) -> Figure:
    """A row of tiles for none, one, two, and three or more narratives, over its combinations in words."""
    rows, total = by_number(table), int(table["denominator"].iloc[0])
    most = -(-max(int(rows["n"].max()), 1) // STEP) * STEP
    said = {voiced: held_by(row["patterns"], labels) if voiced else "" for voiced, row in rows.iterrows()}
    told = [wrapped(one, width * POINTS, SMALL, "normal") for one in said.values()]
    heights = [1.75 + 0.95 * len(lines) for lines in told]
    made, axes = figure(0.55 + LINE * sum(heights), width)
    y, left = 0.0, -NAMES / unit(most, width - NAMES - COUNTS)
    for (voiced, row), lines, height in zip(rows.iterrows(), told, heights, strict=True):
        name, n = NUMBERED[int(str(voiced))], int(row["n"])
        axes.text(left, y + 0.5, name, fontsize=9, fontweight="bold", va="center")
        if n:
            patch = tiles(axes, row_of(y + 0.5, n), facecolor=PALETTE["navy" if voiced else "slate"])
            mark(patch, f"voiced-{voiced}", f"{name}: {plural(n, 'account')}, {percent(n / total)}")
        axes.text(n + 0.02 * most, y + 0.5, str(n), fontsize=9, va="center", color=INK)
        for place, line in enumerate(lines):
            axes.text(left, y + 1.45 + 0.95 * place, line, fontsize=SMALL, va="center", color=INK)
        y += height
    axes.set(xlim=(left, most - left * COUNTS / NAMES), ylim=(y - 0.4, -0.2))
    axes.set_axis_off()
    return headline(made, title)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `combinations` (one or several voiced, the likeness of accounts, the first patterns); give its figure."""
    codes = data.coded(data.study.narrative_variables)
    labels = data.study.narrative_labels
    table, known = patterns(codes), reached(codes)
    per_case = codes.loc[known].sum(axis=1)
    for name, having in (("voiced_1", per_case.eq(1)), ("several", per_case.ge(2))):
        cell.share(f"combinations.{name}", share_of(having.astype("Int64")), case_ids(having.astype("Int64")))
    cell.value("combinations.patterns_seen", int((table["n"] > 0).sum()), unit="count")
    if len(known) > 1:
        for name, share in zip(("share", "chance"), pairs_in_common(table), strict=True):
            cell.value(f"combinations.in_common.{name}", share, unit="share")
    for place, (_, row) in enumerate(table.head(3).iterrows(), start=1):
        cell.value(f"combinations.pattern_{place}.label", pattern_words(row, labels), unit="text")
        cell.value(f"combinations.pattern_{place}.n", row["n"], unit="count", cases=row["cases"])
    text, numbers = words(table, labels), withheld(table, ("n", "share", "cases"))
    return cell.figure("combinations", text, chart, table, labels, data=numbers, cases=known)
