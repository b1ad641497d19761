"""How time and memory grow with the number of cases: validation, every statistic and every figure, in one process."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import measure

SIZES = (100, 1_000, 10_000, 100_000)  # a million has more rows of codes than the memory of most machines holds
SECONDS = 600
_WRITE = "import sys; from pathlib import Path; from benchmarks.synthetic import write_package; "
_WRITE += "write_package(*map(Path, sys.argv[1:3]), int(sys.argv[3]))"


@dataclass(frozen=True)
class Size:
    """One size of the data package: its cases, the seconds of each part that ended, and the peak memory in bytes.

    `end` says in words how it ended, `refused` which notebook cells refuse this size, each with its reason; `n_rows`
    are the rows of codes, and `unfinished` the seconds in the part in which it was stopped, 0 where none was.
    """

    n_cases: int
    seconds: dict[str, float]
    memory: int
    refused: tuple[str, ...]
    end: str
    n_rows: int = 0
    unfinished: float = 0.0

    @property
    def total(self) -> float:
        """Seconds of all parts, that in which it was stopped among them."""
        return sum(self.seconds.values()) + self.unfinished


def growth(root: Path, folder: Path, sizes: Sequence[int] = SIZES, python: str = sys.executable) -> Iterator[Size]:
    """Measure one size after the other, rising, until one does not end within the limit.

    The project's own code, at `root` and run with `python`, draws the cases in a folder and is measured.
    """
    for n_cases in sizes:
        project = folder / f"cases-{n_cases}"
        project.mkdir()
        given, own = (str(root), str(project), str(n_cases)), {"PYTHONPATH": str(root)}
        measure((python, "-c", _WRITE, *given), project, own, SECONDS)
        with (project / "data/codings.csv").open("rb") as rows:
            n_rows = sum(1 for _ in rows) - 1
        run = measure((python, "-m", "benchmarks.one_process", str(project)), project, own, SECONDS)
        shutil.rmtree(project)
        lines = run.output.splitlines()
        refused = tuple(line.removeprefix("refused ") for line in lines if line.startswith("refused "))
        stopped = f"stopped after {run.seconds:.0f} s" if run.code < 0 else f"failed: {lines[-1]}"
        seconds = json.loads(next((line for line in reversed(lines) if line.startswith("{")), "{}"))
        unfinished = run.seconds - sum(seconds.values()) if run.code else 0.0
        yield Size(n_cases, seconds, run.memory, refused, stopped if run.code else "ended", n_rows, unfinished)
        if run.code:
            return


def exponent(sizes: Sequence[Size], part: str | None = None) -> float:
    """The exponent of time over number of cases between the two largest sizes that ended; NaN with fewer than two.

    Of one part, or of all of them together.
    """
    ended = [size for size in sizes if not size.unfinished][-2:]
    if len(ended) < 2:
        return math.nan
    times = [size.seconds[part] if part else size.total for size in ended]
    return float(np.diff(np.log(times))[0] / np.diff(np.log([size.n_cases for size in ended]))[0])
