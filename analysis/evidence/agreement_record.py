"""What the agreement of the coders and the missing fields give to the prose."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.evidence.coders import (
    UNCLEAR,
    YES,
    eligibility_against_decision,
    eligibility_ratings,
    eligibility_verdicts,
    hinted_cases,
    pools,
    reach,
)
from analysis.narratives.codes import reached
from analysis.record.formats import decimal, plural
from analysis.record.record import Record
from analysis.record.share_record import record_share
from analysis.stats.agreement import agreement, landis_koch
from analysis.stats.bootstrap import DRAWS, SEED
from analysis.stats.uncertainty import Share, bounds, share_of, wilson


def record_agreement(record: Record, tables: dict[str, pd.DataFrame], labels: dict[str, str]) -> None:
    """Record the coefficients of every variable in every pool, and which narrative is measured best and worst.

    Names: `agreement.<variable>.<coefficient>` over all candidates both could code, with `_interval`, `.n` and
    `.kappa_word` (Landis and Koch 1977); `agreement.<pool>.<variable>.kappa`, `.ac1`, `.percent`, `.n` for the other
    pools.

    Args:
        record: The notebook's record.
        tables: Pool to what `coders.agreement_table` gave; `all` among them.
        labels: Narrative to its name in print; the other pools are recorded for narratives alone.
    """
    for pool, table in tables.items():
        prefix = "agreement" if pool == "all" else f"agreement.{pool}"
        for (variable, name), row in _rows(table):
            if pool != "all" and variable not in labels:
                continue
            _coefficient(record, f"{prefix}.{variable}.{name}", row, percent=name == "percent")
            if name == "kappa":
                record.value(f"{prefix}.{variable}.n", int(row["n"]), unit="count")
                record.value(f"{prefix}.{variable}.kappa_word", landis_koch(row["value"]), unit="phrase")
    kappas = tables["all"].xs("kappa", level="coefficient")["value"].reindex(list(labels))
    for place, variable in (("best", str(kappas.idxmax())), ("worst", str(kappas.idxmin()))):
        record.value(f"agreement.{place}.label", labels[variable].lower(), unit="phrase")
        record.value(f"agreement.{place}.kappa", float(kappas[variable]), unit="number")


def record_coders(record: Record, dataset: Dataset) -> None:
    """Record what the coders were given, whether both found reasons, and the second coder's view of the list."""
    everyone = pools(dataset)["all"]
    hinted = hinted_cases(dataset).intersection(everyone)
    record.value("agreement.candidates", len(everyone), unit="count")
    record.value("agreement.hinted", len(hinted), unit="count", cases=hinted)
    record.value("agreement.draws", DRAWS, unit="count")
    record.value("agreement.seed", SEED, unit="count")
    found = reach(dataset, everyone)
    same = agreement(found)
    _coefficient(record, "agreement.reach.percent", same.loc["percent"], percent=True)
    _coefficient(record, "agreement.reach.kappa", same.loc["kappa"])
    record.value("agreement.reach.both", int(found.eq(1).all(axis=1).sum()), unit="count")
    table = eligibility_against_decision(dataset)
    for answer in table.index:
        for decision in table.columns:
            record.value(f"agreement.eligibility.{answer}_{decision}", int(table.loc[answer, decision]), unit="count")
        record.value(f"agreement.eligibility.{answer}", int(table.loc[answer].sum()), unit="count")
    ratings = eligibility_ratings(dataset)
    agreed = (ratings["second_coder"] == ratings["decision"]).astype("Int64")
    record_share(record, "agreement.eligibility.agreed", share_of(agreed), agreed.index[agreed == 1])
    _coefficient(record, "agreement.eligibility.ac1", agreement(ratings).loc["ac1"])
    verdicts = eligibility_verdicts(dataset)
    core = verdicts.loc[verdicts.index.isin(dataset.core.index)]
    for code in dataset.study.eligibility:
        unclear = int((core[code.variable] == UNCLEAR).sum())
        record.value(f"agreement.{code.variable}.unclear_core", unclear, unit="count")
    doubted = core.index[core["overall"] != YES]
    record.value("agreement.eligibility.core_not_confirmed", len(doubted), unit="count", cases=doubted)
    skipped = dataset.core.index.difference(core.index)
    words = plural(len(skipped), "core case")
    record.value("agreement.eligibility.core_not_coded", words, unit="text", n=len(skipped), cases=skipped)


def record_missing(record: Record, overall: pd.DataFrame, reading: pd.DataFrame, codes: pd.DataFrame) -> None:
    """Record what is missing per field, the bounds that it leaves, and the shares by how much was read.

    Names: `missing.<field>.n`, `.share`, ...; `missing.<narrative>.bounds` and `.width`;
        `missing.read.<group>.<narrative>`.

    Args:
        record: The notebook's record.
        overall: From `missing.missingness`.
        reading: From `missing.shares_by_reading`.
        codes: Adjudicated codes of the narratives over the core list.
    """
    for field, n, denominator, _ in overall.itertuples(name=None):
        record_share(record, f"missing.{field}", Share(n, denominator, *wilson(n, denominator)))
    undetermined = codes.index.difference(reached(codes))
    record.value("missing.undetermined", len(undetermined), unit="count", cases=undetermined)
    for variable in codes.columns:
        low, high = bounds(codes[variable])
        record.value(f"missing.{variable}.bounds", (low, high), unit="interval", denominator=len(codes))
        record.value(f"missing.{variable}.width", high - low, unit="share")
    for (_, group, variable), row in _rows(reading):
        n, total = int(row["n"]), int(row["denominator"])
        if total:
            record_share(record, f"missing.read.{group}.{variable}", Share(n, total, row["low"], row["high"]))


def _rows(table: pd.DataFrame) -> list[tuple[Any, Any]]:
    """The rows of a table with several index levels, each with its keys."""
    return list(table.iterrows())


def _coefficient(record: Record, name: str, row: Any, *, percent: bool = False) -> None:
    if pd.isna(row["value"]):
        return
    record.value(name, float(row["value"]), unit="share" if percent else "number")
    if pd.isna(row["low"]):
        return
    limits = (float(row["low"]), float(row["high"]))
    text = None if percent else f"{decimal(limits[0])} to {decimal(limits[1])}"
    record.value(f"{name}_interval", limits, unit="interval", text=text)
