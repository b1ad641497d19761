"""The words of the figures and tables about the narratives and their combinations, computed from the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.record.figure_text import FigureText
from analysis.record.formats import join_words, lowered, of, percent, percent_range, plural, sentence
from analysis.record.wording import in_words


def listed(labels: Iterable[str]) -> str:
    """Labels as an English list in running text; `none of them` for an empty one."""
    words = [lowered(label) for label in labels]
    return join_words(words) if words else "none of them"


def narratives_text(table: pd.DataFrame, leading: list[str], reached: int) -> FigureText:
    """The words of the narratives figure.

    Args:
        table: From `narratives.narrative_table`.
        leading: From `pairs.leaders`.
        reached: Cases whose retrieved text reaches reasons.
    """
    total = int(table["all_cases"].iloc[0])
    caption = (
        f"Share of the accounts that give reasons ({reached} of {plural(total, 'core case')}) in which each narrative "
        "is voiced; one account can voice several. Dot: the decided code. Band: Wilson 95% interval, what chance alone "
        "would allow if the accounts were a random sample, which they are not. Upper line: from the share that both "
        "coders saw to the share that at least one saw, on the same accounts; a coder without a code counts as not "
        f"having seen it. Dashed line: over all {total}, if none or all of the undetermined accounts voiced it."
    )
    rows = table.sort_values(["rank", "label"])
    alt = " ".join(_narrative_alt(row) for _, row in rows.iterrows())
    return FigureText(narratives_title(table, leading), caption, alt)


def narratives_title(table: pd.DataFrame, leading: list[str]) -> str:
    """The finding: which narratives lead, if any can be set apart.

    Args:
        table: From `narratives.narrative_table`.
        leading: From `pairs.leaders`: the most frequent and those not set apart from it.
    """
    if not table["n"].sum():
        return "No account that gives reasons voices any of the narratives"
    shown = {str(name): f"{lowered(row['label'])} ({percent(row['share'])})" for name, row in table.iterrows()}
    order = list(table.sort_values(["rank", "label"]).index)
    first = [shown[name] for name in order if name in leading]
    rest = [shown[name] for name in order if name not in leading]
    if not rest:
        return f"No narrative can be set apart from the others: {join_words(first)}"
    verb = "was" if len(first) == 1 else "were"
    return sentence(f"{join_words(first)} {verb} voiced most often, {join_words(rest)} less often")


def _narrative_alt(row: pd.Series) -> str:
    n = int(row["denominator"])
    counts = of(int(row["n"]), n)
    if not n:
        return f"{row['label']}: no account is coded."
    return (
        f"{row['label']}: {counts} (95% interval {percent_range(row['low'], row['high'])}); "
        f"both coders {row['strict_n']} of {n}, at least one {row['broad_n']} of {n}; "
        f"bounds {percent_range(row['bounds_low'], row['bounds_high'])}."
    )


def combinations_text(patterns: pd.DataFrame, numbers: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """The words of the combinations figure.

    Args:
        patterns: From `combinations.patterns`.
        numbers: From `combinations.numbers_voiced`.
        labels: Narrative variable to its name in print.
    """
    total = int(numbers["denominator"].iloc[0])
    single, several = int(numbers["n"].get(1, 0)), int(numbers.loc[numbers.index >= 2, "n"].sum())
    seen = patterns[patterns["n"] > 0]
    caption = (
        f"The {plural(total, 'account')} that give{'s' if total == 1 else ''} reasons, by which of the "
        f"{in_words(len(labels))} narratives they voice (decided codes). Each column is one pattern: black dots are "
        "the narratives it holds, the bar is the number of accounts. The number beside a narrative is its total. "
        f"{sentence(in_words(len(seen)))} of {len(patterns)} possible patterns occur."
    )
    counts = ", ".join(f"{in_words(int(str(voiced)))}: {n}" for voiced, n in numbers["n"].items())
    common = "; ".join(f"{pattern_words(row, labels)} ({row['n']})" for _, row in seen.head(3).iterrows())
    alt = f"Of {plural(total, 'account')}, by number of narratives voiced: {counts}. Most frequent: {common or 'none'}."
    return FigureText(_combinations_title(single, several, total), caption, alt)


def pattern_words(row: pd.Series, labels: Mapping[str, str]) -> str:
    """A pattern in words: `brutality alone`, `brutality and corruption`, `none of them`.

    Args:
        row: A row of `combinations.patterns`.
        labels: Narrative variable to its name in print.
    """
    held = [label for name, label in labels.items() if row[name]]
    return f"{listed(held)} alone" if len(held) == 1 else listed(held)


def _combinations_title(single: int, several: int, total: int) -> str:
    if not total:
        return "No account gives reasons"
    if several == single:
        return f"As many accounts voice several narratives as voice only one: {several} each, of {total}"
    more, fewer = ("several narratives", "only one") if several > single else ("only one narrative", "several")
    return f"More accounts voice {more} than {fewer}: {max(several, single)} against {min(several, single)}, of {total}"


def pairs_text(pairs: pd.DataFrame, alpha: float = 0.05) -> str:
    """The caption of the table of pairs.

    Args:
        pairs: From `pairs.narrative_pairs`.
        alpha: The level at which an adjusted p-value counts.
    """
    tests, apart = len(pairs), int((pairs["p_difference_holm"] < alpha).sum())
    together = int((pairs["p_together_holm"] < alpha).sum())
    return (
        "Pairs of narratives on the same accounts. Only one, only other: accounts that voice one and not the other, "
        "compared by the exact McNemar test; both, against the number expected if they were independent, by Fisher's "
        f"exact test; each p-value adjusted for {plural(tests, 'pair')} (Holm). Frequencies differ in "
        f"{in_words(apart)} of {tests}, and {in_words(together)} {'goes' if together == 1 else 'go'} together more or "
        "less than by chance."
    )
