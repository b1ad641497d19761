"""Whole processes, measured: seconds and peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One process and all that it started and waited for.

    Attributes:
        seconds: From start to end.
        memory: Peak resident memory of the largest of them, in bytes.
        output: What it wrote.
        code: Exit code; negative for the signal that ended it.
    """

    seconds: float
    memory: int
    output: str
    code: int


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float = 1800) -> Run:
    """Run a command and measure it; after `limit` seconds it is killed with all that it started.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: Added to the environment.
        limit: Seconds.
    """
    surroundings = {**os.environ, **environment}
    with tempfile.TemporaryFile("w+") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the programs are ours
            command, cwd=folder, env=surroundings, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        end = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        end.start()
        _, status, used = os.wait4(process.pid, 0)
        end.cancel()
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return Run(seconds, used.ru_maxrss * 1024, out.read(), process.returncode)
