"""Goes over a rendered page's tags: no inline style, links that tell nobody whence they come, tables that scroll.

Numbers that belong together stay on one line, as theme/print/typst-template.typ keeps them in print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement, fragment_fromstring

_PAINT = re.compile(r"#[0-9a-fA-F]{6}\b")
_PLAIN_STYLE = re.compile(r"[\w\s:;#%.,()'+-]*")
_TABLE = re.compile(r"tbl-.+-caption-[\da-f-]+")
_LABEL = re.compile(r"^(\s*(?:Figure|Table)\s\d+:)")
# A range, a count of a whole, a number with its sign, and a word with a short prefix: no line ends inside one.
TOGETHER = re.compile(r"(\d[\d.,]*–[\d.,]+%?|\d+ of \d+|\b[np] [=<] [\d.,]*\d|\b[A-Za-z]{1,2}-[A-Za-z]+)")
_SHORT = 16  # letters: a cell of a table with "48 of 58 (83%)" needs no more
_NOT_PROSE = " or ".join(f"ancestor::{tag}" for tag in ("script", "style", "title", "template", "svg", "code", "pre"))
# The charts name the font of the print (palette.yml); the page carries its own subset of it under another name.
_FONT_IN_DRAWINGS, _FONT_IN_PAGE = "'Source Sans 3'", "'Paper Sans', sans-serif"


def go_over(page: HtmlElement, below: Mapping[str, str], colours: Mapping[str, str]) -> str:
    """Change a page in place; the rules that its inline styles became, one class each, in the page's own colours.

    Args:
        page: The page.
        below: Name of a figure or table to what comes after it and its source line.
        colours: Colour as the charts write it (`#rrggbb`) to the name of the page's variable for it.
    """
    aside = " | ".join(f".//svg//{tag}" for tag in ("metadata", "style", "title", "desc", "comment()"))
    for part in page.xpath(f".//comment() | {aside}"):
        part.drop_tree()
    for link in page.xpath(".//a[starts-with(@href, 'http:') or starts-with(@href, 'https:')][not(@rel)]"):
        link.set("rel", "noopener noreferrer")
    for label in page.xpath(".//figcaption/text()[not(preceding-sibling::*)]"):
        _wrap(label, _LABEL.split(label), "strong", {})
    for text in page.xpath(f".//text()[not({_NOT_PROSE})]"):
        owner = text.getparent()
        alone, short = not len(owner) and not text.is_tail, owner.tag == "td" and len(text.strip()) <= _SHORT
        if alone and owner.tag in ("span", "td") and (TOGETHER.search if short else TOGETHER.fullmatch)(text.strip()):
            _add_class(owner, "together")  # all that it holds
        else:
            _wrap(text, TOGETHER.split(text), "span", {"class": "together"})
    for box in page.xpath(".//div[@aria-describedby]"):
        described = box.get("aria-describedby")
        if _TABLE.fullmatch(described):
            box.attrib.update({"role": "region", "tabindex": "0", "aria-labelledby": described})
            _add_class(box, "scroll")
    for name, content in below.items():
        for box in page.xpath(".//div[@id=$figure or @id=$table]", figure=f"fig-{name}", table=f"tbl-{name}"):
            after = box.getnext()
            source = after is not None and "source" in after.get("class", "").split()
            tools = fragment_fromstring(content)
            tools.tail = "\n"
            (after if source else box).addnext(tools)
    return _in_page_colours(_styles_taken_out(page), colours)


def _wrap(text: HtmlElement, pieces: list[str], tag: str, attributes: Mapping[str, str]) -> None:
    """Put every second piece of a text into an element of its own.

    Args:
        text: The text, as an XPath gives it: it knows the element that it is the text or the tail of.
        pieces: All of it, in turn left bare and wrapped.
        tag: The element.
        attributes: What the element carries.
    """
    if len(pieces) == 1:
        return
    owner = text.getparent()
    place, at = (owner.getparent(), owner.getparent().index(owner) + 1) if text.is_tail else (owner, 0)
    setattr(owner, "tail" if text.is_tail else "text", pieces[0])
    for wrapped, bare in reversed([*zip(pieces[1::2], pieces[2::2], strict=True)]):
        element = place.makeelement(tag, attributes)
        element.text, element.tail = wrapped, bare
        place.insert(at, element)


def _add_class(element: HtmlElement, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _styles_taken_out(page: HtmlElement) -> str:
    """A rule for each style and each paint of a chart; the elements get its class. An odd style stays, blocked."""
    names: dict[str, str] = {}

    def move(element: HtmlElement, style: str) -> None:
        plain = re.sub(r"\s+", " ", style).strip().removesuffix(";")
        _add_class(element, names.setdefault(plain, f"st-{len(names) + 1}"))

    for element in page.xpath(".//svg/descendant-or-self::*[@fill or @stroke]"):
        paints = [name for name in ("fill", "stroke") if _PAINT.fullmatch(element.get(name, ""))]
        if paints:
            move(element, "; ".join(f"{name}: {element.attrib.pop(name)}" for name in paints))
    for element in page.xpath(".//*[@style]"):
        if _PLAIN_STYLE.fullmatch(element.get("style")):
            move(element, element.attrib.pop("style"))
    return "\n".join(f".{name}{{{style}}}" for style, name in names.items())


def _in_page_colours(rules: str, colours: Mapping[str, str]) -> str:
    def own(found: re.Match[str]) -> str:
        name = colours.get(found[0].lower())
        return f"var(--{name},{found[0]})" if name else found[0]

    return _PAINT.sub(own, rules).replace(_FONT_IN_DRAWINGS, _FONT_IN_PAGE)
