"""Reading a document's syntax tree, as pandoc writes it in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
_WITH_ATTRIBUTES = frozenset({"Header", "Div", "Span", "Figure", "Table", "Image", "Code", "CodeBlock", "Link"})


def nodes(value: Any) -> Iterator[Node]:
    """Every element of a syntax tree, or of a part of it, in the order of the text."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        inside: Any = part if isinstance(part, list) else ()
        if isinstance(part, dict):
            if "t" in part:
                yield part
            inside = part.values()
        waiting += [one for one in reversed(inside) if isinstance(one, list | dict)]


def is_hidden(node: Node, form: str) -> bool:
    """Whether "html" or "typst" does not show an element; crossrefs.lua decides in the same way."""
    if node["t"] not in ("Div", "Span", "CodeBlock"):
        return False
    _, classes, attributes = attributes_of(node)
    if not {"content-visible", "content-hidden"} & set(classes):
        return False
    match = attributes.get("when-format", form) == form and attributes.get("unless-format") != form
    return match != ("content-visible" in classes)


def text_of(value: Any) -> str:
    """The plain text of a part of a syntax tree."""
    if isinstance(value, list):
        return "".join(map(text_of, value))
    if not isinstance(value, dict):
        return ""
    kind = value.get("t")  # a citation has none
    if kind == "Str":
        return str(value["c"])
    if kind == "Quoted":
        return {"SingleQuote": "‘{}’", "DoubleQuote": "“{}”"}[value["c"][0]["t"]].format(text_of(value["c"][1]))
    return " " if kind in ("Space", "SoftBreak", "LineBreak") else text_of(value.get("c"))


def attributes_of(node: Node) -> tuple[str, list[str], dict[str, str]]:
    """Name, classes and attributes of an element; empty for one that can have none."""
    if node["t"] not in _WITH_ATTRIBUTES:
        return "", [], {}
    identifier, classes, pairs = node["c"][1 if node["t"] == "Header" else 0]
    return identifier, classes, dict(pairs)


def pattern_of_attributes(identifier: str, classes: list[str], attributes: dict[str, str]) -> str:
    """A pattern for the place where an element's attributes stand in the source."""
    if identifier:
        return rf"#{re.escape(identifier)}\b"
    if attributes:
        return rf"{re.escape(next(iter(attributes)))}="
    return rf"\.{re.escape(classes[0])}\b" if classes else ":::"


def pattern_of_first_word(content: Any) -> str:
    """A pattern for the first word of a text."""
    return next((re.escape(word["c"]) for word in nodes(content) if word["t"] == "Str"), "")
