"""Checks of what a reader sees: references, alternative texts, links, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from publish.base.places import output_folder
from publish.checks.rendered import Rendered, text_of

_UNRESOLVED = re.compile(
    r"\{\{<.{0,60}|>\}\}|\?@\w[\w:-]*|(?<![\w/.@])@(?:fig|tbl|sec|eq)-[\w-]+|\(\?\?\?\)|\?(?:var|meta):[\w.-]+"
)
_DAY = re.compile(r"\b(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) (?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_WITH_DAYS = "script, style, template, #title-block-header, #refs, .references, .citation, .colophon"
_FORMS = ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d")
_REMOTE = re.compile(r"(?:https?:)?//")
_STYLE_LOADS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)")


def unresolved(rendered: Rendered) -> Iterator[str]:
    """Marks of references, shortcodes and variables that no engine replaced, in the page and in print."""
    for name in rendered.pages:
        places = {f"_output/{name}.html": rendered.texts[name]}
        places |= {f"_output/{name}.pdf, page {n}": text for n, text in enumerate(rendered.prints[name], 1)}
        for place, text in places.items():
            for found in _UNRESOLVED.finditer(text):
                yield f"{place}: holds {found[0]!r}. Correct the name in {name}.qmd."


def alternative_texts(rendered: Rendered) -> Iterator[str]:
    """Images without an alternative text; that it is not the caption is seen to where it is recorded."""
    for name, page in rendered.pages.items():
        for image in page.select("main img, main svg[role=img]"):
            title, figure = image.find("title"), image.find_parent("figure")
            said = image.get("alt") or image.get("aria-label") or (title.get_text() if isinstance(title, Tag) else "")
            if not str(said).strip():
                which = (figure.get("id") if isinstance(figure, Tag) else None) or image.get("id") or image.get("src")
                yield f"_output/{name}.html, image {which!s:.40}: has no alternative text. Give its figure an `alt`."


def internal_links(rendered: Rendered) -> Iterator[str]:
    """Links to an anchor or a file that is not there."""
    folder = output_folder(rendered.root)
    anchors = {folder / f"{name}.html": _anchors(page) for name, page in rendered.pages.items()}
    for name, page in rendered.pages.items():
        for link in page.select("a[href]"):
            target = str(link["href"])
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = (folder / unquote(parts.path)).resolve() if parts.path else folder / f"{name}.html"
            anchor = unquote(parts.fragment)
            if not file.is_file():
                yield f"_output/{name}.html: links to {target}, and no such file is made."
            elif anchor and "=" not in anchor and file.suffix == ".html":
                if file not in anchors:
                    anchors[file] = _anchors(BeautifulSoup(file.read_text(encoding="utf-8"), "lxml"))
                if anchor not in anchors[file]:
                    yield f"_output/{name}.html: links to {target}, and there is no #{anchor}."


def _anchors(page: BeautifulSoup) -> set[str]:
    return {str(tag.get("id") or tag.get("name")) for tag in page.select("[id], a[name]")}


def remote_requests(rendered: Rendered) -> Iterator[str]:
    """Elements and styles that would load something from elsewhere; links that a person follows are no request."""
    for name, page in rendered.pages.items():
        for tag in page.select("[src], object[data], link[href]:not([rel=canonical], [rel=license])"):
            address = str(tag.get("src") or tag.get("data") or tag.get("href"))
            if _REMOTE.match(address):
                yield f"_output/{name}.html: <{tag.name}> loads {address:.80}."
        for style in page.find_all("style"):
            for address in _STYLE_LOADS.findall(style.get_text()):
                yield f"_output/{name}.html: a style loads {address:.80}."


def full_dates(rendered: Rendered) -> Iterator[str]:
    """Dates to the day; only the document's own date, references and dated public events may have one."""
    events = rendered.root / "data" / "events.csv"
    public = set(_DAY.findall(events.read_text(encoding="utf-8"))) if events.is_file() else set()
    for name, page in rendered.pages.items():
        # a count in one cell or label and a month in the next are no date
        for found in _DAY.findall(text_of(page.body or page, _WITH_DAYS, frozenset({"td", "th", "text"}))):
            date = _iso(found)
            if date and date not in public:
                yield f"_output/{name}.html: prints {found!r}. Print the month; only data/events.csv has days."


def _iso(date: str) -> str:
    """A date as year, month and day; empty when the word in it is no month."""
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(date, form).date().isoformat()
    return ""
