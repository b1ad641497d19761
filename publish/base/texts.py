"""Reading what an author wrote: UTF-8, whole, and finished; and writing text that Markdown leaves as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from publish.base.problems import PaperProblems, Problem

# Seven equal signs are one where they cannot be the line below a heading.
_CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7}|\|{7}|%{7}|\+{7})(?:[ \t].*)?$|(?<=\n\n)={7}$|^={7}$(?=\n\S)")
_NO_LETTER = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffd-\uffff]"
)
# Remarks among authors (CriticMarkup, a comment that does not end), also where dashes have become typographic.
REMARK = re.compile(r"\{>>|<<\}|\{\+\+|\+\+\}|\{--|--\}|\{[–—]|[–—]\}|\{==|==\}|<!-|<!–|<!—|[-–—]>(?!\w)")
REMAINS = "a remark among authors would be printed. Take it out, or write <!-- a comment -->."
COMMENT = re.compile(r"(?s)<!--.*?-->")
# A remark or a place of one machine, where a table or a description is published as it is.
_PRIVATE = re.compile(r"<!--|\{>>|\"\$comment\"|\bfile://|(?<![\w./-])(?:/(?:home|Users|root)/|[A-Za-z]:\\+Users\b)")
# What means something to pandoc's Markdown or to Quarto in a line, and what at its beginning opens a block.
_MARKUP = re.compile(
    r"[\\`*{}\[\]<$@^~|&#]|(?<!\w)_|_(?!\w)|^>|^[-+:](?=\s)|^:(?=::)|^\(?(?:\d+|[a-z#]|[ivxlcdm]+)[.)](?=\s|$)",
    re.IGNORECASE,
)


def as_markdown(text: str) -> str:
    """A text as Markdown that is read as just these words: no emphasis, link, command, reference, list or heading."""
    return _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.splitlines()).strip())


def private(text: str, file: str) -> list[Problem]:
    """What a file that is published as it is holds and no reader should get: a remark, a place on one machine."""
    return [
        Problem(file, text.count("\n", 0, found.start()) + 1, f'"{found[0]}" would be published. Take it out.')
        for found in _PRIVATE.finditer(text)
    ]


def did_you_mean(name: str, known: Iterable[str], before: str = "", after: str = "") -> str:
    """The known name nearest to one that nobody knows, as the end of a message; empty where none is near.

    Args:
        name: The unknown name.
        known: All that it could have been.
        before: What stands before a name where it is written, such as `@`.
        after: What stands after it.
    """
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {before}{near[0]}{after}?" if near else ""


def read_text(root: Path, file: str) -> str:
    """A file of the project as text, its lines ended by newlines alone.

    Args:
        root: The project's root.
        file: Path from there.

    Raises:
        PaperProblems: It is not there, not UTF-8, a merge left its marks in it, or it holds what is no letter; names
            the line.
    """
    try:
        content = (root / file).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise PaperProblems([Problem(file, 0, "is not there.")]) from error
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PaperProblems([Problem(file, line, "is not UTF-8. Save the file in that encoding.")]) from error
    marks = ((found, f'"{found[0][:20]}" is the mark of a merge. Keep one side.') for found in _CONFLICT.finditer(text))
    letters = (
        (found, f"U+{ord(found[0]):04X} is no letter, but controls or replaces some. Remove or restore it.")
        for found in _NO_LETTER.finditer(text)
    )
    problems = [Problem(file, text.count("\n", 0, found.start()) + 1, says) for found, says in (*marks, *letters)]
    if problems:
        raise PaperProblems(problems)
    return text
