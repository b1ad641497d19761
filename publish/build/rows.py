"""The data's own check, once and before anything is computed: its messages are those of `paper data check`."""

from __future__ import annotations

import sys
from pathlib import Path

from publish.base.environment import of_notebooks, said
from publish.base.failures import BuildFailure
from publish.base.whole import write_whole

COMMAND = "analysis/data/__main__.py"
"""What checks the data, where the package `analysis` has it."""


def check_data(root: Path, target: Path) -> None:
    """Let `analysis` check the data, and keep what it says.

    Args:
        root: The project's root.
        target: The file to keep it in.

    Raises:
        BuildFailure: Something is wrong with the data; everything that is, by file and line.
    """
    command = [sys.executable, "-m", "analysis.data", "data check"]
    done = said(command, root, of_notebooks(root))
    if done.returncode:
        raise BuildFailure(done.stderr.strip() or f"{COMMAND} ended with {done.returncode} and said nothing.")
    write_whole(target, done.stdout, root)
