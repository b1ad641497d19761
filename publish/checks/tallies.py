"""No score: no sentence counts supported claims, and none gives a percentage of combinations of choices.

Verdicts differ in what they can bear, and claims could fail more or less easily, so that their number says nothing; nor
does the share of combinations of choices, which are neither equally likely nor independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rendered import Rendered
from publish.checks.sources import Source, blanked

FILES = ("README.md", "docs/findings.md")
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|all|none"
_NUMBER = rf"(?:\d[\d,.]*%?|\{{\{{<\s*var\s+[\w.]+\s*>\}}\}}|\b(?:{_WORDS})\b)"
_OF = rf"{_NUMBER}(?:\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?{_NUMBER})?(?:\s+of\s+(?:them|the|its|these|those))?"
_ADVERBS = r"(?:\s+(?:partly|in\s+part|not|fully|only|do(?:es)?\s+not))*"
_KIND = r"(?:\s+(?:\w+\s+){0,2}(?:claims|statements|verdicts))?"
_TALLY = re.compile(
    rf"\bsupport(?:s|ed)?{_ADVERBS}\s+{_OF}(?!\s*(?:cases|accounts|people|men|women|narratives))"
    rf"|{_OF}{_KIND}\s+(?:(?:is|are|was|were|get|gets|stand)\s*)?{_ADVERBS}\s*supported",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:claims?|statements?|verdicts?)\b", re.IGNORECASE)
_COMBINED = re.compile(
    rf"(?:\d\s?%|\bper\s?cent\b|\{{\{{<\s*var\s+[\w.]+\.share\s*>\}}\}})\s+of\s+(?:the\s+|all\s+|these\s+)*(?:{_NUMBER}\s+)?"
    r"(?:combinations|variants|specifications|ways)(?!\s+of\s+narratives)",
    re.IGNORECASE,
)
_VERDICT = re.compile(r"\[[^\[\]]*\]\{[^{}]*\.verdict(?:-word)?\b[^{}]*\}")
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?=\S))+[.!?]*", re.DOTALL)


def tallies(rendered: Rendered) -> Iterator[str]:
    """Sentences of the documents, of the project's own pages and of captions, titles and alternative texts."""
    pages = [
        Source(name, (rendered.root / name).read_text("utf-8")) for name in FILES if (rendered.root / name).is_file()
    ]
    for source in (*rendered.sources, *pages):
        for start, says in found(source.text):
            yield f"{source.place(start)} {says}"
    for name, entry in rendered.manifest.items():
        for part in ("title", "caption", "alt"):
            for _, says in found(entry[part] or ""):
                yield f"figures/{entry['notebook']}/_{name}.qmd {part}: {says}"


def found(text: str) -> Iterator[tuple[int, str]]:
    """Where a text tallies claims or combinations, and what to do about it."""
    for sentence in _SENTENCE.finditer(blanked(_VERDICT, text)):
        words = sentence[0]
        tally = _TALLY.search(words) if _ABOUT.search(words) else None
        for hit, wrong, way_out in (
            (tally, "counts supported claims", "Say which claim, and what it rests on."),
            (_COMBINED.search(words), "gives a percentage of combinations", "Name the single changes that matter."),
        ):
            if hit:
                yield sentence.start() + hit.start(), f'"{" ".join(hit[0].split())}" {wrong}. {way_out}'
