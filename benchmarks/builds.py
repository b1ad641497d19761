"""How long builds take, beside those of the commit before the work on speed, in one run; and how large the page is."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml.html import parse

from benchmarks.measure import Run, measure
from publish.engine import quarto
from publish.tools.verify import build_command, copy_tracked

BEFORE = "52c1e7f"
RENDER = "from pathlib import Path; from publish.engine.engine import render; "
RENDER += "render(Path.cwd(), engine='{}', out=Path('.cache/alone'), say=None)"
_LONGEST = 120  # seconds until an edit must have reached the outputs


@dataclass(frozen=True)
class Tree:
    """A project to build.

    Attributes:
        root: Its folder, which may be edited.
        paper: Its command `paper`.
    """

    root: Path
    paper: tuple[str, ...]

    @property
    def style(self) -> str:
        """The page's style sheet."""
        return next(file.relative_to(self.root).as_posix() for file in sorted(self.root.glob("theme/**/paper.css")))


def tree_now(root: Path, folder: Path) -> Tree:
    """A copy of the project as it stands."""
    copy_tracked(root, folder / "now")
    return Tree(folder / "now", (*build_command(folder / "now"),))


def tree_before(root: Path, folder: Path) -> Tree | None:
    """The project at commit `BEFORE`, with the packages of its own lock file; None, said, where it cannot be had."""
    before, uv = folder / "before", shutil.which("uv") or str(root / ".cache/uv/bin/uv")
    commands = (
        ("git", "clone", "--quiet", "--shared", str(root), str(before)),
        ("git", "-C", str(before), "checkout", "--quiet", BEFORE),
        (uv, "sync", "--quiet", "--locked", "--project", str(before)),
    )
    for command in commands:
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the programs are ours
        except (OSError, subprocess.CalledProcessError) as error:
            why = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1]
            print(f"Commit {BEFORE} cannot be built here, so nothing is compared with it: {why}", flush=True)
            return None
    return Tree(before, (str(before / ".venv/bin/paper"),))


def repeated(name: str, times: int, once: Callable[[], Run], prepare: Callable[[], object]) -> list[Run]:
    """The runs of what has a name, each after `prepare`.

    Raises:
        RuntimeError: A run failed; holds the end of what it said.
    """
    runs = []
    for _ in range(times):
        prepare()
        runs.append(once())
        if runs[-1].code:
            raise RuntimeError(f"{name}: exit code {runs[-1].code}:\n{runs[-1].output[-2000:]}")
    return runs


def build_timings(tree: Tree) -> Iterator[tuple[str, list[Run]]]:
    """What a person does, and the runs of it, one thing after the other."""
    root = tree.root

    def runs(name: str, times: int, word: str, prepare: Callable[[], object] = tuple) -> tuple[str, list[Run]]:
        return name, repeated(name, times, lambda: measure((*tree.paper, word), root, {}), prepare)

    def append(name: str, text: str) -> Callable[[], object]:
        return lambda: (root / name).write_text((root / name).read_text("utf-8") + text, "utf-8")

    remembered = (root / ".cache", root / "_output")
    yield runs("clean build", 2, "build", lambda: [shutil.rmtree(one, ignore_errors=True) for one in remembered])
    yield runs("nothing to do", 5, "build")
    yield runs("`paper check`", 1, "check")
    yield runs("one word of prose", 2, "build", append("report.qmd", "\nA word more.\n"))
    yield runs("style to page", 3, "build", append(tree.style, "\n/* more */\n"))
    yield runs("one coding edit", 2, "build", lambda: flip_coding(root / "data" / "codings.csv"))


def floor_timings(root: Path, tree: Tree) -> Iterator[tuple[str, list[Run]]]:
    """The floor of a clean build, and Quarto's rendering of the report where there is one.

    Args:
        root: The project's root, whose code measures.
        tree: A copy of it.
    """
    cells = (sys.executable, "-m", "benchmarks.one_process", str(tree.root))
    commands = {"floor: imports, data and each chart once": cells}
    commands["floor: one rendering of both documents"] = (sys.executable, "-c", RENDER.format("embedded"))
    if quarto.find().usable:
        commands["the same by Quarto"] = (sys.executable, "-c", RENDER.format("quarto"))
    surroundings = {"PYTHONPATH": str(root)}
    for name, command in commands.items():
        yield name, repeated(name, 2, lambda given=command: measure(given, tree.root, surroundings), tuple)  # type: ignore[misc]


def followed(tree: Tree, times: int = 3) -> Iterator[tuple[str, float]]:
    """Seconds from saving a word of prose to the page, and to the PDF, while `paper watch` runs.

    Raises:
        RuntimeError: An edit did not arrive.
    """
    outputs = {"prose to page in watch": "report.html", "prose to PDF in watch": "report.pdf"}
    files = {name: tree.root / "_output" / file for name, file in outputs.items()}
    command = (*tree.paper, "watch", "--port", "0")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=tree.root, start_new_session=True, **quiet)  # noqa: S603 - ours
    try:
        time.sleep(5)  # until it listens
        for number in range(times + 1):  # the first one warms
            time.sleep(2)  # a save while a build ends would be built with its print, page and print together
            left = {name: (file, file.stat().st_mtime_ns) for name, file in files.items()}
            source = tree.root / "report.qmd"
            source.write_text(source.read_text("utf-8") + f"\nA word {'more ' * (number + 1)}.\n", "utf-8")
            begin = time.perf_counter()
            while left:
                for name, (file, then) in list(left.items()):
                    if file.stat().st_mtime_ns != then:
                        del left[name]
                        if number:
                            yield name, time.perf_counter() - begin
                if time.perf_counter() - begin > _LONGEST:
                    raise RuntimeError(f"{' '.join(command)}: {', '.join(left)} did not arrive.")
                time.sleep(0.005)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def page_size(tree: Tree) -> tuple[int, int]:
    """Bytes of the report's page as it is sent (gzip), and its elements."""
    page = tree.root / "_output" / "report.html"
    elements = sum(isinstance(element.tag, str) for element in parse(os.fspath(page)).iter())
    return len(gzip.compress(page.read_bytes(), 9)), elements


def flip_coding(file: Path) -> None:
    """Change the first decided 1 that one of the coders read as 0 to 0, with its evidence and story; another each time.

    An edit that is taken back would measure nothing: a build remembers what it made of the same inputs before.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    decides = "decided" if any(row[1] == "decided" for row in rows) else "adjudicated"  # there was one edition before
    doubted = {(case, variable) for case, coder, variable, value, *_ in rows if coder != decides and value == "0"}
    row = next(row for row in rows if row[1] == decides and row[3] == "1" and (row[0], row[2]) in doubted)
    row[3:6] = ["0", "", ""]
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([head, *rows])
