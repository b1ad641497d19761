"""The end of the page: links to what lies beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from publish.base.places import PACKAGE_ZIP, document_names

DOCUMENTS = {"report": "The report as PDF", "brief": "The two-page brief as PDF"}


def beside(root: Path, document: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What lies beside a page: address and words of each file, then of each executed notebook.

    Args:
        root: The project's root.
        document: The document's name without suffix.
    """
    there = [name for name in DOCUMENTS if name in document_names(root) or name == document]
    files = [(f"{name}.pdf", DOCUMENTS[name]) for name in there]
    files.append((PACKAGE_ZIP, "The data package: cases, stories, codings, claims and codebook (zip)"))
    notebooks = sorted((root / "analysis").glob("*.ipynb"))
    return files, [(f"notebooks/{book.stem}.html", _title(book)) for book in notebooks]


def _title(notebook: Path) -> str:
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        heading = re.search(r"^#\s+(.+)$", "".join(cell["source"]), re.MULTILINE)
        if heading:
            return heading[1].strip()
    return notebook.stem


def downloads(files: Iterable[tuple[str, str]], notebooks: Iterable[tuple[str, str]]) -> str:
    """The part of the page that links what `beside` found."""
    return (
        '<section id="downloads" class="downloads" aria-labelledby="downloads-title">\n'
        '<h2 id="downloads-title">Downloads</h2>\n'
        "<p>These lie beside this page where the paper was built; the page itself needs none of them.</p>\n"
        f"<ul>\n{_links(files)}</ul>\n"
        "<p>The notebooks that made the numbers, as they were executed:</p>\n"
        f"<ul>\n{_links(notebooks)}</ul>\n</section>"
    )


def _links(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>\n' for address, words in pairs)
