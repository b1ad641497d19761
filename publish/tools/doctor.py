"""Which tools are here, in which version, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.base.environment import said, stated

_PROJECT = "open-defector-narratives"
_PROGRAMS = (  # name, command and its option, what for, what to do without
    ("git", ("git", "--version"), "paper verify, paper changes", "Install git."),
    ("uv", ("uv", "--version"), "the Makefile", "None needed: the Makefile puts one into .cache/uv."),
    (
        "browser",
        ("chromium|chromium-browser", "--version"),
        "tests of the page",
        "Run .ci/run, or: apt-get install chromium",
    ),
    ("pdfinfo", ("pdfinfo", "-v"), "tests of the PDF", "Run .ci/run, or: apt-get install poppler-utils"),
    ("unshare -n", ("unshare", "--version"), "paper verify without network", "None needed: the network stays on."),
)


@dataclass(frozen=True)
class Finding:
    """One tool.

    Attributes:
        name: The tool.
        found: Its version or state; empty when it is missing or of no use.
        what_for: What it is needed for.
        advice: What to do about it; empty when nothing.
        needed: Whether `paper build` fails without it.
    """

    name: str
    found: str
    what_for: str
    advice: str = ""
    needed: bool = False


def examine(root: Path) -> Iterator[Finding]:
    """Look at everything that the commands use.

    Args:
        root: The project's root.
    """
    good = (3, 11) <= sys.version_info < (3, 14)
    advice = "" if good else "Use Python 3.11 to 3.13; `uv sync` fetches one."
    yield Finding("Python", platform.python_version() if good else "", "everything", advice, needed=True)
    yield from _packages()
    lock = (root / "uv.lock").is_file()
    yield Finding("uv.lock", "here" if lock else "", "the same versions everywhere", "" if lock else "Restore it.")
    yield _quarto()
    yield from (_program(*one) for one in _PROGRAMS)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print them as a table."""
    from rich.table import Table

    from publish.base.tables import console

    table = Table("tool", "found", "used for", "what to do")
    for finding in findings:
        missing = "[red]missing[/]" if finding.needed else "[yellow]no[/]"
        table.add_row(finding.name, finding.found or missing, finding.what_for, finding.advice)
    out = console()
    out.print(table)
    lacking = [finding.name for finding in findings if finding.needed and not finding.found]
    out.print(f"Missing: {', '.join(lacking)}." if lacking else "Everything that a build needs is here.")


def _packages() -> Iterator[Finding]:
    """The packages that the project declares: all in one line, or each that is missing."""
    declared = re.findall(r"(?m)^[\w.-]+", "\n".join(importlib.metadata.requires(_PROJECT) or ()))
    installed = {re.sub(r"[-_.]+", "-", found.name).lower() for found in importlib.metadata.distributions()}
    missing = [name for name in declared if name.lower() not in installed]
    for name in missing:
        yield Finding(name, "", "paper build", "Run: uv sync --locked", needed=True)
    if not missing:
        yield Finding("Python packages", f"all {len(declared)}", "paper build", needed=True)


def _quarto() -> Finding:
    from publish.engine import quarto

    found = quarto.find()
    if found.usable:
        return Finding("Quarto", f"{found.version} at {found.path}", "paper build --engine quarto")
    advice = f"{found}. None needed: the embedded engine is used. For Quarto, install 1.9 or later from quarto.org."
    return Finding("Quarto", "", "paper build --engine quarto", advice)


def _program(name: str, command: tuple[str, str], what_for: str, advice: str) -> Finding:
    path = next(filter(None, map(shutil.which, command[0].split("|"))), None)
    if path is None:
        return Finding(name, "", what_for, advice)
    try:
        done = said([path, command[1]], Path.cwd(), stated(os.devnull), seconds=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(name, "", what_for, f"{path} does not run ({error.__class__.__name__}). {advice}")
    version = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return Finding(name, version.group() if version else path, what_for)
