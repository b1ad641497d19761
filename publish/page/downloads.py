"""What lies beside the page, linked at its top and at its end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from publish.base.places import document_names, package_zip

DOCUMENTS = {"report": "The report as PDF", "brief": "The two-page brief as PDF"}
OTHERS = {"report": "the full report", "brief": "the two-page brief"}


def beside(root: Path, document: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What lies beside a page: address and words of each file, then of each executed notebook.

    Args:
        root: The project's root.
        document: The document's name without suffix.
    """
    there = [name for name in DOCUMENTS if name in document_names(root) or name == document]
    files = [(f"{name}.pdf", DOCUMENTS[name]) for name in there]
    files.append((package_zip(root), "The data package: cases, stories, codings, claims and codebook (zip)"))
    notebooks = sorted((root / "analysis").glob("*.ipynb"))
    return files, [(f"notebooks/{book.stem}.html", _title(book)) for book in notebooks]


def _title(notebook: Path) -> str:
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        heading = re.search(r"^#\s+(.+)$", "".join(cell["source"]), re.MULTILINE)
        if heading:
            return heading[1].strip()
    return notebook.stem


def formats(root: Path, document: str) -> str:
    """The line below the title: the other forms of the document, the other document, and the data.

    Args:
        root: The project's root.
        document: The document's name without suffix.
    """
    links = [(f"{document}.pdf", "PDF")]
    for name in sorted(OTHERS.keys() & set(document_names(root)) - {document}):
        links += [(f"{name}.html", OTHERS[name]), (f"{name}.pdf", f"{OTHERS[name]} as PDF")]
    links.append((package_zip(root), "data"))
    said = " · ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for address, words in links)
    alone = "They lie beside this page: in a copy that was sent alone, these links lead nowhere."
    return f'<p class="formats">Also: {said} <span class="alone">{alone}</span></p>'


def downloads(files: Iterable[tuple[str, str]], notebooks: Iterable[tuple[str, str]]) -> str:
    """The part of the page that links what `beside` found."""
    return (
        '<section id="downloads" class="downloads" aria-labelledby="downloads-title">\n'
        '<h2 id="downloads-title">Downloads</h2>\n'
        "<p>These lie beside this page where the paper was built. The page itself needs none of them, and in a copy "
        "that was sent alone these links lead nowhere.</p>\n"
        f"<ul>\n{_links(files)}</ul>\n"
        "<p>The notebooks that made the numbers, as they were executed:</p>\n"
        f"<ul>\n{_links(notebooks)}</ul>\n</section>"
    )


def _links(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>\n' for address, words in pairs)
