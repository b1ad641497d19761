"""The case list, codebook and explorer data hold what the data package says, at month precision, and no more."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from analysis.cases import case_list, codebook, explorer

DAY = re.compile(r"\b(19|20)\d{2}-\d{2}-\d{2}\b")


@pytest.fixture(scope="module")
def content(dataset):
    """What the explorer gets."""
    return explorer.explorer(dataset)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2015-03-17", "Mar 2015"),
        ("2015-12", "Dec 2015"),
        ("2014", "2014"),
        ("", "not reported"),
        (None, "not reported"),
    ],
)
def test_a_date_is_printed_to_the_month_at_most(date, words):
    """A day is cut, a year stays a year, nothing is said to be not reported."""
    assert case_list.month_in_words(date) == words


def test_no_day_is_printed_or_shown(dataset, content):
    """Neither the printed list nor the explorer's fields hold a date with a day; addresses of stories may."""
    for case in content["cases"]:
        assert not DAY.search(json.dumps({k: v for k, v in case.items() if k != "evidence"})), case["id"]
    assert all(not DAY.search(story["month"]) for story in content["stories"].values())
    assert not DAY.search(case_list.case_table(dataset).to_csv())
    assert not DAY.search(case_list.case_numbers(dataset).to_csv())


def test_the_printed_list_is_the_core_list(dataset):
    """One row per core case, in order, with its number of stories counted from the links."""
    table = case_list.case_table(dataset)
    links = dataset.case_stories.groupby("case_id")["story_id"].nunique()
    assert list(table["Case"]) == sorted(dataset.cases.index[dataset.cases["decision"] == "core"])
    assert list(table["Stories"]) == list(links.loc[table["Case"]])


def test_words_for_what_was_voiced_follow_the_codes(dataset):
    """Labels appear exactly where the adjudicated code is 1; no code at all differs from all codes 0."""
    words = dict(zip(dataset.core.index, case_list.voiced(dataset), strict=True))
    final = dataset.codings[dataset.codings["coder"] == "adjudicated"]
    for case in dataset.core.index:
        codes = (
            final[final["case_id"] == case].set_index("variable")["value"].reindex(dataset.study.narrative_variables)
        )
        for code in dataset.study.narratives:
            said = code.label.lower() in words[case].lower()
            assert said == (str(codes[code.variable]) == "1"), (case, code.variable)
        assert ("not reached" in words[case]) == bool(codes.isna().all()), case


def test_coding_status_compares_the_coders_row_by_row(dataset):
    """The status of each case is what a plain comparison of the two coders' rows gives."""
    status = explorer.coding_status(dataset)
    rows = dataset.codings[dataset.codings["variable"].isin(dataset.study.narrative_variables)]
    by = {coder: {} for coder in "AB"}
    for row in rows[rows["coder"].isin(["A", "B"])].itertuples():
        by[row.coder].setdefault(row.case_id, {})[row.variable] = row.value
    for case in dataset.cases.index:
        first, second = by["A"].get(case, {}), by["B"].get(case)
        if second is None:
            assert status[case] == "single", case
            continue
        pairs = [(str(first.get(name)), str(second.get(name))) for name in dataset.study.narrative_variables]
        if any({a, b} == {"0", "1"} for a, b in pairs):
            expected = "differed"
        else:
            expected = "agreed" if all(a == b for a, b in pairs) else "one_undetermined"
        assert status[case] == expected, (case, pairs)


def test_the_explorer_gives_each_code_as_coded(dataset, content):
    """One letter per coder: every coding of a kept case is found again, and a letter without a coding says so."""
    letters = {(c["id"], name): text for c in content["cases"] for name, text in c["codes"].items()}
    coded = dict.fromkeys(dataset.study.coders, 0)
    for row in dataset.codings[~dataset.codings["variable"].str.startswith("eligible_")].itertuples():
        if (row.case_id, row.variable) in letters:
            letter = letters[row.case_id, row.variable][dataset.study.coders.index(row.coder)]
            assert letter == ("?" if pd.isna(row.value) else str(row.value))
            coded[row.coder] += 1
    for place, coder in enumerate(dataset.study.coders):
        assert coded[coder] == sum(text[place] != "-" for text in letters.values())


def test_the_explorer_holds_core_and_later_cases_only(dataset, content):
    """Excluded candidates are not shown; every story of a shown case is there, and no other."""
    kept = dataset.cases.index[dataset.cases["decision"].isin(["core", "later"])]
    assert [case["id"] for case in content["cases"]] == sorted(kept)
    linked = dataset.case_stories.loc[dataset.case_stories["case_id"].isin(kept), "story_id"]
    assert set(content["stories"]) == set(linked)


def test_every_column_and_code_is_in_the_codebook(dataset):
    """The codebook names each column of cases and stories and each coded variable once, each with a meaning."""
    book = codebook.codebook(dataset)
    tables = [resource for resource in dataset.descriptor["resources"] if resource["name"] in ("cases", "stories")]
    columns = [field["name"] for table in tables for field in table["schema"]["fields"]]
    assert set(columns) - set(book["Variable"]) == set()
    assert set(dataset.codings["variable"]) - set(book["Variable"]) == set()
    assert not book.duplicated(["Variable", "File"]).any()
    assert book["Meaning"].str.len().min() > 5
    openings = book["Meaning"].str.split(": ").str[:2]
    assert not any(len(parts) > 1 and parts[0] == parts[1] for parts in openings)


def test_more_cases_than_a_page_can_hold_are_refused(dataset, monkeypatch):
    """Beyond the limit the explorer says how many cases there are and how many a page can hold."""
    monkeypatch.setattr("analysis.cases.explorer.MOST_CASES", 10)
    with pytest.raises(ValueError, match="more than one page can hold"):
        explorer.explorer(dataset)
