"""A page made whole: its styles, scripts, fonts and images inside it, as pandoc's `embed-resources` would put them."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring, tostring

from publish.base.problems import RenderFailed

_TYPES = {".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}
_URL = re.compile(r"url\([\"']?(?!data:|#)([^\"')]+)[\"']?\)")


def inlined(html: str, root: Path) -> str:
    """The page with all that it refers to inside it.

    Args:
        html: The page; its addresses start at the root.
        root: The project's root.

    Raises:
        RenderFailed: A style, script, font or image is not there, or of a kind that no page holds.
    """
    page = document_fromstring(html)
    for link in page.xpath("//link[@rel='stylesheet']"):
        _put(link, "style", _style(_file(root, link.get("href"))))
    for script in page.xpath("//script[@src]"):
        _put(script, "script", _file(root, script.get("src")).read_text("utf-8"))
    for image in page.xpath("//img[not(starts-with(@src, 'data:'))]"):
        if "inline-svg" in image.get("class", "").split():
            _draw(image, _file(root, image.get("src")).read_text("utf-8"))
        else:
            image.set("src", _data(root, image.get("src")))
    return f"{tostring(page.getroottree(), encoding='unicode')}\n"


def _style(file: Path) -> str:
    """A style sheet with its fonts and images inside."""
    return _URL.sub(lambda url: f"url({_data(file.parent, url[1])})", file.read_text("utf-8"))


def _put(element: HtmlElement, tag: str, text: str) -> None:
    whole = element.makeelement(tag)
    whole.text, whole.tail = text, element.tail
    element.getparent().replace(element, whole)


def _draw(image: HtmlElement, text: str) -> None:
    """A drawing in place of its image, with the image's words for those who do not see it."""
    drawing = document_fromstring(text[text.index("<svg") :]).find(".//svg")
    alt = image.get("alt", "")
    kept = {name: drawing.get(name) for name in ("width", "height", "viewbox") if name in drawing.attrib}
    drawing.attrib.clear()
    drawing.attrib.update({"role": "img", "aria-label": alt, "alt": alt, **kept})
    drawing.tail = image.tail
    image.getparent().replace(image, drawing)


def _file(folder: Path, address: str) -> Path:
    path = folder / address.lstrip("/")
    if not path.is_file():
        raise RenderFailed(f"{path} is not there, and the page needs it.")
    return path


def _data(folder: Path, address: str) -> str:
    path = _file(folder, address)
    if path.suffix not in _TYPES:
        raise RenderFailed(f"{path}: a page holds {', '.join(_TYPES)}, no other kind.")
    return f"data:{_TYPES[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode()}"
