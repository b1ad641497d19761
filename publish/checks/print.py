"""Check of the PDFs: readable by eyes and by screen readers, and as long as they promise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publish.base.places import output_folder
from publish.checks.rendered import Rendered
from publish.engine import project, qmd
from publish.pdf import print as pdf_checks

PAGES_OF_A_BRIEF = 2
PALETTE = "theme/palette.yml"
_SUMMARY = re.compile(r"^:+ *\{[^}]*\.summary\b[^}]*\}\s+#+ +(?P<title>[^{\n]+?) *(?:\{[^}]*\})?$", re.MULTILINE)


def prints(rendered: Rendered) -> Iterable[str]:
    """What is wrong with each document's PDF; a summary must fit on its page, a brief on two."""
    palette = project.read_yaml((rendered.root / PALETTE).read_text(encoding="utf-8"), PALETTE)
    for name in rendered.pages:
        document = f"{name}.qmd"
        source = qmd.expand_document(rendered.root, document)
        brief = project.settings(rendered.root, document, source.front, "pdf").metadata.get("brief", False)
        summaries = [] if brief else [found["title"] for found in _SUMMARY.finditer(source.body)]
        yield from map(
            str,
            pdf_checks.check(
                output_folder(rendered.root) / f"{name}.pdf",
                f"_output/{name}.pdf",
                summaries,
                PAGES_OF_A_BRIEF if brief else None,
                palette["fonts"].values(),
            ),
        )
