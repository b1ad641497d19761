"""The first difference between two files, in words: a line of text, an object of a PDF, a member of a zip."""

from __future__ import annotations

import io
import zipfile
from itertools import zip_longest
from pathlib import Path

_LONGEST = 90


def first_difference(first: Path, second: Path) -> str:
    """What differs first between two files; empty when every byte is equal.

    Args:
        first: One file; it may be missing.
        second: The other.
    """
    if not first.is_file() or not second.is_file():
        return f"is missing in {'the first' if not first.is_file() else 'the second'}"
    one, two = first.read_bytes(), second.read_bytes()
    if one == two:
        return ""
    if first.suffix in (".zip", ".pdf"):
        return (_in_zip if first.suffix == ".zip" else _in_pdf)(first, second)
    try:
        return _line(one.decode(), two.decode())
    except UnicodeDecodeError:
        place = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
        return f"they differ from byte {place} of {len(one)} and {len(two)}"


def _line(one: str, two: str) -> str:
    for number, (a, b) in enumerate(zip_longest(one.split("\n"), two.split("\n")), 1):
        if (a or "").rstrip("\r") != (b or "").rstrip("\r"):
            return f"line {number}: {_around(a, b)} in the first, {_around(b, a)} in the second"
    return "only the ends of their lines differ"


def _around(text: str | None, other: str | None) -> str:
    """The part of a line around its first difference from the other."""
    if not text:
        return "(nothing)"
    pairs = zip(text, other or "", strict=False)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(text), len(other or "")))
    begin = max(0, place - _LONGEST // 3)
    part = text[begin : begin + _LONGEST]
    return f"{'...' if begin else ''}{part!r}{'...' if begin + _LONGEST < len(text) else ''}"


def _in_zip(first: Path, second: Path) -> str:
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        if one.namelist() != two.namelist():
            return f"they hold other files: {sorted({*one.namelist()} ^ {*two.namelist()}) or 'the same, reordered'}"
        differ = (name for name in one.namelist() if one.read(name) != two.read(name))
        return next((f"{name} differs" for name in differ), "they hold the same files, packed in another way")


def _in_pdf(first: Path, second: Path) -> str:
    """The first page whose content differs, else the first line of the form of qpdf that people can read."""
    import pikepdf

    with pikepdf.open(first) as one, pikepdf.open(second) as two:
        for number, pages in enumerate(zip(one.pages, two.pages, strict=False), 1):
            for page in pages:
                page.contents_coalesce()
            contents = [page.Contents.read_bytes().decode("latin-1") for page in pages]
            if contents[0] != contents[1]:
                return f"page {number}, {_line(*contents)}"
        texts = io.BytesIO(), io.BytesIO()
        for pdf, text in zip((one, two), texts, strict=True):
            pdf.save(text, qdf=True)
    return _line(*(text.getvalue().decode("latin-1") for text in texts))
