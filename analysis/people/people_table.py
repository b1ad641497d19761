"""The core list in one table: what is reported of the people on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.people.reported import NOT_REPORTED, tally
from analysis.record.formats import percent, percent_range


@dataclass(frozen=True)
class Characteristic:
    """One thing that is reported of a person.

    Attributes:
        name: Its name in print.
        values: One value per case; missing and `not_reported` both mean not reported.
        labels: Value to its label, in the order wanted.
        by_size: Whether the most frequent value comes first; otherwise the order of the labels holds.
    """

    name: str
    values: pd.Series[str]
    labels: Mapping[str, str]
    by_size: bool = True


def people_counts(characteristics: list[Characteristic]) -> pd.DataFrame:
    """Counts and shares of every characteristic, one row per value that somebody has.

    Args:
        characteristics: What to count. The denominator of each is the number of cases in which it is reported.

    Returns:
        Columns `characteristic`, `value`, `label`, `n`, `denominator`, `share`, `low`, `high` (0-1, Wilson 95%).
    """
    parts = []
    for one in characteristics:
        table = tally(one.values, None if one.by_size else one.labels)
        table = table[table["n"] > 0].reset_index()
        table.insert(0, "characteristic", one.name)
        table.insert(2, "label", table["value"].map({**one.labels, NOT_REPORTED: "not reported"}))
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def people_table(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts as the paper prints them.

    Args:
        counts: As `people_counts` gives them.

    Returns:
        Text columns `Characteristic` (named once), `Reported as`, `Cases`, `Share of those reported (95% interval)`.
    """
    first = ~counts["characteristic"].duplicated()
    shares = [
        f"{percent(share)} ({percent_range(low, high)})" if share == share else "–"
        for share, low, high in counts[["share", "low", "high"]].itertuples(index=False)
    ]
    return pd.DataFrame(
        {
            "Characteristic": counts["characteristic"].where(first, ""),
            "Reported as": counts["label"],
            "Cases": counts["n"].astype(str),
            "Share of those reported (95% interval)": shares,
        }
    )


def characteristics_of(
    cases: pd.DataFrame, labels: Mapping[str, Mapping[str, str]], regions: Mapping[str, str]
) -> list[Characteristic]:
    """What the paper tells of the people on the list, in its order.

    Args:
        cases: Cases with `gender`, `minor_when_joined`, `region`, `role`, `status_at_disclosure`, `certainty`.
        labels: Column to value to label.
        regions: Region to its label.
    """
    minor = cases["minor_when_joined"].map({True: "minor", False: "adult"}).astype(object)
    return [
        Characteristic("Gender", cases["gender"], labels["gender"]),
        Characteristic("Age when joining", minor, {"adult": "18 or over", "minor": "under 18"}),
        Characteristic("Region", cases["region"], regions),
        Characteristic("Main role in IS", cases["role"], labels["role"]),
        Characteristic("Situation when made public", cases["status_at_disclosure"], labels["status_at_disclosure"]),
        Characteristic("Certainty of inclusion", cases["certainty"], labels["certainty"], by_size=False),
    ]
