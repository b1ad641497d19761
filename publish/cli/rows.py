"""Commands that work with the rows: what they may be asked. The work is done by `python -m analysis.data`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from publish.base.environment import of_code
from publish.base.failures import GOOD, UNUSABLE, WRONG
from publish.cli.group import CODES, PaperGroup


def of_rows(root: Path, words: str, **asked: object) -> int:
    """Let `analysis` do the work of a command, in a process of its own: the two wings import nothing of each other.

    Args:
        root: The project.
        words: The command, such as `data check`.
        asked: Its options and arguments, which JSON must hold.

    Returns:
        The exit code of the command.
    """
    environment = {**os.environ, **of_code(root)}
    command = [sys.executable, "-m", "analysis.data", words, json.dumps(asked)]
    code = subprocess.run(command, cwd=root, env=environment, check=False).returncode
    return code if code in (GOOD, WRONG, UNUSABLE) else WRONG


@click.group(cls=PaperGroup, epilog=CODES)
def data() -> None:
    """Work with the case list."""


@data.command("check", epilog=CODES)
@click.option("--json", "form", flag_value="json", help="One JSON object, for other programs.")
@click.option("--github", "form", flag_value="github", help="Annotations that GitHub shows beside the lines.")
@click.pass_obj
def data_check(root: Path, form: str | None) -> int:
    r"""Load and validate the data; name everything that is wrong, with file and line and the way out.

    \b
    Examples:
      paper data check
      paper data check --github
    """
    return of_rows(root, "data check", form=form or "text")


GROUPS = (data,)
