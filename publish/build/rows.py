"""The data's own check, once and before anything is computed: its messages are those of `paper data check`."""

from __future__ import annotations

import io
import runpy
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

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
    from publish.notebooks.kernels import ask

    write_whole(target, ask(root, COMMAND, "publish.build.rows:checked"), root)


def checked(_: Path) -> tuple[bool, str]:
    """What `python -m analysis.data "data check"` says, in this process: whether all is good, and its words."""
    out, wrong, code = io.StringIO(), io.StringIO(), None
    sys.argv = [COMMAND, "data check"]
    with redirect_stdout(out), redirect_stderr(wrong):
        try:
            runpy.run_module("analysis.data", run_name="__main__")
        except SystemExit as end:
            code = end.code
        except Exception:
            code = traceback.format_exc()
    if not code:
        return True, out.getvalue()
    said = code if isinstance(code, str) else wrong.getvalue()
    return False, said.strip() or f"{COMMAND} ended with {code} and said nothing."
