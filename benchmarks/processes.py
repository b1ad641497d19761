"""Whole processes, measured: seconds on the wall, seconds of processors, peak memory."""

from __future__ import annotations

import os
import resource
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One process and all that it started and waited for.

    Attributes:
        seconds: From start to end.
        processor: Seconds of processors, of it and its children.
        memory: Peak resident memory of the largest of them, in bytes.
        output: What it wrote to standard output.
        errors: What it wrote to standard error.
        code: Exit code; negative for the signal that ended it.
    """

    seconds: float
    processor: float
    memory: int
    output: str
    errors: str
    code: int


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float = 1800) -> Run:
    """Run a command and measure it; after `limit` seconds it is killed.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: Added to the environment.
        limit: Seconds.
    """
    begin = time.perf_counter()
    with (folder / ".bench-out").open("w+") as out, (folder / ".bench-err").open("w+") as err:
        process = subprocess.Popen(  # noqa: S603 - a list, never a shell
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        code, used = _wait(process.pid, begin + limit)
        process.returncode = code
        seconds = time.perf_counter() - begin
        out.seek(0)
        err.seek(0)
        texts = out.read(), err.read()
    for name in (".bench-out", ".bench-err"):
        (folder / name).unlink()
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, *texts, code)


def _wait(number: int, deadline: float) -> tuple[int, resource.struct_rusage]:
    while time.perf_counter() < deadline:
        done, status, used = os.wait4(number, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), used
        time.sleep(0.005)
    os.killpg(number, signal.SIGKILL)
    _, status, used = os.wait4(number, 0)
    return os.waitstatus_to_exitcode(status), used


def median_of(times: int, once: Callable[[], Run]) -> tuple[float, list[Run]]:
    """The median of the seconds of repeated runs, and the runs.

    Raises:
        RuntimeError: One of them failed; holds the end of what it said.
    """
    runs = []
    for _ in range(times):
        run = once()
        if run.code:
            raise RuntimeError(f"exit code {run.code}:\n{run.output[-2000:]}\n{run.errors[-2000:]}")
        runs.append(run)
    return statistics.median(run.seconds for run in runs), runs
