"""What the paper prints, counted once more from the rows alone."""

import csv
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STUDY = json.loads((ROOT / "data/datapackage.json").read_text("utf-8"))["study"]


def rows(name):
    """The rows of a table, every cell as text."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("narrative", [one["variable"] for one in STUDY["narratives"]])
def test_a_share_is_that_of_the_rows(narrative):
    """A narrative is voiced by those who give reasons and voice at least one of its forms, as decided."""
    edition = next(one for one in STUDY["editions"] if one["id"] == STUDY["edition"])
    core = {row["case_id"] for row in rows("cases") if row["decision"] == "core"}
    decided = [row for row in rows("codings") if row["coder"] == edition["final"] and row["case_id"] in core]
    yes = {(row["case_id"], row["variable"]) for row in decided if row["value"] == "1"}
    forms = [form["variable"] for form in STUDY["forms"] if form["narrative"] == narrative]
    reached = {case for case in core if (case, STUDY["reach"]["variable"]) in yes}
    voiced = {case for case in reached if any((case, form) in yes for form in forms)}
    values = json.loads((ROOT / "figures/narratives/values.json").read_text("utf-8"))["values"]
    recorded = values[f"narratives.{narrative}"]
    assert (recorded["n"], recorded["denominator"]) == (len(voiced), len(reached))


def test_every_claim_has_its_verdict_in_the_paper():
    """The report prints a verdict, or the reason why there is none, for each row of the ledger."""
    page = (ROOT / "_output/report.html").read_text("utf-8")
    assert [row["claim_id"] for row in rows("claims") if row["short"] not in page] == []
