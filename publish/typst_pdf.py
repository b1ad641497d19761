"""Typst, the embedded engine's second half: Typst source to a tagged PDF whose bytes depend on nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst

from publish.problems import RenderFailed
from publish.project import Settings, as_list


@cache
def version() -> str:
    """The version of the Typst compiler that came with the locked packages."""
    return str(typst.__version__)


def compile_pdf(source: str, settings: Settings, root: Path) -> bytes:
    """The PDF of a Typst document: tagged, of the configured standard, dated as the document is.

    Only the project's fonts are used, and no clock is read.

    Args:
        source: The document in Typst; its paths start at the root.
        settings: What holds for the document: `font-paths`, `pdf-standard`, date.
        root: The project's root.

    Raises:
        RenderFailed: Typst stopped, or warned of something that would be missing from the print, such as a font.
    """
    fonts = [str(root / str(path)) for path in as_list(settings.options.get("font-paths"))]
    standards = [str(standard) for standard in as_list(settings.options.get("pdf-standard"))]
    try:
        compiler = typst.Compiler(source.encode(), root=str(root), font_paths=fonts, ignore_system_fonts=True)
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=standards, timestamp=settings.epoch, pdf_tags=True
        )
    except typst.TypstError as error:
        raise RenderFailed(_readable([error])) from error
    if warnings:
        raise RenderFailed(_readable(warnings))
    assert isinstance(pdf, bytes)  # noqa: S101 - one format, one output
    return pdf


def _readable(complaints: Sequence[Exception]) -> str:
    """Typst's complaints: what, the way out, and the place in the generated source."""
    parts = []
    for complaint in complaints:
        message = str(getattr(complaint, "message", complaint))
        hints = [f"  Hint: {hint}" for hint in getattr(complaint, "hints", [])]
        place = re.sub(r"__typst_py_bytes__\.typ", "the generated Typst", str(getattr(complaint, "diagnostic", "")))
        parts.append("\n".join([f"Typst: {message}", *hints, *place.strip().split("\n")[1:]]))
    return "\n".join(parts)
