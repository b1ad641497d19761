"""Checks of what a reader sees: references, alternative texts, links, dates."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from publish.base.places import output_folder
from publish.checks.rendered import Rendered

_UNRESOLVED = re.compile(
    r"\{\{<.{0,60}|>\}\}|\?@\w[\w:-]*|(?<![\w/.@])@(?:fig|tbl|sec|eq)-[\w-]+|\(\?\?\?\)|\?(?:var|meta):[\w.-]+"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FULL_DATE = re.compile(
    rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}},) (?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
_LOADS = {
    "img": "src",
    "script": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
}


def unresolved(rendered: Rendered) -> Iterable[str]:
    """Marks of references, shortcodes and variables that no engine replaced, in the page and in print."""
    for name in rendered.pages:
        for found in _UNRESOLVED.finditer(rendered.texts[name]):
            yield f"_output/{name}.html: holds {found.group()!r}. Correct the name in {name}.qmd."
        for number, text in enumerate(rendered.prints[name], 1):
            for found in _UNRESOLVED.finditer(text):
                yield f"_output/{name}.pdf, page {number}: holds {found.group()!r}. Correct the name in {name}.qmd."


def alternative_texts(rendered: Rendered) -> Iterable[str]:
    """Images without an alternative text, or whose text only repeats the caption."""
    for name, page in rendered.pages.items():
        for image in page.select("main img, main svg[role=img]"):
            text = _alternative(image)
            figure = image.find_parent("figure")
            caption = figure.find("figcaption") if isinstance(figure, Tag) else None
            which = figure.get("id") if isinstance(figure, Tag) else None
            place = f"_output/{name}.html, image {which or image.get('id') or image.get('src', '')!s:.40}"
            if not text:
                yield f"{place}: has no alternative text. Give the figure an `alt` in its notebook."
            elif isinstance(caption, Tag) and _same(text, caption.get_text(" ")):
                yield f"{place}: its alternative text repeats the caption. State the finding with its numbers."


def _alternative(image: Tag) -> str:
    title = image.find("title")
    described = title.get_text() if isinstance(title, Tag) else ""
    return str(image.get("alt") or image.get("aria-label") or described).strip()


def _same(text: str, caption: str) -> bool:
    words = [
        re.sub(r"\W+", " ", part).strip().lower() for part in (text, re.sub(r"^\s*(Figure|Table)\s+\S+", "", caption))
    ]
    return words[0] == words[1]


def internal_links(rendered: Rendered) -> Iterable[str]:
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
            if not file.is_file():
                yield f"_output/{name}.html: links to {target}, and no such file is made."
                continue
            anchor = unquote(parts.fragment)
            if not anchor or "=" in anchor or file.suffix != ".html":
                continue
            if file not in anchors:
                anchors[file] = _anchors(BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser"))
            if anchor not in anchors[file]:
                yield f"_output/{name}.html: links to {target}, and there is no #{anchor}."


def _anchors(page: BeautifulSoup) -> set[str]:
    return {str(tag.get("id") or tag.get("name")) for tag in page.select("[id], a[name]")}


def remote_requests(rendered: Rendered) -> Iterable[str]:
    """Elements and styles that would load something from elsewhere; links that a person follows are no request."""
    for name, page in rendered.pages.items():
        for tag, attribute in _LOADS.items():
            for found in page.find_all(tag):
                address = str(found.get(attribute) or "")
                if re.match(r"(https?:)?//", address) and found.get("rel") not in (["canonical"], ["license"]):
                    yield f"_output/{name}.html: <{tag}> loads {address:.80}."
        for style in page.find_all("style"):
            for address in re.findall(
                r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)", style.get_text()
            ):
                yield f"_output/{name}.html: a style loads {address:.80}."


def full_dates(rendered: Rendered) -> Iterable[str]:
    """Dates to the day; only the document's own date, references and dated public events may have one."""
    events = _event_dates(rendered.root)
    for name, page in rendered.pages.items():
        body = copy.copy(page.body) if page.body else page
        for tag in body.select(
            "script, style, template, #title-block-header, #refs, .references, .citation, .colophon"
        ):
            tag.decompose()
        for part in body.select("td, th, text"):
            part.append(" | ")  # a count in one cell or label and a month in the next are no date
        for found in _FULL_DATE.finditer(re.sub(r"\s+", " ", body.get_text(" "))):
            if _iso(found.group()) not in events:
                yield f"_output/{name}.html: prints {found.group()!r}. Print the month; only data/events.csv has days."


def _event_dates(root: Path) -> set[str]:
    file = root / "data" / "events.csv"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return set(re.findall(r"\b\d{4}-\d\d-\d\d\b", text))


def _iso(date: str) -> str:
    months = _MONTHS.split("|")
    found = re.findall(r"\d+|[A-Z][a-z]+", date)
    if found[0].isdigit() and len(found[0]) == 4:
        return date
    month = next(part for part in found if part in months)
    day, year = (part for part in found if part != month)
    return f"{year}-{months.index(month) + 1:02d}-{int(day):02d}"
