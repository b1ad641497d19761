"""What no cell of text may hold: lost letters, errors of a spreadsheet, days that never were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from analysis.data.problems import Problem

_YEARS = range(1900, 2100)
# Controls (line breaks apart), what has no shape (joiners of a script apart) or turns the direction of all that
# follows, spaces that look like a plain one, replacement, private and non-characters; and UTF-8 that was read as
# another code page.
_LETTERS = (
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff\U0001fffe-\U0001ffff\U000e0000-\U0010ffff]|\r(?!\n)"
    "|[\xc2\xc3][\xa1-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\xe2\u20ac|[\xd8\xd9][\xa1-\xbf\u2020]|[\u200c\u200d](?![^\x00-\x7f])"
)
_FORMULA = r"""\A['"]*(?:[=@＝＋－＠]|[+\-](?!\d+(?:\.\d+)?\Z))(?=.)"""  # a sign alone and a number are none
_ODD = (
    (r"\A\s|\s\Z", "begins or ends with a space or a line break. Remove it."),
    (_LETTERS, "holds a control, a replacement, what has no shape, or what turns its direction. Restore the text."),
    (_FORMULA, "begins as a formula does, and a spreadsheet may run it. Begin with a letter."),
    (
        r"\A(?:#\S+[!?]|#N/A|#NV|#GETTING_DATA|Err:\d+)\Z",
        "is the error of a spreadsheet. Restore the text that stood here.",
    ),
)
_EVERY = "|".join(f"(?:{odd})" for odd, _ in _ODD)
_MERGE = re.compile(rb"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$")


def odd_cells(cells: pd.Series[str]) -> Iterator[tuple[pd.Series[bool], str]]:
    """The cells of free text that hold what nobody wrote, by rule, and what to say of them.

    Args:
        cells: A column as text, missing cells NaN.
    """
    suspects = cells[cells.str.contains(_EVERY, na=False)]
    for odd, says in _ODD if len(suspects) else ():
        found = suspects.str.contains(odd)
        yield cells.index.isin(suspects.index[found]), says  # type: ignore[misc]
        suspects = suspects[~found]  # one cause a cell


def seen(cell: str) -> str:
    """A cell as a message shows it: what has no shape as an escape."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in cell)


def is_of_dates(field: dict[str, Any]) -> bool:
    """Whether a field holds dates: by its type, or by a form that begins with the four digits of a year."""
    form: str = field.get("constraints", {}).get("pattern", "")
    return field["type"] == "date" or form.startswith((r"\d{4}(", "[0-9]{4}(", "[0-9]{4}-"))


def impossible(cells: pd.Series[str]) -> pd.Series[bool]:
    """Cells that have the form of a date, YYYY, YYYY-MM or YYYY-MM-DD, and are none of this age."""
    formed = cells.str.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", na=False)
    return formed & ~cells.where(formed, "2000").map(is_date).astype(bool)


def is_date(text: str) -> bool:
    """Whether a text that has the form of a date is one of this age."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year in _YEARS


def marks_of_a_merge(content: bytes, shown: str) -> list[Problem]:
    """The lines of a file at which a merge was left unfinished.

    Args:
        content: The file.
        shown: Its name in messages.
    """
    found = [
        (content.count(b"\n", 0, one.start()) + 1, one[0][:20].decode("utf-8", "replace").strip())
        for one in _MERGE.finditer(content)
    ]
    return [Problem(shown, line, "", f'"{mark}" is the mark of a merge. Keep one side of it.') for line, mark in found]
