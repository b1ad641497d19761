"""What a coder wrote into a sheet: answers of the finished rows, and everything that is wrong, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from analysis.data.cells import odd_cells
from analysis.data.coding.sheet import ACCOUNT, ACCOUNTS, FINISHED, HOW, STORY, UNCLEAR, UNREAD, YES, columns
from analysis.data.dataset import Dataset
from analysis.data.problems import DataProblems, Problem

Row = dict[str, str]


@dataclass
class Answers:
    """A sheet as read.

    Attributes:
        coder: Whose it is.
        kind: `human` or `automated`, as the sheet was made for.
        rows: Case to the rows for data/codings.csv of each finished account.
        unfinished: Lines of the sheet with answers that are not marked as finished.
        problems: What is wrong, by cell.
    """

    coder: str = ""
    kind: str = ""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    unfinished: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_answers(path: Path, data: Dataset) -> Answers:
    """The answers on a filled-in sheet.

    Args:
        path: The workbook, from `paper coding sheet`, in the end of any spreadsheet program.
        data: The case list; the sheet may be older.

    Raises:
        DataProblems: It is no such workbook, or cells are wrong: all of them, each with file, sheet and cell.
    """
    try:
        book = load_workbook(path)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise DataProblems([Problem(path.name, 0, "", f"cannot be read ({error}). Save it as xlsx.")]) from error
    if lacks := [name for name in (HOW, ACCOUNTS) if name not in book.sheetnames]:
        message = f"has no sheet {' and no sheet '.join(lacks)}. Use a file that `paper coding sheet` made."
        raise DataProblems([Problem(path.name, 0, "", message)])
    lines = [str(cell.value) for (cell,) in book[HOW].iter_rows(max_col=1) if cell.value]
    told = dict(line.split("=", 1) for line in lines if line.startswith(("coder=", "kind=")))
    answers = Answers(told.get("coder", ""), told.get("kind", ""))
    if not answers.coder or not answers.kind:
        message = "does not say whose it is (coder=, kind=). Restore these lines."
        raise DataProblems([Problem(f"{path.name}, sheet {HOW}", 0, "", message)])
    _Reader(path.name, data, answers).read([list(row) for row in book[ACCOUNTS].iter_rows()])
    if answers.problems:
        raise DataProblems(answers.problems)
    return answers


class _Reader:
    """Reads the rows of one sheet and says of each cell what is wrong with it."""

    def __init__(self, file: str, data: Dataset, answers: Answers) -> None:
        self.file, self.data, self.study, self.answers = file, data, data.study, answers
        self.links = data.case_stories.groupby("case_id")["story_id"].agg(sorted)

    def wrong(self, row: int, column: int, message: str) -> None:
        place = f"{self.file}, sheet {ACCOUNTS}, cell {get_column_letter(column + 1)}{row}"
        self.answers.problems.append(Problem(place, 0, "", message))

    def read(self, rows: list[list[Any]]) -> None:
        header = [str(cell.value or "") for cell in rows[0]]
        stories = sum(name.startswith(f"{STORY} ") for name in header)
        while header and not header[-1]:
            header.pop()
        expected = columns(self.study, stories)
        for place in range(max(len(header), len(expected))):
            found, due = (names[place] if place < len(names) else "" for names in (header, expected))
            if found != due:
                self.wrong(1, place, f'"{found}" stands where "{due}" must. Restore the first row of the sheet.')
                return
        seen: set[str] = set()
        for number, cells in enumerate(rows[1:], 2):
            texts = [self._text(number, place, cell) for place, cell in enumerate(cells[: len(header)])]
            if not any(texts):
                continue
            case, given = texts[0], texts[2 + stories :]
            if case not in self.data.cases.index or case in seen:
                known = "stands twice" if case in seen else "is no account of the list"
                self.wrong(number, 0, f'"{case}" {known}. Restore the column {ACCOUNT}.')
            elif given[0] not in ("", YES):
                self.wrong(number, 2 + stories, f'"{given[0]}" is not {YES}. Write {YES}, or leave {FINISHED} empty.')
            elif given[0] == YES:
                self.answers.rows[case] = self._coded(number, 3 + stories, case, given[1:])
            elif any(given):
                self.answers.unfinished.append(number)
            seen.add(case)

    def _text(self, row: int, column: int, cell: Any) -> str:
        if cell.data_type in ("f", "e"):
            self.wrong(row, column, f'"{cell.value}" is a formula or an error. Write the answer itself.')
            return ""
        value = cell.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else " ".join(str(value).split())
        for odd, says in odd_cells(pd.Series([text or None], dtype=object)):
            if odd.any():
                self.wrong(row, column, f'"{text}" {says}')
        return text

    def _coded(self, row: int, first: int, case: str, given: list[str]) -> list[Row]:
        """The rows of one finished account: reach, then each form."""
        reach = self._code(row, first, given[0], UNREAD)
        if not given[0]:
            self.wrong(row, first, f"is empty, but the row is finished. Write 1, 0 or {UNREAD}.")
        rows = [self._row(case, self.study.reach, reach)]
        for number, form in enumerate(self.study.forms):
            at = 1 + 3 * number
            code, passage, story = given[at : at + 3]
            value = self._code(row, first + at, code, UNCLEAR)
            if given[0] in ("0", UNREAD) and (code or passage or story):
                self.wrong(row, first + at, f"{form.variable} is answered, but {self.study.reach} is not 1. Empty it.")
            if value != "1" and (passage or story):
                self.wrong(row, first + at, f"has a passage or a story, but {form.variable} is not 1. Say which holds.")
            if value == "1" and not passage:
                self.wrong(row, first + at + 1, f"is empty, but {form.variable} is 1. Say in a sentence what was said.")
            story = story or (self.links[case][0] if len(self.links[case]) == 1 else "")
            if value == "1" and story not in self.links[case]:
                way_out = f"Choose one of {', '.join(self.links[case])}."
                fault = f'"{story}" is no story of {case}' if story else f"is empty, but {form.variable} is 1"
                self.wrong(row, first + at + 2, f"{fault}. {way_out}")
            value = "0" if reach == "1" and not code else value
            rows.append(self._row(case, form.variable, value, passage, story if value == "1" else ""))
        return rows

    def _code(self, row: int, column: int, text: str, no_answer: str) -> str:
        if text not in ("", "0", "1", no_answer):
            self.wrong(row, column, f'"{text}" is none of 1, 0 and {no_answer}. Choose one of them.')
        return text if text in ("0", "1") else ""

    def _row(self, case: str, variable: str, value: str, evidence: str = "", story: str = "") -> Row:
        row = {"case_id": case, "coder": self.answers.coder, "variable": variable, "value": value}
        return row | {"evidence": evidence, "story_id": story}
