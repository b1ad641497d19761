"""Verdicts in the prose come from the record: `[{{< var claims.NAME.verdict >}}]{.verdict}`.

Where the words of the rule itself are meant, as in a definition, they stand in a span of another class:
`[not supported]{.verdict-word}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rendered import Rendered
from publish.checks.sources import blanked

_WORDS = re.compile(r"\b(?:partly\s+supported|not\s+supported|not\s+testable)\b", re.IGNORECASE)
_RECORDED = re.compile(r"\{\{<\s*var\s+[\w.]+\.verdict\s*>\}\}")
_MARKED = re.compile(r"\[[^\[\]]*\]\{[^{}]*\.verdict(?:-word)?\b[^{}]*\}|\{[^{}]*\}")


def typed_verdicts(rendered: Rendered) -> Iterator[str]:
    """Verdicts that an author typed, inside a span for verdicts and outside, with file and line."""
    for source in rendered.sources:
        inside = [(span.start, span.words) for span in source.spans("verdict") if not _RECORDED.fullmatch(span.words)]
        outside = [(found.start(), found[0]) for found in _WORDS.finditer(blanked(_MARKED, source.text))]
        for start, words in sorted([*inside, *outside]):
            said = " ".join(words.split())
            yield (
                f'{source.place(start)} "{said}" is a typed verdict. Write [{{{{< var claims.NAME.verdict >}}}}]'
                f"{{.verdict}}, or [{said}]{{.verdict-word}} where no claim is meant."
            )
