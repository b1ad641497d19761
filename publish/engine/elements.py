"""What one element of a document may be, whatever stands around it: classes, attributes, names, images, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from publish.base.texts import REMAINS, REMARK
from publish.engine import support
from publish.engine.qmd import STAND_IN, Origin
from publish.engine.tree import Node, attributes_of, nodes, pattern_of_attributes, pattern_of_first_word, text_of

REFERENCES = {"fig": "figure", "tbl": "table", "sec": "section"}
OF_KIND = {"fig": "Figure", "tbl": "Table", "sec": "Header"}
FORMATS = {"html": "page", "typst": "PDF"}
# What has classes and attributes, by the name that the table gives it.
_PLACES = {
    "Header": "heading", "Div": "division", "Span": "span", "Figure": "figure", "Table": "table", "Image": "image",
    "Code": "code", "CodeBlock": "code block", "Link": "link",
}  # fmt: skip
_CONDITIONAL = frozenset({"content-visible", "content-hidden"})
_SIZE = re.compile(r"\d+(\.\d+)?(%|cm|mm|in)")
_METADATA = re.compile(rb"tEXt|zTXt|iTXt|eXIf|tIME|Exif\0\0|http://ns\.adobe\.com/|Photoshop 3\.0|sodipodi:|inkscape:")
Found = Iterator[tuple[str | Origin, str]]  # a place, or the pattern that finds it in the source; what is wrong there


def look(node: Node, root: Path) -> Found:
    """What is wrong with an element by itself.

    Args:
        node: An element of the syntax tree.
        root: The project's root, for images.
    """
    if node["t"] in _PLACES:
        yield from _names(node)
    if node["t"] == "Image":
        yield from _image(node, root)
    elif node["t"] in _LOOKS:
        yield from _LOOKS[node["t"]](node)


def _names(node: Node) -> Found:
    """Classes and attributes that the table does not hold, and a name of the wrong kind of thing."""
    place, (identifier, classes, attributes) = _PLACES[node["t"]], attributes_of(node)
    where = pattern_of_attributes(identifier, classes, attributes)
    on = "" if node["t"] in ("Div", "Span") else f" on a {place}" if place != "image" else " on an image"
    for name in classes:
        if (told := support.way_out(place, name)) is not None:
            yield rf"\.{re.escape(name)}\b", f".{name} is not supported{on}.{told}"
    if len(classes) > 1 and (node["t"] in ("Div", "Span") or (node["t"] == "CodeBlock" and len(classes) > 2)):
        yield where, f".{classes[0]} and .{classes[1]} share an element. Put one inside the other."
    taken = {name for one in classes for rule in [support.rule_of(place, one)] if rule for name in rule.takes}
    for name in attributes.keys() - taken:
        if (told := support.way_out(f"{place} attribute", name)) is not None or taken:
            yield rf"\b{re.escape(name)}=", f"{name}= is not supported{on}.{told or ''}"
    for name in attributes.keys() & support.names_of("condition"):
        if attributes[name] not in FORMATS:
            yield where, f'{name}="{attributes[name]}": name html or typst (the PDF).'
    if _CONDITIONAL & set(classes) and not attributes.keys() & support.names_of("condition"):
        yield where, "content for one format needs when-format= or unless-format=."
    if any(map(REMARK.search, attributes.values())):
        yield where, REMAINS
    if STAND_IN.search(identifier) and node["t"] != "Header":
        yield where, "a name holds no value. Write it out."
    if identifier and classes and node["t"] == "Div":
        yield where, f"#{identifier}: a division with a class has no name in the PDF. Name a heading."
    kind = identifier.split("-")[0] if "-" in identifier else ""
    if node["t"] == "Header":  # its name may come from its words
        return
    if kind in REFERENCES and node["t"] != OF_KIND[kind]:
        reason = {"Div": "names a division", "Image": "names an image that stands in a line or has no caption"}
        way_out = f"Give the name to {'an image with a caption, alone' if kind == 'fig' else f'a {REFERENCES[kind]}'}."
        yield where, f"#{identifier} {reason.get(node['t'], f'names a {place}')}. {way_out}"
    elif kind not in REFERENCES and support.rule_of("reference", kind):
        yield where, f"#{identifier}: {kind}- is not supported.{support.way_out('reference', kind)}"


def _division(node: Node) -> Found:
    """A title that is an attribute is Markdown, and goes its own way: no reference in it is resolved."""
    title = attributes_of(node)[2].get("title", "")
    if re.search(r"(?<!\w)@\w|\[\^|\^\[", title):
        yield "title=", "a title= holds no note, citation or reference. Put it into the text."


def _figure(node: Node) -> Found:
    images = [image for image in nodes(node["c"][2]) if image["t"] == "Image"]
    if not node["c"][0][0].startswith("fig-"):
        where = re.escape(images[0]["c"][2][0]) if images else "!\\["
        yield where, "a figure with a caption needs a name: {#fig-name}."


def _image(node: Node, root: Path) -> Found:
    _, caption, (source, title) = node["c"]
    attributes = attributes_of(node)[2]
    where, file = re.escape(source), root / source.lstrip("/")
    if re.match(r"\w+:|//", source):
        yield where, f"{source}: an image must be a file of the project."
    elif not file.is_file():
        yield where, f"{source} is not there."
    elif not file.resolve().is_relative_to(root.resolve()):
        yield where, f"{source} lies outside the project. Copy it into figures/."
    elif _METADATA.search(held := file.read_bytes()) or (file.suffix == ".jpg" and b"\xff\xfe\x00" in held):
        yield (
            where,
            f"{source} holds what a camera or a drawing program wrote beside the image. Save it without metadata.",
        )
    if title:
        yield where, f"{source}: a title in quotes would be lost. Put it into the caption."
    alt = str(attributes.get("fig-alt") or attributes.get("alt") or "").strip()
    if not alt:
        yield where, f'{source} has no alternative text. Write fig-alt="...".'
    elif alt == text_of(caption).strip():
        yield where, f"{source}: the alternative text repeats the caption."
    for name in ("width", "height"):
        if name in attributes and not _SIZE.fullmatch(attributes[name]):
            yield where, f"{name}={attributes[name]}: give %, cm, mm or in."


def _table(node: Node) -> Found:
    (identifier, _, attributes), (_, caption), columns, *_ = node["c"]
    for name, value in attributes:
        if name == "tbl-colwidths" and not re.fullmatch(rf"\[\d+(, ?\d+){{{len(columns) - 1}}}\]", value):
            told = f'{name}="{value}" is not supported on a table of {len(columns)} columns.'
            yield rf"{name}=", f'{told} Write a whole number for each: "[30,70]".'
    if caption and not identifier.startswith("tbl-"):
        where = rf"(?m)^(Table)?:\s.*{pattern_of_first_word(caption)}"
        yield where, "a table with a caption needs a name: {#tbl-name}."
    elif identifier and not caption:
        yield rf"#{re.escape(identifier)}\b", f"#{identifier} is a table without a caption."


_LOOKS = {"Div": _division, "Figure": _figure, "Table": _table}
