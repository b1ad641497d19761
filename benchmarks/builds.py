"""How long builds take, beside their floor and beside Quarto, in one run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Run, measure
from publish.engine import quarto
from publish.tools.verify import copy_tracked

BUILD = (sys.executable, "-m", "publish", "build")
RENDER = "from pathlib import Path; from publish.engine.engine import render; "
RENDER += "render(Path.cwd(), engine='embedded', out=Path('.cache/alone'), say=None)"


def repeated(name: str, times: int, once: Callable[[], Run], prepare: Callable[[], object]) -> tuple[str, list[Run]]:
    """What was done, and the runs of it, each after `prepare`.

    Raises:
        RuntimeError: A run failed; holds the end of what it said.
    """
    runs = []
    for _ in range(times):
        prepare()
        runs.append(once())
        if runs[-1].code:
            raise RuntimeError(f"{name}: exit code {runs[-1].code}:\n{runs[-1].output[-2000:]}")
    return name, runs


def build_timings(root: Path, folder: Path) -> Iterator[tuple[str, list[Run]]]:
    """Measure everything, one thing after the other, in a copy of the project's tracked files.

    Args:
        root: The project's root.
        folder: An empty directory.
    """
    copy = folder / "paper"
    copy_tracked(root, copy)

    def runs(
        name: str, times: int, command: Sequence[str], prepare: Callable[[], object] = tuple, **environment: str
    ) -> tuple[str, list[Run]]:
        surroundings = {"PYTHONPATH": str(copy), **environment}
        return repeated(name, times, lambda: measure(command, copy, surroundings), prepare)

    def append(name: str, text: str) -> Callable[[], object]:
        return lambda: (copy / name).write_text((copy / name).read_text("utf-8") + text, "utf-8")

    remembered = (copy / ".cache", copy / "_output")
    yield runs("clean build", 3, BUILD, lambda: [shutil.rmtree(one, ignore_errors=True) for one in remembered])
    yield runs("nothing to do", 5, BUILD)
    yield runs("every notebook in one process", 3, (sys.executable, "-m", "benchmarks.one_process", str(copy)))
    yield runs("rendering alone", 3, (sys.executable, "-c", RENDER))
    yield runs("one word of prose", 3, BUILD, append("report.qmd", "\nA word more.\n"))
    yield runs("one coded value", 3, BUILD, lambda: flip_coding(copy / "data" / "codings.csv"))
    yield runs("the page's style", 3, BUILD, append("theme/page/paper.css", "\n/* more */\n"))
    if (found := quarto.find()).usable:
        command = (str(found.path), "render", "report.qmd")
        yield runs("quarto render, figures there", 3, command, **{quarto.ANALYSIS_DONE: "1"})


def flip_coding(file: Path) -> None:
    """Change the first decided code of a case, and change it back the next time."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = [line.split(",") for line in lines]
    place = next(n for n, row in enumerate(cells) if row[1] == "adjudicated" and row[3] in ("0", "1"))
    cells[place][3] = str(1 - int(cells[place][3]))
    lines[place] = ",".join(cells[place])
    file.write_text("".join(lines), encoding="utf-8")
