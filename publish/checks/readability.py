"""How hard the rendered text is to read, held to grades that may only fall (`theme/prose/readability.yml`).

The measure is in years of schooling (US grades; 12 is a school leaver): the Automated Readability Index (Smith and
Senter 1967), from words per sentence and signs per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

from publish.checks.rendered import Rendered, text_of

LEVELS = Path("theme") / "prose" / "readability.yml"
_SLACK = 0.5
_LEFT_OUT = (
    "figure, table, nav, pre, details, .source, .voices, .address, .cite-as, .citation, .footnote-ref, #refs, "
    ".references, #title-block-header"
)
_BLOCKS = "p, li:not(:has(p, li))"
_NAME, _NUMBER = "Ann", "ten"


def grade(text: str) -> float:
    """Years of schooling that a text asks for, by the Automated Readability Index; 0 for no text.

    Args:
        text: Sentences, each with its full stop.
    """
    words = text.split()
    sentences = len(re.findall(r"\w[^.!?]*[.!?]", text))
    if not sentences:
        return 0.0
    return max(0.0, 4.71 * len("".join(words)) / len(words) + 0.5 * len(words) / sentences - 21.43)


def without_names(text: str) -> str:
    """The text with a short word for each name and each number, so that sentences keep their length.

    A name is a run of capitalised words inside a sentence, or any word all in capitals.
    """
    words: list[str] = []
    opens = True
    for word in text.split():
        core = word.strip("()[]“”‘’\"',.;:!?–—")
        if any(letter.isdigit() for letter in core):
            words.append(word.replace(core, _NUMBER))
        elif core and ((core.isupper() and len(core) > 1) or (core[0].isupper() and not opens)):
            if words and words[-1] == _NAME:
                words.pop()
            words.append(word.replace(core, _NAME))
        else:
            words.append(word)
        opens = bool(re.search(r"[.!?:][)”’\"]*$", word))
    return " ".join(words)


def running_text(page: BeautifulSoup | Tag, part: str) -> str:
    """The paragraphs and list items of a part of a page, names and numbers neutral, each closed with a full stop.

    Args:
        page: The rendered page.
        part: A CSS selector; all that it selects counts.
    """
    texts = []
    for found in page.select(part):
        left_out = {id(tag) for tag in found.select(_LEFT_OUT)}
        blocks = [found] if found.css.match(_BLOCKS) else found.select(_BLOCKS)
        kept = (block for block in blocks if left_out.isdisjoint(map(id, (block, *block.parents))))
        texts += [re.sub(r"\s+([,.;:)])", r"\1", text_of(block, _LEFT_OUT).strip()) for block in kept]
    closed = (text if text[-1] in ".!?" else f"{text.rstrip(':;,')}." for text in texts if text)
    return " ".join(map(without_names, closed))


def hard_to_read(rendered: Rendered) -> Iterable[str]:
    """Parts that ask for more schooling than is allowed, with their hardest sentences; and grades that can be lower."""
    file = rendered.root / LEVELS
    for name, level in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        text = running_text(rendered.pages[level["document"]], level["part"])
        yield from grade_problems(name, text, float(level["grade"]))


def grade_problems(name: str, text: str, allowed: float) -> Iterator[str]:
    """What is wrong with the level of one text.

    Args:
        name: What the text is, as a reader would say.
        text: What `running_text` gives.
        allowed: The highest grade that it may have.
    """
    found = grade(text)
    if not text:
        yield f"{name}: there is no text to read. Correct `part` in {LEVELS}."
    elif found > allowed:
        hardest = sorted(re.findall(r"[^.!?]+[.!?]", text), key=grade, reverse=True)[:3]
        quoted = "; ".join(f"“{' '.join(sentence.split())}”" for sentence in hardest)
        yield f"{name}: reads at grade {found:.1f}, and {allowed:.1f} is allowed. Shorten, first here: {quoted}"
    elif found <= allowed - _SLACK:
        yield f"{name}: reads at grade {found:.1f} now. Write {found + _SLACK / 2:.1f} into {LEVELS}, so that it stays."
