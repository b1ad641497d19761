"""A file's bytes as rows of cells, however a spreadsheet saved it; what it saved otherwise than is due is named."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from collections.abc import Sequence

from analysis.data.cells import seen
from analysis.data.problems import Problem

FIX = "`paper data fix` mends it."
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
Row = tuple[int, list[str]]


def opened(content: bytes, shown: str, expected: Sequence[str]) -> tuple[list[Row] | None, list[Problem]]:
    """The rows of a file with the line at which each begins, its columns in the order expected.

    Args:
        content: The file.
        shown: Its name in messages.
        expected: The names of the columns.

    Returns:
        The rows without the header and without empty ones, None where the file cannot be read as a table; and what is
        wrong with the file. A byte order mark and line ends of Windows are not wrong: they lose nothing.
    """
    text, problems = _decoded(content, shown)
    if text is None:
        return None, problems
    text, above = text.replace("\r\n", "\n"), 0
    if hint := re.match(r'"?sep=(.)"?\n', text, re.IGNORECASE):
        problems.append(Problem(shown, 1, "", f'begins with "sep={hint[1]}", a line for one spreadsheet. {FIX}'))
        text, above = text[hint.end() :], 1
    separator = _separator(text, expected)
    if separator != ",":
        named = _SEPARATORS[separator]
        problems.append(Problem(shown, 1, "", f"has {named} between its cells, where commas are due. {FIX}"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, begins = [], above + 1
    try:
        for row in reader:
            rows.append((begins, row))
            begins = reader.line_num + above + 1
    except csv.Error as error:
        says = f"cannot be read as CSV ({error}). Correct quotes and commas."
        return None, [*problems, Problem(shown, reader.line_num + above, "", says)]
    return _rows(rows, shown, list(expected), problems)


def _decoded(content: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), [Problem(shown, 1, "", f"is UTF-16, where UTF-8 is due. {FIX}")]
        except UnicodeDecodeError:
            return None, [Problem(shown, 1, "", "is not UTF-8. Save the file as CSV in that encoding.")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        start, line = error.start, content.count(b"\n", 0, error.start) + 1
    try:
        text, letter = content.decode("cp1252"), content[start : start + 1].decode("cp1252")
        content.decode("utf-8", "ignore").encode("ascii")  # letters of UTF-8 beside it would be lost
    except UnicodeError:
        return None, [Problem(shown, line, "", "is not UTF-8. Save the file as CSV in that encoding.")]
    says = f'is Latin-1 (or Windows-1252), where UTF-8 is due: see its "{letter}". {FIX}'
    return text, [Problem(shown, line, "", says)]


def _separator(text: str, expected: Sequence[str]) -> str:
    """The sign that splits the header into most of the columns expected."""
    header = text.partition("\n")[0]
    known = {sign: len({_plain(name) for name in header.split(sign)} & {*expected}) for sign in (",", *_SEPARATORS)}
    return max(known, key=lambda sign: known[sign])


def _plain(name: str) -> str:
    return name.strip(' "\u00a0').lower()


def _rows(
    rows: list[Row], shown: str, expected: list[str], problems: list[Problem]
) -> tuple[list[Row] | None, list[Problem]]:
    if not rows:
        return None, [*problems, Problem(shown, 1, "", "is empty. Restore it from the last commit.")]
    (line, given), *body = rows
    width = len(expected)
    if len(given) > width and not any(cell for _, row in rows for cell in row[width:]):
        problems.append(Problem(shown, line, "", f"has empty columns at its right. {FIX}"))
        given, body = given[:width], [(number, row[:width]) for number, row in body]
    header = [_plain(name) for name in given]
    if sorted(header) != sorted(expected):
        return None, [*problems, Problem(shown, line, "", _other_header(header, expected))]
    if header != expected:
        problems.append(Problem(shown, line, "", f"has its columns in another order. {FIX}"))
    elif given != expected:
        problems.append(Problem(shown, line, "", f"has names of columns with capitals or spaces. {FIX}"))
    empty = [number for number, row in body if not any(row)]
    problems += [Problem(shown, number, "", f"is an empty row. {FIX}") for number in empty]
    body = [(number, row) for number, row in body if any(row)]
    ragged = [(number, len(row)) for number, row in body if len(row) != width]
    if ragged:
        rule = f"cells where the header has {width}. Check commas and quotes."
        return None, [*problems, *(Problem(shown, number, "", f"{count} {rule}", rule) for number, count in ragged)]
    places = [header.index(name) for name in expected]
    return [(number, [row[place] for place in places]) for number, row in body], problems


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
