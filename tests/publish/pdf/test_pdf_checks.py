"""The checks of a finished PDF can fail: known-bad pages, each with what must be said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
import typst

from publish.pdf.every import check

FONTS = Path(__file__).resolve().parents[3] / "theme/fonts"


def compiled(folder: Path, text: str, **options: object) -> Path:
    """A PDF of a few lines of Typst, asked for no standard, so that it may be wrong."""
    path = folder / "bad.pdf"
    head = '#set document(title: "Bad")\n#set text(lang: "en", font: "Source Serif 4", size: 10pt)\n'
    path.write_bytes(
        typst.compile((head + text).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, **options)
    )
    return path


def said(path: Path) -> str:
    """What the checks say of a PDF, in one text."""
    return "\n".join(str(problem) for problem in check(path))


BAD = {
    "a figure without alternative text": (
        "#figure(rect(width: 2cm, height: 1cm, fill: blue), caption: [A box])",
        "a figure has no alternative text",
    ),
    "a skipped heading level": ("= One\n=== Three\nText.", "a heading of level 3 follows one of level 1"),
    "a document that begins below level 1": ("== Two\nText.", "a heading of level 2 is the first"),
    "text in pale grey": ('= One\n#text(fill: rgb("#8a8a8a"))[Pale words]', "“Palewords…” has a contrast of 3.45:1"),
    "white text on a pale ground": (
        '= One\n#rect(fill: rgb("#5b9bd5"))[#text(fill: white)[On blue]]',
        "“Onblue…” has a contrast of 2.96:1",
    ),
    "dark text on a dark ground": ('= One\n#rect(fill: rgb("#12395b"))[Hidden]', "“Hidden…” has a contrast of 1."),
    "tiny text": ("= One\n#text(size: 6.5pt)[Tiny words]", "“Tinywords…” is 6.5 pt"),
    "tiny text up the side": ("= One\n#rotate(-90deg, reflow: true, text(size: 6pt)[Tiny])", "“Tiny…” is 6.0 pt"),
    "a table without header cells": ("= One\n#table(columns: 2)[a][b][c][d]", "a table has no header cells"),
    "no headings": ("Text.", "has no headings"),
}


@pytest.mark.parametrize("name", BAD)
def test_the_checks_find(tmp_path: Path, name: str) -> None:
    """Each known-bad page is reported, and what is reported names the fault."""
    text, message = BAD[name]
    assert message in said(compiled(tmp_path, text))


def test_the_good_twin_of_the_bad_pages_passes(tmp_path: Path) -> None:
    """The same few lines without a fault give none, so that the findings above are due to their faults."""
    table = "#table(columns: 1, table.header[a], [b])"
    good = f'= One\n== Two\nText. #rect(fill: rgb("#12395b"))[#text(fill: white)[Seen]] {table}'
    assert said(compiled(tmp_path, good, pdf_standards=["ua-1"])) == ""


def test_text_up_the_side_has_the_size_that_was_set(tmp_path: Path) -> None:
    """Thin and wide letters of 8 points turned by 90 degrees are not taken for small ones."""
    path = compiled(tmp_path, "= One\n#rotate(-90deg, reflow: true, text(size: 8pt)[iiimmm])", pdf_standards=["ua-1"])
    assert said(path) == ""


def test_a_pdf_without_tags_fails(tmp_path: Path) -> None:
    """A PDF made without tags is reported as such, and each of its pages as painting without a tag."""
    words = said(compiled(tmp_path, "= One\nText.\n#pagebreak()\nMore.", pdf_tags=False))
    assert "is not tagged" in words
    assert "page 1: " in words
    assert "page 2: " in words
    assert "painted without a tag" in words


def test_one_letter_outside_the_tags_is_found(tmp_path: Path) -> None:
    """Text that is painted after the last tag of an otherwise good page is reported for that page only."""
    path = compiled(tmp_path, "= One\nText.\n#pagebreak()\nMore.", pdf_standards=["ua-1"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].contents_add(b"BT /f0 10 Tf (x) Tj ET")
        pdf.save(path)
    assert re.findall(r"page \d+: \d+ things.*", said(path)) == [
        "page 2: 1 things are painted without a tag (operators Tj)."
    ]


def test_a_tag_that_nothing_owns_is_found(tmp_path: Path) -> None:
    """Marked content whose number the structure tree does not know counts as untagged."""
    path = compiled(tmp_path, "= One\nText.", pdf_standards=["ua-1"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"/P <</MCID 999>> BDC BT /f0 10 Tf (x) Tj ET EMC")
        pdf.save(path)
    assert "page 1: 1 things are painted without a tag" in said(path)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ("Lang", "names no language"),
        ("ViewerPreferences", "shows its file name"),
        ("MarkInfo", "is not tagged"),
        ("Outlines", "has no bookmarks"),
    ],
)
def test_what_a_document_must_say_of_itself(tmp_path: Path, spoil: str, message: str) -> None:
    """A good PDF from which one entry of its catalogue is taken is reported for that entry."""
    path = compiled(tmp_path, "= One\nText.", pdf_standards=["ua-1"])
    assert said(path) == ""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root[f"/{spoil}"]
        pdf.save(path)
    assert message in said(path)


def test_a_summary_of_two_pages_fails(tmp_path: Path) -> None:
    """A section that must fit on one page is reported with the pages that it takes; so is one that is not there."""
    path = compiled(tmp_path, "= Summary\nText.\n#pagebreak()\nMore.\n#pagebreak()\n= Next\nText.")
    words = [problem.message for problem in check(path, one_page=["Summary", "Missing"], most_pages=2)]
    assert "gives 2 pages to “Summary”. It must fit on one." in words
    assert "has no section “Missing”." in words
    assert "has 3 pages. It may have 2." in words


def test_a_letter_that_the_fonts_lack_is_found(tmp_path: Path) -> None:
    """A square that Source Serif 4 has not is set in another font; the check names the letter and that font."""
    path = compiled(tmp_path, "= One\nText and □.", pdf_standards=["ua-1"])
    assert check(path) == []
    found = [problem.message for problem in check(path, families=["Source Serif 4"])]
    assert len(found) == 1
    assert re.match(r"page 1: “□…” is set in (?!SourceSerif)\w+", found[0])
