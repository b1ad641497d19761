"""How time and memory grow with the number of cases: validation, every statistic and every figure, in one process."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.processes import measure
from benchmarks.synthetic import write_package

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
SECONDS = 600


@dataclass(frozen=True)
class Size:
    """One size of the data package.

    Attributes:
        n_cases: Number of cases.
        seconds: Part to seconds; empty when it did not end within the limit.
        memory: Peak memory in bytes.
        refused: Notebook cells that refuse this size, such as a chart whose labels would overlap.
        end: How it ended, in words.
    """

    n_cases: int
    seconds: dict[str, float]
    memory: int
    refused: tuple[str, ...]
    end: str


def growth(root: Path, folder: Path) -> Iterator[Size]:
    """Measure one size after the other, until one does not end within the limit.

    Args:
        root: The project's root.
        folder: An empty directory.
    """
    for n_cases in SIZES:
        project = folder / f"cases-{n_cases}"
        project.mkdir()
        write_package(root, project, n_cases)
        command = [sys.executable, "-m", "benchmarks.one_process", str(project)]
        run = measure(command, project, {"PYTHONPATH": str(root)}, SECONDS)
        seconds = json.loads(run.output.splitlines()[-1]) if run.code == 0 else {}
        end = "ended" if run.code == 0 else f"stopped after {run.seconds:.0f} s" if run.code < 0 else "failed"
        refused = tuple(line for line in run.errors.splitlines() if line.startswith("refused "))
        yield Size(n_cases, seconds, run.memory, refused, end)
        shutil.rmtree(project)
        if run.code:
            break


def exponent(sizes: list[Size], part: str | None = None, last: int | None = None) -> float:
    """The fitted exponent of time over number of cases, from 1,000 cases up; NaN with fewer than two sizes.

    Args:
        sizes: What was measured.
        part: One part; all of them together when None.
        last: Only so many of the largest sizes; all when None. Small sizes hide growth behind what is constant.
    """
    ended = [size for size in sizes if size.seconds and size.n_cases >= 1_000][-(last or len(sizes)) :]
    if len(ended) < 2:
        return math.nan
    times = [size.seconds[part] if part else sum(size.seconds.values()) for size in ended]
    return float(np.polyfit(np.log([size.n_cases for size in ended]), np.log(times), 1)[0])
