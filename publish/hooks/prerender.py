"""What `quarto render` runs first: the analysis and the check of the paper, of which Quarto itself would only warn.

Quarto starts this file with whatever Python it finds; it then goes over to the project's own environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def command(root: Path, uv: str | None, name: str = "publish.hooks.prerender") -> list[str]:
    """The command that runs a module in the project's environment; empty where there is none.

    Args:
        root: The project's root.
        uv: The uv program, if there is one.
        name: The module.
    """
    module = ["-m", name]
    for python in (root / ".venv" / "bin" / "python", root / ".venv" / "Scripts" / "python.exe"):
        if python.is_file():
            return [str(python), *module]
    return [uv, "run", "--locked", "python", *module] if uv else []


def start(root: Path, variables: Mapping[str, str], name: str = "publish.hooks.prerender") -> int:
    """Run a module of this room; the exit code is Quarto's reason to stop.

    Args:
        root: The project's root.
        variables: The environment.
        name: The module.
    """
    arguments = command(root, shutil.which("uv"), name)
    if not arguments:
        print("The analysis needs the project's environment: run `make paper` once, or install uv.", file=sys.stderr)
        return 2
    # The Quarto that runs this may not be the one on PATH; the colophon names the one that runs.
    path = os.pathsep.join(filter(None, (variables.get("QUARTO_BIN_PATH"), variables.get("PATH"))))
    return subprocess.run(arguments, cwd=root, env={**variables, "PATH": path}, check=False).returncode


def prepare(root: Path) -> int:
    """Bring the figures and values up to date, then check the documents; nothing is rendered.

    Args:
        root: The project's root.

    Returns:
        0, or 1 after saying what failed.
    """
    from publish.base.problems import PaperProblems
    from publish.build.build import build
    from publish.engine import engine

    failed = [f"{name} failed.\n{message}" for name, message in build(root, figures_only=True).failed.items()]
    if not failed:
        try:
            engine.check(root)
        except PaperProblems as error:
            failed = [str(error)]
    for message in failed:
        print(message, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":  # as a module it is for the project in which it was started
    sys.exit(prepare(Path.cwd()) if __package__ else start(ROOT, os.environ))
