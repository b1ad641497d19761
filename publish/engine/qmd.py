"""A document's source with its includes and shortcodes resolved, each line knowing where it came from."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.base.problems import PaperProblems, Problem
from publish.base.texts import did_you_mean, read_text
from publish.engine import keys, project, support

SHORTCODE = re.compile(r"\{\{<(?P<body>.*?)>\}\}")
INCLUDE = re.compile(r"\{\{<\s*include\s+(?P<path>\S+)\s*>\}\}\s*$")
# Quarto takes such a part of a name for a position in a list, and finds nothing.
NUMBER = re.compile(r"\d+(e\d+)?|0x[0-9a-f]+", re.IGNORECASE)
# A stand-in is one long word. Quarto's own is long too, and pandoc measures the lines of a pipe table: where one is
# long, the columns get their widths from the dashes below the header.
_TAIL = "x" * 70
STAND_IN = re.compile(r"odnvalue(?P<number>\d{5})" + _TAIL)


@dataclass(frozen=True)
class Origin:
    """Where a line stands: file (relative to the root) and line number from 1."""

    file: str
    line: int


@dataclass
class Use:
    """A shortcode that stands for a text.

    Attributes:
        kind: "var" or "meta".
        name: The dotted name.
        origin: Where it is used.
        value: The text; a question mark where there is none.
    """

    kind: str
    name: str
    origin: Origin
    value: str = "?"


@dataclass
class Expanded:
    """A document without includes; a stand-in word marks each `var` and `meta`.

    Attributes:
        document: The document's file name.
        front: Its front matter, with stand-ins.
        body: Its text below the front matter.
        origins: One per line of `body`.
        head: The front matter's text.
        uses: The shortcodes, in order; the stand-in's number is the index.
        problems: What is wrong with includes, shortcodes and names.
    """

    document: str
    front: dict[str, Any]
    body: str
    origins: list[Origin]
    head: str = ""
    uses: list[Use] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def origin_of(self, offset: int) -> Origin:
        """The origin of a character of `body`."""
        return self.origins[min(self.body.count("\n", 0, offset), len(self.origins) - 1)]

    def find(self, pattern: str) -> Origin:
        """Where a pattern first stands, in the body or else in the front matter; the first line where it does not."""
        found = re.search(pattern, self.body)
        if found:
            return self.origin_of(found.start())
        above = re.search(pattern, self.head)
        return Origin(self.document, 2 + self.head.count("\n", 0, above.start()) if above else 1)

    def place_of(self, text: str) -> str | None:
        """Where a piece of text first stands, as `report.qmd:12`; None where it does not."""
        found = self.body.find(text)
        origin = self.origin_of(found) if found >= 0 else None
        return f"{origin.file}:{origin.line}" if origin else None


def expand_document(root: Path, document: str) -> Expanded:
    """A document with includes in place; the values, the origin of each line and the problems apart.

    Args:
        root: The project's root.
        document: The document's path from the root, such as "report.qmd".

    Raises:
        PaperProblems: The front matter or a configuration cannot be read.
    """
    problems: list[Problem] = []
    lines = list(_lines(root, document, problems))
    uses: list[Use] = []
    text = [(_mark(line, origin, uses, problems), origin) for line, origin in lines]
    front_lines, body_lines = _split(text)
    if not front_lines and lines and lines[0][0].rstrip() == "---":
        problems.append(Problem(document, 1, "the settings at the top do not end. Write a line of three dashes below."))
    head = "".join(f"{line}\n" for line, _ in front_lines)
    body = "\n".join(line for line, _ in body_lines) + "\n"
    front, found = keys.read_yaml(head, document, first_line=2)
    problems += keys.check(found, document, root, first_line=2)
    problems += [
        Problem(origin.file, origin.line, "settings stand at the top of the document alone.")
        for (line, origin), (above, _), (below, _) in zip(body_lines[1:], body_lines, body_lines[2:], strict=False)
        if line.rstrip() == "---" and below.strip() and (not above.strip() or re.match(r"[\w-]+\s*:", below))
    ]
    expanded = Expanded(document, front, body, [origin for _, origin in body_lines], head, uses)
    expanded.problems += [*_resolve(root, expanded), *problems]
    return expanded


def _lines(root: Path, file: str, problems: list[Problem], above: tuple[str, ...] = ()) -> Iterator[tuple[str, Origin]]:
    """The lines of a file; an include gives the included file's lines. Paths are relative to the root, as in Quarto."""
    try:
        text = read_text(root, file)
    except PaperProblems as error:
        problems += error.problems
        return
    if (root / file).read_bytes().startswith(codecs.BOM_UTF8):
        problems.append(Problem(file, 1, "starts with a byte order mark, which Quarto prints. Save it without."))
    if len(above) == 1:  # Quarto leaves one line free below it, and two below a part of a part
        text = text.removesuffix("\n")
    for number, line in enumerate(text.split("\n"), 1):
        origin = Origin(file, number)
        include = INCLUDE.match(line)
        if not include:
            yield line, origin
            continue
        target = include["path"].lstrip("/")
        if target in (file, *above):
            problems.append(Problem(file, number, f"{target} includes itself."))
        elif not (root / target).resolve().is_relative_to(root.resolve()):
            problems.append(Problem(file, number, f"{target} lies outside the project. Copy it into its folder."))
        elif not (root / target).is_file():
            problems.append(
                Problem(file, number, f"{target} is not there. Paths of includes start at the project's root.")
            )
        else:
            yield from _lines(root, target, problems, (*above, file))
            yield "", origin


def _mark(line: str, origin: Origin, uses: list[Use], problems: list[Problem]) -> str:
    """A line with a stand-in for each shortcode."""

    def one(shortcode: re.Match[str]) -> str:
        kind, *arguments = shortcode["body"].split() or [""]
        if kind in ("var", "meta") and len(arguments) == 1:
            uses.append(Use(kind, arguments[0].strip("\"'"), origin))
            return f"odnvalue{len(uses) - 1:05d}{_TAIL}"
        if kind == "include":
            problems.append(Problem(origin.file, origin.line, "an include stands alone on its line."))
        elif kind in ("var", "meta"):
            problems.append(Problem(origin.file, origin.line, f"{shortcode[0]} needs one name."))
        else:
            way, only = support.way_out("shortcode", kind), " Only include, var and meta are."
            problems.append(Problem(origin.file, origin.line, f"{shortcode[0]} is not supported.{way}{only}"))
        return shortcode[0]

    if re.search(r">\}\}'\w", line):
        problems.append(Problem(origin.file, origin.line, "Quarto reads ' after a value as a quotation mark. Write ’."))
    if "{{{<" in line:
        problems.append(
            Problem(origin.file, origin.line, "{{{< is not supported: a shortcode cannot be shown as text.")
        )
        return line
    marked = SHORTCODE.sub(one, line)
    if "{{<" in SHORTCODE.sub("", line):
        problems.append(Problem(origin.file, origin.line, "a shortcode starts here and does not end on the line."))
    return marked


def _split(lines: list[tuple[str, Origin]]) -> tuple[list[tuple[str, Origin]], list[tuple[str, Origin]]]:
    """Front matter and body; the front matter stands between two lines of three dashes at the top."""
    if not lines or lines[0][0].rstrip() != "---":
        return [], lines
    for number, (line, _) in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return lines[1:number], lines[number + 1 :]
    return [], lines


def _dotted(values: dict[str, Any], above: str = "") -> Iterator[str]:
    """The whole name of each value in a tree of values."""
    for name, value in values.items():
        yield from _dotted(value, f"{above}{name}.") if isinstance(value, dict) else (f"{above}{name}",)


def _resolve(root: Path, expanded: Expanded) -> Iterator[Problem]:
    """Give each use its value; what cannot be found."""
    variables = project.read_variables(root)
    given = {**project.read_config(root), **expanded.front}
    metadata = {name: value for name, value in given.items() if name in project.METADATA}
    if date := keys.date_of(given.get("date")):
        metadata["date"] = project.printed_date(date, given)
    for use in expanded.uses:
        value = project.look_up(variables if use.kind == "var" else metadata, use.name)
        place = (use.origin.file, use.origin.line)
        if any(NUMBER.fullmatch(part) for part in use.name.split(".")[1:]):
            yield Problem(*place, f"{use.name}: Quarto cannot read a name with a number between dots.")
        elif isinstance(value, (dict, list)):
            yield Problem(*place, f"{use.name} is a group of values. Name one of them.")
        elif value is None and use.kind == "var":
            hint = did_you_mean(use.name, _dotted(variables))
            told = f"{use.name} is not in {project.VARIABLES}.{hint} Run `paper build` where a notebook records it."
            yield Problem(*place, told)
        elif value is None:
            yield Problem(*place, f"{use.name} is no text of the front matter or of {keys.CONFIG}.")
        elif STAND_IN.search(str(value)):
            yield Problem(*place, f"{use.name} is itself made of a shortcode.")
        else:
            use.value = str(value).lower() if isinstance(value, bool) else str(value)
