"""The rendered paper as the checks read it: pages, text, records and sources."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from publish.base.failures import BuildFailure
from publish.base.places import document_names, notebook_names, output_folder
from publish.build.states import FigureSet

# What is not the author's running text: made from records, or about something else than the findings.
_NOT_PROSE = (
    "script, style, template, noscript, nav, svg, math, code, pre, table, figure, figcaption, .source, "
    "#refs, .references, h1, h2, h3, h4, h5, h6, .citation, a[href^='#'], "
    "#title-block-header .edition, #title-block-header .cite-as, .footnote-ref, .colophon, .figure-tools, "
    ".downloads, [data-generated]"
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
        content = json.loads((self.root / "figures" / "manifest.json").read_text(encoding="utf-8"))
        found: dict[str, dict[str, Any]] = content["figures"]
        return found

    @cached_property
    def values(self) -> dict[str, dict[str, Any]]:
        """Value name to its record."""
        sets = (FigureSet(name, self.root / "figures", name) for name in notebook_names(self.root))
        read = (json.loads(one.values_file.read_text(encoding="utf-8"))["values"] for one in sets)
        return {name: value for values in read for name, value in values.items()}

    def source_lines(self) -> Iterator[tuple[str, int, str]]:
        """File, line number and text of every line of the documents and of the parts that they include."""
        for file in sorted(self.root.glob("*.qmd")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                yield file.name, number, line

    def prose(self, name: str) -> str:
        """The running text of a page: no headings, captions, tables, citations, references or code."""
        body = copy.copy(self.pages[name].body)
        if not isinstance(body, Tag):
            return ""
        for tag in body.select(_NOT_PROSE):
            tag.decompose()
        return re.sub(r"\s+", " ", body.get_text(" "))

    def text(self, name: str) -> str:
        """All that a reader of a page can see, data in scripts left out."""
        body = copy.copy(self.pages[name].body)
        if not isinstance(body, Tag):
            return ""
        for tag in body.select("script, style, template"):
            tag.decompose()
        return re.sub(r"\s+", " ", body.get_text(" "))

    def printed(self, name: str) -> list[str]:
        """The text of each page of a document's PDF."""
        import pypdfium2

        with pypdfium2.PdfDocument(output_folder(self.root) / f"{name}.pdf") as document:
            return [page.get_textpage().get_text_range() for page in document]


def read_rendered(root: Path) -> Rendered:
    """Read the outputs of the last build.

    Raises:
        BuildFailure: A document was not built.
    """
    pages = {}
    for name in document_names(root):
        page, print_ = (output_folder(root) / f"{name}.{ending}" for ending in ("html", "pdf"))
        if not page.is_file() or not print_.is_file():
            raise BuildFailure(f"_output/{name}.html or .pdf is not there. Run `paper build` first.")
        pages[name] = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    return Rendered(root, pages)
