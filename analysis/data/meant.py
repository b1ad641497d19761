"""What a person meant by a cell that a spreadsheet or a hand has changed, and what happened to it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analysis.data.opened import FIX

MONTH = r"\d{4}(-(0[1-9]|1[0-2]))?"
"""The form of a date that is known to the month or the year."""
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_SPREADSHEET = date(1899, 12, 30)  # the day from which spreadsheets count; their 29 February 1900 lies before all ours
_SERIALS = range(36_526, 54_789)  # 2000 to 2049
_EDGES = " \t\r\n\u00a0\ufeff\u200b"


@dataclass(frozen=True)
class Meant:
    """What a cell was meant to hold.

    Attributes:
        value: What to write; empty where nobody but the author can say.
        cause: What happened to it, as the middle of a sentence.
        sure: Whether writing the value loses nothing, so that it need not be asked of the author.
    """

    value: str
    cause: str
    sure: bool = True

    def __str__(self) -> str:
        """Cause and way out."""
        out = f" Write {self.value}." if self.value else ""
        return f"{self.cause}.{out}{' ' + FIX if self.sure else ''}"


def meant(cell: str, field: Mapping[str, Any]) -> Meant | None:
    """What a cell that breaks its column's rule was meant to hold; None when nothing known explains it.

    Args:
        cell: The cell as it stands.
        field: The column, as the description has it.
    """
    constraints = field.get("constraints", {})
    plain, pattern = cell.strip(_EDGES), constraints.get("pattern", "")
    if choices := _choices(field):
        return _chosen(cell, plain, choices)
    if field["type"] == "date" or pattern == MONTH:
        return _date(plain, whole_day=field["type"] == "date")
    if field["type"] in ("integer", "number"):
        return _number(plain, field["type"])
    if pattern and re.fullmatch(r"\d(\.\d+)?E\+?\d+", plain, re.IGNORECASE):
        return Meant("", "is a number that a spreadsheet made of a name. Restore the name", sure=False)
    for written in (plain, plain.upper(), plain.lower()) if pattern else (plain,):
        if written and written != cell and re.fullmatch(pattern or r"(?s).+", written, re.ASCII):
            return Meant(written, "has spaces around it" if written == plain else "has other capitals than are due")
    return None


def by_name(cell: str, names: Mapping[str, str]) -> Meant | None:
    """The code that is meant by a name, such as `DEU` by `Germany`.

    Args:
        cell: What stands where a code is due.
        names: Codes, and what each is called.
    """
    plain = cell.strip(_EDGES).casefold()
    for code, name in names.items():
        if plain == name.casefold():
            return Meant(code, "is a name, where its code is due")
        if plain == code.casefold():
            return Meant(code, "has spaces or other capitals than are due")
    return None


def _choices(field: Mapping[str, Any]) -> dict[str, str]:
    """Each allowed value by itself and by its label, without regard to capitals."""
    allowed = [str(one) for one in field.get("constraints", {}).get("enum", [])]
    allowed = allowed or (["true", "false"] if field["type"] == "boolean" else [])
    labels = {one["label"].casefold(): str(one["value"]) for one in field.get("categories", ()) if "label" in one}
    return {**labels, **{one.casefold(): one for one in allowed}}


def _chosen(cell: str, plain: str, choices: Mapping[str, str]) -> Meant | None:
    for written in (plain, re.sub(r"\.0+$", "", plain), plain.replace(" ", "_")):
        value = choices.get(written.casefold())
        if value and value != cell:
            return Meant(value, "is not as the codebook writes it")
    return None


def _date(plain: str, whole_day: bool) -> Meant | None:
    """A day or a month that was written in another way, or that a spreadsheet turned."""
    if re.fullmatch(r"\d{5}(\.0)?", plain) and int(plain[:5]) in _SERIALS:
        day = _SPREADSHEET + timedelta(days=int(plain[:5]))
        sure, written = whole_day or day.day == 1, str(day) if whole_day else f"{day:%Y-%m}"
        return Meant(written, "is the number by which a spreadsheet keeps a date", sure)
    if re.fullmatch(r"\d{4}\.0", plain):
        return Meant(plain[:4], "is a year that a spreadsheet turned into a number", sure=not whole_day)
    year, month, day_of_month = _parts(plain)
    if not 1 <= month <= 12 or year < 1000:
        return None
    if whole_day:
        return Meant(f"{year}-{month:02}-{day_of_month:02}", "is a date in another form") if day_of_month else None
    shown = "is a month as a spreadsheet shows it" if plain[0].isalpha() else "is a month in another form"
    cause = "is a day, where the month is due" if day_of_month else shown
    return Meant(f"{year}-{month:02}", cause, sure=not day_of_month)


def _parts(plain: str) -> tuple[int, int, int]:
    """Year, month and day of a date in a form that can be read in one way; zeros for what it lacks."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]00:00(?::00)?)?", plain, re.ASCII):
        return int(found[1]), int(found[2]), int(found[3] or 0)
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", plain, re.ASCII):
        return int(found[2]), int(found[1]), 0
    name, _, year = plain.replace(" ", "-").partition("-")
    if re.fullmatch(r"\d{4}|\d\d", year, re.ASCII) and (month := _MONTHS.get(name[:3].casefold())) and name.isalpha():
        return int(year) + (2000 if len(year) == 2 else 0), month, 0
    return 0, 0, 0


def _number(plain: str, kind: str) -> Meant | None:
    whole = re.sub(r"\.0+$", "", plain)
    if re.fullmatch(r"-?\d{1,15}", whole, re.ASCII):
        return Meant(str(int(whole)), "is not written in digits only")
    if kind == "number" and re.fullmatch(r"-?\d+,\d{1,2}", plain, re.ASCII):
        return Meant(plain.replace(",", "."), "has a comma, where a point is due")
    return None
