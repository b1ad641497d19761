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
# Set by publish/engine/quarto.py when `paper build` has just run the analysis.
DONE = "PAPER_ANALYSIS_DONE"


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


def start(root: Path, variables: Mapping[str, str]) -> int:
    """Run the analysis unless it has just been run; the exit code is Quarto's reason to go on or to stop.

    Args:
        root: The project's root.
        variables: The environment.
    """
    if variables.get(DONE):
        return 0
    arguments = command(root, shutil.which("uv"))
    if not arguments:
        print("The analysis needs the project's environment: run `make paper` once, or install uv.", file=sys.stderr)
        return 2
    return subprocess.run(arguments, cwd=root, check=False).returncode


def prepare(root: Path) -> int:
    """Bring the figures and values up to date, then check the documents; nothing is rendered.

    Args:
        root: The project's root.

    Returns:
        0, or 1 after saying what failed.
    """
    from publish.base.problems import PaperProblems
    from publish.build.build import one_at_a_time
    from publish.build.freshness import read_record, to_run
    from publish.build.progress import Progress
    from publish.build.steps import plan
    from publish.build.tasks import run_steps
    from publish.engine import engine

    progress = Progress()
    with one_at_a_time(root, progress.say):
        steps = [step for step in plan(root, "auto") if step.name.startswith(("notebook ", "values ", "colophon"))]
        record = read_record(root)
        try:
            waiting = to_run(steps, record)
            failed = run_steps(root, waiting, record, os.cpu_count() or 1, progress) if waiting else {}
        finally:
            progress.close()
    for name, message in failed.items():
        print(f"{name} failed.\n{message}", file=sys.stderr)
    if not failed:
        try:
            engine.check(root)
        except PaperProblems as error:
            failed["paper"] = str(error)
            print(error, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(prepare(ROOT) if __package__ else start(ROOT, os.environ))
