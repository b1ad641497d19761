"""Checks that no statistic is typed: digits and words for shares in the sources, and numbers in the rendered text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from publish.problems import PaperProblems
from publish.qmd import STAND_IN, expand_document
from publish.rendered import Rendered

ALLOWED = Path(__file__).with_name("allowed.yml")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}},)? (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?:[-–/](?:(?:19|20)\d\d|\d\d))?s?\b"
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?%?")
_SHARE_WORDS = re.compile(
    r"\b(?:one |a |two |three |four )?(?:thirds?|quarters?|fifths?|tenths?)\b"
    r"|\b(?:per ?cent|percentage|majority|half)\b",
    re.IGNORECASE,
)
_NOT_TYPED = (
    re.compile(r"`[^`]*`"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"<https?://[^>]*>|https?://\S+"),
    re.compile(r"\{[^}]*\}"),
    re.compile(r"\[[^\]]*@[^\]]*\]|@[\w:-]+(?:\s+\[[^\]]*\])?"),
    re.compile(r"\[\^[^\]]+\]:?"),
    re.compile(r"<!--.*?-->"),
    re.compile(r"^\s*\d+[.)]\s"),
)


@cache
def allowed() -> dict[str, str]:
    """Text that may stand as typed, to the reason why."""
    found = yaml.safe_load(ALLOWED.read_text(encoding="utf-8")) or {}
    return {str(text): str(reason) for text, reason in found.items()}


def typed_numbers(rendered: Rendered) -> Iterable[str]:
    """Digits and words for shares that an author typed, with file and line.

    Dates, headings, citations, addresses and code are left out, and what `publish/allowed.yml` lists with a reason.
    """
    for name in rendered.pages:
        try:
            document = expand_document(rendered.root, f"{name}.qmd")
        except PaperProblems as problems:
            yield from map(str, problems.problems)
            continue
        for number, line in _prose_lines(document.body):
            origin = document.origins[number]
            if origin.file.startswith("figures/"):
                continue
            rest = _without_allowed(_DATE.sub(" ", _bare(line)))
            for found in (*_NUMBER.finditer(rest), *_SHARE_WORDS.finditer(rest)):
                yield (
                    f"{origin.file}:{origin.line} {found.group()!r} is typed. Record it in a notebook and write "
                    "{{< var NAME >}}, or list it in publish/allowed.yml with a reason."
                )


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
    known = {number for value in rendered.values.values() for number in _NUMBER.findall(str(value["text"]))}
    known |= {number.rstrip("%") for number in known}
    for name in rendered.pages:
        text = _without_allowed(_DATE.sub(" ", rendered.prose(name)))
        for found in _NUMBER.finditer(text):
            if found.group().rstrip(",") not in known:
                around = text[max(0, found.start() - 40) : found.end() + 25].strip()
                yield f"_output/{name}.html: {found.group()!r} in “...{around}...” comes from no recorded value."
