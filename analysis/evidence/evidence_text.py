"""The words of the evidence's figures, computed from what they show."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.data.study import Span, Study
from analysis.evidence.extension import persisting, shifted
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, decimal, join_words, month, p_value, percent, percent_range, plural
from analysis.stats.agreement import COEFFICIENTS
from analysis.stats.bootstrap import DRAWS
from analysis.stats.rates import Rate, RateRatio
from analysis.stats.uncertainty import LEVEL


def agreement_text(table: pd.DataFrame, without: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """The words of the chart of agreement.

    Args:
        table: From `coders.agreement_table`.
        without: The same over the cases whose label named no code.
        labels: Variable to its name in print.
    """
    title = _agreement_title(table.xs("kappa", level="coefficient")["value"], labels)
    n, other = (sorted(set(frame["n"].astype(int))) for frame in (table, without))
    caption = (
        f"Agreement of the two coders before adjudication, over the {_numbers(n)} candidates that both could code, "
        f"with {percent(LEVEL)} bootstrap intervals over cases ({count(DRAWS)} resamples). Diamonds: the "
        f"{_numbers(other)} of them whose earlier label did not name a narrative. Dotted lines: 0.667 and 0.8, which "
        "Krippendorff asks for before tentative and firm conclusions. Both coders were automated; no human has "
        "reviewed the codes yet."
    )
    values: Any = table["value"]
    said = [
        f"{label}: " + ", ".join(f"{_coefficient(name)} {defined(values[variable, name])}" for name in COEFFICIENTS)
        for variable, label in labels.items()
    ]
    return FigureText(title, caption, f"{title}. {'; '.join(said)}.")


def group_names(supervised: pd.Series[bool], study: Study, labels: Mapping[str, str]) -> dict[str, str]:
    """The two groups in words with their cases: `in` the supervised accounts, `out` the free ones.

    Args:
        supervised: Whether an account was given under supervision, NA where that is not reported.
        study: The study, which says which situations belong to which group.
        labels: Situation to its label.
    """
    groups = {"in": (study.supervised, True), "out": (study.unsupervised, False)}
    names = {}
    for side, (statuses, told) in groups.items():
        either = " or ".join(join_words(labels[status] for status in statuses).rsplit(" and ", 1))
        names[side] = f"{either} ({plural(int(supervised.eq(told).sum()), 'case')})"
    return names


def access_text(table: pd.DataFrame, names: Mapping[str, str]) -> FigureText:
    """The words of the chart of supervised and free accounts.

    Args:
        table: From `access.compare`.
        names: `in` and `out` to the groups' names in print.
    """
    title = _access_title(table)
    caption = (
        f"Share that voices each narrative among accounts that give reasons: {names['in']}, and {names['out']}. "
        f"Bars: {percent(LEVEL)} Wilson intervals. Right: Fisher’s exact test, two-sided, and the same after Holm’s "
        f"correction for {plural(len(table), 'test')}. Accounts whose situation is not reported are in neither group."
    )
    return FigureText(title, caption, f"{title}. {_both_sides(table, ('Supervised', 'Free'))}")


def extension_text(table: pd.DataFrame, window: Span, end: pd.Period) -> FigureText:
    """The words of the chart of the later cases.

    Args:
        table: From `extension.extension_table`.
        window: The window of the core list.
        end: The last month of the extension.
    """
    voiced, moved = persisting(table), shifted(table)
    names = {name: str(label).lower() for name, label in table["label"].items()}
    gone = [names[name] for name in table.index if name not in voiced]
    first = "Every narrative is voiced again" if not gone else f"{join_words(gone).capitalize()} is not voiced again"
    change = "no change in share outlasts the correction for several tests"
    if moved:
        change = f"the share of {join_words(names[name] for name in moved)} changes"
    title = f"{first} after {month(window.end)}; {change}"
    later, core = (int(table[f"{side}_denominator"].max()) for side in ("in", "out"))
    caption = (
        f"Share that voices each narrative, by the first coder alone: {count(core)} core cases and {count(later)} "
        f"cases first public from {month(window.end + 1)} to {month(end)}, where reasons are given. Bars: "
        f"{percent(LEVEL)} Wilson intervals. The later cases were coded once and reviewed by nobody; the first "
        "coder’s own codes stand on both sides, so these shares differ from the adjudicated ones. Right: Fisher’s "
        "exact test, and after Holm’s correction."
    )
    return FigureText(title, caption, f"{title}. {_both_sides(table, ('Later cases', 'Core cases'))}")


def attention_text(
    yearly: Mapping[str, RateRatio],
    monthly: Mapping[str, Sequence[Rate]],
    spans: Sequence[Span],
    years: Sequence[Span],
    clocks: Mapping[str, str],
    local: Sequence[str],
) -> FigureText:
    """The words of the chart of rates on both clocks.

    Args:
        yearly: Clock to the last year's rate over the years before.
        monthly: Clock to a rate per span, per month.
        spans: The periods.
        years: The years compared.
        clocks: Clock to its label.
        local: The names of the countries of the group's own territory.
    """
    title = _attention_title(yearly, years)
    caption = (
        f"Left: core cases per month by either clock. Right: cases from outside {join_words(local)} per month, per "
        "10,000 foreign fighters who had gone there by then; their number is read off straight lines between the "
        "highest published estimates, is a running total of all who went and not of those present, and carries no "
        f"chance error here. Numbers: cases; bars: exact {percent(LEVEL)} Poisson intervals. A case counts where its "
        "date certainly lies in the period; the ratios of years count dates known to the year as well. Departures "
        "near the end had little time to become public."
    )
    said = []
    for clock, label in clocks.items():
        parts = [f"{span.label} {decimal(r.rate, 1)} ({r.n})" for span, r in zip(spans, monthly[clock], strict=True)]
        said.append(f"{label}, cases per month: {', '.join(parts)}")
    return FigureText(title, caption, f"{'. '.join(said)}. {title}.")


def ratio_line(ratios: Mapping[str, RateRatio], years: Sequence[Span]) -> str:
    """The later year against the earlier on both clocks, as it stands under the name of a panel."""
    parts = [
        f"{word} {defined(ratios[clock].ratio)} ({limits(ratios[clock])})"
        for clock, word in (("first_public", "public"), ("left", "left"))
    ]
    return f"{years[-1].label} over {years[0].label}: {', '.join(parts)}"


def defined(coefficient: float) -> str:
    """A coefficient with two decimals, or that the data do not define it."""
    return "not defined" if math.isnan(coefficient) else decimal(coefficient)


def limits(ratio: RateRatio) -> str:
    """The interval of a ratio in words: `0.98 to 2.57`."""
    return f"{decimal(ratio.low)} to {decimal(ratio.high) if math.isfinite(ratio.high) else 'no limit'}"


def _access_title(table: pd.DataFrame) -> str:
    if table["difference"].isna().all():
        return "Too few accounts give reasons to compare supervised and free ones"
    row: Any = table.loc[str(table["difference"].abs().idxmax())]
    gap = f"{percent(row['in_share'])} against {percent(row['out_share'])}"
    outlasting = [str(label).lower() for label in table.loc[table["p_holm"] < 1 - LEVEL, "label"]]
    if outlasting:
        return (
            f"Supervised and free accounts differ on {join_words(outlasting)}; widest on {row['label'].lower()}, {gap}"
        )
    return (
        f"Supervised and free accounts differ most on {row['label'].lower()} ({gap}), but no difference outlasts the "
        "correction for several tests"
    )


def _agreement_title(kappa: pd.Series[float], labels: Mapping[str, str]) -> str:
    ranked = kappa.dropna().sort_values(ascending=False)
    if ranked.empty:
        return "The codes do not vary enough to measure agreement beyond chance"
    best, least = str(ranked.index[0]), str(ranked.index[-1])
    return (
        f"The coders agree best on {labels[best].lower()} (kappa {decimal(ranked[best])}) "
        f"and least on {labels[least].lower()} ({decimal(ranked[least])})"
    )


def _attention_title(yearly: Mapping[str, RateRatio], years: Sequence[Span]) -> str:
    public, left = yearly["first_public"].ratio, yearly["left"].ratio
    before, last = years[0].label, years[-1].label
    if not (math.isfinite(public) and math.isfinite(left)):
        return f"{before} has too few dated cases to compare {last} with it"
    joint = "and" if (public > 1) == (left > 1) else "but"
    return (
        f"Per month, {last} has {decimal(public, 1)} times as many cases made public as {before}, {joint} "
        f"{decimal(left, 1)} times as many dated departures"
    )


def _both_sides(table: pd.DataFrame, names: tuple[str, str]) -> str:
    said = []
    for _, row in table.iterrows():
        sides = [
            f"{name.lower()} {percent(row[f'{side}_share'])} ({int(row[f'{side}_n'])} of "
            f"{int(row[f'{side}_denominator'])}, interval {percent_range(row[f'{side}_low'], row[f'{side}_high'])})"
            for side, name in zip(("in", "out"), names, strict=True)
            if row[f"{side}_denominator"]
        ]
        said.append(f"{row['label']}: {', '.join(sides)}, corrected {p_value(row['p_holm'])}")
    return f"{'; '.join(said)}."


def _coefficient(name: str) -> str:
    label = COEFFICIENTS[name][0]
    return label if label[0] in "CKG" else label.lower()


def _numbers(numbers: Sequence[int]) -> str:
    return count(numbers[0]) if len(numbers) == 1 else f"{count(numbers[0])} to {count(numbers[-1])}"
