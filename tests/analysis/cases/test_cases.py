"""The case list, codebook and explorer data hold what the data package says, at month precision, and no more."""

import json
import re
from collections import Counter, defaultdict

import pytest

from analysis.cases import case_list, codebook, explorer
from caught import caught
from data_rows import core_rows, rows_of
from written_codes import written_codes

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


def test_the_printed_list_is_the_core_list_by_neutral_numbers(dataset, root):
    """One row per core case, by number, with its number of stories counted from the links; no id, no country."""
    table, numbers = case_list.case_table(dataset), case_list.case_numbers(dataset)
    rows = sorted(core_rows(root), key=lambda row: int(row["number"]))
    links = Counter(link["case_id"] for link in rows_of(root, "case_stories.csv"))
    assert list(table["Case"]) == list(numbers.index) == [int(row["number"]) for row in rows]
    assert list(table["Stories"]) == [links[row["case_id"]] for row in rows]
    for text in (table.to_csv(), numbers.to_csv()):
        assert not re.search(r"\b[A-Z]{2}-\d\d\b", text)
        assert "country" not in text


def test_minors_have_no_month_in_the_printed_list(dataset, root):
    """Whoever joined under 18 has neither clock, in print and in the numbers behind it; all others have theirs."""
    table, numbers = case_list.case_table(dataset).set_index("Case"), case_list.case_numbers(dataset)
    minors = {int(row["number"]) for row in core_rows(root) if row["minor_when_joined"] == "true"}
    assert len(minors) == 8
    for row in core_rows(root):
        number, clocks = int(row["number"]), [row["left"], row["first_public"]]
        words = ["withheld"] * 2 if number in minors else [case_list.month_in_words(date) for date in clocks]
        assert table.loc[number, ["Left", "First public"]].tolist() == words
        assert numbers.loc[number, ["left", "first_public"]].tolist() == (["", ""] if number in minors else clocks)
    for name in dataset.countries["name"]:
        assert not table.loc[sorted(minors), "Description"].str.contains(name, regex=False).any()


def test_minors_have_no_month_and_no_country_in_the_explorer(dataset, content):
    """What the printed list withholds the page withholds, with the months of the stories that would tell it."""
    minors = [case for case in content["cases"] if case["minor"]]
    assert {case["number"] for case in minors} > set(
        dataset.core.loc[dataset.core["minor_when_joined"].eq(True).fillna(False), "number"]
    )
    for case in minors:
        assert {case[field] for field in ("country", "joined", "left", "first_public")} == {case_list.WITHHELD}
        assert {content["stories"][story]["month"] for story in case["stories"]} == {""}
    assert any(
        case["country"] != case_list.WITHHELD and case["left"] != case_list.WITHHELD for case in content["cases"]
    )


def test_the_count_of_cases_without_a_dated_story_stands_below_the_list(dataset):
    """The caption counts the core cases that the data room gives."""
    undated = dataset.undated.index.intersection(dataset.core.index)
    assert f"Of {len(undated)} cases no story is dated" in caught(case_list.show, dataset).captions["cases"]


def test_words_for_what_was_voiced_follow_the_codes(dataset, root):
    """Labels appear exactly where the decided code is 1; no code at all differs from all codes 0."""
    words, codes = dict(zip(dataset.core.index, case_list.voiced(dataset), strict=True)), written_codes(root)
    for case in dataset.core.index:
        decided = [codes.get(("decided", case, code.variable), "") for code in dataset.study.narratives]
        for code, value in zip(dataset.study.narratives, decided, strict=True):
            assert (code.label.lower() in words[case].lower()) == (value == "1"), (case, code.variable)
        assert ("not reached" in words[case]) == (not any(decided)), case


def test_coding_status_compares_the_coders_row_by_row(dataset, root):
    """The status of each case is what a plain comparison of the two coders' narratives gives."""
    status, codes = explorer.coding_status(dataset), written_codes(root)
    coded = {case for coder, case, _ in codes if coder == "D"}
    for case in dataset.cases.index:
        names = dataset.study.narrative_variables
        pairs = [tuple(codes.get((coder, case, name), "") for coder in "CD") for name in names]
        expected = "agreed" if all(first == second for first, second in pairs) else "one_undetermined"
        expected = "differed" if any({first, second} == {"0", "1"} for first, second in pairs) else expected
        assert status[case] == (expected if case in coded else "single"), (case, pairs)


def test_the_explorer_gives_each_code_as_coded(dataset, content, root):
    """Each letter is the file's code, or the narrative that its forms make; none is lost, first edition's apart."""
    codes = written_codes(root)
    shown = {case["id"] for case in content["cases"]}
    for part, coders in (("codes", ["C", "D", "decided"]), ("earlier", ["A", "B", "adjudicated"])):
        letters = {
            (coder, case["id"], variable): letter
            for case in content["cases"]
            for variable, text in case[part].items()
            for coder, letter in zip(coders, text, strict=True)
            if letter != "-"
        }
        given = {
            key: value or "?"
            for key, value in codes.items()
            if key[0] in coders and key[1] in shown and not key[2].startswith("eligible_")
        }
        assert letters == given
    assert content["study"]["coders"] == ["C", "D", "decided"]
    assert content["study"]["earlier"] == {"label": "First edition", "coders": ["A", "B", "adjudicated"]}


def test_the_explorer_gives_the_evidence_of_each_code_with_its_story(dataset, content, root):
    """Every paraphrase of a shown case, with coder, variable and story, this edition's first."""
    told = defaultdict(list)
    for row in rows_of(root, "codings.csv"):
        if row["evidence"]:
            told[row["case_id"]].append((row["coder"], row["variable"], row["evidence"], row["story_id"]))
    for case in content["cases"]:
        found = [(e["coder"], e["variable"], e["text"], e["story"]) for e in case["evidence"]]
        assert sorted(found) == sorted(told[case["id"]])
        now = [evidence["coder"] in ("C", "D", "decided") for evidence in case["evidence"]]
        assert now == sorted(now, reverse=True)


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


def test_the_codebook_says_of_each_form_which_narrative_it_makes_and_marks_the_added_rules(dataset, root):
    """By the description itself: definition and narrative of each form, reach, rule, the third coder's rules."""
    study = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))["study"]
    names = {one["variable"]: one["label"].lower() for one in study["narratives"]}
    cell = caught(codebook.show, dataset)
    book = cell.tables["codebook"]
    meaning = dict(zip(book["Variable"], book["Meaning"], strict=True))
    for form in study["forms"]:
        of = f"Form of {names.get(form.get('narrative'), 'no narrative')}: "
        assert meaning[form["variable"]].startswith(of), form
        assert form["definition"] in meaning[form["variable"]]
    assert study["reach"]["definition"] in meaning["reached"]
    assert study["narrative_rule"] in cell.captions["codebook"]
    added = book[book["File"] == codebook.ADDED]
    assert added["Meaning"].tolist() == study["added_rules"]


def test_more_cases_than_a_page_can_hold_are_refused(dataset, monkeypatch):
    """Beyond the limit the explorer says how many cases there are and how many a page can hold."""
    monkeypatch.setattr("analysis.cases.explorer.MOST_CASES", 10)
    with pytest.raises(ValueError, match="more than one page can hold"):
        explorer.explorer(dataset)
