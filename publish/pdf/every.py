"""Every check of a finished PDF in one call: what a reader of tags finds, and what a reader of paper sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pikepdf

from publish.base.problems import Problem
from publish.pdf import marks as pdf_marks
from publish.pdf import print as pdf_print
from publish.pdf import tags as pdf_tags


def check(
    path: Path,
    name: str = "",
    one_page: Iterable[str] = (),
    most_pages: int | None = None,
    families: Iterable[str] = (),
) -> list[Problem]:
    """All that is wrong with a PDF; empty when nothing is.

    The document says its title, language and standard and has bookmarks; all that it paints is tagged or decoration;
    every figure has a text, every table header cells, headings leave out no level; text is large and dark enough.

    Args:
        path: The PDF.
        name: What a message calls it; its file name by default.
        one_page: Titles of sections that must each fit on a page of their own.
        most_pages: How many pages it may have.
        families: The font families that may occur in it; any, if there are none.

    Raises:
        FileNotFoundError: There is no such file.
    """
    with pikepdf.open(path) as pdf:
        faults = pdf_tags.document_faults(pdf)
        top = pdf_tags.tree(pdf)
        if top is not None:
            faults += pdf_tags.tree_faults(top)
        faults += pdf_marks.untagged(pdf)
        faults += _lengths(pdf, one_page, most_pages)
    faults += pdf_print.lettering_faults(pdf_print.lettering(path), families)
    return [Problem(name or path.name, 0, fault) for fault in faults]


def _lengths(pdf: pikepdf.Pdf, one_page: Iterable[str], most_pages: int | None) -> list[str]:
    faults = []
    for title in one_page:
        taken = pdf_print.pages_of(pdf, title)
        if taken is None:
            faults.append(f"has no section “{title}”.")
        elif taken != 1:
            faults.append(f"gives {taken} pages to “{title}”. It must fit on one.")
    if most_pages is not None and len(pdf.pages) > most_pages:
        faults.append(f"has {len(pdf.pages)} pages. It may have {most_pages}.")
    return faults
