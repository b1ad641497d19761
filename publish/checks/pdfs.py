"""Checks of the PDFs: readable by eyes and by screen readers, with full pages and figures by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from publish.base import palette
from publish.base.places import output_folder
from publish.checks.rendered import Rendered
from publish.pdf import print as pdf_print
from publish.pdf.layout import layout_faults

_BRIEF = re.compile(r"(?m)^brief: true$")


def prints(rendered: Rendered) -> Iterator[str]:
    """What is wrong with each document's PDF; a summary must fit on its page."""
    fonts = yaml.safe_load((rendered.root / palette.FILE).read_text(encoding="utf-8"))["fonts"]
    for name, page in rendered.pages.items():
        summaries = [heading.get_text(" ", strip=True) for heading in page.select(".summary > h2")]
        pdf, printed = output_folder(rendered.root) / f"{name}.pdf", rendered.printed[name]
        yield from map(str, pdf_print.check(pdf, f"_output/{pdf.name}", summaries, fonts.values(), printed))


def layouts(rendered: Rendered) -> Iterator[str]:
    """What is wrong with the layout of each document's pages."""
    briefs = {source.file for source in rendered.sources if _BRIEF.search(source.text)}
    for name, printed in rendered.printed.items():
        for fault in layout_faults(printed, f"{name}.qmd" in briefs):
            yield f"_output/{name}.pdf {fault}"
