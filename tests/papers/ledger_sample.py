"""The ledger judged once for all its tests, and the data as the csv module reads it."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

from analysis.claims.judged import Claim, judged
from analysis.data.dataset import Dataset, load
from analysis.sensitivity.variants import Variants

ROOT = Path(__file__).resolve().parents[2]


@cache
def case_list() -> Dataset:
    """The case list."""
    return load(ROOT / "data")


@cache
def variants() -> Variants:
    """The case list under its own choices and every change of them."""
    return Variants(case_list())


@cache
def judged_claims() -> dict[str, Claim]:
    """Every claim by name, with its clock where it has two."""
    return {claim.id: claim for claim in judged(variants())}


def rows(name: str) -> list[dict[str, str]]:
    """A table as the csv module reads it, no pandas and no analysis."""
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def core_rows() -> list[dict[str, str]]:
    """The core cases as the csv module reads them."""
    return [row for row in rows("cases.csv") if row["decision"] == "core"]


@cache
def _of(coder: str) -> dict[str, dict[str, int]]:
    """Variable to case to code, of the core cases with a code."""
    core, found = {row["case_id"] for row in core_rows()}, {}
    for row in rows("codings.csv"):
        if row["coder"] == coder and row["case_id"] in core and row["value"]:
            found.setdefault(row["variable"], {})[row["case_id"]] = int(row["value"])
    return found


def coded(variable: str, coder: str = "decided") -> dict[str, int]:
    """Case to code of the core cases with a code; of a narrative by its forms, where reasons are reached."""
    study = json.loads((ROOT / "data/datapackage.json").read_text("utf-8"))["study"]
    codes = _of(coder)
    forms = [form["variable"] for form in study["forms"] if form.get("narrative") == variable]
    if not forms or variable in codes:
        return codes.get(variable, {})
    reached = [case for case, value in codes["reached"].items() if value]
    return {case: int(any(codes[form].get(case) for form in forms)) for case in reached}
