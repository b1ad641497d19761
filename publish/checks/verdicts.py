"""Verdicts that the prose names, held to those that were recorded.

A sentence names a verdict as a span, `[partly supported]{.verdict claim="summer_2015"}`, or takes it from the record,
`{{< var claims.summer_2015.verdict >}}`. Where the words of the rule itself are meant, as in a definition, they stand
in a span of class `verdict-word`: `[not supported]{.verdict-word}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from publish.base.problems import PaperProblems, Problem
from publish.checks.rendered import Rendered
from publish.engine.qmd import Expanded, expand_document

UNIT = "verdict"
_SPAN = re.compile(r"\[(?P<words>[^\[\]]*)\]\{(?P<attributes>(?:[^{}]*\s)?\.verdict(?:-word)?(?![\w-])[^{}]*)\}")
_ATTRIBUTES = re.compile(r"\]\{[^{}]*\}")
_CLAIM = re.compile(r"""\bclaim=(?P<quote>["']?)(?P<claim>[^"'\s}]*)(?P=quote)""")
_UNMARKED = re.compile(r"\b(?:partly\s+supported|not\s+supported|not\s+testable)\b", re.IGNORECASE)
_NOT_PROSE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*\s*$|<!--.*?-->|`[^`\n]*`", re.MULTILINE | re.DOTALL
)
_GENERATED = "figures/"


def recorded_verdicts(values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Claim to verdict, from recorded values named `<chapter>.<claim>.verdict` whose unit is `verdict`.

    Args:
        values: Value name to its record (`unit`, `text`), of every notebook.
    """
    return {name.split(".")[-2]: str(value["text"]) for name, value in values.items() if value["unit"] == UNIT}


def verdict_problems(expanded: Expanded, verdicts: Mapping[str, str]) -> list[Problem]:
    """Every verdict of a document that is not the recorded one, names no claim, or is not marked as a verdict.

    Args:
        expanded: The document with its includes in place.
        verdicts: Claim to recorded verdict.
    """
    prose = without_code(expanded.body)
    unmarked = _ATTRIBUTES.sub(_blank, _SPAN.sub(_blank, prose))
    return sorted([*_marked(prose, expanded, verdicts), *_unmarked(unmarked, expanded)])


def stale_verdicts(rendered: Rendered) -> Iterable[str]:
    """Verdicts in the sources of the rendered documents that the ledger no longer gives, with file and line."""
    verdicts = recorded_verdicts(rendered.values)
    for name in rendered.pages:
        try:
            expanded = expand_document(rendered.root, f"{name}.qmd")
        except PaperProblems as problems:
            yield from map(str, problems.problems)
            continue
        yield from map(str, verdict_problems(expanded, verdicts))


def _marked(prose: str, expanded: Expanded, verdicts: Mapping[str, str]) -> Iterator[Problem]:
    for span in _SPAN.finditer(prose):
        if ".verdict-word" in span["attributes"].split():
            continue
        origin = expanded.origin_of(span.start())
        words = " ".join(expanded.filled(span["words"]).split())
        claim = _CLAIM.search(span["attributes"])
        message = _message(words, claim["claim"] if claim else "", verdicts)
        if message:
            yield Problem(origin.file, origin.line, message)


def _message(words: str, claim: str, verdicts: Mapping[str, str]) -> str:
    if not claim:
        return f'"{words}" names no claim. Write [{words}]{{.verdict claim="NAME"}}.'
    if claim not in verdicts:
        near = get_close_matches(claim, verdicts, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else " Write a claim_id of data/claims.csv."
        return f'"{claim}" is not a claim of the ledger.{hint}'
    if words.lower() != verdicts[claim]:
        return f'"{words}" is not the verdict on {claim}, which is "{verdicts[claim]}". Correct the sentence around it.'
    return ""


def _unmarked(prose: str, expanded: Expanded) -> Iterator[Problem]:
    for words in _UNMARKED.finditer(prose):
        origin = expanded.origin_of(words.start())
        if not origin.file.startswith(_GENERATED):
            said = " ".join(words[0].split())
            way_out = f'Write [{said}]{{.verdict claim="NAME"}}, or [{said}]{{.verdict-word}} where no claim is meant.'
            yield Problem(origin.file, origin.line, f'"{said}" is not tied to a claim. {way_out}')


def without_code(text: str) -> str:
    """A text with blanks in place of code and comments, every line and offset as before."""
    return _NOT_PROSE.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    """Blanks in place of a text, its line ends kept, so that every offset stays."""
    return re.sub(r"[^\n]", " ", found[0])
