"""The documents as people wrote them, code and comments blanked: every offset is the file's. And their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.base.places import document_names

_HIDDEN = re.compile(r"(?ms)^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*\s*$|<!--.*?-->|`[^`\n]*`")
# A shortcode's braces are doubled, a span's are not. The words may be missing: a division has none.
_SPAN = re.compile(r"(?:\[(?P<words>[^\[\]]*)\])?(?<!\{)\{(?!\{)(?P<attributes>[^{}]*)\}(?!\})")
_SENTENCE = re.compile(
    r"(?<=[.!?])[*\"”)\]]*(?:\{[^{}]*\})?\s+(?=[A-Z\d*\[{\"“])|\n\s*\n|\n(?=[ \t]*(?:[-*]|\d+[.)])[ \t])"
)
_ATTRIBUTE = re.compile(r"""(?P<name>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))""")


@dataclass(frozen=True)
class Span:
    """Words with attributes, as `[words]{.name key="value"}`.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        words: What is printed, on one line; empty for a division.
        names: Its classes, without their dots.
        attributes: Key to value.
    """

    start: int
    end: int
    words: str
    names: frozenset[str]
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """A document's text.

    Attributes:
        file: Its name from the root.
        text: Its text with blanks in place of code and comments.
    """

    file: str
    text: str

    def place(self, offset: int) -> str:
        """File and line of a character, as `report.qmd:12`."""
        return f"{self.file}:{self.text.count(chr(10), 0, offset) + 1}"

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence, heading or item of a list begins and ends; what parts two belongs to the second."""
        begin = 0
        for stop in [*_SENTENCE.finditer(self.text), None]:
            end = stop.start() if stop else len(self.text)
            yield begin, end
            begin = end

    def spans(self, *names: str) -> Iterator[Span]:
        """The spans of any of these classes, or with an attribute of any of these names."""
        for found in _SPAN.finditer(self.text):
            pairs = {one["name"]: one["double"] or one["single"] or one["bare"] or "" for one in _values(found)}
            classes = frozenset(re.findall(r"(?<!\S)\.([\w-]+)", _ATTRIBUTE.sub("", found["attributes"])))
            if not {*classes, *pairs}.isdisjoint(names):
                yield Span(*found.span(), " ".join((found["words"] or "").split()), classes, pairs)


def read_sources(root: Path) -> tuple[Source, ...]:
    """Every document of the project; parts that the build writes are left out.

    Args:
        root: The project's root.
    """
    return tuple(source_of(f"{name}.qmd", (root / f"{name}.qmd").read_text("utf-8")) for name in document_names(root))


def source_of(file: str, text: str) -> Source:
    """A text as a document by an author's hand: code and comments become blanks."""
    return Source(file, blanked(_HIDDEN, text))


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """A text with blanks in place of all that a pattern finds, its line ends kept, so that every offset stays."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _values(found: re.Match[str]) -> Iterator[re.Match[str]]:
    return _ATTRIBUTE.finditer(found["attributes"])
