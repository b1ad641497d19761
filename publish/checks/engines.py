"""The check that both engines print the same words, where Quarto is there to ask."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from bs4 import BeautifulSoup

from publish.checks.rendered import Rendered, text_of

_MOST = 5
_AROUND = 4


def same_words(rendered: Rendered) -> Iterator[str]:
    """Where the pages of the two engines first differ in their words; nothing where Quarto is missing or too old.

    The line that names the engine is left out.

    Raises:
        RenderFailed: One of the engines does not render the paper.
    """
    from publish.engine import engine, quarto

    if not quarto.find().usable:
        return
    with tempfile.TemporaryDirectory(prefix="odn-") as folder:
        outs = [Path(folder) / name for name in ("embedded", "quarto")]
        for out in outs:
            engine.render(rendered.root, ("html",), out.name, out, say=None)
        for document in rendered.pages:
            yield from differences(document, *(_words(out / f"{document}.html") for out in outs))


def differences(document: str, embedded: list[str], quarto: list[str]) -> Iterator[str]:
    """The first places at which the words of two pages of a document differ, each with the words before it."""
    codes = SequenceMatcher(None, embedded, quarto, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    for _, start, end, other_start, other_end in changed[:_MOST]:
        before = " ".join(embedded[max(0, start - _AROUND) : start])
        ours, theirs = " ".join(embedded[start:end]), " ".join(quarto[other_start:other_end])
        yield f"{document}: after “{before}” the embedded engine has “{ours:.80}”, Quarto has “{theirs:.80}”."
    if len(changed) > _MOST:
        yield f"{document}: {len(changed) - _MOST} more places differ."


def _words(page: Path) -> list[str]:
    body = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    return text_of(body, "head, script, style, template, .colophon").split()
