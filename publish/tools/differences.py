"""The first difference between two files, in words: a line of text, an object of a PDF, a member of a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

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
    if first.suffix == ".pdf":
        return next(_pdf_differences(first, second), f"the PDFs hold the same objects; {_byte(one, two)}")
    if first.suffix == ".zip":
        return next(_zip_differences(first, second), f"the zips hold the same files; {_byte(one, two)}")
    try:
        return _line(one.decode(), two.decode())
    except UnicodeDecodeError:
        return _byte(one, two)


def _byte(one: bytes, two: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"they differ from byte {place} of {len(one)} and {len(two)}"


def _line(one: str, two: str) -> str:
    pairs = enumerate(zip_longest(one.splitlines(), two.splitlines()), 1)
    for number, (a, b) in pairs:
        if a != b:
            return f"line {number}: {_around(a, b)} in the first, {_around(b, a)} in the second"
    return "only the ends of their lines differ"


def _around(text: str | None, other: str | None) -> str:
    """The part of a line around its first difference from the other."""
    if text is None:
        return "(nothing)"
    pairs = zip(text, other or "", strict=False)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(text), len(other or "")))
    begin = max(0, place - _LONGEST // 3)
    part = text[begin : begin + _LONGEST]
    return f"{'...' if begin else ''}{part!r}{'...' if begin + _LONGEST < len(text) else ''}"


def _zip_differences(first: Path, second: Path) -> Iterator[str]:
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        names = one.namelist(), two.namelist()
        if names[0] != names[1]:
            yield f"they hold other files: {sorted(set(names[0]) ^ set(names[1])) or 'the same in another order'}"
        for name in names[0]:
            if name in names[1] and one.read(name) != two.read(name):
                yield f"{name} differs"


def _pdf_differences(first: Path, second: Path) -> Iterator[str]:
    import pikepdf

    with pikepdf.open(first) as one, pikepdf.open(second) as two:
        if len(one.pages) != len(two.pages):
            yield f"{len(one.pages)} pages in the first, {len(two.pages)} in the second"
        for number, (a, b) in enumerate(zip(one.pages, two.pages, strict=False), 1):
            if _content(a.obj) != _content(b.obj):
                yield f"page {number}: its content (object {_number(a.obj)}) differs"
        for left, right in zip(list(one.objects), list(two.objects), strict=False):
            if _written(left) != _written(right):
                yield f"object {_number(left)} ({_kind(left)}): {_line(_written(left), _written(right))}"
        if one.trailer.unparse() != two.trailer.unparse():
            yield f"the trailer, which holds the document's ID: {_line(str(one.trailer), str(two.trailer))}"


def _content(page: Any) -> bytes:
    parts = page.get("/Contents")
    streams = [] if parts is None else parts if str(getattr(parts, "_type_name", "")) == "array" else [parts]
    return b"".join(stream.read_bytes() for stream in streams)


def _written(thing: Any) -> str:
    text: str = thing.unparse(resolved=True).decode("latin-1")
    if hasattr(thing, "read_raw_bytes") and getattr(thing, "_type_name", "") == "stream":
        text += thing.read_raw_bytes().decode("latin-1")
    return text


def _number(thing: Any) -> str:
    return str(thing.objgen[0]) if getattr(thing, "is_indirect", False) else "?"


def _kind(thing: Any) -> str:
    kind = thing.get("/Type") if hasattr(thing, "get") else None
    return str(kind or getattr(thing, "_type_name", "value")).lstrip("/")
