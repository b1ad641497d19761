"""The specification figure's rows: what each choice, taken alone, does to a share, and each choice in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.formats import percent, percent_range
from analysis.sensitivity.sensitivity import departure
from analysis.sensitivity.variants import BROAD, CHOICES, STRICT

OWN = "own"
WORDS = {
    "deception_alone": "Deception alone not counted",
    "supervised": "Without supervised accounts",
    "minors": "Without minors",
    "single_story": "Without single-story cases",
    "coerced": "Without coerced members",
    "low_certainty": "Without low-certainty cases",
    "hinted": "Without hinted cases",
}
EACH_COUNTRY = "Each country left out in turn"


def in_words(choice: str, option: object, dataset: Dataset) -> str:
    """A choice as the paper names it: `Without minors`, `Coder A alone`, `Without Syria`.

    Args:
        choice: A field of `Variant`.
        option: The option taken in place of the paper's own.
        dataset: The case list, for the names of coders and countries.
    """
    if choice == "coding":
        return {STRICT: "Both coders", BROAD: "Either coder"}.get(str(option), f"Coder {option} alone")
    if choice == "clock":
        return "Dated by leaving, in the window"
    if choice == "without":
        names: Any = dataset.countries["name"]
        return f"Without {names[option]}"
    if choice == "level":
        return f"{percent(float(str(option)))} intervals"
    return WORDS[choice]


def choice_rows(results: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """One row for the paper's own choices, one per choice that departs alone, one for the countries left out in turn.

    The confidence level has no row, since it moves no share.

    Args:
        results: From `Grid.evaluate`.
        dataset: The case list, for names.

    Returns:
        Index: an id; `label`; `n`, `denominator`, `share`, `low`, `high` (of the countries: the one that moves the
        share most); `spread_low`, `spread_high` (equal to `share` but for the countries); `outside`: the share lies
        outside the interval of the paper's own; `told`: the numbers in words.
    """
    own = results.iloc[0]
    single = results[(results["departures"] == 1) & (results["level"] == own["level"])]
    countries = single[single["without"] != own["without"]]
    rows = [_row(OWN, "The paper’s own choices", own, own)]
    turns = [(departure(row, own), row) for _, row in single.drop(index=countries.index).iterrows()]
    for turn, row in sorted(turns, key=lambda pair: CHOICES.index(pair[0].choice)):
        rows.append(_row(f"{turn.choice}-{turn.option}".lower(), in_words(turn.choice, turn.option, dataset), row, own))
    if not countries.empty:
        furthest = countries.loc[(countries["share"] - own["share"]).abs().fillna(-1).idxmax()]
        rows.append(_row("without-each", EACH_COUNTRY, furthest, own))
        rows[-1] |= {"spread_low": countries["share"].min(), "spread_high": countries["share"].max()}
        spread = _range(countries["share"])
        most = decapitalised(in_words("without", furthest["without"], dataset))
        rows[-1]["told"] = f"{spread}, most moved {most}: {rows[-1]['numbers']}"
    return pd.DataFrame(rows).set_index("id")


def results_frame(rows: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of every narrative in one table: index `variable`, `id`; the numbers of `choice_rows`."""
    return pd.concat(rows, names=["variable"]).drop(columns=["numbers", "told"])


def share_range(results: pd.DataFrame, *, alone: bool, middle: float = 1.0) -> tuple[float, float]:
    """The lowest and the highest share over variants, shares (0-1).

    Args:
        results: From `Grid.evaluate`.
        alone: Only variants with at most one departure from the paper's own choices; else all.
        middle: The share (0-1) of variants to keep around the median; 1 keeps all.
    """
    shares = results.loc[results["departures"] <= 1, "share"] if alone else results["share"]
    tail = (1 - middle) / 2
    low, high = shares.dropna().quantile([tail, 1 - tail])
    return float(low), float(high)


def leads(results: Mapping[str, pd.DataFrame], variable: str) -> pd.DataFrame:
    """The results of one narrative with `ahead`, the difference to the most voiced of the others, a share (-1 to 1).

    Args:
        results: Variable to what `Grid.evaluate` gave; at least two.
        variable: The narrative; it leads where `ahead` is above 0.
    """
    others = pd.DataFrame({name: frame["share"] for name, frame in results.items() if name != variable}).max(axis=1)
    return results[variable].assign(ahead=results[variable]["share"] - others)


def apart(results: Mapping[str, pd.DataFrame], upper: Sequence[str]) -> pd.DataFrame:
    """The variants with `gap`, the least share of the upper narratives less the greatest of all others (-1 to 1).

    Args:
        results: Variable to what `Grid.evaluate` gave.
        upper: The narratives said to be voiced more often than all others; they are where `gap` is above 0.
    """
    shares = pd.DataFrame({name: frame["share"] for name, frame in results.items()})
    first = next(iter(results.values()))
    return first.assign(gap=shares[list(upper)].min(axis=1) - shares.drop(columns=list(upper)).max(axis=1))


def _range(shares: pd.Series[float]) -> str:
    return "no case" if shares.isna().all() else percent_range(float(shares.min()), float(shares.max()))


def _row(id_: str, label: str, row: pd.Series, own: pd.Series) -> dict[str, object]:
    numbers = f"{percent(row['share'])} ({row['n']} of {row['denominator']})" if row["denominator"] else "no case"
    kept = {name: row[name] for name in ("n", "denominator", "share", "low", "high")}
    outside = not own["low"] <= row["share"] <= own["high"]
    spread = {"spread_low": row["share"], "spread_high": row["share"], "outside": outside}
    return {"id": id_, "label": label, **kept, **spread, "numbers": numbers, "told": numbers}


def decapitalised(text: str) -> str:
    """A phrase with its first letter small, to stand inside a sentence; names such as `Coder A` keep theirs."""
    return text if text.startswith("Coder ") else text[0].lower() + text[1:]
