"""How long builds take, against the floor, against notebooks one after the other, and against Quarto, in one run."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Run, measure, median_of
from publish.engine import quarto
from publish.tools.verify import copy_tracked

REPORT_ALONE = "rendering of the report alone, without a build"
_REMEMBERED = (".cache", ".pytask", "pytask.lock", "pytask.lock.journal", "_output")


@dataclass(frozen=True)
class Timing:
    """One thing that was measured.

    Attributes:
        name: What was done.
        seconds: Median of the repeated runs.
        each: Seconds of each run.
        processor: Median run's seconds of processors, of processes that were waited for.
        steps: Steps that ran in the last run; empty for what is no build.
    """

    name: str
    seconds: float
    each: tuple[float, ...]
    processor: float
    steps: tuple[str, ...] = ()


class Builds:
    """A copy of the project to build again and again.

    Args:
        root: The project's root; its tracked files are copied.
        folder: An empty directory.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.copy = root, folder / "paper"
        copy_tracked(root, self.copy)
        self.environment = {"PYTHONPATH": str(self.copy)}

    def measured(self, name: str, times: int, prepare: Callable[[int], None]) -> Timing:
        """Build `times` times, each after `prepare(number)`."""
        number = iter(range(times))

        def once() -> Run:
            prepare(next(number))
            return measure([sys.executable, "-m", "publish.cli", "build"], self.copy, self.environment)

        return _timing(name, *median_of(times, once))

    def forget(self, _: int = 0) -> None:
        """Make the next build a clean one."""
        for name in _REMEMBERED:
            path = self.copy / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def append(self, name: str, text: str) -> Callable[[int], None]:
        """An edit that adds a text, with a number that differs each time, to the end of a file."""

        def edit(number: int) -> None:
            with (self.copy / name).open("a", encoding="utf-8") as file:
                file.write(text.format(number))

        return edit

    def flip_coding(self, number: int) -> None:
        """Change one coded value, and change it back the next time."""
        file = self.copy / "data" / "codings.csv"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        place = next(
            n
            for n, line in enumerate(lines)
            if line.split(",")[1] == "adjudicated" and line.split(",")[3] in ("0", "1")
        )
        cells = lines[place].split(",")
        cells[3] = "1" if cells[3] == "0" else "0"
        lines[place] = ",".join(cells)
        file.write_text("".join(lines), encoding="utf-8")


def build_timings(root: Path, folder: Path) -> Iterator[Timing]:
    """Measure everything, one thing after the other.

    Args:
        root: The project's root.
        folder: An empty directory.
    """
    builds = Builds(root, folder)
    yield builds.measured("clean build", 3, builds.forget)
    yield from _floor(builds, folder)
    yield _one_after_the_other(builds, folder)
    yield builds.measured("nothing to do", 5, lambda _: None)
    yield builds.measured("one word of prose", 3, builds.append("report.qmd", "\nA word more.\n"))
    yield _report_alone(builds)
    yield builds.measured("one coded value", 3, builds.flip_coding)
    yield builds.measured("the page's style", 3, builds.append("theme/page/paper.css", "\n/* {} */\n"))
    yield from _quarto(builds)


def _report_alone(builds: Builds) -> Timing:
    code = "render(Path.cwd(), engine='embedded', out=Path('.cache/alone'), documents=('report',), say=None)"
    command = [sys.executable, "-c", f"from pathlib import Path; from publish.engine.engine import render; {code}"]
    seconds, runs = median_of(3, lambda: measure(command, builds.copy, builds.environment))
    return _timing(REPORT_ALONE, seconds, runs)


def _floor(builds: Builds, folder: Path) -> list[Timing]:
    project = folder / "floor"
    shutil.copytree(builds.copy, project, ignore=shutil.ignore_patterns(*_REMEMBERED))
    environment = {"MPLCONFIGDIR": str(folder / "fonts"), "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "benchmarks.one_process", str(project), "--render"]

    def once() -> Run:
        shutil.rmtree(folder / "fonts", ignore_errors=True)
        return measure(command, project, environment)

    seconds, runs = median_of(3, once)
    rendering = sorted(json.loads(run.output.splitlines()[-1])["rendering"] for run in runs)[1]
    return [
        _timing("floor: one process, all figures, one rendering", seconds, runs),
        Timing("of which rendering", rendering, (rendering,), 0.0),
    ]


def _one_after_the_other(builds: Builds, folder: Path) -> Timing:
    notebooks = [str(file) for file in sorted((builds.copy / "analysis").glob("*.ipynb"))]
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output-dir",
        str(folder / "executed"),
    ]
    environment = {
        "ODN_ROOT": str(builds.copy),
        "ODN_FIGURES": str(folder / "figures-of-nbconvert"),
        "PYTHONPATH": str(builds.copy),
        "MPLCONFIGDIR": str(folder / "fonts"),
    }

    def once() -> Run:
        return measure([*command, *notebooks], builds.copy, environment)

    return _timing("jupyter nbconvert --execute, one after the other", *median_of(3, once))


def _quarto(builds: Builds) -> list[Timing]:
    found = quarto.find()
    if not found.usable:
        return []
    command = [str(found.path), "render", "report.qmd"]
    environment = {**builds.environment, quarto.ANALYSIS_DONE: "1"}
    return [_timing("quarto render, figures there", *median_of(3, lambda: measure(command, builds.copy, environment)))]


def _timing(name: str, seconds: float, runs: list[Run]) -> Timing:
    middle = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    steps = tuple(line[7:33].strip() for line in runs[-1].output.splitlines() if line.startswith("ran "))
    return Timing(name, seconds, tuple(run.seconds for run in runs), middle.processor, steps)
