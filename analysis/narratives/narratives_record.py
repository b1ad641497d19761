"""What the chapter on narratives puts on record: every name that the prose may use, in one place per topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pandas as pd

from analysis.narratives.codes import broad_codes, case_ids, reached, recoded_as_not_voiced, strict_codes
from analysis.narratives.combinations import alone, mean_voiced, pairs_in_common
from analysis.narratives.narratives import none_voiced
from analysis.narratives.narratives_text import pattern_words
from analysis.record.formats import join_words, lowered
from analysis.record.ids import Ids
from analysis.record.record import Record
from analysis.record.share_record import record_share
from analysis.stats.uncertainty import Share, share_of, wilson

ALPHA = 0.05
UNKNOWN = "not known"


def slug(label: str) -> str:
    """A label as a part of a value's name: `Syria and Iraq` becomes `syria_and_iraq`."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def record_counted(record: Record, prefix: str, share: Share, cases: Ids | Collection[str] | None = None) -> None:
    """Record a share as `record_share` does; with a denominator of 0 its texts say that it is not known.

    Args:
        record: The notebook's record.
        prefix: Dotted name.
        share: The share with its counts.
        cases: The ids counted.
    """
    if share.denominator:
        record_share(record, prefix, share, cases)
        return
    for name in ("n", "denominator"):
        record.value(f"{prefix}.{name}", 0, unit="count")
    for name in ("share", "interval"):
        record.value(f"{prefix}.{name}", UNKNOWN, unit="text")
    record.value(f"{prefix}.of", "0 of 0", unit="text")


def record_codes(record: Record, prefix: str, codes: pd.Series[int]) -> None:
    """Record the share of ones among the known codes, with the ids of the cases coded 1."""
    record_counted(record, prefix, share_of(codes), Ids(case_ids(codes)))


def record_row(record: Record, prefix: str, row: pd.Series) -> None:
    """Record a row that has `n`, `denominator`, `low` and `high`, and `cases` where it names them."""
    share = Share(int(row["n"]), int(row["denominator"]), float(row["low"]), float(row["high"]))
    record_counted(record, prefix, share, Ids(row["cases"]) if "cases" in row else None)


def record_narratives(
    record: Record, table: pd.DataFrame, final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame
) -> None:
    """Record `narratives.<variable>.*`, `narratives.reached.*` and `narratives.none.*`.

    Args:
        record: The notebook's record.
        table: From `narratives.narrative_table`.
        final: Adjudicated codes of all cases of the list.
        first: Codes of the first coder; `second`: of the second.
        second: Codes of the second coder.
    """
    variants = {"strict": strict_codes(final, first, second), "broad": broad_codes(final, first, second)}
    variants |= {"first_coder": first, "second_coder": second}
    for name, row in table.iterrows():
        prefix = f"narratives.{name}"
        record_row(record, prefix, row)
        for variant, codes in variants.items():
            record_codes(record, f"{prefix}.{variant}", codes[name])
        low, high = float(row["bounds_low"]), float(row["bounds_high"])
        record.value(f"{prefix}.bounds", (low, high), unit="interval", denominator=len(final))
        record.value(f"{prefix}.bounds_low", low, unit="share", denominator=len(final))
        record.value(f"{prefix}.bounds_high", high, unit="share", denominator=len(final))
        if row["denominator"]:
            record.value(f"{prefix}.rank", int(row["rank"]), unit="count")
    known = reached(final)
    everyone = pd.Series(final.index.isin(known), index=final.index).astype("Int64")
    record_codes(record, "narratives.reached", everyone)
    record.value("narratives.not_reached.n", len(final) - len(known), unit="count", denominator=len(final))
    none = none_voiced(final)
    record_codes(record, "narratives.none", none)
    record_codes(record, "narratives.any", 1 - none)


def record_deception(record: Record, narrative: str, codes: pd.Series[int], cases: Collection[str]) -> None:
    """Record `narratives.<narrative>.deception_alone.*` and the share `.without_deception_alone.*`.

    Args:
        record: The notebook's record.
        narrative: Its variable.
        codes: Adjudicated codes of the narrative.
        cases: Cases whose code rests on deception alone.
    """
    resting = codes[codes.eq(1).fillna(False)].index.isin(list(cases))
    ids = codes[codes.eq(1).fillna(False)].index[resting]
    n, denominator = len(ids), int(codes.eq(1).sum())
    share = Share(n, denominator, *wilson(n, denominator))
    record_counted(record, f"narratives.{narrative}.deception_alone", share, list(ids))
    record_codes(record, f"narratives.{narrative}.without_deception_alone", recoded_as_not_voiced(codes, cases))


def record_pairs(record: Record, pairs: pd.DataFrame, leading: list[str], labels: Mapping[str, str]) -> None:
    """Record `narratives.pairs.*`: per pair the counts and both tests; and which narratives lead.

    Args:
        record: The notebook's record.
        pairs: From `pairs.narrative_pairs`.
        leading: From `pairs.leaders`.
        labels: Narrative variable to its name in print.
    """
    for _, row in pairs.iterrows():
        prefix = f"narratives.pairs.{row['one']}_{row['other']}"
        for count in ("both", "only_one", "only_other", "neither"):
            record.value(f"{prefix}.{count}", int(row[count]), unit="count", denominator=int(row["denominator"]))
        record.value(f"{prefix}.expected_both", float(row["expected_both"]), unit="number")
        for test in ("difference", "together"):
            record.value(f"{prefix}.p_{test}", float(row[f"p_{test}"]), unit="p")
            record.value(f"{prefix}.p_{test}_holm", float(row[f"p_{test}_holm"]), unit="p")
    record.value("narratives.pairs.tests", len(pairs), unit="count")
    for name, test in (("apart", "difference"), ("associated", "together")):
        holding = int((pairs[f"p_{test}_holm"] < ALPHA).sum())
        record.value(f"narratives.pairs.{name}", holding, unit="count", denominator=len(pairs))
    record.value("narratives.leading.names", join_words(lowered(labels[name]) for name in leading), unit="text")
    record.value("narratives.leading.n", len(leading), unit="count", denominator=len(labels))


def record_combinations(
    record: Record, codes: pd.DataFrame, patterns: pd.DataFrame, numbers: pd.DataFrame, labels: Mapping[str, str]
) -> None:
    """Record `combinations.*`: how many narratives an account voices, and the most frequent patterns.

    Args:
        record: The notebook's record.
        codes: Adjudicated codes of the narratives.
        patterns: From `combinations.patterns`.
        numbers: From `combinations.numbers_voiced`.
        labels: Narrative variable to its name in print.
    """
    for voiced, row in numbers.iterrows():
        record_row(record, f"combinations.voiced_{voiced}", row)
    per_case = codes.loc[reached(codes)].sum(axis=1)
    record_codes(record, "combinations.several", per_case.ge(2).astype("Int64"))
    if len(per_case):
        record.value("combinations.mean", mean_voiced(codes), unit="number", denominator=len(per_case))
        record.value("combinations.mean_1", mean_voiced(codes), unit="number", text=f"{mean_voiced(codes):.1f}")
    for name, row in alone(codes).iterrows():
        record_row(record, f"combinations.alone.{name}", row)
    record.value("combinations.patterns_possible", len(patterns), unit="count")
    record.value("combinations.patterns_seen", int((patterns["n"] > 0).sum()), unit="count")
    for name, share in zip(("share", "chance"), pairs_in_common(patterns), strict=True):
        record.value(f"combinations.in_common.{name}", share, unit="share", denominator=len(per_case))
    for place, (_, row) in enumerate(patterns.head(3).iterrows(), start=1):
        prefix = f"combinations.pattern_{place}"
        record.value(f"{prefix}.label", pattern_words(row, labels), unit="text")
        ids = Ids(row["cases"])
        record.value(f"{prefix}.n", int(row["n"]), unit="count", denominator=int(row["denominator"]), cases=ids)
