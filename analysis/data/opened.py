"""A file's bytes as rows of cells, however a spreadsheet saved it; what it saved otherwise than is due is named."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from array import array
from collections.abc import Iterator, MutableSequence, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from analysis.data.cells import seen
from analysis.data.problems import Problem

FIX = "`paper data fix` mends it."
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_PIECE = 10_000  # rows are made a table at a time


def opened(content: bytes, shown: str, expected: Sequence[str]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The rows of a file as text, its columns in the order expected, each different text of a column kept once.

    Args:
        content: The file.
        shown: Its name in messages.
        expected: The names of the columns.

    Returns:
        The rows without the header and without empty ones: categorical columns, an empty cell as NaN; index `line`, at
        which a row begins, the header being line 1. None where the file cannot be read as a table; and what is wrong
        with the file. A byte order mark and line ends of Windows are not wrong: they lose nothing.
    """
    try:
        return _read(content.removeprefix(codecs.BOM_UTF8), shown, expected, [])
    except UnicodeDecodeError:
        text, problems = _decoded(content, shown)
        return (None, problems) if text is None else _read(text.encode(), shown, expected, problems)


def _read(
    content: bytes, shown: str, expected: Sequence[str], problems: list[Problem]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    lines = io.TextIOWrapper(io.BytesIO(content.replace(b"\r\n", b"\n")), "utf-8", newline="")
    first, above = lines.readline(), 0
    if hint := re.fullmatch(r'"?sep=(.)"?\n', first, re.IGNORECASE):
        problems.append(Problem(shown, 1, "", f'begins with "sep={hint[1]}", a line for one spreadsheet. {FIX}'))
        first, above = lines.readline(), 1
    if not first:
        return None, [*problems, Problem(shown, 1, "", "is empty. Restore it from the last commit.")]
    separator = _separator(first, expected)
    if named := _SEPARATORS.get(separator):
        problems.append(Problem(shown, 1, "", f"has {named} between its cells, where commas are due. {FIX}"))
    reader = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    try:
        return _table(reader, above, shown, list(expected), problems)
    except csv.Error as error:
        says = f"cannot be read as CSV ({error}). Correct quotes and commas."
        return None, [*problems, Problem(shown, reader.line_num + above, "", says)]


def _decoded(content: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file that is not UTF-8, or None."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), [Problem(shown, 1, "", f"is UTF-16, where UTF-8 is due. {FIX}")]
        except UnicodeDecodeError:
            return None, [Problem(shown, 1, "", "is not UTF-8. Save the file as CSV in that encoding.")]
    try:
        return content.decode(), []
    except UnicodeDecodeError as error:
        start, line = error.start, content.count(b"\n", 0, error.start) + 1
    try:
        text, letter = content.decode("cp1252"), content[start : start + 1].decode("cp1252")
        content.decode("utf-8", "ignore").encode("ascii")  # letters of UTF-8 beside it would be lost
    except UnicodeError:
        return None, [Problem(shown, line, "", "is not UTF-8. Save the file as CSV in that encoding.")]
    says = f'is Latin-1 (or Windows-1252), where UTF-8 is due: see its "{letter}". {FIX}'
    return text, [Problem(shown, line, "", says)]


def _separator(header: str, expected: Sequence[str]) -> str:
    """The sign that splits the header into most of the columns expected."""
    known = {sign: len({_plain(name) for name in header.split(sign)} & {*expected}) for sign in (",", *_SEPARATORS)}
    return max(known, key=lambda sign: known[sign])


def _plain(name: str) -> str:
    return name.strip(' "\u00a0').lower()


def _told(reader: Any, above: int, lines: MutableSequence[int]) -> Iterator[list[str]]:
    """The rows of a reader; the line at which each begins is added to `lines`."""
    begins = above + 1
    for row in reader:
        lines.append(begins)
        yield row
        begins = reader.line_num + above + 1


def _table(
    reader: Any, above: int, shown: str, expected: list[str], problems: list[Problem]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    lines, width = array("q"), len(expected)
    rows, pieces, odd = _told(reader, above, lines), [pd.DataFrame(columns=range(width), dtype="category")], []
    given, line = next(rows), above + 1
    while piece := list(islice(rows, _PIECE)):
        begins = lines[-len(piece) :]
        odd += [(at, row) for at, row in zip(begins, piece, strict=True) if len(row) != width or not any(row)]
        fit = [row if len(row) == width else row[:width] for row in piece if len(row) >= width and any(row)]
        pieces.append(pd.DataFrame(fit, columns=range(width), dtype="category"))
    empty = [at for at, row in odd if not any(row)]
    spare = len(given) > width and not any(cell for _, row in [(line, given), *odd] for cell in row[width:])
    if spare:
        problems.append(Problem(shown, line, "", f"has empty columns at its right. {FIX}"))
        given = given[:width]
    header = [_plain(name) for name in given]
    if sorted(header) != sorted(expected):
        return None, [*problems, Problem(shown, line, "", _other_header(header, expected))]
    if header != expected:
        problems.append(Problem(shown, line, "", f"has its columns in another order. {FIX}"))
    elif given != expected:
        problems.append(Problem(shown, line, "", f"has names of columns with capitals or spaces. {FIX}"))
    problems += [Problem(shown, number, "", f"is an empty row. {FIX}") for number in empty]
    ragged = [(at, len(row)) for at, row in odd if any(row) and (len(row) < width or not spare)]
    if ragged:
        rule = f"cells where the header has {width}. Check commas and quotes."
        return None, [*problems, *(Problem(shown, number, "", f"{count} {rule}", rule) for number, count in ragged)]
    whole = {name: _joined([piece[header.index(name)] for piece in pieces]) for name in expected}
    index = pd.Index(np.array(lines[1:]), name="line")
    return pd.DataFrame(whole, index[~index.isin(empty)]), problems


def _joined(parts: list[Any]) -> Any:
    cells = union_categoricals(parts)
    return cells.set_categories(cells.categories.drop("", errors="ignore"))


def _other_header(header: list[str], expected: list[str]) -> str:
    """What a header lacks, has too much, or spells otherwise."""
    lacks, unknown = [one for one in expected if one not in header], [one for one in header if one not in expected]
    due = f"It must be {', '.join(expected)}."
    if len(lacks) == len(expected):
        return f"has no header. {due}"
    said = [f"lacks {', '.join(lacks)}"] if lacks else []
    for name in unknown:
        near = difflib.get_close_matches(name, lacks, 1)
        said.append(f'has "{seen(name)}", which is not described{f" (is {near[0]} meant?)" if near else ""}')
    said += [f"has {name} twice" for name in expected if header.count(name) > 1]
    return f"the header {' and '.join(said)}. {due}"
