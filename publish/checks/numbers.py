"""Checks that no statistic is typed: digits and words for shares in the sources, and numbers in the rendered text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from publish.base.problems import PaperProblems
from publish.checks.rendered import Rendered
from publish.engine.qmd import STAND_IN, expand_document
from publish.written import colophon

ALLOWED = Path(__file__).with_name("allowed.yml")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}},)? (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?:[-–/](?:(?:19|20)\d\d|\d\d))?s?\b"
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?%?")
_SHARE_WORDS = re.compile(
    r"\b(?:(?:one|a|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?)"
    r"|thirds|quarters?|per ?cent|majority|half)\b",
    re.IGNORECASE,
)
# A sentence that cites a work takes its numbers from there; one that gives a verdict repeats the words of the claim.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\[{])")
_CITES = re.compile(r"\[[^\]]*@(?!fig-|tbl-|sec-)\w[^\]]*\]|(?<![\w\[])@(?!fig-|tbl-|sec-)\w+|[{\s]\.verdict\b")
_GENERATED = ("figures/", colophon.TARGET)
_NOT_TYPED = (
    re.compile(r"`[^`]*`"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"<https?://[^>]*>|https?://\S+"),
    re.compile(r"\{[^}]*\}"),
    re.compile(r"\[[^\]]*@[^\]]*\]|@[\w:-]+(?:\s+\[[^\]]*\])?"),
    re.compile(r"\[\^[^\]]+\]:?"),
    re.compile(r"<!--.*?-->"),
    re.compile(r"^\s*\d+[.)]\s"),
    re.compile('"[^"]*"|“[^”]*”'),
)


@cache
def allowed() -> dict[str, str]:
    """Text that may stand as typed, to the reason why."""
    found = yaml.safe_load(ALLOWED.read_text(encoding="utf-8")) or {}
    return {str(text): str(reason) for text, reason in found.items()}


def typed_numbers(rendered: Rendered) -> Iterable[str]:
    """Digits and words for shares that an author typed, with file and line.

    Left out are dates, headings, citations, quoted words, addresses and code, sentences that cite a work or give a
    verdict, and what `publish/checks/allowed.yml` lists with a reason; an entry that stands nowhere is named too.
    """
    unused = set(allowed())
    for place, line in _author_lines(rendered):
        unused -= {phrase for phrase in unused if phrase in line}
        own = " ".join(part for part in _SENTENCE_END.split(line) if not _CITES.search(part))
        rest = _without_allowed(_DATE.sub(" ", _bare(own)))
        for found in (*_NUMBER.finditer(rest), *_SHARE_WORDS.finditer(rest)):
            yield (
                f"{place} {found.group()!r} is typed. Record it in a notebook and write {{{{< var NAME >}}}}, "
                "or list it in publish/checks/allowed.yml with a reason."
            )
    for phrase in sorted(unused):
        yield f"publish/checks/allowed.yml: {phrase!r} stands in no document. Remove it."


def _author_lines(rendered: Rendered) -> Iterator[tuple[str, str]]:
    """Place and text of each line of prose that a person wrote."""
    for name in rendered.pages:
        try:
            document = expand_document(rendered.root, f"{name}.qmd")
        except PaperProblems:
            continue  # the build has named them
        for number, line in _prose_lines(document.body):
            origin = document.origins[number]
            if not origin.file.startswith(_GENERATED):
                yield f"{origin.file}:{origin.line}", line


def _prose_lines(body: str) -> Iterator[tuple[int, str]]:
    """Line number (from 0) and text of each line that is neither heading, code, raw block nor a fence."""
    fence = ""
    for number, line in enumerate(body.splitlines()):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence else mark.group(1)
        elif not fence and not re.match(r"\s*(#{1,6}\s|:::|\|?[-:| ]+\|?\s*$)", line):
            yield number, line


def _bare(line: str) -> str:
    line = STAND_IN.sub(" ", line)
    for pattern in _NOT_TYPED:
        line = pattern.sub(" ", line)
    return line


def _without_allowed(text: str) -> str:
    for phrase in sorted(allowed(), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text)
    return text


def untraceable_numbers(rendered: Rendered) -> Iterable[str]:
    """Numbers in the running text of the pages that are in no recorded value, and no date, citation or reference."""
    texts = [str(value["text"]) for value in rendered.values.values()]
    texts += [part for _, line in _author_lines(rendered) for part in _SENTENCE_END.split(line) if _CITES.search(part)]
    known = {number.rstrip(",") for text in texts for number in _NUMBER.findall(text)}
    known |= {number.rstrip("%") for number in known}
    for name in rendered.pages:
        text = _without_allowed(_DATE.sub(" ", rendered.prose(name)))
        for found in _NUMBER.finditer(text):
            if found.group().rstrip(",") not in known:
                around = text[max(0, found.start() - 40) : found.end() + 25].strip()
                yield f"_output/{name}.html: {found.group()!r} in “...{around}...” comes from no recorded value."
