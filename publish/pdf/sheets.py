"""What the layout of a PDF is judged by: letters and ink by their boxes, citations by their links, rows by tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

from publish.pdf.lettering import Box, Look, box_of, grounds_of, look_of

_FOOT = re.compile(r"Page\d+of\d+$")
_LABEL = re.compile(r"(Figure|Table)[\s\u00a0]*([A-Z]?[\d.]*\d)[\s\u00a0]*:")
_RUNS_OF_A_LABEL = 4
_NUMBER = re.compile(r"[\d.]+\s")
_LINE = 12.0  # points; letters no further apart in height may stand on one line


class Place(NamedTuple):
    """A place in reading order: page, from 1, and points below the page's upper edge."""

    page: int
    down: float


class Run(NamedTuple):
    """Letters that are set together, the box of their ink, and how they look."""

    text: str
    box: Box
    look: Look


class Heading(NamedTuple):
    """A heading as the bookmarks give it: level from 0, and whether it has a number."""

    place: Place
    level: int
    title: str
    numbered: bool


@dataclass(frozen=True)
class Sheet:
    """A page: its size in points, its letters, and the boxes of its other ink, without the ground of a whole page."""

    width: float
    height: float
    runs: tuple[Run, ...]
    ink: tuple[Box, ...]

    @cached_property
    def foot(self) -> tuple[Run, ...]:
        """The running foot, left to right; empty on a page without one, such as a cover."""
        lowest = min((run.box[1] for run in self.runs), default=0.0)
        line = sorted((run for run in self.runs if run.box[1] < lowest + _LINE / 2), key=lambda run: run.box[0])
        return tuple(line) if _FOOT.search(re.sub(r"\s", "", "".join(run.text for run in line))) else ()

    @cached_property
    def gap(self) -> float:
        """The empty part at the end of the page, of the height between head and foot; 0 on a page without a foot."""
        if not self.foot:
            return 0.0
        foot = max(run.box[3] for run in self.foot)
        lows = [box[1] for box in (*(run.box for run in self.runs), *self.ink) if box[1] > foot + 1]
        return (min(lows, default=self.height - foot) - foot) / (self.height - 2 * foot)

    def starts_at(self, down: float) -> bool:
        """Whether nothing but a running head stands above a place."""
        above = [run.box[3] for run in self.runs if run.box[1] > self.height - down]
        return not above or max(above) - min(above) < _LINE


@dataclass(frozen=True)
class Print:
    """The measures of a PDF.

    Attributes:
        sheets: Its pages.
        headings: In order.
        labels: Place and name of each figure and table, such as `Table 2`, where its caption begins.
        links: What each link within the document says, such as `Table 2`, and its place.
        rows: For each table, page to the number of its rows there, without those of its header.
    """

    sheets: tuple[Sheet, ...]
    headings: tuple[Heading, ...]
    labels: tuple[tuple[Place, str], ...]
    links: tuple[tuple[str, Place], ...]
    rows: tuple[dict[int, int], ...]

    @cached_property
    def annexes(self) -> Place:
        """Where the annexes begin: at the first main heading without a number after one that has it."""
        pairs = pairwise(heading for heading in self.headings if heading.level == 0)
        found = (after.place for before, after in pairs if before.numbered and not after.numbered)
        return next(found, Place(len(self.sheets) + 1, 0.0))

    @cached_property
    def opening(self) -> Place:
        """Where the first numbered part begins: what stands before it is the front."""
        return next((one.place for one in self.headings if one.level == 0 and one.numbered), Place(0, 0.0))

    @cached_property
    def ends(self) -> set[int]:
        """The last page of each part: summary, contents, body, annex. A part's heading opens the next page."""
        main = [heading for heading in self.headings if heading.level == 0]
        first = [heading for heading in main if heading.numbered][:1]
        opening = [place for place, *_ in (*first, *(heading for heading in main if not heading.numbered))]
        return {len(self.sheets), *(at.page - 1 for at in opening if self.sheets[at.page - 1].starts_at(at.down))}


def measure(path: Path) -> Print:
    """Read a PDF's pages, headings, figures, references and rows."""
    with pypdfium2.PdfDocument(path) as seen, pikepdf.open(path) as tagged:
        sheets = tuple(_sheet(page) for page in seen)
        headings = tuple(_heading(mark, sheets) for mark in seen.get_toc())
        numbers = {page.obj.objgen: number for number, page in enumerate(tagged.pages, 1)}
        pairs = enumerate(zip(seen, tagged.pages, strict=True), 1)
        links = tuple(link for n, (page, tags) in pairs for link in _links(n, page, tags.get("/Annots", [])))
        tables = [one for one in tagged.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Table"]
        rows = tuple(dict(Counter(_page_of(row, numbers) for row in _body_rows(table.K))) for table in tables)
    labels = tuple(sorted(label for number, sheet in enumerate(sheets, 1) for label in _labels(number, sheet)))
    return Print(sheets, headings, labels, links, rows)


def _sheet(page: Any) -> Sheet:
    kinds = [raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING]
    things = [(thing, box_of(thing)) for thing in page.get_objects(kinds, textpage=page.get_textpage())]
    grounds = grounds_of((thing, box) for thing, box in things if thing.type == raw.FPDF_PAGEOBJ_PATH)
    texts = [(thing, box) for thing, box in things if thing.type == raw.FPDF_PAGEOBJ_TEXT]
    said = ((words, text, box) for text, box in texts if (words := text.extract()).strip())
    runs = tuple(Run(words, box, look_of(text, box, grounds)) for words, text, box in said)
    width, height = page.get_size()
    others = (box for thing, box in things if thing.type != raw.FPDF_PAGEOBJ_TEXT)
    return Sheet(width, height, runs, tuple(box for box in others if box[2] - box[0] < width - 1))


def _heading(mark: Any, sheets: tuple[Sheet, ...]) -> Heading:
    page, (_, (_, at, *_)) = mark.get_dest().get_index(), mark.get_dest().get_view()
    title = mark.get_title()
    return Heading(Place(page + 1, sheets[page].height - at), mark.level, title, bool(_NUMBER.match(title)))


def _labels(number: int, sheet: Sheet) -> Iterator[tuple[Place, str]]:
    """The names that open captions on a page. A name may be several runs; in a paragraph no colon follows it."""
    for index, run in enumerate(sheet.runs):
        found = _LABEL.match("".join(one.text for one in sheet.runs[index : index + _RUNS_OF_A_LABEL]).lstrip())
        if found:
            yield Place(number, sheet.height - run.box[3]), f"{found[1]} {found[2]}"


def _links(number: int, page: Any, links: Any) -> Iterator[tuple[str, Place]]:
    """What the links of a page to places in the document say, and where they stand."""
    for link in links:
        if "/Dest" in link:
            left, low, right, top = map(float, link.Rect)
            words = page.get_textpage().get_text_bounded(left, low, right, top)
            yield " ".join(words.split()), Place(number, page.get_height() - top)


def _body_rows(tag: Any) -> Iterator[Any]:
    """The rows of a table's tags, without those of its header."""
    for part in tag if isinstance(tag, pikepdf.Array) else [tag]:
        if isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/TR":
            yield part
        elif isinstance(part, pikepdf.Dictionary) and part.get("/S") != "/THead":
            yield from _body_rows(part.get("/K", []))


def _page_of(tag: Any, numbers: dict[Any, int]) -> int:
    """The page on which a tag's first letters stand; 0 where it has none."""
    if isinstance(tag, pikepdf.Array):
        return next(filter(None, (_page_of(part, numbers) for part in tag)), 0)
    if not isinstance(tag, pikepdf.Dictionary):
        return 0
    return numbers[tag.Pg.objgen] if "/Pg" in tag else _page_of(tag.get("/K", 0), numbers)
