"""Whole processes, measured with all that they start: seconds, the processors' seconds, and peak memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux: a process whose parent ended becomes ours, so that its time is ours too
_GRACE = 10.0  # seconds that are left to what outlives the command


@dataclass(frozen=True)
class Run:
    """One command and all that it started, forked and left behind.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of all processors, in the command and in what it started, whoever waited for them.
        memory: Peak resident memory of the largest process that the command waited for, in bytes.
        output: What it wrote.
        code: Exit code; negative for the signal that ended it.
    """

    seconds: float
    processor: float
    memory: int
    output: str
    code: int


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float = 1800) -> Run:
    """Run a command in a folder, with this added to the environment, and measure it.

    After `limit` seconds it is killed with all that it started.
    """
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    others, before = _children(), _used()
    with tempfile.TemporaryFile("w+") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the programs are ours
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        end = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        end.start()
        _, status, used = os.wait4(process.pid, 0)
        end.cancel()
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        _wait_for(others)
        out.seek(0)
        return Run(seconds, _used() - before, used.ru_maxrss * 1024, out.read(), process.returncode)


def _used() -> float:
    """Seconds of all processors in every process that was ours and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children() -> set[int]:
    return {*map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())}  # of the main thread


def _wait_for(others: set[int]) -> None:
    """Wait for what a command left behind; what does not end within the grace is ended."""
    until = time.perf_counter() + _GRACE
    while left := _children() - others:
        for pid in left:
            with contextlib.suppress(ChildProcessError, ProcessLookupError):
                if time.perf_counter() > until:
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.01)
