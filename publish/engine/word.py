"""The paper as a Word document for co-authors: their comments in the source become comments in Word.

Pandoc writes it whatever the engine. It is a working copy: what is published is the page and the PDF.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from publish.base import palette
from publish.engine import pandoc, typst_pdf
from publish.engine.project import Settings, as_list
from publish.engine.tree import Node, nodes

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_IN_LINES = ("Para", "Plain", "Header")
_AUTHOR = "Co-author"
_WIDTH = re.compile(r'<svg[^>]*\bwidth="([\d.]+)pt"')
_DOTS = 200  # an inch
_SMALL = '<w:rPr><w:sz w:val="16" /></w:rPr>'
_A4 = (
    '<w:pgSz w:w="11906" w:h="16838" /><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
    'w:header="708" w:footer="708" w:gutter="0" />'
)


def write(tree: Node, settings: Settings, root: Path) -> bytes:
    """The document as Word reads it: figures as PNG with their alternative texts, values as plain text.

    Args:
        tree: The syntax tree, values filled in.
        settings: What holds for the print.
        root: The project's root.

    Raises:
        RenderFailed: Pandoc or Typst stopped or warned.
    """
    commented: Node = _commented(tree, count(), settings.date.isoformat())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for image in nodes(commented):
            if image["t"] == "Image" and image["c"][2][0].endswith(".svg"):
                _as_png(image, settings, root, folder)
        target, reference = folder / "made.docx", folder / "reference.docx"
        _write_reference(root, reference, settings.epoch)
        filters = pandoc.filters(settings.options)
        bibliography = as_list(settings.options.get("bibliography"))
        arguments = [
            "--from=json",
            "--to=docx",
            "--fail-if-warnings",
            f"--resource-path={root}{os.pathsep}{folder}",
            "--shift-heading-level-by=-1",
        ]
        arguments += [f"--lua-filter={one}" for one in filters] + [f"--bibliography={one}" for one in bibliography]
        arguments += [f"--reference-doc={reference}", f"--output={target}", "--metadata=number-sections:true"]
        arguments += ["--citeproc"] * bool(settings.options.get("citeproc"))
        pandoc.run(arguments, json.dumps(commented), root, SOURCE_DATE_EPOCH=str(settings.epoch))
        return target.read_bytes()


def _commented(part: Any, numbers: Iterator[int], date: str) -> Any:
    """A part of a tree with each comment of the source as one of Word's; between blocks it moves to the next words."""
    if isinstance(part, dict):
        return {key: _commented(value, numbers, date) for key, value in part.items()}
    if not isinstance(part, list):
        return part
    made: list[Any] = []
    waiting: list[Node] = []
    for item in part:
        kind = item.get("t") if isinstance(item, dict) else None
        raw = [item] if kind in ("RawBlock", "RawInline") else []
        if kind == "Table":  # its caption is printed and is the table's title, which can hold no comment
            raw = [one for one in nodes(item["c"][1]) if one["t"] == "RawInline"]
        words = [text for one in raw if one["c"][0] == "html" for text in _COMMENT.findall(one["c"][1])]
        spans = [span for text in words for span in _spans(" ".join(text.split()), next(numbers), date)]
        if kind == "RawInline" and spans:
            made += spans
            continue
        waiting += spans
        if kind == "Table":
            for one in raw:
                one["c"] = ["none", ""]
        if kind != "RawBlock" or not spans:
            made.append(_commented(item, numbers, date))
            if waiting and kind in _IN_LINES:
                place = 2 if kind == "Header" else None
                content = made[-1]["c"] if place is None else made[-1]["c"][place]
                content[:0], waiting = waiting, []
    return [*made, {"t": "Para", "c": waiting}] if waiting else made


def _spans(text: str, number: int, date: str) -> list[Node]:
    """A comment as pandoc writes it into a Word document: where it begins, with its words, and where it ends."""
    about = [["id", str(number)], ["author", _AUTHOR], ["date", f"{date}T00:00:00Z"]]
    start = {"t": "Span", "c": [["", ["comment-start"], about], [{"t": "Str", "c": text}]]}
    return [start, {"t": "Span", "c": [["", ["comment-end"], about[:1]], []]}]


def _as_png(image: Node, settings: Settings, root: Path, folder: Path) -> None:
    """Put a PNG in place of a drawing, set in the project's own fonts and as wide as the drawing."""
    source = image["c"][2][0].lstrip("/")
    points = _WIDTH.search((root / source).read_text("utf-8"))
    file = folder / f"{source.replace('/', '-')}.png"
    file.write_bytes(typst_pdf.compile_png(source, settings, root, _DOTS))
    image["c"][2][0] = file.name  # the document keeps it
    if points:
        image["c"][0][2].append(["width", f"{float(points[1]) / 72:.2f}in"])


def _write_reference(root: Path, file: Path, epoch: int) -> None:
    """Pandoc's own reference document with the paper's fonts, colours and sheet."""
    plain = file.with_name("plain.docx")
    asked = [f"--output={plain}", "--print-default-data-file=reference.docx"]  # in this order: it obeys at once
    pandoc.run(asked, "", root, SOURCE_DATE_EPOCH=str(epoch))
    fonts = yaml.safe_load((root / palette.FILE).read_text("utf-8"))["fonts"]
    accent = palette.names(root)["accent"].lstrip("#").upper()
    changes = {
        "word/theme/theme1.xml": [
            (r'(?s)(<a:majorFont>.*?<a:latin typeface=")[^"]*', rf"\g<1>{fonts['display']}"),
            (r'(?s)(<a:minorFont>.*?<a:latin typeface=")[^"]*', rf"\g<1>{fonts['serif']}"),
        ],
        "word/styles.xml": [
            (r'<w:color\b[^>]*themeColor="accent1"[^>]*/>', f'<w:color w:val="{accent}" />'),
            (r'(<w:rPrDefault>.*?<w:sz w:val=")24', r"\g<1>22"),
            (r'w:lang w:val="en-US"', 'w:lang w:val="en-GB"'),
            (r'(w:styleId="Table"[^>]*>.*?<w:qFormat />)', rf"\g<1>{_SMALL}"),  # in the text's size numbers break
            (r'(w:styleId="Table"[^>]*>.*?)w:w="108"(.*?)w:w="108"', r'\g<1>w:w="60"\g<2>w:w="60"'),
        ],
        "word/document.xml": [(r"</w:footnotePr>\s*</w:sectPr>", f"</w:footnotePr>{_A4}</w:sectPr>")],
    }
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w") as target:
        for member in source.infolist():
            text = source.read(member)
            for pattern, new in changes.get(member.filename, ()):
                text = re.sub(pattern, new, text.decode(), flags=re.DOTALL).encode()
            target.writestr(member, text)
