"""The checks of a finished PDF can fail: known-bad pages, each with what must be said of it, here or by Typst."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
import typst

from publish.pdf.print import check

FONTS = Path(__file__).resolve().parents[3] / "theme/fonts"
UA = {"pdf_standards": ["ua-1"]}
TABLE = "#table(columns: 1, table.header[a], [b])"


def compiled(folder: Path, text: str, **options: object) -> Path:
    """A PDF of a few lines of Typst."""
    path = folder / "bad.pdf"
    head = '#set document(title: "Bad")\n#set text(lang: "en", font: "Source Serif 4", size: 10pt)\n'
    path.write_bytes(
        typst.compile((head + text).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, **options)
    )
    return path


def said(path: Path, **options: object) -> str:
    """What the checks say of a PDF, in one text."""
    return "\n".join(problem.message for problem in check(path, **options))


BAD = {
    "pale grey": ('= One\n#text(fill: rgb("#8a8a8a"))[Pale words]', "“Palewords…” has a contrast of 3.45:1"),
    "white on pale": ('= One\n#rect(fill: rgb("#5b9bd5"))[#text(white)[On blue]]', "“Onblue…” has a contrast of 2"),
    "dark on dark": ('= One\n#rect(fill: rgb("#12395b"))[Hidden]', "“Hidden…” has a contrast of 1."),
    "tiny text": ("= One\n#text(size: 6.5pt)[Tiny words]", "“Tinywords…” is 6.5 pt"),
    "tiny text up the side": ("= One\n#rotate(-90deg, reflow: true, text(size: 6pt)[Tiny])", "“Tiny…” is 6.0 pt"),
    "tiny text in a drawing": ("= One\n#scale(50%, reflow: true, text(size: 12pt)[Tiny])", "“Tiny…” is 6.0 pt"),
    "no header cells": (f"= One\n{TABLE}\n#table(columns: 2)[a][b]", "has 1 of 2 tables without header cells"),
    "no headings": ("Text.", "has no bookmarks"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_the_checks_find(tmp_path, name):
    """Each known-bad page is reported, and what is reported names the one fault."""
    text, message = BAD[name]
    found = said(compiled(tmp_path, text, **UA)).splitlines()
    assert [message in line for line in found] == [True]


REFUSED = {
    "missing alt text": "= One\n#figure(rect(width: 2cm, height: 1cm, fill: blue), caption: [A box])",
    "skipped from heading level 1 to 3": "= One\n=== Three\nText.",
    "the first heading must be of level 1": "== Two\nText.",
    "heading title is empty": "= \nText",
    "missing document title": "#set document(title: none)\n= One\nText",
}


@pytest.mark.parametrize("message", REFUSED)
def test_typst_refuses_by_itself(tmp_path, message):
    """What the checks leave to the standard that a PDF claims, Typst does not let through under that standard."""
    with pytest.raises(typst.TypstError) as caught:
        compiled(tmp_path, REFUSED[message], **UA)
    assert message in caught.value.message


def test_the_good_twin_of_the_bad_pages_passes(tmp_path):
    """The same few lines without a fault give none, so that the findings above are due to their faults."""
    turned = "#rotate(-90deg, reflow: true, text(size: 8pt)[iiimmm])"
    good = f'= One\n== Two\nText. #rect(fill: rgb("#12395b"))[#text(fill: white)[Seen]] {TABLE} {turned}'
    assert said(compiled(tmp_path, good, **UA)) == ""


def test_a_pdf_that_promises_nothing_fails(tmp_path):
    """A PDF made without the standard, for which Typst refuses nothing, is reported."""
    assert said(compiled(tmp_path, "= One\nText.", pdf_tags=False)) == (
        "does not claim PDF/UA-1. Set `pdf-standard: ua-1`."
    )


@pytest.mark.parametrize(("spoil", "message"), [("Lang", "names no language"), ("Outlines", "has no bookmarks")])
def test_what_a_document_must_say_of_itself(tmp_path, spoil, message):
    """A good PDF from which one entry of its catalogue is taken is reported for that entry."""
    path = compiled(tmp_path, "= One\nText.", **UA)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root[f"/{spoil}"]
        pdf.save(path)
    assert message in said(path)


def test_a_summary_of_two_pages_fails(tmp_path):
    """A section that must fit on one page is reported with the pages that it takes; so is one that is not there."""
    path = compiled(tmp_path, "= Summary\nText.\n#pagebreak()\nMore.\n#pagebreak()\n= Next\nText.", **UA)
    assert said(path, one_page=["summary", "Missing"]).splitlines() == [
        "gives 2 pages to “summary”. It must fit on one.",
        "has no section “Missing”.",
    ]
    assert said(path, one_page=["Next"]) == ""


def test_a_letter_that_the_fonts_lack_is_found(tmp_path):
    """A square that Source Serif 4 has not is set in another font; the check names the letter and that font."""
    path = compiled(tmp_path, "= One\nText and □.", **UA)
    assert said(path) == ""
    assert re.fullmatch(
        r"page 1: “□…” is set in (?!SourceSerif)[\w-]+, as the paper's fonts lack it or were not found\.",
        said(path, families=["Source Serif 4"]),
    )
