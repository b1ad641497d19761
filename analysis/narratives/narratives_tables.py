"""The printed tables of the chapter on narratives: numbers written as the paper writes them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.record.formats import decimal, of, p_value, percent_range


def shares_table(table: pd.DataFrame) -> pd.DataFrame:
    """The full table of narratives as text, most frequent first.

    Args:
        table: From `narratives.narrative_table`.
    """
    rows = table.sort_values(["rank", "label"])
    return pd.DataFrame(
        {
            "Narrative": rows["label"],
            "Voiced": [of(int(row["n"]), int(row["denominator"])) for _, row in rows.iterrows()],
            "95% interval": [percent_range(row["low"], row["high"]) for _, row in rows.iterrows()],
            "Both coders": [_of(row, "strict_n") for _, row in rows.iterrows()],
            "Either coder": [_of(row, "broad_n") for _, row in rows.iterrows()],
            "First coder": [_of(row, "first_n", "first_denominator") for _, row in rows.iterrows()],
            "Second coder": [_of(row, "second_n", "second_denominator") for _, row in rows.iterrows()],
            "Bounds": [percent_range(row["bounds_low"], row["bounds_high"]) for _, row in rows.iterrows()],
        }
    )


def _of(row: pd.Series, n: str, denominator: str = "denominator") -> str:
    return f"{row[n]} of {row[denominator]}"


def shares_caption(table: pd.DataFrame) -> str:
    """What the table of narratives shows, with its denominators.

    Args:
        table: From `narratives.narrative_table`.
    """
    known, total = int(table["denominator"].max()), int(table["all_cases"].iloc[0])
    return (
        f"The narratives among the {known} of {total} core cases whose retrieved text gives reasons. Voiced: the "
        "decided code. Both and either coder: on the same cases; a coder without a code counts as not having seen it. "
        "First and second coder: each alone, over the cases which that coder could code. Interval: Wilson. Bounds: "
        f"over all {total}, if none or all of the undetermined cases voiced it."
    )


def pairs_table(pairs: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """The pairs of narratives as text.

    Args:
        pairs: From `pairs.narrative_pairs`.
        labels: Narrative variable to its name in print.
    """
    return pd.DataFrame(
        {
            "One": pairs["one"].map(dict(labels)),
            "Other": pairs["other"].map(dict(labels)),
            "Only one": pairs["only_one"],
            "Only other": pairs["only_other"],
            "Frequency, p": [_p(p) for p in pairs["p_difference_holm"]],
            "Both": pairs["both"],
            "Expected": [decimal(number, 1) for number in pairs["expected_both"]],
            "Together, p": [_p(p) for p in pairs["p_together_holm"]],
        }
    )


def _p(p: float) -> str:
    return p_value(p).removeprefix("p = ").replace("p < ", "< ")
