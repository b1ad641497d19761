"""The rendered paper as the checks read it: pages, text, records and sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.base.failures import BuildFailure
from publish.base.places import document_names, output_folder
from publish.checks.sources import Source, read_sources
from publish.written.values import values_of

if TYPE_CHECKING:  # what checks sources alone does not wait for it
    from bs4 import BeautifulSoup, Tag

    from publish.pdf.sheets import Print

# What is not the author's running text: made from records, or about something else than the findings.
_NOT_PROSE = (
    "script, style, template, noscript, nav, svg, math, code, pre, table, figure, "
    "figcaption, .source, .voices, .address, .cite-as, #refs, .references, h1, h2, h3, h4, h5, h6, .citation, "
    "a[href^='#'], #title-block-header, .note-title, .footnote-ref, .colophon, .figure-tools, .downloads, "
    "[data-generated]"
)


@dataclass(frozen=True)
class Rendered:
    """A built project.

    Attributes:
        root: The project's root.
        pages: Document name to its parsed HTML page.
    """

    root: Path
    pages: dict[str, BeautifulSoup]

    @cached_property
    def manifest(self) -> dict[str, dict[str, Any]]:
        """Figure or table name to its entry in `figures/manifest.json`."""
        return self._manifest("figures")

    @cached_property
    def inputs(self) -> dict[str, str]:
        """Path to hash of what the figures were made from, as the manifest gives them."""
        return self._manifest("inputs")

    def _manifest(self, part: str) -> dict[str, Any]:
        content = json.loads((self.root / "figures" / "manifest.json").read_text(encoding="utf-8"))
        found: dict[str, Any] = content[part]
        return found

    @cached_property
    def values(self) -> dict[str, dict[str, Any]]:
        """Value that a document uses, by the name that it writes: `value`, `text`, `unit`, `cases`, `cell`."""
        return values_of(self.root)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents as their authors wrote them."""
        return read_sources(self.root)

    @cached_property
    def prose(self) -> dict[str, str]:
        """Document name to the running text of its page: no headings, captions, tables, citations or code."""
        return {name: text_of(page.main or page.body, _NOT_PROSE) for name, page in self.pages.items()}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Document name to all that a reader of its page can see; data in scripts left out."""
        return {name: text_of(page.body, "script, style, template") for name, page in self.pages.items()}

    @cached_property
    def prints(self) -> dict[str, list[str]]:
        """Document name to the text of each page of its PDF."""
        import pypdfium2

        texts = {}
        for name in self.pages:
            with pypdfium2.PdfDocument(output_folder(self.root) / f"{name}.pdf") as document:
                texts[name] = [page.get_textpage().get_text_range() for page in document]
        return texts

    @cached_property
    def printed(self) -> dict[str, Print]:
        """Document name to the measures of its PDF."""
        from publish.pdf.sheets import measure

        return {name: measure(output_folder(self.root) / f"{name}.pdf") for name in self.pages}


def text_of(part: Tag | None, without: str, apart: frozenset[str] = frozenset()) -> str:
    """The text of a part of a page on one line, without what a selector names.

    Args:
        part: The part.
        without: A CSS selector; nothing in what it selects is text.
        apart: Names of elements whose text must not run into the next one's: a bar comes after each.
    """
    from bs4 import Tag
    from bs4.element import PreformattedString

    left_out = {id(tag) for tag in part.select(without)} if part else set()

    def strings(tag: Tag) -> Iterator[str]:
        for child in tag.children:
            if isinstance(child, Tag):
                if id(child) not in left_out:
                    yield from strings(child)
            elif not isinstance(child, PreformattedString):  # such as a comment
                yield str(child)
        if tag.name in apart:
            yield " | "

    return re.sub(r"\s+", " ", " ".join(strings(part))) if part else ""


def read_rendered(root: Path) -> Rendered:
    """Read the outputs of the last build.

    Raises:
        BuildFailure: A document was not built.
    """
    from bs4 import BeautifulSoup

    pages = {}
    for name in document_names(root):
        page, print_ = (output_folder(root) / f"{name}.{ending}" for ending in ("html", "pdf"))
        if not page.is_file() or not print_.is_file():
            raise BuildFailure(f"_output/{name}.html or .pdf is not there. Run `paper build` first.")
        pages[name] = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    return Rendered(root, pages)
