"""What a screen reader finds in a PDF: its title and language, and the tree of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

HEADING = re.compile(r"H([1-6])")
PARTS_OF_A_LIST = frozenset({"Caption", "L", "LI"})


@dataclass
class Tag:
    """One element of the structure tree.

    Attributes:
        role: Its standard role, without the slash: `Figure`, `TH`, `H2`.
        page: The page it stands on, from 1; 0 where none is named.
        alt: Its alternative text.
        scope: Of a header cell: `Column`, `Row` or `Both`.
        children: The tags inside it.
        has_content: Whether text or graphics hang on it directly.
    """

    role: str
    page: int
    alt: str = ""
    scope: str = ""
    children: list[Tag] = field(default_factory=list)
    has_content: bool = False

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(pdf: pikepdf.Pdf) -> Tag | None:
    """The structure tree with its roles mapped to the standard ones; None where the PDF has no tags."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return None
    roles = {str(name): str(role) for name, role in root.get("/RoleMap", pikepdf.Dictionary()).items()}
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    top = Tag("Root", 0)
    _add(top, root.get("/K"), roles, pages)
    return top


def _add(parent: Tag, kids: Any, roles: dict[str, str], pages: dict[tuple[int, int], int]) -> None:
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            _add(parent, kid, roles, pages)
    elif isinstance(kids, pikepdf.Dictionary) and "/S" in kids:
        role = str(kids["/S"])
        page = kids.get("/Pg")
        tag = Tag(
            roles.get(role, role).lstrip("/"),
            parent.page if page is None else pages.get(page.objgen, 0),
            str(kids.get("/Alt", "")),
            _scope(kids.get("/A")),
        )
        parent.children.append(tag)
        _add(tag, kids.get("/K"), roles, pages)
        tag.page = tag.page or next((below.page for below in tag.walk() if below.page), 0)
    elif kids is not None:
        parent.has_content = True


def _scope(attributes: Any) -> str:
    entries = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    for entry in entries:
        if isinstance(entry, pikepdf.Dictionary) and "/Scope" in entry:
            return str(entry["/Scope"]).lstrip("/")
    return ""


def document_faults(pdf: pikepdf.Pdf) -> list[str]:
    """What the document does not say of itself: title, language, tags, PDF/UA-1, bookmarks. Empty when all is said."""
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        title = str(metadata.get("dc:title", "")).strip()
        standard = str(metadata.get("pdfuaid:part", ""))
    faults = []
    if not title:
        faults.append("has no title. Give the document a `title`.")
    if not str(root.get("/Lang", "")).strip():
        faults.append("names no language. Give the document a `lang`.")
    if not bool(root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False)):
        faults.append("shows its file name where its title should stand (DisplayDocTitle).")
    if not bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)):
        faults.append("is not tagged.")
    if standard != "1":
        faults.append("does not claim PDF/UA-1. Set `pdf-standard: ua-1`.")
    with pdf.open_outline() as outline:
        if not outline.root:
            faults.append("has no bookmarks.")
    return faults


def tree_faults(top: Tag) -> list[str]:
    """What is wrong in the tree of tags, each with its page. Empty when nothing is.

    Every figure has a text, every table its header cells with a scope, headings begin at one and leave out no level,
    a list holds items only, a link holds text.

    Args:
        top: The root that `tree` gives.
    """
    return [*_figures(top), *_tables(top), *_headings(top), *_lists(top), *_links(top)]


def _figures(top: Tag) -> Iterator[str]:
    for tag in top.walk():
        if tag.role in ("Figure", "Formula") and not tag.alt.strip():
            yield f"page {tag.page}: a {tag.role.lower()} has no alternative text. Give it `fig-alt`."


def _tables(top: Tag) -> Iterator[str]:
    for table in (tag for tag in top.walk() if tag.role == "Table"):
        heads = [tag for tag in table.walk() if tag.role == "TH"]
        if not heads:
            yield f"page {table.page}: a table has no header cells. Give it a header row."
        elif any(not head.scope for head in heads):
            yield f"page {table.page}: a header cell of a table does not say whether it heads a row or a column."


def _headings(top: Tag) -> Iterator[str]:
    before = 0
    for tag in top.walk():
        match = HEADING.fullmatch(tag.role)
        if match is None:
            continue
        level = int(match[1])
        if level > before + 1:
            after = f"follows one of level {before}" if before else "is the first"
            yield f"page {tag.page}: a heading of level {level} {after}. Headings leave out no level."
        if not any(below.has_content for below in tag.walk()):
            yield f"page {tag.page}: a heading has no text."
        before = level
    if before == 0:
        yield "has no headings."


def _lists(top: Tag) -> Iterator[str]:
    for tag in (tag for tag in top.walk() if tag.role == "L"):
        strangers = {child.role for child in tag.children} - PARTS_OF_A_LIST
        if strangers or not tag.children:
            yield f"page {tag.page}: a list holds {', '.join(sorted(strangers)) or 'nothing'} where items should be."


def _links(top: Tag) -> Iterator[str]:
    for tag in (tag for tag in top.walk() if tag.role == "Link"):
        if not any(below.has_content for below in tag.walk()):
            yield f"page {tag.page}: a link has no text."
