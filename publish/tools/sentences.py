"""The sentences of the paper as a reader meets them: values put in, marks of the source taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from publish.checks.sources import Source
from publish.written.used import VARIABLE, names_in

# The front matter but for the title, includes, attributes, marks of divisions, headings, items and emphasis.
_MARKS = re.compile(
    r"(?m)\A---\n|^---$|^[a-z-]+: (?=\")|\{\{<\s*(?:include|meta)\b.*?>\}\}|(?<!\{)\{(?!\{)[^{}]*\}|^:::.*$|^#+ "
    r"|^[ \t]*(?:[-*]|\d+[.)])[ \t]+|\*+|[\[\]](?!\()|\]\([^)]*\)"
)
_AROUND = 6  # words that are shown before and after those that moved


@dataclass(frozen=True)
class Sentence:
    """One sentence of a document.

    Attributes:
        place: File and line, as `report.qmd:12`.
        text: Its words on one line.
        names: The values that it prints or rests on.
    """

    place: str
    text: str
    names: tuple[str, ...]


def sentences(source: Source, values: Mapping[str, Mapping[str, Any]]) -> Iterator[Sentence]:
    """The sentences of a document that have words; a value that is not known stands as its name.

    Args:
        source: The document.
        values: Value to its entry, of which `text` is printed.
    """

    def put_in(found: re.Match[str]) -> str:
        return str(values.get(found[1], {}).get("text", found[1]))

    for begin, end in source.sentences():
        written = source.text[begin:end]
        text = " ".join(_MARKS.sub(" ", VARIABLE.sub(put_in, written)).split())
        if re.search(r"\w", text):
            start = end - len(written.lstrip())
            yield Sentence(source.place(start), re.sub(r" (?=[.,;:)])", "", text), tuple(names_in(written)))


def pairs(before: Iterable[Sentence], now: Iterable[Sentence]) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """The sentences that differ, old beside new; None where there was or is none."""
    old, new = list(before), list(now)
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            most = max(b - a, d - c)
            yield from zip([*old[a:b], *[None] * most][:most], [*new[c:d], *[None] * most][:most], strict=True)


def marked(before: str, now: str, mark: Callable[[str, str], str], plain: Callable[[str], str] = str) -> str:
    """Two forms of a sentence as one line: words that both have plain, and those that moved as `mark(old, new)`.

    Args:
        before: The old form.
        now: The new one.
        mark: Makes of the words that went and those that came what is shown.
        plain: Makes of words that stayed what is shown.
    """
    old, new = before.split(), now.split()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    parts = []
    for place, (kind, a, b, c, d) in enumerate(codes):
        if kind != "equal":
            parts.append(mark(" ".join(old[a:b]), " ".join(new[c:d])))
            continue
        words, first, last = new[c:d], place == 0, place == len(codes) - 1
        room = _AROUND * (2 - first - last)
        if len(words) > room + 1:
            words = [*([] if first else words[:_AROUND]), "…", *([] if last else words[-_AROUND:])]
        parts.append(plain(" ".join(words)))
    return " ".join(parts)
