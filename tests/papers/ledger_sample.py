"""The ledger judged once for all its tests, and the data as the csv module reads it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from analysis.sensitivity.grid import Grid

from analysis.claims.judged import Claim, judged
from analysis.data.dataset import Dataset, load

ROOT = Path(__file__).resolve().parents[2]


@cache
def case_list() -> Dataset:
    """The case list."""
    return load(ROOT / "data")


@cache
def variants() -> Grid:
    """Every variant of the case list."""
    return Grid(case_list())


@cache
def judged_claims() -> dict[str, Claim]:
    """Every claim by name."""
    return {claim.id: claim for claim in judged(variants())}


def rows(name: str) -> list[dict[str, str]]:
    """A table as the csv module reads it, no pandas and no analysis."""
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def core_rows() -> list[dict[str, str]]:
    """The core cases as the csv module reads them."""
    return [row for row in rows("cases.csv") if row["decision"] == "core"]


def coded(variable: str, coder: str = "adjudicated") -> dict[str, int]:
    """Case to code of the core cases with a code."""
    core = {row["case_id"] for row in core_rows()}
    found = [row for row in rows("codings.csv") if row["coder"] == coder and row["variable"] == variable]
    return {row["case_id"]: int(row["value"]) for row in found if row["case_id"] in core and row["value"]}
