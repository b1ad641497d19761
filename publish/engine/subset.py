"""What a document may hold, so that both engines print the same; all else is named, with file and line, at once.

The supported subset of Quarto is stated in docs/writing.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
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
UNSUPPORTED_CLASSES = re.compile(
    r"panel-.+|column(s|-.+)?|aside|cell|appendix|callout|theorem|proof|quarto-.+|margin-caption|lightbox|notes"
)
UNSUPPORTED_ATTRIBUTES = re.compile(
    r"layout.*|when-(meta|profile)|unless-(meta|profile)|lightbox|collapse|appearance|icon"
)
CELL = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{+[ \t]*[A-Za-z]\w*\b[^.#=}\n]*\}+", re.MULTILINE)
ENTRY = re.compile(r"^\s*@(?P<kind>\w+)\s*\{\s*(?P<key>[^\s,{}]+)\s*,", re.MULTILINE)


def check(tree: Node, expanded: Expanded, root: Path, bibliography: object = None) -> list[Problem]:
    """Everything in a document that one of the engines would get wrong.

    Args:
        tree: The document's syntax tree, as `pandoc.parse` gives it.
        expanded: Its source, for the lines.
        root: The project's root, for images and the bibliography.
        bibliography: The `bibliography` setting: a file, several, or none.
    """
    return _Check(tree, expanded, root, _keys(root, bibliography)).run()


def _keys(root: Path, bibliography: object) -> set[str]:
    texts = [(root / str(name)).read_text("utf-8") for name in as_list(bibliography) if (root / str(name)).is_file()]
    entries = [entry for text in texts for entry in ENTRY.finditer(text)]
    return {entry["key"] for entry in entries if entry["kind"].lower() not in ("comment", "preamble", "string")}


class _Check:
    """One pass over a document; every method tells what it finds."""

    def __init__(self, tree: Node, expanded: Expanded, root: Path, keys: set[str]) -> None:
        self.blocks, self.metadata = tree["blocks"], tree["meta"]
        self.expanded, self.root, self.keys = expanded, root, keys
        self.problems: list[Problem] = []
        self.unnumbered: set[str] = set()
        self.ids = Counter(identifier for node in nodes(self.blocks) if (identifier := attributes_of(node)[0]))

    def run(self) -> list[Problem]:
        self.source()
        for identifier, count in self.ids.items():
            if count > 1:
                self.tell(rf"#{re.escape(identifier)}\b", f"#{identifier} names {count} things. Names must differ.")
        inside = {
            id(node) for callout in nodes(self.blocks) if _is_callout(callout) for node in nodes(callout["c"][1][:1])
        }
        self.headings([node for node in nodes(self.blocks) if node["t"] == "Header" and id(node) not in inside])
        looks: dict[str, Callable[[Node], None]] = {
            "Cite": self.cite, "Div": self.division, "Span": self.division, "Figure": self.figure, "Image": self.image,
            "Table": self.table, "Code": self.code, "CodeBlock": self.code, "Math": self.mathematics, "Link": self.link,
            "RawBlock": self.raw, "RawInline": self.raw, "Str": self.word,
        }  # fmt: skip
        for node in nodes([self.blocks, self.metadata]):
            if node["t"] in looks:
                looks[node["t"]](node)
        return self.problems

    def tell(self, where: str | Origin, message: str) -> None:
        origin = self.expanded.find(where) if isinstance(where, str) else where
        self.problems.append(Problem(origin.file, origin.line, message))

    def source(self) -> None:
        """What pandoc's reader does not keep apart: executable cells."""
        for cell in CELL.finditer(self.expanded.body):
            self.tell(
                self.expanded.origin_of(cell.start()), "executable cells are not supported. Record it in a notebook."
            )

    def headings(self, headings: list[Node]) -> None:
        above = 1
        for header in headings:
            level, (identifier, classes, _), content = header["c"]
            where = rf"(?m)^#{{{level}}}\s.*{pattern_of_first_word(content)}"
            if level == 1:
                self.tell(where, "sections start with ##: level 1 is the title.")
            elif level > above + 1:
                self.tell(where, f"a heading of level {level} follows one of level {above}. Skip no level.")
            if "unnumbered" in classes:
                self.unnumbered.add(identifier)
            if STAND_IN.search(identifier):
                self.tell(where, "a heading that holds a value needs its own name: {#sec-name}.")
            above = level

    def cite(self, node: Node) -> None:
        citations = node["c"][0]
        crossed = []
        for citation in citations:
            name = citation["citationId"]
            label = name[:1].lower() + name[1:]
            kind = label.split("-")[0] if "-" in label else ""
            where = rf"@\{{?{re.escape(name)}(?![\w-])"
            crossed.append(kind in REFERENCES)
            if kind in REFERENCES:
                self.reference(kind, label, citation, where)
            elif kind in OTHER_REFERENCES and name not in self.keys:
                self.tell(where, f"@{name}: references to {kind}- are not supported. Only fig-, tbl- and sec- are.")
            elif name not in self.keys:
                self.tell(where, f"@{name} is not in the bibliography.")
        if any(crossed) and not all(crossed):
            self.tell(
                rf"@{re.escape(citations[0]['citationId'])}", "a citation and a reference share brackets. Part them."
            )

    def reference(self, kind: str, label: str, citation: Node, where: str) -> None:
        if label not in self.ids:
            self.tell(where, f"@{label} names no {REFERENCES[kind]}.")
        elif label in self.unnumbered:
            self.tell(where, f"@{label} is a section without a number. Link to it: [text](#{label}).")
        if citation["citationSuffix"]:
            self.tell(where, f"@{label}: nothing may follow the name inside the brackets.")

    def division(self, node: Node) -> None:
        identifier, classes, attributes = attributes_of(node)
        where = pattern_of_attributes(identifier, classes, attributes)
        for name in classes:
            if UNSUPPORTED_CLASSES.fullmatch(name):
                self.tell(where, f".{name} is not supported: it would look different in the page and the PDF.")
        for name, value in attributes.items():
            if UNSUPPORTED_ATTRIBUTES.fullmatch(name):
                self.tell(where, f"{name}= is not supported.")
            elif name in ("when-format", "unless-format") and value not in FORMATS:
                self.tell(where, f'{name}="{value}": name html or typst (the PDF).')
        if CONDITIONAL & set(classes) and not {"when-format", "unless-format"} & set(attributes):
            self.tell(where, "content for one format needs when-format= or unless-format=.")
        if _is_callout(node):
            for name in set(attributes) - CALLOUT_ATTRIBUTES:
                self.tell(where, f"{name}= is not supported on a callout.")
        if identifier.split("-")[0] in REFERENCES.keys() | OTHER_REFERENCES and "-" in identifier:
            self.tell(
                where,
                f"#{identifier} names a division. Give the name to the image, the table's caption or the heading.",
            )

    def figure(self, node: Node) -> None:
        (identifier, _, _), _, content = node["c"]
        images = [image for image in nodes(content) if image["t"] == "Image"]
        where = re.escape(images[0]["c"][2][0]) if images else "!\\["
        if not identifier.startswith("fig-"):
            self.tell(where, "a figure with a caption needs a name: {#fig-name}.")

    def image(self, node: Node) -> None:
        _, caption, (source, _) = node["c"]
        _, classes, attributes = attributes_of(node)
        where = re.escape(source)
        if re.match(r"\w+:|//", source):
            self.tell(where, f"{source}: an image must be a file of the project.")
        elif not (self.root / source.lstrip("/")).is_file():
            self.tell(where, f"{source} is not there.")
        alt = str(attributes.get("fig-alt") or attributes.get("alt") or "")
        if not alt.strip():
            self.tell(where, f'{source} has no alternative text. Write fig-alt="...".')
        elif alt.strip() == text_of(caption).strip():
            self.tell(where, f"{source}: the alternative text repeats the caption.")
        for name in attributes.keys() - IMAGE_ATTRIBUTES:
            self.tell(where, f"{name}= is not supported on an image.")
        for name in {"width", "height"} & attributes.keys():
            if not re.fullmatch(r"[\d.]+(%|cm|mm|in)", attributes[name]):
                self.tell(where, f"{name}={attributes[name]}: give %, cm, mm or in.")
        for name in classes:
            if UNSUPPORTED_CLASSES.fullmatch(name):
                self.tell(where, f".{name} is not supported on an image.")

    def table(self, node: Node) -> None:
        (identifier, _, attributes), (_, caption), *_ = node["c"]
        for name, value in attributes:
            if name != "tbl-colwidths" or not re.fullmatch(r"\[?[\d., ]+\]?", value):
                self.tell(rf"{name}=", f'{name}="{value}" is not supported on a table.')
        if caption and not identifier.startswith("tbl-"):
            self.tell(
                rf"(?m)^(Table)?:\s.*{pattern_of_first_word(caption)}",
                "a table with a caption needs a name: {#tbl-name}.",
            )
        elif identifier and not caption:
            self.tell(rf"#{re.escape(identifier)}\b", f"#{identifier} is a table without a caption.")

    def code(self, node: Node) -> None:
        text = node["c"][1]
        for word in STAND_IN.finditer(text):
            use = self.expanded.uses[int(word["number"])]
            self.tell(use.origin, f"{use.name} stands in code, where no value is put in.")
        if attributes_of(node)[0].split("-")[0] in OTHER_REFERENCES:
            self.tell(
                rf"#{re.escape(attributes_of(node)[0])}\b", f"#{attributes_of(node)[0]}: listings are not supported."
            )

    def mathematics(self, node: Node) -> None:
        where = re.escape(node["c"][1])
        self.tell(where, "mathematics has no alternative text in the PDF. Say it in words, or write the signs as text.")

    def word(self, node: Node) -> None:
        """What pandoc leaves in the text because it found nothing that it could mean."""
        note = re.search(r"\[\^[^\]\s]+\]", node["c"])
        if note:
            self.tell(re.escape(note[0]), f"{note[0]} names no note.")

    def link(self, node: Node) -> None:
        target = node["c"][2][0]
        if target.startswith("#") and target[1:] not in self.ids and not target.startswith("#ref-"):
            self.tell(rf"\({re.escape(target)}\)", f"{target} names nothing in this document.")

    def raw(self, node: Node) -> None:
        form, text = node["c"]
        where = re.escape(text.strip().split("\n")[0][:60])
        if form not in FORMATS:
            self.tell(rf"\{{={form}\}}|{where}", f"raw {form} reaches neither the page nor the PDF.")
        elif form == "html" and not text.startswith("<!--") and not self.marked(text):
            self.tell(where, f"{text.strip()[:30]} is lost in the PDF. Write Markdown, or mark it as {{=html}}.")

    def marked(self, text: str) -> bool:
        """Whether raw HTML was marked as such, and so is meant for the page alone."""
        body = re.escape(text.strip())
        return bool(re.search(rf"\{{=html\}}\s*\n\s*{body}|{body}`\{{=html\}}", self.expanded.body))


def _is_callout(node: Node) -> bool:
    return node["t"] == "Div" and bool(CALLOUTS & set(attributes_of(node)[1]))
