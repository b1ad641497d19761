"""The ledger judged once for all its tests, and its codes as the csv module reads them."""

from __future__ import annotations

import json
from functools import cache

from analysis.claims.judged import Claim, judged
from analysis.sensitivity.variants import Variants
from data_rows import ROOT, case_list, core_rows, rows_of


@cache
def variants() -> Variants:
    """The case list under its own choices and every change of them."""
    return Variants(case_list())


@cache
def judged_claims() -> dict[str, Claim]:
    """Every claim by name, with its clock where it has two."""
    return {claim.id: claim for claim in judged(variants())}


@cache
def _of(coder: str) -> dict[str, dict[str, int]]:
    """Variable to case to code, of the core cases with a code."""
    core, found = {row["case_id"] for row in core_rows()}, {}
    for row in rows_of(ROOT, "codings.csv"):
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
