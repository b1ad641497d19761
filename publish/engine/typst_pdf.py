"""Typst, the embedded engine's second half: Typst source to a tagged PDF whose bytes depend on nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from publish.base.problems import RenderFailed
from publish.engine.project import Settings, as_list

_PLACE = re.compile(r"__typst_py_bytes__\.typ:(?P<line>\d+):(?P<column>\d+)")
_AROUND = 60
_PACKAGE = re.compile(r'"@[a-z]+/[\w-]+:[\d.]+"')
_compiling = Lock()  # a compiler does one thing at a time, on all processors
_COMPILER: Any = typst.Compiler  # the stubs of the package take no source as bytes; the package does


@cache
def version() -> str:
    """The version of the Typst compiler itself, as it signs its PDFs; its Python package counts its own."""
    asked = _COMPILER(b"#metadata(str(sys.version)) <version>", ignore_system_fonts=True)
    return str(json.loads(asked.query("<version>", field="value", one=True)))


def compile_pdf(
    source: str, settings: Settings, root: Path, locate: Callable[[str], str | None] | None = None
) -> bytes:
    """The PDF of a Typst document: tagged, of the configured standard, dated as the document is.

    Only the project's fonts are used, no package of the machine or the network, and no clock is read.

    Args:
        source: The document in Typst; its paths start at the root.
        settings: What holds for the document: `font-paths`, `pdf-standard`, date.
        root: The project's root.
        locate: Finds a piece of text in the paper's own source, as `report.qmd:12`, for the messages.

    Raises:
        RenderFailed: Typst stopped, or warned of something that would be missing from the print, such as a font.
    """
    fonts = [str(root / str(path)) for path in as_list(settings.options.get("font-paths"))]
    standards: list[Any] = [str(standard) for standard in as_list(settings.options.get("pdf-standard"))]
    if package := _PACKAGE.search(source):
        raise RenderFailed(
            f"{package[0]} is a package, which the lock file does not hold. Put its code into theme/print."
        )
    try:
        with _compiling:
            pdf, warnings = _compiler(str(root), tuple(fonts)).compile_with_warnings(
                source.encode(), format="pdf", pdf_standards=standards, timestamp=settings.epoch, pdf_tags=True
            )
    except typst.TypstError as error:
        raise RenderFailed(_readable([error], source, locate)) from error
    if warnings:
        raise RenderFailed(_readable(warnings, source, locate))
    assert isinstance(pdf, bytes)  # noqa: S101 - one format, one output
    return pdf


@cache
def _compiler(root: str, fonts: tuple[str, ...]) -> Any:
    """The one compiler of a project in this process: with what it remembers of a document, a word takes a tenth.

    It finds no package: `compile_pdf` refuses them by name, and where they would be is nothing.
    """
    nothing = f"{root}/.cache/no-packages"
    where = {"package_path": nothing, "package_cache_path": nothing}
    return _COMPILER(b"", root=root, font_paths=list(fonts), ignore_system_fonts=True, **where)


def compile_png(drawing: str, settings: Settings, root: Path, dots: int) -> bytes:
    """A drawing of the project as PNG, set in the project's fonts alone.

    Args:
        drawing: The SVG file, from the root.
        settings: What holds for the document: `font-paths`.
        root: The project's root.
        dots: Pixels an inch.
    """
    fonts = [str(root / str(path)) for path in as_list(settings.options.get("font-paths"))]
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#image({json.dumps('/' + drawing)})"
    with _compiling:
        made: bytes = _compiler(str(root), tuple(fonts)).compile(source.encode(), format="png", ppi=dots)
    return made


def _readable(complaints: Sequence[Exception], source: str, locate: Callable[[str], str | None] | None) -> str:
    """Typst's complaints: the place in the paper where it can be told, what is wrong, the text, and the way out."""
    lines = source.splitlines()
    parts = []
    for complaint in complaints:
        message = str(getattr(complaint, "message", complaint))
        place = _PLACE.search(str(getattr(complaint, "diagnostic", "")))
        excerpt, where = "", None
        if place and int(place["line"]) <= len(lines):
            line, column = lines[int(place["line"]) - 1], int(place["column"]) - 1
            excerpt = line[max(0, column - _AROUND) : column + _AROUND].strip()
            where = _origin(line, locate)
        if not where and locate and (letters := re.search(r'`"(.+)"` could not be displayed', message)):
            where = locate(letters[1])
        head = f"{where} Typst: {message}." if where else f"Typst: {message}."
        hints = [f"  Hint: {hint}." for hint in getattr(complaint, "hints", [])]
        parts.append("\n".join([head, *([f"  In: {excerpt}"] if excerpt else []), *hints]))
    return "\n".join(parts)


def _origin(line: str, locate: Callable[[str], str | None] | None) -> str | None:
    """Where a line of the generated Typst comes from, told by its longest piece of plain words."""
    pieces = sorted(re.findall(r"[A-Za-z][A-Za-z ,-]{6,}[A-Za-z]", line), key=len, reverse=True)
    return next((found for piece in pieces if locate and (found := locate(piece))), None)
