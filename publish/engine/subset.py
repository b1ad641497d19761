"""What a document may hold, so that both engines print the same; all else is named, with file and line, at once.

The supported subset of Quarto is stated in docs/writing.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from publish.base.problems import Problem
from publish.engine.project import as_list
from publish.engine.qmd import STAND_IN, Expanded, Origin
from publish.engine.tree import Node, attributes_of, nodes, pattern_of_attributes, pattern_of_first_word, text_of

REFERENCES = {"fig": "figure", "tbl": "table", "sec": "section"}
# Quarto's other kinds of references; it would number them, the embedded engine would not.
OTHER_REFERENCES = frozenset(
    "alg apx cau cnj cor def eq exm exr fnt imp lem lst nte prf prp rem sol thm tip vid wrn".split()  # noqa: SIM905
)
CALLOUTS = frozenset(f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution"))
FORMATS = frozenset({"html", "typst"})
IMAGE_ATTRIBUTES = frozenset({"fig-alt", "alt", "width", "height"})
CALLOUT_ATTRIBUTES = frozenset({"title"})
CONDITIONAL = frozenset({"content-visible", "content-hidden"})
CONDITIONS = frozenset({"when-format", "unless-format"})
UNSUPPORTED_CLASSES = re.compile(
    r"panel-.+|column(s|-.+)?|aside|cell|appendix|callout|theorem|proof|quarto-.+|margin-caption|lightbox|notes"
)
UNSUPPORTED_ATTRIBUTES = re.compile(
    r"layout.*|when-(meta|profile)|unless-(meta|profile)|lightbox|collapse|appearance|icon"
)
CELL = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{+[ \t]*[A-Za-z]\w*\b[^.#=}\n]*\}+", re.MULTILINE)
ENTRY = re.compile(r"^\s*@(?P<kind>\w+)\s*\{\s*(?P<key>[^\s,{}]+)\s*,", re.MULTILINE)


Found = Iterator[tuple[str | Origin, str]]  # a place, or the pattern that finds it in the source; what is wrong there


def check(tree: Node, expanded: Expanded, root: Path, bibliography: object = None) -> list[Problem]:
    """Everything in a document that one of the engines would get wrong.

    Args:
        tree: The document's syntax tree, as `pandoc.parse` gives it.
        expanded: Its source, for the lines.
        root: The project's root, for images and the bibliography.
        bibliography: The `bibliography` setting: a file, several, or none.
    """
    found = _Check(tree, expanded, root, _keys(root, bibliography)).run()
    places = [(expanded.find(where) if isinstance(where, str) else where, message) for where, message in found]
    return [Problem(origin.file, origin.line, message) for origin, message in places]


def _keys(root: Path, bibliography: object) -> set[str]:
    texts = [(root / str(name)).read_text("utf-8") for name in as_list(bibliography) if (root / str(name)).is_file()]
    entries = [entry for text in texts for entry in ENTRY.finditer(text)]
    return {entry["key"] for entry in entries if entry["kind"].lower() not in ("comment", "preamble", "string")}


class _Check:
    """One pass over a document; every method gives what it finds."""

    def __init__(self, tree: Node, expanded: Expanded, root: Path, keys: set[str]) -> None:
        self.blocks, self.metadata = tree["blocks"], tree["meta"]
        self.expanded, self.root, self.keys = expanded, root, keys
        self.ids = Counter(identifier for node in nodes(self.blocks) if (identifier := attributes_of(node)[0]))
        headers = [attributes_of(node) for node in nodes(self.blocks) if node["t"] == "Header"]
        self.unnumbered = {identifier for identifier, classes, _ in headers if "unnumbered" in classes}

    def run(self) -> Found:
        for cell in CELL.finditer(self.expanded.body):  # pandoc's reader does not keep executable cells apart
            where = self.expanded.origin_of(cell.start())
            yield where, "executable cells are not supported. Record it in a notebook."
        for identifier, count in self.ids.items():
            if count > 1:
                yield rf"#{re.escape(identifier)}\b", f"#{identifier} names {count} things. Names must differ."
        yield from self.headings()
        looks: dict[str, Callable[[Node], Found]] = {
            "Cite": self.cite, "Div": self.division, "Span": self.division, "Figure": self.figure, "Image": self.image,
            "Table": self.table, "Code": self.code, "CodeBlock": self.code, "Math": self.mathematics, "Link": self.link,
            "RawBlock": self.raw, "RawInline": self.raw, "Str": self.word,
        }  # fmt: skip
        for node in nodes([self.blocks, self.metadata]):
            if node["t"] in looks:
                yield from looks[node["t"]](node)

    def headings(self) -> Found:
        callouts = [node for node in nodes(self.blocks) if _is_callout(node)]
        inside = {id(node) for callout in callouts for node in nodes(callout["c"][1][:1])}
        above = 1
        for header in (node for node in nodes(self.blocks) if node["t"] == "Header" and id(node) not in inside):
            level, (identifier, _, _), content = header["c"]
            where = rf"(?m)^#{{{level}}}\s.*{pattern_of_first_word(content)}"
            if level == 1:
                yield where, "sections start with ##: level 1 is the title."
            elif level > above + 1:
                yield where, f"a heading of level {level} follows one of level {above}. Skip no level."
            if STAND_IN.search(identifier):
                yield where, "a heading that holds a value needs its own name: {#sec-name}."
            above = level

    def cite(self, node: Node) -> Found:
        crossed = []
        for citation in node["c"][0]:
            name = citation["citationId"]
            label = name[:1].lower() + name[1:]
            kind = label.split("-")[0] if "-" in label else ""
            where = rf"@\{{?{re.escape(name)}(?![\w-])"
            crossed.append(kind in REFERENCES)
            if kind in REFERENCES:
                yield from self.reference(kind, label, citation, where)
            elif kind in OTHER_REFERENCES and name not in self.keys:
                yield where, f"@{name}: references to {kind}- are not supported. Only fig-, tbl- and sec- are."
            elif name not in self.keys:
                yield where, f"@{name} is not in the bibliography."
        if any(crossed) and not all(crossed):
            where = rf"@{re.escape(node['c'][0][0]['citationId'])}"
            yield where, "a citation and a reference share brackets. Part them."

    def reference(self, kind: str, label: str, citation: Node, where: str) -> Found:
        if label not in self.ids:
            yield where, f"@{label} names no {REFERENCES[kind]}."
        elif label in self.unnumbered:
            yield where, f"@{label} is a section without a number. Link to it: [text](#{label})."
        if citation["citationSuffix"]:
            yield where, f"@{label}: nothing may follow the name inside the brackets."

    def division(self, node: Node) -> Found:
        identifier, classes, attributes = attributes_of(node)
        where = pattern_of_attributes(identifier, classes, attributes)
        for name in filter(UNSUPPORTED_CLASSES.fullmatch, classes):
            yield where, f".{name} is not supported: it would look different in the page and the PDF."
        for name, value in attributes.items():
            if UNSUPPORTED_ATTRIBUTES.fullmatch(name) or (_is_callout(node) and name not in CALLOUT_ATTRIBUTES):
                yield where, f"{name}= is not supported."
            elif name in CONDITIONS and value not in FORMATS:
                yield where, f'{name}="{value}": name html or typst (the PDF).'
        if CONDITIONAL & set(classes) and not CONDITIONS & set(attributes):
            yield where, "content for one format needs when-format= or unless-format=."
        if identifier.split("-")[0] in REFERENCES.keys() | OTHER_REFERENCES and "-" in identifier:
            way_out = "Give the name to the image, the table's caption or the heading."
            yield where, f"#{identifier} names a division. {way_out}"

    def figure(self, node: Node) -> Found:
        images = [image for image in nodes(node["c"][2]) if image["t"] == "Image"]
        if not node["c"][0][0].startswith("fig-"):
            where = re.escape(images[0]["c"][2][0]) if images else "!\\["
            yield where, "a figure with a caption needs a name: {#fig-name}."

    def image(self, node: Node) -> Found:
        _, caption, (source, _) = node["c"]
        _, classes, attributes = attributes_of(node)
        where = re.escape(source)
        if re.match(r"\w+:|//", source):
            yield where, f"{source}: an image must be a file of the project."
        elif not (self.root / source.lstrip("/")).is_file():
            yield where, f"{source} is not there."
        alt = str(attributes.get("fig-alt") or attributes.get("alt") or "").strip()
        if not alt:
            yield where, f'{source} has no alternative text. Write fig-alt="...".'
        elif alt == text_of(caption).strip():
            yield where, f"{source}: the alternative text repeats the caption."
        for name, value in attributes.items():
            if name not in IMAGE_ATTRIBUTES:
                yield where, f"{name}= is not supported on an image."
            elif name in ("width", "height") and not re.fullmatch(r"[\d.]+(%|cm|mm|in)", value):
                yield where, f"{name}={value}: give %, cm, mm or in."
        for name in filter(UNSUPPORTED_CLASSES.fullmatch, classes):
            yield where, f".{name} is not supported on an image."

    def table(self, node: Node) -> Found:
        (identifier, _, attributes), (_, caption), *_ = node["c"]
        for name, value in attributes:
            if name != "tbl-colwidths" or not re.fullmatch(r"\[?[\d., ]+\]?", value):
                yield rf"{name}=", f'{name}="{value}" is not supported on a table.'
        if caption and not identifier.startswith("tbl-"):
            where = rf"(?m)^(Table)?:\s.*{pattern_of_first_word(caption)}"
            yield where, "a table with a caption needs a name: {#tbl-name}."
        elif identifier and not caption:
            yield rf"#{re.escape(identifier)}\b", f"#{identifier} is a table without a caption."

    def code(self, node: Node) -> Found:
        for word in STAND_IN.finditer(node["c"][1]):
            use = self.expanded.uses[int(word["number"])]
            yield use.origin, f"{use.name} stands in code, where no value is put in."
        name = attributes_of(node)[0]
        if name.split("-")[0] in OTHER_REFERENCES:
            yield rf"#{re.escape(name)}\b", f"#{name}: listings are not supported."

    def mathematics(self, node: Node) -> Found:
        way_out = "Say it in words, or write the signs as text."
        yield re.escape(node["c"][1]), f"mathematics has no alternative text in the PDF. {way_out}"

    def word(self, node: Node) -> Found:
        """What pandoc leaves in the text because it found nothing that it could mean."""
        if note := re.search(r"\[\^[^\]\s]+\]", node["c"]):
            yield re.escape(note[0]), f"{note[0]} names no note."

    def link(self, node: Node) -> Found:
        target = node["c"][2][0]
        if target.startswith("#") and target[1:] not in self.ids and not target.startswith("#ref-"):
            yield rf"\({re.escape(target)}\)", f"{target} names nothing in this document."

    def raw(self, node: Node) -> Found:
        form, text = node["c"]
        where = re.escape(text.strip().split("\n")[0][:60])
        if form not in FORMATS:
            yield rf"\{{={form}\}}|{where}", f"raw {form} reaches neither the page nor the PDF."
        elif form == "html" and not text.startswith("<!--") and not self.marked(text):
            yield where, f"{text.strip()[:30]} is lost in the PDF. Write Markdown, or mark it as {{=html}}."

    def marked(self, text: str) -> bool:
        """Whether raw HTML was marked as such, and so is meant for the page alone."""
        body = re.escape(text.strip())
        return bool(re.search(rf"\{{=html\}}\s*\n\s*{body}|{body}`\{{=html\}}", self.expanded.body))


def _is_callout(node: Node) -> bool:
    return node["t"] == "Div" and bool(CALLOUTS & set(attributes_of(node)[1]))
