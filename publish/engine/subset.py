"""What a document may hold, so that both engines print the same; all else is named, with file and line, at once.

The table of `support` says which names may stand where; what stands here is how the parts of a document must fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publish.base.problems import PaperProblems, Problem
from publish.base.texts import COMMENT, REMAINS, REMARK, did_you_mean, read_text
from publish.engine import support
from publish.engine.elements import FORMATS, OF_KIND, REFERENCES, Found, look
from publish.engine.project import as_list
from publish.engine.qmd import STAND_IN, Expanded
from publish.engine.tree import Node, attributes_of, is_hidden, nodes, pattern_of_first_word, text_of

CELL = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{+[ \t]*[A-Za-z][\w-]*(?![\w=-])[^}\n]*\}+", re.MULTILINE)
ENTRY = re.compile(r"^\s*@(?P<kind>\w+)\s*\{\s*(?P<key>[^\s,{}]+)\s*,", re.MULTILINE)
ANNOTATION = re.compile(r"^.*\S.*<[\d,\s]+>\s*(\*/|-->|\*\)|%\})?\s*$", re.MULTILINE)
ACTIVE = re.compile(r'[\\">]')  # in a value, which has a backslash before all else that could act
LOCAL = re.compile(r"(?!(https?|mailto|doi|tel):)[\w.+-]+:|[/~\\]")


def check(tree: Node, expanded: Expanded, root: Path, options: dict[str, Any]) -> list[Problem]:
    """Everything in a document that one of the engines would get wrong.

    Args:
        tree: The document's syntax tree, as `pandoc.parse` gives it.
        expanded: Its source, for the lines.
        root: The project's root, for images and the bibliography.
        options: What holds for it: `bibliography` and `number-sections`.
    """
    numbered = bool(options.get("number-sections"))
    found = _Check(tree, expanded, root, _keys(root, options.get("bibliography")), numbered).run()
    places = [(expanded.find(where) if isinstance(where, str) else where, message) for where, message in found]
    return [Problem(origin.file, origin.line, message) for origin, message in places]


def _keys(root: Path, bibliography: object) -> set[str]:
    keys, twice = set[str](), []
    for file in filter(lambda name: (root / name).is_file(), map(str, as_list(bibliography))):
        text = read_text(root, file)
        for entry in ENTRY.finditer(text):
            key, work = entry["key"], entry["kind"].lower() not in ("comment", "preamble", "string")
            if work and key in keys:
                line = text.count("\n", 0, entry.start("key")) + 1
                twice.append(Problem(file, line, f"@{key} stands twice. Keep one of them."))
            keys |= {key} if work else set()
    if twice:
        raise PaperProblems(twice)
    return keys


class _Check:
    """One pass over a document; every method gives what it finds."""

    def __init__(self, tree: Node, expanded: Expanded, root: Path, keys: set[str], numbered: bool) -> None:
        self.blocks, self.metadata = tree["blocks"], tree["meta"]
        self.expanded, self.root, self.keys, self.numbered = expanded, root, keys, numbered
        self.nodes = list(nodes(self.blocks))
        self.all = [*self.nodes, *nodes(self.metadata)]
        callouts = (node for node in self.nodes if node["t"] == "Div" and "callout-" in str(node["c"][0][1]))
        # The heading that opens a callout is its title: no section, and without a name.
        self.titles = {id(node) for callout in callouts for node in callout["c"][1][:1] if node["t"] == "Header"}
        named = [(name, node) for node in self.nodes if (name := attributes_of(node)[0])]
        nameless = ("Code", "CodeBlock", "Image", "Link")  # in the PDF
        self.named = {name: node for name, node in named if id(node) not in self.titles and node["t"] not in nameless}
        self.ids = Counter(name for name, _ in named)
        figures = (node for node in self.nodes if node["t"] == "Figure")
        self.pictures = {id(node) for figure in figures for node in nodes(figure["c"][2])}
        self.unseen = {
            form: {id(inner) for node in self.all if is_hidden(node, form) for inner in nodes(node)} for form in FORMATS
        }

    def run(self) -> Found:
        for cell in CELL.finditer(self.expanded.body):  # pandoc's reader does not keep executable cells apart
            where = self.expanded.origin_of(cell.start())
            yield where, "executable cells are not supported. Record it in a notebook."
        if change := re.search(r"\{~~[^`\n]*~>", self.expanded.body):
            yield self.expanded.origin_of(change.start()), REMAINS
        for identifier, count in self.ids.items():
            if count > 1:
                yield rf"#{re.escape(identifier)}\b", f"#{identifier} names {count} things. Names must differ."
        shown = (node for node in self.nodes if node["t"] == "Image" and id(node) not in self.unseen["html"])
        for source, count in Counter(node["c"][2][0] for node in shown).items():
            if count > 1 and source.endswith(".svg"):
                yield re.escape(source), f"{source} stands {count} times. Quarto draws it once: give each its own copy."
        yield from self.headings()
        for key in ("title", "subtitle", "short-title", "kicker"):
            yield from self.plain(self.metadata.get(key), rf"(?m)^{key}:", key)
        looks: dict[str, Callable[[Node], Found]] = {
            "Cite": self.cite, "Code": self.code, "CodeBlock": self.code, "Image": self.image, "Link": self.link,
            "RawBlock": self.raw, "RawInline": self.raw, "Str": self.word, "Para": self.lines, "Plain": self.lines,
            "Math": self.mathematics,
        }  # fmt: skip
        for node in self.all:
            yield from look(node, self.root)
            if node["t"] in looks:
                yield from looks[node["t"]](node)

    def headings(self) -> Found:
        above = 1
        for header in (node for node in self.all if node["t"] == "Header"):
            level, (identifier, _, _), content = header["c"]
            where = rf"(?m)^(#{{{level}}}\s.*)?{pattern_of_first_word(content)}"
            if level == 1:
                yield where, "sections start with ##: level 1 is the title."
            if id(header) in self.titles:
                continue
            if level > above + 1:
                yield where, f"a heading of level {level} follows one of level {above}. Skip no level."
            if not text_of(content).strip():
                yield "(?m)^#+ *($|{)", "a heading has no words."
            if STAND_IN.search(identifier):
                yield where, "a heading that holds a value needs its own name: {#sec-name}."
            yield from self.plain(content, where, "a heading")
            above = level

    def plain(self, content: object, where: str, what: str) -> Found:
        kinds = {"Note": "note", "Cite": "citation or reference", "Image": "image", "Link": "link"}
        for node in nodes(content):
            if node["t"] in kinds:
                yield where, f"{what} holds no {kinds[node['t']]}. Put it into the text."

    def cite(self, node: Node) -> Found:
        first, *rest = node["c"][0]
        parts = [[first], rest] if first["citationMode"]["t"] == "AuthorInText" else [node["c"][0]]
        for part in parts:
            kinds = [self.kind_of(citation) in REFERENCES for citation in part]
            if any(kinds) and not all(kinds):
                where = rf"@{re.escape(first['citationId'])}"
                yield where, "a citation and a reference share brackets. Part them."
        for citation in node["c"][0]:
            name, kind = citation["citationId"], self.kind_of(citation)
            where = rf"@\{{?{re.escape(name)}(?![\w-])"
            if kind in REFERENCES:
                yield from self.reference(kind, name[:1].lower() + name[1:], citation, where, node)
            elif support.rule_of("reference", kind):
                told = f"{support.way_out('reference', kind)}{' Name the source otherwise.' * (name in self.keys)}"
                yield where, f"@{name}: references to {kind}- are not supported.{told}"
            elif name not in self.keys:
                hint = did_you_mean(name, [*self.keys, *self.names()], "@")
                yield where, f"@{name} is not in the bibliography.{hint}"

    def names(self) -> list[str]:
        """What a reference may name: the numbered figures, tables and sections."""
        kinds = {name: OF_KIND.get(name.split("-")[0]) for name in self.named}
        return [name for name, node in self.named.items() if node["t"] == kinds[name]]

    @staticmethod
    def kind_of(citation: Node) -> str:
        name = citation["citationId"]
        return name[:1].lower() + name[1:].split("-")[0] if "-" in name else ""

    def reference(self, kind: str, label: str, citation: Node, where: str, node: Node) -> Found:
        named = self.named.get(label)
        if named is None or named["t"] != OF_KIND[kind]:
            yield where, f"@{label} names no {REFERENCES[kind]}.{did_you_mean(label, self.names(), '@')}"
        elif (kind == "sec" and not self.numbered) or "unnumbered" in attributes_of(named)[1]:
            yield where, f"@{label} is a section without a number. Link to it: [text](#{label})."
        else:
            yield from self.hidden(f"@{label}", named, node, where)
        if citation["citationSuffix"]:
            yield where, f"@{label}: nothing may follow the name inside the brackets."

    def hidden(self, name: str, named: Node, node: Node, where: str) -> Found:
        """Whether a format shows what refers to a thing and not the thing."""
        for form, words in FORMATS.items():
            if id(node) not in self.unseen[form] and id(named) in self.unseen[form]:
                yield (
                    where,
                    f"{name} is not shown in the {words}, and this refers to it there. Write each format's own.",
                )

    def code(self, node: Node) -> Found:
        for word in STAND_IN.finditer(node["c"][1]):
            use = self.expanded.uses[int(word["number"])]
            yield use.origin, f"{use.name} stands in code, where no value is put in."
        if re.match(r"\{\w+\}" + r"|r[ #]" * (node["t"] == "Code"), node["c"][1]):
            yield re.escape(node["c"][1]), "executable code is not supported. Record it in a notebook."
        if node["t"] == "CodeBlock" and (line := ANNOTATION.search(node["c"][1])):
            yield re.escape(line[0].strip()), "a line of code that ends in <1> is a note to Quarto. Say it in the text."

    def mathematics(self, node: Node) -> Found:
        yield re.escape(node["c"][1]), f"{support.way_out('block', 'Math')}".strip()

    def lines(self, node: Node) -> Found:
        for before, word in zip([None, *node["c"]], node["c"], strict=False):
            if word["t"] == "Str" and word["c"].startswith(":::") and (before is None or before["t"] == "SoftBreak"):
                yield (
                    re.escape(word["c"]),
                    "::: opens and closes nothing here. Leave a line free above, or take it out.",
                )

    def word(self, node: Node) -> Found:
        """What pandoc leaves in the text because it found nothing that it could mean."""
        if REMARK.search(node["c"]):
            body = COMMENT.sub(lambda whole: re.sub(r"\S", " ", whole[0]), self.expanded.body)
            found = REMARK.search(body)
            yield self.expanded.origin_of(found.start()) if found else REMARK.pattern, REMAINS
        if note := re.search(r"\[\^[^\]\s]+\]", node["c"]):
            yield re.escape(note[0]), f"{note[0]} names no note."

    def image(self, node: Node) -> Found:
        _, caption, (source, _) = node["c"]
        if caption and id(node) not in self.pictures:
            told = "its caption would be lost. Give it a paragraph of its own, or leave the brackets empty."
            yield re.escape(source), f"{source} stands in a line or in a link: {told}"

    def link(self, node: Node) -> Found:
        target = node["c"][2][0]
        where = rf"\({re.escape(target)}"
        if not target:
            yield re.escape("]()"), "a link has no address."
        elif target.startswith("#") and not target.startswith("#ref-"):
            if target[1:] not in self.named:
                yield where, f"{target} names nothing in this document.{did_you_mean(target[1:], self.named, '#')}"
            else:
                yield from self.hidden(target, self.named[target[1:]], node, where)
        elif LOCAL.match(target):
            yield where, f"{target} is a place on one machine. Link to an address that readers can open."

    def raw(self, node: Node) -> Found:
        form, text = node["c"]
        where = re.escape(text.strip().split("\n")[0][:60])
        if form not in FORMATS:
            yield rf"\{{={form}\}}|{where}", f"raw {form} reaches neither the page nor the PDF."
        elif form == "html" and not text.startswith("<!--") and not self.marked(text):
            yield where, f"{text.strip()[:30]} is lost in the PDF. Write Markdown, or mark it as {{=html}}."
        elif form == "html" and re.search(r"<table\b", text, re.IGNORECASE):
            yield where, "a raw table: Quarto alone would print it in the PDF. Write a pipe or grid table."
        for word in STAND_IN.finditer(text):
            use = self.expanded.uses[int(word["number"])]
            if use.kind == "var" and ACTIVE.search(use.value):
                yield use.origin, f"{use.name} holds what a raw part would obey: {use.value:.40}. Write it in the text."

    def marked(self, text: str) -> bool:
        """Whether raw HTML was marked as such, and so is meant for the page alone."""
        body = re.escape(text.strip())
        return bool(re.search(rf"\{{=html\}}\s*\n\s*{body}|{body}`\{{=html\}}", self.expanded.body))
