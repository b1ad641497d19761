"""The words of the specification chart, computed from the variants."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.record.figure_text import FigureText
from analysis.record.formats import count, join_words, percent, percent_range
from analysis.sensitivity.findings import MIDDLE
from analysis.sensitivity.sensitivity import holds
from analysis.sensitivity.specification import apart, leads, share_range
from analysis.stats.uncertainty import LEVEL


def upper_half(results: Mapping[str, pd.DataFrame]) -> list[str]:
    """The narratives above the widest gap between two neighbouring shares under the paper's own choices."""
    own = pd.Series({name: float(frame["share"].iloc[0]) for name, frame in results.items()}).sort_values(
        ascending=False
    )
    widest = int((own.iloc[:-1].to_numpy() - own.iloc[1:].to_numpy()).argmax())
    return list(own.index[: widest + 1])


def specification_text(results: Mapping[str, pd.DataFrame], labels: Mapping[str, str]) -> FigureText:
    """The words of the specification chart.

    Args:
        results: Variable to what `Grid.evaluate` gave.
        labels: Variable to its name in print.
    """
    n = len(next(iter(results.values())))
    title = _title(results, labels, n)
    least = min(int(frame["denominator"].min()) for frame in results.values())
    caption = (
        "Share that voices each narrative under every combination of choices that an author could defend "
        f"({count(n)} variants: whose codes, which clock, which cases, which country left out, which confidence "
        "level). Above: all variants sorted by share, the middle 90% in grey and in figures. Below: our own "
        f"choices, then each choice departing alone, with {percent(LEVEL)} Wilson intervals; dotted line: our own "
        "share. The confidence level moves no share and has no row. The variants are not equally likely, nor "
        f"independent, and the narrowest rests on {least} accounts."
    )
    said = [f"{labels[name]}: {_ranges(frame)}" for name, frame in results.items()]
    return FigureText(title, caption, f"{title}. {'; '.join(said)}.")


def _title(results: Mapping[str, pd.DataFrame], labels: Mapping[str, str], n: int) -> str:
    own = {name: float(frame["share"].iloc[0]) for name, frame in results.items()}
    if any(math.isnan(share) for share in own.values()):
        return f"No account gives reasons, so {count(n)} variants have nothing to compare"
    leader = max(own, key=lambda name: own[name])
    upper = upper_half(results)
    lower = [labels[name].lower() for name in results if name not in upper]
    split = holds(apart(results, upper), lambda frame: frame["gap"] > 0)
    title = (
        f"{join_words(labels[name].lower() for name in upper).capitalize()} {'is' if len(upper) == 1 else 'are'} "
        f"voiced more often than {'all others' if len(lower) > 2 else join_words(lower)} in {_most(split.n, n)} of "
        f"{count(n)} variants"
    )
    if upper == [leader]:
        return title
    leading = holds(leads(results, leader), lambda frame: frame["ahead"] > 0)
    return f"{title}; {labels[leader].lower()} leads in {_most(leading.n, n)}"


def _ranges(frame: pd.DataFrame) -> str:
    if frame["share"].isna().any():
        return "no case in some variants"
    alone, middle = share_range(frame, alone=True), share_range(frame, alone=False, middle=MIDDLE)
    return (
        f"{percent(float(frame['share'].iloc[0]))} under our own choices, {percent_range(*alone)} with one choice "
        f"changed, {percent_range(*middle)} in the middle {percent(MIDDLE)} of all variants"
    )


def _most(part: int, whole: int) -> str:
    return "all" if part == whole else "more than 99%" if part / whole >= 0.995 else percent(part / whole)
