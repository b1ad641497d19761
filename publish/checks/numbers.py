"""Checks that no number is typed: in the sources by where it comes from, in the pages by being the sources' own.

A numeral of the prose comes from the record (`{{< var NAME >}}`), stands in a sentence that cites its source, or is
marked as a literal with the reason: `[95%]{.literal why="every interval is at the level of 95%"}`. The reason says the
number once more, so that a slip in one of the two is seen. Years and dates are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

import yaml

from publish.checks.rendered import Rendered
from publish.checks.sources import Source, blanked

NUMERAL = re.compile(r"(?<![\w.])\d(?:[\d,]*\d)?(?:\.\d+)?%?")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}},)? (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?:[-–/](?:(?:19|20)\d\d|\d\d))?s?\b"
)
_SHARES = (
    r"\b(?:(?:one|a|two|three|four)[ -](?:thirds?|quarters?|fifths?|tenths?)"
    r"|thirds|quarters?|per ?cent|majority|half)\b"
)
_QUANTITY = re.compile(rf"(?i:{_SHARES})|{NUMERAL.pattern}")
_CITATION = re.compile(r"(?<!\w)@(?!fig-|tbl-|sec-)\w")
_SHORTCODE = re.compile(r"\{\{<\s*(?P<kind>\w+)\s+(?P<name>\S+)\s*>\}\}")
# Not of the prose, in the source and on the page: addresses, attributes, citations, references, marks of lists.
_NO_PROSE = re.compile(
    r"(?m)\]\([^)]*\)|<https?://[^>]*>|https?://\S+|(?<!\{)\{(?!\{)[^{}]*\}|\[[^\[\]]*@[^\[\]]*\](?![{(])"
    r"|@[\w:-]+|\[\^[^\]]+\]:?|^[ \t]*\d+[.)][ \t]"
)
_APART = re.compile(r"(?ms)\A---\n.*?\n---\n|^(?:#+|\||:) .*?$")  # front matter, headings, rows and titles of tables


def typed_numbers(rendered: Rendered) -> Iterator[str]:
    """Numerals and words for shares that an author typed, and literals whose reason does not say them."""
    for source in rendered.sources:
        marked = list(source.spans("literal"))
        for span in marked:
            why = span.attributes.get("why", "")
            if span.words.lower() not in why.lower() or len(why.split()) < 3 + len(span.words.split()):
                yield (
                    f'{source.place(span.start)} the literal "{span.words}" has no reason that says it. Write '
                    f'[{span.words}]{{.literal why="..."}}, with the number and what it is.'
                )
        for start, found in _typed(source, [(span.start, span.end) for span in marked]):
            yield (
                f"{source.place(start)} {found!r} is typed. Record it in a notebook and write {{{{< var NAME >}}}}, "
                f'cite its source in the sentence, or write [{found}]{{.literal why="..."}}.'
            )


def _typed(source: Source, marked: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    bare = blanked(_DATE, blanked(_SHORTCODE, blanked(_NO_PROSE, source.text)))
    for start, end in marked:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    for begin, end in source.sentences():
        if not _CITATION.search(source.text, begin, end):
            yield from ((found.start(), found[0]) for found in _QUANTITY.finditer(bare, begin, end))


def changed_numbers(rendered: Rendered) -> Iterator[str]:
    """Where the numbers of a page's running text are not those of its source with the values put in, in order."""
    settings = yaml.safe_load((rendered.root / "_quarto.yml").read_text(encoding="utf-8"))

    def put_in(code: re.Match[str]) -> str:
        texts = {"var": rendered.values.get(code["name"], {}).get("text"), "meta": settings.get(code["name"])}
        return str(texts.get(code["kind"]) or "")

    for source in rendered.sources:
        name = source.file.removesuffix(".qmd")
        prose = _APART.sub(" ", source.text)
        said = NUMERAL.findall(_SHORTCODE.sub(put_in, _NO_PROSE.sub(" ", prose)))
        page = rendered.prose[name]
        for of_source, found in zip_longest(said, NUMERAL.finditer(page)):
            if not found or found[0] != of_source:
                around = page[max(0, found.start() - 40) : found.end() + 25].strip() if found else "its end"
                here = f"at “{around}” the source has {of_source or 'no number'}"
                yield f"_output/{name}.html: {here}. Run `paper build`."
                break
