"""The real report and brief as a reader gets them: page against print, and both against what they are made of."""

import json
import re

import pikepdf
import pytest

from browsing import opened
from built_paper import (
    DOCUMENTS,
    INCLUDE,
    page,
    print_pages,
    print_text,
    source,
    squeezed,
    whole_page,
    without_references,
    words,
)

NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
UNFINISHED = re.compile(
    r"\{\{<|>\}\}|\?@|@(?:fig|tbl|sec)-|\[@|\(\?\?\?\)|\?(?:var|meta):|:::|\]\{|\*\*|<NA>"
    r"|\b(?:nan|NaN|NaT|None(?! of| believed)|inf|undefined|TODO|FIXME|lorem)\b"
)
BLOCKS = "p, li, dt, dd, td, th, figcaption, h2, h3, h4, .csl-entry"
documents = pytest.mark.parametrize("name", DOCUMENTS)


@pytest.fixture(scope="module")
def manifest(finished):
    """Figure or table to its entry."""
    return json.loads((finished / "figures/manifest.json").read_text("utf-8"))["figures"]


@documents
def test_nothing_is_left_unfinished(finished, name):
    """Neither page nor print holds a mark of the source, an unknown number, or a place-holder."""
    for text in (words(page(finished, name)), "\n".join(print_pages(finished, name))):
        assert len(text.split()) > 500
        assert UNFINISHED.findall(text) == []


@documents
def test_every_word_of_the_page_is_in_print(finished, name):
    """Each paragraph, cell, caption, heading and reference of the page is in the PDF; a page break may part it."""
    printed, main = squeezed(print_text(finished, name)), page(finished, name)
    blocks = [squeezed(block.get_text()) for block in main.select(BLOCKS) if not block.find(BLOCKS.split(", "))]
    assert len(blocks) > (1000 if name == "report" else 15)
    assert [block for block in blocks if not in_two_at_most(block, printed)] == []


def in_two_at_most(block, printed):
    """Whether a text holds another whole, or in two parts of more than a few letters."""
    if block in printed:
        return True
    most = next(end for end in range(len(block), 0, -1) if block[:end] in printed)
    return most > 15 and block[most:] in printed


@documents
def test_print_gives_no_number_of_its_own(finished, name):
    """Every number in the PDF stands in the page too, drawings included; running heads, lists' marks and DOIs aside."""
    of_page = set(NUMERAL.findall(whole_page(finished, name).find("body").get_text(" ")))
    of_print = set(NUMERAL.findall(re.sub(r"(?m)^\s*\d\. ", " ", without_references(print_text(finished, name)))))
    assert len(of_print) > 20
    assert of_print - of_page == set()


@documents
def test_figures_and_tables_stand_in_the_order_of_the_source(finished, manifest, name):
    """Each included figure and table is on the page and in print, once, numbered in the order of the source."""
    placed = re.findall(rf"{INCLUDE.pattern}|\{{#(tbl-[\w-]+)", source(finished, name), INCLUDE.flags)
    kinds = {"figure": "fig-{}", "table": "tbl-{}", "passage": ""}
    names = [written or kinds[manifest[one]["kind"]].format(one) for one, written in placed]
    names = [one for one in names if one]
    main, printed = page(finished, name), squeezed(print_text(finished, name))
    floats = main.select("[id^=fig-]:not([id*=-caption-]), [id^=tbl-]:not([id*=-caption-])")
    assert [one["id"] for one in floats if one.find("figcaption")] == names
    for kind, said in (("fig", "Figure"), ("tbl", "Table")):
        captions = [words(main.select_one(f"#{one} figcaption")) for one in names if one.startswith(kind)]
        for number, caption in enumerate(captions, start=1):
            assert caption.strip().startswith(f"{said} {number}: ")
            assert printed.count(squeezed(caption)) == 1, caption


@documents
def test_references_in_the_text_name_their_number(finished, name):
    """A link to a figure, table or section says the number that its target bears."""
    main = page(finished, name)
    links = main.select("a.quarto-xref")
    assert len(links) > (30 if name == "report" else -1)
    for link in links:
        target = words(main.select_one(str(link["href"])).find(["figcaption", "h2", "h3", "h4"])).split()
        kind, number = words(link).split()
        assert target[:2] == [kind, f"{number}:"] if kind != "Section" else target[0] == number, link["href"]


@documents
def test_figures_say_what_they_show_to_those_who_do_not_see_them(finished, manifest, name):
    """Drawing by drawing, page and PDF carry the recorded alternative text, which holds numbers and is no caption."""
    names = [one for one in INCLUDE.findall(source(finished, name)) if manifest[one]["kind"] == "figure"]
    recorded = [manifest[one]["alt"] for one in names]
    codes = [code["aria-label"] for code in whole_page(finished, name).select(".address svg")]
    drawings = [whole_page(finished, name).select_one(f"#fig-{one} svg") for one in names]
    assert [drawing["role"] for drawing in drawings] == ["img"] * len(names)
    assert [squeezed(drawing["aria-label"]) for drawing in drawings] == [squeezed(alt) for alt in recorded]
    with pikepdf.open(finished / f"_output/{name}.pdf") as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert sorted(squeezed(str(tag.Alt)) for tag in tags) == sorted(map(squeezed, [*recorded, *codes]))
    for one, alt in zip(names, recorded, strict=True):
        assert NUMERAL.search(alt), one
        assert squeezed(alt) != squeezed(manifest[one]["caption"])


def keys_cited(text):
    """The keys of the works that a source cites."""
    prose = re.sub(r"`[^`]*`|<https?://[^>]*>", " ", text)
    return set(re.findall(r"(?<![\w@])@(?!fig-|tbl-|sec-)([A-Za-z][\w-]*)", prose))


@documents
def test_what_is_cited_is_what_is_listed(finished, name):
    """The references are the works that the text cites, each in the bibliography, each cited where a link leads."""
    included = [
        next(finished.glob(f"figures/*/_{one}.qmd")).read_text("utf-8")
        for one in INCLUDE.findall(source(finished, name))
    ]
    cited = keys_cited("\n".join([source(finished, name), *included]))
    known = set(re.findall(r"^@\w+\{([\w-]+),", (finished / "references.bib").read_text("utf-8"), re.MULTILINE))
    main = page(finished, name)
    listed = [entry["id"].removeprefix("ref-") for entry in main.select("#refs .csl-entry")]
    assert cited <= known
    assert sorted(listed) == sorted(cited)
    assert {link["href"].removeprefix("#ref-") for link in main.select("a[href^='#ref-']")} == cited


@documents
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_real_page_never_scrolls_sideways(finished, browser, name, width):
    """Nothing in the finished page is wider than the window, and the voices of a section stand in its column."""
    with opened(browser, finished / f"_output/{name}.html", viewport={"width": width, "height": 900}) as seen:
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        column = seen.locator("main").bounding_box()
        for voices in seen.locator("main > section .voices").all():
            assert voices.bounding_box()["x"] + voices.bounding_box()["width"] <= column["x"] + column["width"]
