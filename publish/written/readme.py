"""The findings on the README's first screen, filled in from the values of the last build."""

from __future__ import annotations

import re
from pathlib import Path

from publish.base.problems import PaperProblems, Problem
from publish.base.whole import write_whole

TARGET = "README.md"
TEMPLATE = "docs/findings.md"
START = "<!-- findings: written by `paper build` from docs/findings.md; change it there -->"
END = "<!-- /findings -->"
_VARIABLE = re.compile(r"\{\{<\s*var\s+([a-z0-9_.]+)\s*>\}\}")


def readme(root: Path) -> str:
    """The README with its findings filled in.

    Args:
        root: The project's root.

    Raises:
        PaperProblems: The README has lost its marks, or the findings name a value that is not there.
    """
    text = (root / TARGET).read_text(encoding="utf-8")
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

    values = yaml.safe_load((root / "_variables.yml").read_text(encoding="utf-8"))
    template = (root / TEMPLATE).read_text(encoding="utf-8")
    problems = []
    lines = []
    for number, line in enumerate(template.splitlines(), start=1):
        for name in _VARIABLE.findall(line):
            if _look_up(values, name) is None:
                problems.append(Problem(TEMPLATE, number, f"there is no value {name}. See _variables.yml."))
        lines.append(_VARIABLE.sub(lambda match: str(_look_up(values, match[1])), line))
    if problems:
        raise PaperProblems(problems)
    return "\n".join(lines) + "\n"


def _look_up(values: object, name: str) -> object:
    for part in name.split("."):
        values = values.get(part) if isinstance(values, dict) else None
    return values if not isinstance(values, dict) else None
