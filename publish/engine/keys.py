"""YAML whose keys know their lines, and what the table of support says of each key and value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from publish.base.problems import PaperProblems, Problem
from publish.base.texts import read_text
from publish.engine import support

CONFIG = "_quarto.yml"
DATE_FORMATS = ("D MMMM YYYY", "D MMM YYYY", "MMMM D, YYYY", "YYYY-MM-DD")
# YAML whose dates stay text, as Quarto and pandoc keep them. The loader in C is ten times as fast, where it is there.
_Loader: type[yaml.SafeLoader] = type(
    "_Loader",
    (getattr(yaml, "CSafeLoader", yaml.SafeLoader),),
    {
        "yaml_implicit_resolvers": {
            first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    },
)
# Numbers to Quarto, text to this YAML.
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)[eE][-+]?\d+$"), list("-+.0123456789")
)
_STR = "tag:yaml.org,2002:str"
_ACTING = re.compile(r"(?<![\w\\])@\w|(?<!\\)\^\[|\[\^")  # the text of data has a backslash before it
_PLACES = {"project": "project", "author": "author", "filters": "filter", "format": "format"}
_TEXTS = frozenset({".bib", ".csl", ".css", ".html", ".lua", ".qmd", ".typ", ".yml"})


@dataclass(frozen=True)
class Key:
    """A key of a mapping.

    Attributes:
        path: Its name after the names above it.
        line: Its line in the file.
        value: What it holds.
        again: Whether the same mapping held it before.
    """

    path: tuple[str, ...]
    line: int
    value: yaml.Node
    again: bool = False


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[dict[str, Any], list[Key]]:
    """A YAML mapping and its keys; both empty for an empty text.

    Args:
        text: The YAML.
        file: Its file, for messages.
        first_line: The line of `file` on which `text` starts.

    Raises:
        PaperProblems: It is not YAML, not a mapping, or holds a key twice.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        content = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        message = f"is not YAML: {getattr(error, 'problem', None) or error}. Quote a text that holds : or {{{{<."
        raise PaperProblems([Problem(file, line, message)]) from error
    finally:
        loader.dispose()
    if node is None or content is None:
        return {}, []
    if not isinstance(content, dict):
        raise PaperProblems([Problem(file, first_line, "must be a mapping of names to values.")])
    keys = list(_keys(node, (), first_line))
    if twice := [Problem(file, key.line, f"{key.path[-1]}: stands twice. Keep one.") for key in keys if key.again]:
        raise PaperProblems(twice)
    return content, keys


def _keys(node: yaml.Node, above: tuple[str, ...], first_line: int) -> Iterator[Key]:
    """The keys at and below a node; those in a list have the path of the list before their own."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _keys(item, above, first_line)
    elif isinstance(node, yaml.MappingNode):
        names = [str(name.value) for name, _ in node.value]
        for place, (name, value) in enumerate(node.value):
            path = (*above, names[place])
            yield Key(path, first_line + name.start_mark.line, value, names[place] in names[:place])
            yield from _keys(value, path, first_line)


def check(keys: list[Key], file: str, root: Path, first_line: int = 1) -> list[Problem]:
    """What of the keys of front matter or of `_quarto.yml` would be ignored, or read in two ways.

    Args:
        keys: As `read_yaml` gives them.
        file: Their file.
        root: The project's root, for files that are named.
        first_line: The line of `file` on which the YAML starts.
    """
    problems, refused = [], set()
    for key in keys:
        place = _place(key.path, file)
        if key.path[:-1] in refused or place is None:
            refused.add(key.path)
            continue
        name, told = key.path[-1], support.way_out(place, key.path[-1])
        if place == "key" and file == CONFIG and support.rule_of("config", name):
            place, told = "config", None
        if told is not None:
            refused.add(key.path)
            problems.append(Problem(file, key.line, f"{name}: is not a setting that both engines know.{told}"))
        else:
            rule = support.rule_of(place, name)
            for node, words in _values(key.value, rule.takes if rule else (), root):
                problems.append(Problem(file, first_line + node.start_mark.line, f"{name}: {words}"))
    return problems


def _place(path: tuple[str, ...], file: str) -> str | None:
    """The place in the table of a key; None below a value that has no keys of its own."""
    if len(path) == 1:
        return "key"
    if path[0] == "format" and len(path) == 3:
        return path[1]
    return _PLACES.get(path[0]) if len(path) == 2 else None


def _values(node: yaml.Node, takes: tuple[str, ...], root: Path) -> Iterator[tuple[yaml.Node, str]]:
    """What is wrong with a value, and the node where."""
    if isinstance(node, yaml.MappingNode):
        if "mapping" not in takes:
            yield node, "takes no keys below it."
        elif "text" in takes and not any(name.value == "name" for name, _ in node.value):
            yield node, "needs a name."
    elif isinstance(node, yaml.SequenceNode):
        if not {"list", "file"} & set(takes):
            yield node, "takes one value, no list."
        for item in node.value:
            if not (isinstance(item, yaml.MappingNode) and takes == ("list",)):
                yield from _values(item, takes, root)
    elif takes[:1] in (("mapping",), ("list",)):
        yield node, "takes keys below it."
    elif takes[:1] == ("file",):
        if not (node.tag == _STR and node.value and (root / node.value.lstrip("/")).exists()):
            yield node, f"{node.value or 'nothing'} is not there."
        elif Path(node.value).suffix in _TEXTS:
            read_text(root, node.value.lstrip("/"))
    elif takes[:1] in (("text",), ("line",)):
        if node.tag != _STR or not node.value.strip():
            yield node, f"{node.value or 'nothing'} is not read as text. Put it in quotes."
        elif takes == ("line",) and "\n" in node.value:
            yield node, "takes one line. Write it without | or >."
    elif takes == ("day",):
        if date_of(node.value) is None:
            yield node, "must be fixed. Write YYYY-MM-DD."
    elif takes == ("date-format",):
        if node.value not in DATE_FORMATS:
            yield node, f"{node.value} is not supported. Write {', '.join(DATE_FORMATS[:-1])} or {DATE_FORMATS[-1]}."
    elif node.value not in takes:
        yield node, f"{node.value or 'nothing'} is not supported. Write {' or '.join(takes)}."


def unfit(node: yaml.Node) -> str:
    """What is wrong with a value of `_variables.yml`, all of which Quarto reads as Markdown; empty for a good one."""
    if isinstance(node, yaml.MappingNode):
        return ""
    if node.tag != _STR:
        return "is not read as text. Put it in quotes."
    return "holds a note, a citation or a reference. Put it into the text." if _ACTING.search(node.value) else ""


def date_of(value: object) -> datetime.date | None:
    """The date that an ISO text names; None for anything else."""
    text = str(value)
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None
