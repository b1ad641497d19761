"""The check that both engines print the same words, where Quarto is there to ask."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from bs4 import BeautifulSoup

from publish.base.problems import RenderFailed
from publish.checks.rendered import Rendered

_MOST = 5
_AROUND = 4


def same_words(rendered: Rendered) -> Iterable[str]:
    """Where the pages of the two engines first differ in their words; nothing where Quarto is missing or too old.

    The line that names the engine is left out.
    """
    from publish.engine import engine, quarto

    if not quarto.find().usable:
        return
    with tempfile.TemporaryDirectory(prefix="odn-") as folder:
        words = {}
        for name in ("embedded", "quarto"):
            out = Path(folder) / name
            try:
                engine.render(rendered.root, ("html",), name, out, say=None)
            except RenderFailed as error:
                yield f"{name} does not render the paper: {error}"
                return
            words[name] = {document: _words(out / f"{document}.html") for document in rendered.pages}
    for document in rendered.pages:
        yield from differences(document, words["embedded"][document], words["quarto"][document])


def differences(document: str, embedded: list[str], quarto: list[str]) -> Iterable[str]:
    """The first places at which two lists of words differ, each with the words before it.

    Args:
        document: The document's name.
        embedded: The words of the embedded engine's page.
        quarto: The words of Quarto's page.
    """
    changed = [
        code for code in SequenceMatcher(None, embedded, quarto, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    for _, start, end, other_start, other_end in changed[:_MOST]:
        before = " ".join(embedded[max(0, start - _AROUND) : start])
        ours, theirs = " ".join(embedded[start:end]), " ".join(quarto[other_start:other_end])
        yield f"{document}: after “{before}” the embedded engine has “{ours:.80}”, Quarto has “{theirs:.80}”."
    if len(changed) > _MOST:
        yield f"{document}: {len(changed) - _MOST} more places differ."


def _words(page: Path) -> list[str]:
    body = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for tag in body.select("head, script, style, template, .colophon"):
        tag.decompose()
    return re.findall(r"\S+", body.get_text(" "))
