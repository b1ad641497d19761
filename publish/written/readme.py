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
    text = read_text(root, TARGET)
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise PaperProblems([Problem(TARGET, 1, f"the lines {START} and {END} are gone. Put them back.")])
    return f"{before}{START}\n\n{_findings(root)}\n{END}{after}"


def write_readme(root: Path) -> None:
    """Write the README with its findings, whole or not at all."""
    write_whole(root / TARGET, readme(root), root)


def _findings(root: Path) -> str:
    import yaml

    values = yaml.load((root / "_variables.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    template = read_text(root, TEMPLATE)
    return VARIABLE.sub(lambda found: str(reduce(getitem, found[1].split("."), values)), template)
