"""The blind sheet: a function of accounts, stories and codebook; drop-downs and links stand in every row."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string as at

from analysis.data.coding.sheet import ACCOUNTS, CODEBOOK, blank_sheet, pool
from analysis.data.study import Coder

E = Coder("E", "tests", "human", ("decided",))


def everything(book: Workbook) -> dict[str, list[object]]:
    """Each sheet's cells, links and drop-downs."""
    return {
        sheet.title: [
            *((cell.coordinate, cell.value, cell.hyperlink and cell.hyperlink.target) for row in sheet for cell in row),
            *sorted((str(one.sqref), one.formula1, one.prompt) for one in sheet.data_validations.dataValidation),
        ]
        for sheet in book
    }


def test_no_code_changes_the_sheet(dataset):
    """With every code, passage, reason, note and hint taken out or turned, the sheet is the same: it tells none."""
    cases = pool(dataset, 1)
    codings = dataset.codings.assign(value=1 - dataset.codings["value"], evidence="x", reason="x", story_id=pd.NA)
    secret = ["decision_note", "other_reasons", "description_hinted_at", "retrieved_by_coder_b", "certainty", "cluster"]
    turned = replace(dataset, codings=codings, cases=dataset.cases.assign(**dict.fromkeys(secret, "x")))
    assert everything(blank_sheet(dataset, E, cases)) == everything(blank_sheet(turned, E, cases))


def test_each_row_has_its_stories_and_each_question_its_choices(dataset):
    """An account links its stories' addresses; every question has a drop-down with its meaning."""
    kept = io.BytesIO()
    blank_sheet(dataset, E, cases := pool(dataset, 1)).save(kept)
    book = load_workbook(kept)
    sheet, study = book[ACCOUNTS], dataset.study
    names = [cell.value for cell in sheet[1]]
    for row, case in enumerate(cases, 2):
        told = set(dataset.case_stories.loc[dataset.case_stories["case_id"] == case, "story_id"])
        links = {cell.value: cell.hyperlink.target for cell in sheet[row] if cell.hyperlink}
        assert links == dataset.stories.loc[sorted(told), "url"].to_dict()
    rules = {at(str(one.sqref).split("2:")[0]) - 1: one for one in sheet.data_validations.dataValidation}
    for form in study.forms:
        rule = rules[names.index(form.variable)]
        assert (rule.formula1, str(rule.sqref)[-3:]) == ('"1,0,?"', str(len(cases) + 1))
        assert form.definition[:100] in rule.prompt
    told = [cell.value for row in book[CODEBOOK] for cell in row]
    assert {form.definition for form in study.forms} <= set(told)


def test_a_sample_grows_without_changing(dataset):
    """Core cases first, in an order of the seed alone; a smaller sample begins a larger one; nobody stands twice."""
    whole = pool(dataset, 7)
    assert pool(dataset, 7, 10) == whole[:10]
    assert set(whole[: len(dataset.core)]) == set(dataset.core.index)
    assert sorted(whole) == sorted(dataset.core.index.union(dataset.later.index))
    assert whole != pool(dataset, 8)
    assert pool(replace(dataset, cases=dataset.cases.drop(whole[3])), 7) == [*whole[:3], *whole[4:]]


@pytest.mark.parametrize("text", ["=1+1", "+1 year", "-x", "@home"])
def test_a_text_that_looks_like_a_formula_stays_text(dataset, text):
    """Whatever a description begins with, the sheet holds text."""
    case = dataset.core.index[0]
    cases = dataset.cases.assign(description=dataset.cases["description"].mask(dataset.cases.index == case, text))
    cell = blank_sheet(replace(dataset, cases=cases), E, [case])[ACCOUNTS]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
