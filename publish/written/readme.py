"""The findings on the README's first screen, filled in from the values of the last build."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from pathlib import Path

from publish.base.problems import PaperProblems, Problem
from publish.base.texts import read_text
from publish.base.whole import write_whole
from publish.written.used import VARIABLE

TARGET = "README.md"
TEMPLATE = "docs/findings.md"
START = "<!-- findings: written by `paper build` from docs/findings.md; change it there -->"
END = "<!-- /findings -->"


def readme(root: Path) -> str:
    """The README with its findings filled in.

    Args:
        root: The project's root.

    Raises:
        PaperProblems: The README has lost its marks.
    """
    return filled(root, TARGET, START, END, _findings(root))


def filled(root: Path, target: str, start: str, end: str, text: str) -> str:
    """A page with the text between two of its lines put in anew.

    Args:
        root: The project's root.
        target: The page's path from there.
        start: The line before the text.
        end: The line after it.
        text: What stands between them.

    Raises:
        PaperProblems: The page has lost one of the lines.
    """
    before, found, rest = read_text(root, target).partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise PaperProblems([Problem(target, 1, f"the lines {start} and {end} are gone. Put them back.")])
    return f"{before}{start}\n\n{text}\n{end}{after}"


def write_readme(root: Path) -> None:
    """Write the README with its findings, whole or not at all."""
    write_whole(root / TARGET, readme(root), root)


def _findings(root: Path) -> str:
    import yaml

    values = yaml.load((root / "_variables.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    template = read_text(root, TEMPLATE)
    return VARIABLE.sub(lambda found: str(reduce(getitem, found[1].split("."), values)), template)
