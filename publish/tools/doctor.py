"""Which tools are here, in which version, what is missing, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PACKAGES = ("pypandoc-binary", "typst", "pytask", "nbclient", "ipykernel", "pandas", "matplotlib")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


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


def examine(root: Path) -> tuple[Finding, ...]:
    """Look at everything that the commands use.

    Args:
        root: The project's root.
    """
    return (
        _python(),
        *(_package(name) for name in _PACKAGES),
        _lock(root),
        _quarto(),
        _program("git", ("git",), "paper verify, paper changes", "Install git."),
        _program("uv", ("uv",), "the Makefile", "None needed: the Makefile puts one into .cache/uv."),
        _program("browser", _BROWSERS, "tests of the page", "Run .ci/run, or: apt-get install chromium"),
        _program("pdfinfo", ("pdfinfo",), "tests of the PDF", "Run .ci/run, or: apt-get install poppler-utils", "-v"),
        _network_switch(),
    )


def print_findings(findings: Sequence[Finding]) -> None:
    """Print them as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table("tool", "found", "used for", "what to do")
    for finding in findings:
        missing = "[red]missing[/]" if finding.needed else "[yellow]no[/]"
        table.add_row(finding.name, finding.found or missing, finding.what_for, finding.advice)
    console = Console()
    console.print(table)
    lacking = [finding.name for finding in findings if finding.needed and not finding.found]
    console.print(f"Missing: {', '.join(lacking)}." if lacking else "Everything that a build needs is here.")


def _python() -> Finding:
    good = (3, 11) <= sys.version_info < (3, 14)
    advice = "" if good else "Use Python 3.11 to 3.13; `uv sync` fetches one."
    return Finding("Python", platform.python_version() if good else "", "everything", advice, needed=True)


def _package(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name), "paper build", needed=True)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "", "paper build", "Run: uv sync --locked", needed=True)


def _lock(root: Path) -> Finding:
    there = (root / "uv.lock").is_file()
    return Finding("uv.lock", "here" if there else "", "the same versions everywhere", "" if there else "Restore it.")


def _quarto() -> Finding:
    from publish.engine import quarto

    found = quarto.find()
    if found.usable:
        return Finding("Quarto", f"{found.version} at {found.path}", "paper build --engine quarto")
    advice = f"{found}. None needed: the embedded engine is used. For Quarto, install 1.9 or later from quarto.org."
    return Finding("Quarto", "", "paper build --engine quarto", advice)


def _program(name: str, names: Sequence[str], what_for: str, advice: str, version_flag: str = "--version") -> Finding:
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        return Finding(name, "", what_for, advice)
    try:
        done = subprocess.run([path, version_flag], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Finding(name, "", what_for, f"{path} does not run. {advice}")
    version = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return Finding(name, version.group() if version else path, what_for)


def _network_switch() -> Finding:
    from publish.tools.verify import without_network

    command = without_network()
    advice = "" if command else "paper verify builds with the network on."
    return Finding("unshare -n", " ".join(command), "a build without network in paper verify", advice)
