"""How narratives combine in one account: every pattern, and how many are voiced at once.

The chart (after UpSet, Lex et al. 2014) is drawn here, since the library of that name sets no marks, no direct labels
and no fixed order among equals.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.narratives.codes import case_ids, reached
from analysis.record.figure_text import FigureText
from analysis.record.formats import in_words, join_words, lowered, percent, plural, sentence
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import INK, PALETTE, RULE, TINT, figure, mark
from analysis.stats.measures import in_common, likeness
from analysis.stats.uncertainty import LEVEL, share_of


def patterns(codes: pd.DataFrame) -> pd.DataFrame:
    """Every possible pattern of narratives with the number of cases that show it.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`, one Int64 column each (1, 0, NA).

    Returns:
        One row per pattern (2 to the power of the narratives): a boolean column per narrative,
        `narratives_voiced`, `n`, `denominator` (cases whose reasons are reached), `share` (0-1), `cases` (ids
        separated by spaces). The most frequent first; among equals the one with fewer narratives.
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

    Args:
        table: From `patterns`. By chance is as `measures.likeness` means it. NaN twice with fewer than two accounts.
    """
    voiced = table.loc[:, :"narratives_voiced"].iloc[:, :-1].to_numpy(dtype=bool)
    n = table[["n"]].to_numpy()
    together, beyond = float(in_common(voiced, n)[0]), float(likeness(voiced).compute(n, n, LEVEL)[0][0])
    return together, together - beyond


def words(table: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """The words of the figure of the `patterns`; `labels` gives each narrative's name in print."""
    total = int(table["denominator"].iloc[0])
    numbers = table.groupby("narratives_voiced")["n"].sum()
    seen = table[table["n"] > 0]
    caption = (
        f"The {plural(total, 'account')} that give{'s' if total == 1 else ''} reasons, by which of the "
        f"{in_words(len(labels))} narratives they voice (decided codes). Each column is one pattern: black dots are "
        "the narratives it holds, the bar is the number of accounts. The number beside a narrative is its total. "
        f"{sentence(in_words(len(seen)))} of {len(table)} possible patterns occur."
    )
    counts = ", ".join(f"{in_words(int(str(voiced)))}: {n}" for voiced, n in numbers.items())
    common = "; ".join(f"{pattern_words(row, labels)} ({row['n']})" for _, row in seen.head(3).iterrows())
    alt = f"Of {plural(total, 'account')}, by number of narratives voiced: {counts}. Most frequent: {common or 'none'}."
    return FigureText(_title(int(numbers.get(1, 0)), int(numbers.loc[2:].sum()), total), caption, alt)


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


def chart(table: pd.DataFrame, labels: Mapping[str, str], title: str) -> Figure:
    """Bars of cases per pattern that occurs over the matrix of what it holds; a row per narrative of `labels`."""
    seen = table[table["n"] > 0].reset_index(drop=True)
    names = list(labels)
    rows = 0.24 * len(names)
    made, (bars, matrix) = figure(1.75 + rows, nrows=2, sharex=True, gridspec_kw={"height_ratios": [1.15, rows]})
    for x, row in seen.iterrows():
        held = [name for name in names if row[name]]
        (bar,) = bars.bar([x], [row["n"]], width=0.66, color=PALETTE["navy"])
        bars.annotate(str(row["n"]), (float(str(x)), row["n"]), (0, 2), textcoords="offset points", ha="center")
        said = join_words([labels[name] for name in held] or ["none of them"])
        share = f"{plural(row['n'], 'account')}, {percent(row['share'])}"
        mark(bar, "-".join(held).replace("_", "-") or "none", f"{said}: {share}")
    for y in range(0, len(names), 2):
        matrix.axhspan(y - 0.5, y + 0.5, color=TINT, linewidth=0)
    for x, pattern in enumerate(seen[names].to_numpy(dtype=bool)):
        filled, empty = ([y for y, voiced in enumerate(pattern) if voiced == side] for side in (True, False))
        matrix.plot([x] * len(empty), empty, "o", color=RULE, markersize=4)
        matrix.plot([x] * len(filled), filled, "o-", color=INK, markersize=6.5, linewidth=1.6)
    totals = {name: int(seen.loc[seen[name], "n"].sum()) for name in names}
    matrix.set_yticks(range(len(names)), [f"{labels[name]}, {totals[name]}" for name in names])
    matrix.set(ylim=(len(names) - 0.5, -0.5), xlim=(-0.6, len(seen) - 0.4), xticks=[])
    matrix.tick_params(length=0)
    bars.tick_params(axis="x", length=0)
    bars.set(yticks=[], ylim=(0, float(seen["n"].max() if len(seen) else 1) * 1.16), ylabel="Accounts")
    for axes in (bars, matrix):
        axes.spines[["left", "bottom"]].set_visible(False)
    headline(made, title)
    return made


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
    text = words(table, labels)
    return cell.figure("combinations", chart(table, labels, text.title), text, data=table, cases=known)
