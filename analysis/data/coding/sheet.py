"""The sheet of one coder: accounts, questions and stories as a workbook, and nothing that gives a code away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.data.dataset import Dataset
from analysis.data.exchange.workbook import as_text
from analysis.data.study import Code, Coder, Study

HOW, ACCOUNTS, CODEBOOK = "How to", "Accounts", "Codebook"
ACCOUNT, DESCRIPTION, FINISHED, STORY = "account", "who", "finished", "story"
PASSAGE, FROM = "passage", "from story"
YES, UNREAD, UNCLEAR = "yes", "none", "?"
"""`finished`: yes. `reached`: none, where no story could be read. A form: ?, where the answer is unclear."""
GUIDE = (
    "Please code alone. Do not look at data/codings.csv, the paper or its page, and talk to no other coder.",
    f"One row of the sheet {ACCOUNTS} is one account. Its stories are linked; open and read each of them.",
    "reached: 1 when the person says anything about why they left, objected or were disappointed; 0 when not; "
    f"{UNREAD} when no story could be opened. If it is not 1, leave all questions of the row empty.",
    f"Each question: 1 said, 0 not said, {UNCLEAR} unclear. The sheet {CODEBOOK} says what each means.",
    "For each 1 write what was said in one sentence of your own, without names, places, ages or days, and choose the "
    "story it stands in (one story: it is filled in for you).",
    f"finished: {YES} when you have asked every question of the row. What you then left empty counts as 0, not said. "
    "Rows without it stay yours: they are not taken over.",
    "Save the file as it is (xlsx) and give it to `paper coding import`. You can go on in the same file afterwards.",
)
_HEAD, _FOLDED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_FILLS = ("E3ECF4", "F6EBDD")


def pool(data: Dataset, seed: int, sample: int | None = None) -> list[str]:
    """The accounts to be coded, in an order that the seed alone decides: the core list first, then the later one.

    Args:
        data: The case list.
        seed: Another number, another order. A case that is added moves no other.
        sample: How many; all by default. A smaller sample is the beginning of a larger one.

    Returns:
        Case ids. The first n core cases are a simple random sample of the core list.
    """
    ordered = [
        case
        for cases in (data.core.index, data.later.index)
        for case in sorted(cases, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())
    ]
    return ordered[:sample]


def questions(study: Study) -> list[Code]:
    """What a coder is asked of an account that reaches reasons: the forms, in the order of the study."""
    return list(study.forms)


def columns(study: Study, stories: int) -> list[str]:
    """The header of the accounts: who, the links, then a code, a passage and its story for each question."""
    asked = [name for one in questions(study) for name in (one.variable, PASSAGE, FROM)]
    return [ACCOUNT, DESCRIPTION, *(f"{STORY} {n + 1}" for n in range(stories)), FINISHED, study.reach, *asked]


def blank_sheet(data: Dataset, coder: Coder, cases: Sequence[str]) -> Workbook:
    """The workbook for a coder; a function of the accounts, their stories and the codebook, and of no code.

    Args:
        data: The case list.
        coder: Who will fill it in.
        cases: The accounts, in the order wanted.
    """
    book = Workbook()
    guide = book.active
    guide.title = HOW
    guide.column_dimensions["A"].width = 110
    _row(guide, 1, [f"Coding of {data.study.reach} and forms by coder {coder.id} ({coder.kind})"], _HEAD)
    for number, text in enumerate(GUIDE, 3):
        _row(guide, number, [text])
    _row(guide, len(GUIDE) + 4, [f"coder={coder.id}"])
    _row(guide, len(GUIDE) + 5, [f"kind={coder.kind}"])
    _accounts(book.create_sheet(ACCOUNTS), data, cases)
    _codebook(book.create_sheet(CODEBOOK), data)
    return book


def _accounts(sheet: Worksheet, data: Dataset, cases: Sequence[str]) -> None:
    links = data.case_stories.groupby("case_id")["story_id"].agg(sorted)
    most = max((len(links[case]) for case in cases), default=1)
    header = columns(data.study, most)
    _row(sheet, 1, header, _HEAD)
    for number, case in enumerate(cases, 2):
        _row(sheet, number, [case, data.cases.at[case, "description"]])
        for place, story in enumerate(links[case], 3):
            cell = sheet.cell(number, place, story)
            cell.hyperlink, cell.style = data.stories.at[story, "url"], "Hyperlink"
    last, place = len(cases) + 1, most + 3
    _choices(sheet, place, last, [YES], "finished: every question of this row was asked")
    _choices(sheet, place + 1, last, ["1", "0", UNREAD], data.descriptor["study"]["reach"]["definition"])
    for number, one in enumerate(questions(data.study)):
        at = place + 2 + 3 * number
        _choices(sheet, at, last, ["1", "0", UNCLEAR], f"{one.label}. {one.definition}")
        _choices(sheet, at + 2, last, f"$C2:${get_column_letter(most + 2)}2", "The story in which it is said")
        for column in range(at, at + 3):
            sheet.cell(1, column).fill = PatternFill("solid", fgColor=_FILLS[number % 2])
        sheet.column_dimensions[get_column_letter(at + 1)].width = 40
    sheet.column_dimensions["B"].width = 44
    for column in range(1, len(header) + 1):
        sheet.cell(1, column).alignment = _FOLDED
    sheet.freeze_panes = "C2"


def _choices(sheet: Worksheet, column: int, last: int, allowed: list[str] | str, told: str) -> None:
    """A drop-down in each row of a column, with what the codebook says beside it (a sheet shows 255 letters)."""
    formula = allowed if isinstance(allowed, str) else f'"{",".join(allowed)}"'
    short = told if len(told) <= 255 else f"{told[:254]}…"
    rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True, prompt=short)
    rule.showInputMessage = True
    letter = get_column_letter(column)
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _codebook(sheet: Worksheet, data: Dataset) -> None:
    study, described = data.study, data.descriptor["study"]
    rows: list[Sequence[str]] = [("Question", "Name", "Narrative", "1 when the person says")]
    rows.append((described["reach"]["label"], study.reach, "", described["reach"]["definition"]))
    names = study.narrative_labels
    rows += [(one.label, one.variable, names.get(one.narrative, ""), one.definition) for one in study.forms]
    rows += [("Rule", "", "", rule) for rule in described.get("added_rules", ())]
    for number, cells in enumerate(rows, 1):
        _row(sheet, number, cells, _HEAD if number == 1 else None)
    for letter, width in zip("ABCD", (34, 34, 18, 110), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, number: int, cells: Iterable[Any], font: Font | None = None) -> None:
    for place, text in enumerate(cells, 1):
        cell: Cell = sheet.cell(number, place)
        as_text(cell, text)
        cell.alignment = _FOLDED
        if font:
            cell.font = font
