"""A page made whole: what it refers to stands inside it, as pandoc's `embed-resources` would put it.

Drawings and images go into the page's tree. Styles and scripts go into its text, last of all, with the policy that
knows them: after a change of style nothing else is made again.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement, document_fromstring

from publish.base.problems import RenderFailed
from publish.base.whole import write_whole
from publish.page.policy import has_policy, with_policy

_TYPES = {".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}
_URL = re.compile(r"url\([\"']?(?!data:|#)([^\"')]+)[\"']?\)")
_ELSEWHERE = re.compile(r'<link rel="stylesheet" href="(?P<style>[^"]+)">|<script src="(?P<script>[^"]+)"></script>')
# Blanks before a line, and comments: whole lines, blocks, and what follows code and can be no part of a string.
_ASIDE = re.compile(r"""(?m)^\s+|^\s*//.*\n|(?<!["'`*])/\*(?s:.*?)\*/\s*|[ \t]+//[ \t](?:[^"'`\n]|(?<=\w)'(?=\w))*$""")


def draw(page: HtmlElement, root: Path) -> None:
    """Put the drawings and images of a page inside it, in place.

    Args:
        page: The page; its addresses start at the root.
        root: The project's root.

    Raises:
        RenderFailed: An image is not there, or of a kind that no page holds.
    """
    for image in page.xpath("//img[not(starts-with(@src, 'data:'))]"):
        if image.get("src").endswith(".svg"):
            _draw(image, _file(root, image.get("src")).read_text("utf-8"))
        else:
            image.set("src", _data(root, image.get("src")))


def draw_narrow(page: HtmlElement, offered: Mapping[str, Any]) -> None:
    """Put the narrow drawing of a figure after its wide one; the page's style shows one of them, by width.

    Args:
        page: The page, with its drawings inside.
        offered: What the notebooks hand over; `NAME-narrow` is such a drawing, as SVG, of the figure `fig-NAME`.
    """
    for name in sorted(offered):
        if name.endswith("-narrow"):
            for wide in page.xpath(".//*[@id=$figure]//svg", figure=f"fig-{name.removesuffix('-narrow')}"):
                narrow = _drawing(offered[name], wide.get("alt", ""))
                wide.set("class", "wide")
                narrow.set("class", "narrow")
                wide.addnext(narrow)


def dressed(html: str, root: Path) -> str:
    """The page with its styles, scripts and fonts inside, and its policy; one that has a policy comes back as it is.

    Args:
        html: The page; its addresses start at the root.
        root: The project's root.

    Raises:
        RenderFailed: A style, script or font is not there, or of a kind that no page holds.
    """

    def inside(found: re.Match[str]) -> str:
        if found["style"]:
            return f"<style>{_style(_file(root, found['style']))}</style>"
        return f"<script>{_ASIDE.sub('', _file(root, found['script']).read_text('utf-8'))}</script>"

    return html if has_policy(html) else with_policy(_ELSEWHERE.sub(inside, html))


def dress(root: Path, body: Path, target: Path) -> None:
    """Make the page in one file whole, in another.

    Raises:
        RenderFailed: A style, script or font is not there, or of a kind that no page holds.
    """
    write_whole(target, dressed(body.read_text("utf-8"), root), root)


def _style(file: Path) -> str:
    """A style sheet with its fonts and images inside."""
    return _URL.sub(lambda url: f"url({_data(file.parent, url[1])})", _ASIDE.sub("", file.read_text("utf-8")))


def _draw(image: HtmlElement, text: str) -> None:
    drawing = _drawing(text, image.get("alt", ""))
    drawing.tail = image.tail
    image.getparent().replace(image, drawing)


def _drawing(text: str, alt: str) -> HtmlElement:
    """A drawing as a part of the page, with its words for those who do not see it."""
    drawing = document_fromstring(text[text.index("<svg") :]).find(".//svg")
    kept = {name: drawing.get(name) for name in ("width", "height", "viewbox") if name in drawing.attrib}
    drawing.attrib.clear()
    drawing.attrib.update({"role": "img", "aria-label": alt, "alt": alt, **kept})
    return drawing


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
