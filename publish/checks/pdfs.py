"""Check of the PDFs: readable by eyes and by screen readers, and as long as they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from publish.base import palette
from publish.base.places import output_folder
from publish.checks.rendered import Rendered
from publish.pdf import print as pdf_print

PAGES_OF_A_BRIEF = 2
_BRIEF = re.compile(r"(?m)^brief: true$")


def prints(rendered: Rendered) -> Iterator[str]:
    """What is wrong with each document's PDF; a summary must fit on its page, a brief on two."""
    fonts = yaml.safe_load((rendered.root / palette.FILE).read_text(encoding="utf-8"))["fonts"]
    briefs = {source.file for source in rendered.sources if _BRIEF.search(source.text)}
    for name, page in rendered.pages.items():
        summaries = [heading.get_text(" ", strip=True) for heading in page.select(".summary > h2")]
        pages = PAGES_OF_A_BRIEF if f"{name}.qmd" in briefs else None
        pdf = output_folder(rendered.root) / f"{name}.pdf"
        yield from map(str, pdf_print.check(pdf, f"_output/{pdf.name}", summaries, pages, fonts.values()))
