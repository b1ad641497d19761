"""The real paper as it was built, read without the program that checks it: for tests of the paper as a whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml
from bs4 import BeautifulSoup, Tag

DOCUMENTS = ("report", "brief")
HAS_NO_WORDS = "svg, script, style, template, .figure-tools"
VARIABLE = re.compile(r"\{\{<\s*var\s+([\w.-]+)\s*>\}\}")
INCLUDE = re.compile(r"\{\{<\s*include\s+figures/[\w-]+/_([\w-]+)\.qmd\s*>\}\}")
_FOOT = re.compile(r"Page \d+ of \d+$")
_PLAIN = str.maketrans("‘’“”", "''\"\"", "\u00ad\u200b\u2060")


def bring_up_to_date(root: Path) -> None:
    """Build where something is stale; nothing happens after `make paper`."""
    from publish.build.build import explain

    if any(explain(root).values()):
        done = run_paper(root, "build")
        assert done.returncode == 0, done.stdout + done.stderr


def run_paper(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command `paper`, run on a project by that project's own code."""
    command = [sys.executable, "-P", "-m", "publish", "--root", str(root), *words]
    surroundings = {**os.environ, **environment, "PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=surroundings, capture_output=True, text=True, check=False)


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a group of the program with its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name), command


def source(root: Path, name: str) -> str:
    """A document's own text, without its front matter."""
    return (root / f"{name}.qmd").read_text("utf-8").split("\n---\n", 1)[1]


@cache
def whole_page(root: Path, name: str) -> BeautifulSoup:
    """A page as parsed, to be left as it is."""
    return BeautifulSoup((root / f"_output/{name}.html").read_text("utf-8"), "lxml")


def page(root: Path, name: str, without: str = HAS_NO_WORDS) -> Tag:
    """The main part of a page, a copy to cut in, without the parts that a selector names."""
    found = copy(whole_page(root, name).find("main"))
    assert isinstance(found, Tag)
    for part in found.select(without):
        part.decompose()
    return found


@cache
def print_pages(root: Path, name: str) -> tuple[str, ...]:
    """The text of each page of a PDF in reading order, as poppler reads it, with its running head and foot."""
    command = ["pdftotext", "-raw", root / f"_output/{name}.pdf", "-"]
    return tuple(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1])


def print_text(root: Path, name: str) -> str:
    """What a PDF says beside its running heads, its feet and its contents."""
    kept = []
    for text in print_pages(root, name):
        lines = text.splitlines()
        if len(lines) > 1 and lines[1] == "Contents":
            continue
        if lines[0].startswith("Open Defector Narratives ") and kept:
            lines = lines[1:]
        kept += [line for line in lines if not _FOOT.search(line)]
    return "\n".join(kept)


def words(tag: Tag, between: str = " ") -> str:
    """The text of a part of a page on one line."""
    return re.sub(r"\s+", " ", tag.get_text(between))


def without_references(text: str) -> str:
    """A print's text down to its list of works."""
    return text[: text.rindex("\nReferences\n")]


def squeezed(text: str) -> str:
    """A text without blanks and hyphenation, quotation marks made plain: the same however the lines are broken."""
    return re.sub(r"\s+", "", text.translate(_PLAIN))


def variables(root: Path) -> dict[str, str]:
    """Every value that the documents may use, by its dotted name."""

    def below(part: Any, name: str) -> dict[str, str]:
        if not isinstance(part, dict):
            return {name: re.sub(r"\\(\W)", r"\1", str(part))}
        return {key: text for word, inner in part.items() for key, text in below(inner, f"{name}.{word}").items()}

    read = yaml.load((root / "_variables.yml").read_text("utf-8"), yaml.CSafeLoader)
    return {name.removeprefix("."): text for name, text in below(read, "").items()}
