"""A made-up human coder: the decision's codes with some of them turned, on a sheet or as rows of the case list."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

from analysis.data.coding.sheet import ACCOUNTS, FINISHED
from analysis.data.dataset import Dataset
from analysis.data.study import Coder

PASSAGE = "In words of the test."


def fill(path: Path, data: Dataset, turned: int = 0, rows: int | None = None) -> None:
    """Fill in a sheet with the decision's codes.

    Args:
        path: The sheet, saved in place.
        data: Gives the decision and the stories.
        turned: In so many accounts that reach reasons the first form is answered the other way.
        rows: How many accounts are finished; all by default.
    """
    book = load_workbook(path)
    sheet = book[ACCOUNTS]
    names = [cell.value for cell in sheet[1]]
    study, links = data.study, data.case_stories.groupby("case_id")["story_id"].min()
    codes = data.coded([study.reach, *(form.variable for form in study.forms)], cases=data.cases.index)
    for row in range(2, 2 + (rows or sheet.max_row - 1)):
        of_case = codes.loc[case := sheet.cell(row, 1).value]
        reach = of_case[study.reach]
        sheet.cell(row, 1 + names.index(FINISHED), "yes")
        sheet.cell(row, 1 + names.index(study.reach), "none" if pd.isna(reach) else int(reach))
        for place, form in enumerate(study.forms if reach == 1 else ()):
            column, value = 1 + names.index(form.variable), of_case[form.variable]
            if place == 0 and turned > 0 and not pd.isna(value):
                value, turned = 1 - value, turned - 1
            if pd.isna(value):
                sheet.cell(row, column, "?")
            elif value == 1:
                for beside, text in enumerate((1, PASSAGE, links[case])):
                    sheet.cell(row, column + beside, text)
    book.save(path)


def joined(data: Dataset, cases: pd.Index, kind: str = "human") -> Dataset:
    """The case list with a further coder E, who codes these cases as the decision does."""
    study = data.study
    own = data.codings[(data.codings["coder"] == study.final_coder) & data.codings["case_id"].isin(cases)]
    own = own[own["variable"].isin(study.coded_variables)]
    declared = (*study.every_coder, Coder("E", "tests", kind, (study.final_coder, *study.edition.coders)))
    codings = pd.concat([data.codings, own.assign(coder="E")], ignore_index=True)
    return replace(data, study=replace(study, every_coder=declared), codings=codings)


def declare(folder: Path, **coder: object) -> None:
    """Add a coder to the description in a folder of data."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["study"]["coders"].append(coder)
    path.write_text(json.dumps(package), "utf-8")
