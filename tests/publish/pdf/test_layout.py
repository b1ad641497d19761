"""The layout of the print: small pages, each with one fault and what must be said of it, and twins without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from publish.pdf.layout import layout_faults
from publish.pdf.sheets import measure

FONTS = Path(__file__).resolve().parents[3] / "theme/fonts"
HEAD = """
#set document(title: "Pages")
#set text(lang: "en", font: "Source Serif 4", size: 10pt)
#set heading(numbering: "1.1")
#set page(width: 120mm, height: 120mm, margin: 20mm, footer: context [
  Foot #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#let drawn(name) = [#figure(rect(width: 2cm, height: 1cm), alt: "A box.", caption: [A box.])#label(name)]
#let table-of(rows, name) = [#show figure: set block(breakable: true)
  #figure(table(columns: 1, table.header[Head], ..range(rows).map(str)), caption: [Rows.])#label(name)]
#let full = v(1fr) + [End.]
"""
NEXT = "#full\n#pagebreak()\n"
LONG = "x" * 58
GOOD = f"""
#drawn("front")
= One
A paragraph cites @a and @b, at some length. #drawn("a")
#table-of(12, "b")
#full
#heading(numbering: none)[Annex] #drawn("c") {NEXT} See @c.
"""

BAD = {
    "cited nowhere": ('#drawn("a")', "page 1: Figure 1 is cited nowhere. Cite it in a sentence"),
    "before": ('#drawn("a") See @a.', "page 1: Figure 1 stands before the paragraph that cites it, on page 1."),
    "far before": (
        f'See @a. {NEXT}{NEXT} #drawn("a") {NEXT} See @a.',
        "page 3: Figure 1 stands before the paragraph that cites it, on page 4.",
    ),
    "far after": (f'See @a. {NEXT}{NEXT} #drawn("a")', "page 3: Figure 1 stands 2 pages after the paragraph"),
    "behind a heading": (
        'See @a.\n== Two\nText. #drawn("a")',
        "page 1: Figure 1 stands after the heading “1.1 Two”, which follows the paragraph that cites it.",
    ),
    "an empty third": ("#v(45mm) Text. #pagebreak() Text.", "page 1: its last 35% are empty, and 33% may be."),
    "a tail": ('See @b. #v(5mm) #table-of(11, "b")', "page 2: a table goes on here with 2 of its rows, and needs 3."),
    "the edge of the sheet": ("#h(-18mm)#box[Text]", "page 1: “Text” runs to the edge of the sheet."),
    "beyond the sheet": (f"#box[{LONG * 2}]", "runs to the edge of the sheet."),
    "out of its column": ("#move(dx: 76mm)[Text]", "page 1: “Text” leaves its column."),
    "on its neighbour": (
        f"#table(columns: (20mm, 1fr), table.header[a][b], [{LONG[:20]}], [Neighbour])",
        f"page 1: “{LONG[:20]}” and “Neighbour” are printed on each other.",
    ),
    "before the annexes": (
        NEXT * 25 + "#full\n#pagebreak()\n#heading(numbering: none)[Annex] Text.",
        "has 26 pages before its annexes, and may have 25.",
    ),
}  # fmt: skip
BAD_BRIEFS = {
    "an empty fifth": (f"Text. {NEXT} #v(60mm) Text.", "page 2: its last 25% are empty, and 20% may be."),
    "one page": ("#full", "has 1 page. A brief has 2."),
    "three pages": (f"{NEXT}{NEXT}#full", "has 3 pages. A brief has 2."),
}


def said(folder: Path, text: str, *, brief: bool = False) -> list[str]:
    """What the checks say of the layout of a few lines of Typst."""
    path = folder / "pages.pdf"
    fonts = {"font_paths": [str(FONTS)], "ignore_system_fonts": True}
    path.write_bytes(typst.compile((HEAD + text).encode(), pdf_standards=["ua-1"], **fonts))
    return list(layout_faults(measure(path), brief))


@pytest.mark.parametrize("name", BAD)
def test_a_fault_of_the_layout_is_found(tmp_path, name):
    """Each page with one fault is reported for that fault and no other."""
    text, message = BAD[name]
    assert [message in line for line in said(tmp_path, f"= One\n{text}")] == [True]


@pytest.mark.parametrize("name", BAD_BRIEFS)
def test_a_fault_of_a_brief_is_found(tmp_path, name):
    """A brief has two pages, both full."""
    text, message = BAD_BRIEFS[name]
    assert [message in line for line in said(tmp_path, f"= One\n{text}", brief=True)] == [True]


def test_pages_without_a_fault_pass(tmp_path):
    """The good twin of them all, with a figure in front, and a brief whose figure is cited nowhere."""
    assert said(tmp_path, GOOD) == []
    assert said(tmp_path, f'= One\n#drawn("a") {NEXT} #full', brief=True) == []
