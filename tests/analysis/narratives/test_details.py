"""The forms of the narratives: counted again row by row, and told with their ties."""

import csv

import pandas as pd
import pytest

from analysis.data.study import Code, Detail
from analysis.narratives.details import detail_table, show, words
from caught import caught
from two_narratives import LABELS, two

FORMS = (Detail("d", "a", "Forms", tuple(Code(name, name.upper()) for name in "pqr")),)


def test_each_form_is_counted_among_the_accounts_where_that_coder_saw_the_narrative(dataset, root):
    """Counts, denominators and cases on record equal those over the second coder's rows of the file."""
    cell = caught(show, dataset)
    with (root / "data/codings.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["coder"] == "B" and row["case_id"] in dataset.core.index]
    value = {(row["case_id"], row["variable"]): row["value"] for row in rows}
    for detail in dataset.study.details:
        for form in detail.variables:
            voicers = [case for case in dataset.core.index if value.get((case, detail.narrative)) == "1"]
            codes = {case: value.get((case, form.variable)) for case in voicers}
            share = cell.shares[f"details.{form.variable}"]
            known = [code for code in codes.values() if code]
            assert (share.n, share.denominator) == (known.count("1"), len(known))
            assert cell.cases[f"details.{form.variable}"] == sorted(case for case, code in codes.items() if code == "1")


@pytest.mark.parametrize(
    ("p", "q", "r", "title"),
    [
        ([1, 1, 0], [1, 0, 0], [0, 0, 0], "Most often named: p (2 of 3)"),
        ([1, 0, 0], [0, 1, 0], [0, 0, 0], "Most often named: p and q (1 of 3 each)"),
        ([1, 0, 0], [0, 1, 0], [0, 0, 1], "Most often named: three forms alike (1 of 3 each)"),
        ([0, 0, 0], [0, 0, 0], [0, 0, 0], "No form of any narrative was named"),
    ],
)
def test_the_title_names_the_commonest_form_and_its_ties(p, q, r, title):
    """One lead, two that tie, three that tie, and none named."""
    codes = two(only_a=3)
    details = pd.DataFrame({"p": p, "q": q, "r": r}, index=codes.index).astype("Int64")
    text = words(detail_table(details, codes, FORMS), {"a": 3}, LABELS)
    assert text.title == title
    assert "3 for apples" in text.caption


def test_a_form_counts_only_where_the_narrative_was_seen():
    """Two of three forms are given without the narrative, or without a code: they are in no count."""
    codes = two(only_a=2, neither=1, unknown=1)
    details = pd.DataFrame({"p": [1, None, 1, 1], "q": 0, "r": 0}, index=codes.index).astype("Int64")
    assert detail_table(details, codes, FORMS).loc["p", ["n", "denominator"]].tolist() == [1, 1]
