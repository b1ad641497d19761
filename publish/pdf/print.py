"""Every check of a finished PDF in one call: what Typst does not refuse by itself, as PDF/UA-1 asks it to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from publish.base.problems import Problem
from publish.pdf.lettering import lettering_faults
from publish.pdf.sheets import Print, measure


def check(
    path: Path, name: str = "", one_page: Iterable[str] = (), families: Iterable[str] = (), printed: Print | None = None
) -> list[Problem]:
    """All that is wrong with a PDF; empty when nothing is.

    It claims PDF/UA-1, for which Typst has refused a figure without alternative text, a heading that leaves out a
    level, a document without title, and all that is painted without a tag. Beyond that it names its language, has
    bookmarks, its tables have header cells, its text is large and dark enough, and what promises one page takes one.

    Args:
        path: The PDF.
        name: What a message calls it; its file name by default.
        one_page: Titles of sections that must each fit on a page of their own.
        families: The font families that may occur in it; any, if there are none.
        printed: Its measures, where they were taken before.

    Raises:
        FileNotFoundError: There is no such file.
    """
    with pikepdf.open(path) as tagged, pypdfium2.PdfDocument(path) as seen:
        faults = [*_document_faults(tagged, bookmarks(seen)), *_lengths(seen, one_page)]
    pages = ([(run.text, run.look) for run in sheet.runs] for sheet in (printed or measure(path)).sheets)
    faults += lettering_faults(pages, families)
    return [Problem(name or path.name, 0, fault) for fault in faults]


def bookmarks(pdf: pypdfium2.PdfDocument) -> list[tuple[str, int]]:
    """Each bookmark's title and page, from 1, in reading order."""
    return [(item.get_title(), item.get_dest().get_index() + 1) for item in pdf.get_toc()]


def _document_faults(pdf: pikepdf.Pdf, marks: list[tuple[str, int]]) -> Iterator[str]:
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield "does not claim PDF/UA-1. Set `pdf-standard: ua-1`."
    if not str(pdf.Root.get("/Lang", "")).strip():
        yield "names no language. Give the document a `lang`."
    if not marks:
        yield "has no bookmarks: it has no headings."
    tables = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Table"]
    if headless := sum(not _holds(table, "/TH") for table in tables):
        yield f"has {headless} of {len(tables)} tables without header cells. Give each a header row."


def _holds(tag: Any, role: str) -> bool:
    """Whether a tag, or one below it, has a role."""
    if isinstance(tag, pikepdf.Array):
        return any(_holds(part, role) for part in tag)
    return isinstance(tag, pikepdf.Dictionary) and (tag.get("/S") == role or _holds(tag.get("/K"), role))


def _lengths(pdf: pypdfium2.PdfDocument, one_page: Iterable[str]) -> Iterator[str]:
    for title in one_page:
        taken = _pages_of(pdf, title)
        if taken is None:
            yield f"has no section “{title}”."
        elif taken != 1:
            yield f"gives {taken} pages to “{title}”. It must fit on one."


def _pages_of(pdf: pypdfium2.PdfDocument, title: str) -> int | None:
    """How many pages a section takes until the next bookmark's page begins; None where no bookmark has that title."""
    marks = bookmarks(pdf)
    begins = next((page for name, page in marks if name.casefold() == title.casefold()), None)
    return None if begins is None else min([page for _, page in marks if page > begins] + [len(pdf) + 1]) - begins
