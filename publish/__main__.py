"""The command `paper`, also as `python -m publish`: started again without what a person's own Python would bring in."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

from publish.base.environment import of_paper

_CODE = Path(__file__).resolve().parents[1]


class _Patient(io.FileIO):
    """A stream that may lose its reader (`| head -1`) or have none; what is said then goes nowhere."""

    def write(self, text: object) -> int:
        try:
            return super().write(text)  # type: ignore[arg-type]
        except OSError:
            return len(text)  # type: ignore[arg-type]


def keep_streams() -> None:
    """Make standard output and error outlive their readers, take any letter, and be there at all."""
    for number in range(3):  # a file that is opened later must not get the number of a closed stream
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for number, name in enumerate(("stdout", "stderr"), 1):
        raw, before = _Patient(number, "w", closefd=False), getattr(sys, name)
        encoding = before.encoding if before else "utf-8"
        stream = io.TextIOWrapper(
            io.BufferedWriter(raw), encoding, "replace", line_buffering=raw.isatty() or name == "stderr"
        )
        setattr(sys, name, stream)


def start_again(*program: str) -> None:
    """Replace this process by one of the same program and words, unless its environment is as it should be.

    Args:
        program: What Python is to run, such as `-m publish`.
    """
    variables = of_paper(os.environ, _CODE)
    if variables != dict(os.environ):
        command = [sys.executable, *program, *sys.argv[1:]]
        if sys.platform == "win32":  # there a program that replaces itself ends at once for whoever waits for it
            sys.exit(subprocess.run(command, env=variables, check=False).returncode)
        os.execve(sys.executable, command, variables)  # noqa: S606


def main() -> None:
    """Run the command."""
    start_again("-P", "-m", "publish")
    keep_streams()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was begun is taken away, as after Ctrl-C
    try:
        from publish.cli import main as paper

        paper(prog_name="paper")
    except KeyboardInterrupt:
        sys.exit("Stopped by the keyboard.")


if __name__ == "__main__":
    main()
