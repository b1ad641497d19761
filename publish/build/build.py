"""One build: one at a time, only what has to run, everything whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from publish.base.failures import written_out
from publish.base.problems import PaperProblems
from publish.base.whole import clear_staging, temporary_below
from publish.build.graph import Step, explanation, run
from publish.build.progress import Progress, because
from publish.build.record import Record
from publish.build.steps import PUBLISHED, RENDERING, plan, records_of
from publish.engine.choice import choose
from publish.written.strays import strays
from publish.written.theme import bring_theme

_ROUNDS = 4


@contextmanager
def one_at_a_time(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the project's build lock; a second build says so and waits. A killed build's lock is free at once."""
    from filelock import FileLock, Timeout

    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    lock, holder = FileLock(folder / "build.lock"), folder / "build.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        number = holder.read_text(encoding="utf-8").strip() if holder.exists() else "unknown"
        say(f"Another build is running (process {number}). Waiting for it to end.")
        lock.acquire()
    try:
        holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        lock.release()


def build(
    root: Path,
    engine: str = "auto",
    jobs: int | None = None,
    progress: Progress | None = None,
    figures_only: bool = False,
    rendered: bool = False,
    to: Sequence[str] = PUBLISHED,
    notebook: str | None = None,
    apart: bool = False,
) -> Progress:
    """Bring every output up to date.

    Args:
        root: The project's root.
        engine: auto, quarto or embedded.
        jobs: Steps at once; as many as there are processors when None.
        progress: Where to say what happens.
        figures_only: Stop at what the paper reads: values, figures and colophon.
        rendered: Make only what lies beside the documents, which Quarto alone has rendered.
        to: The formats of the documents: html, pdf, docx.
        notebook: Run this notebook alone and make its page.
        apart: Deliver the print by itself, so that the pages need not wait for it.

    Returns:
        What was done; `failed` is empty when all is well.

    Raises:
        MissingTool: The engine that was asked for is not there.
    """
    progress = progress or Progress()

    def steps() -> tuple[Step, ...]:
        if notebook:
            names = (f"notebook {notebook}", f"page {notebook}")
            return tuple(step for step in plan(root, engine) if step.name in names)
        return records_of(root, engine) if figures_only else plan(root, engine, rendered, to, apart)

    with one_at_a_time(root, progress.say):
        clear_staging(root)
        try:
            bring_theme(root)
            for stray in strays(root):
                progress.say(str(stray))
            with temporary_below(root):
                _run(root, engine, jobs or os.cpu_count() or 1, progress, steps)
        except (OSError, PaperProblems) as error:
            progress.fails("build", written_out(error, root))
        finally:
            progress.close()
    return progress


def _run(root: Path, engine: str, jobs: int, progress: Progress, wanted: Callable[[], tuple[Step, ...]]) -> None:
    """Run what has to run until nothing has to: the author may save while a later step runs."""
    record = Record(root)
    for _ in range(_ROUNDS):
        steps = wanted()
        why = {} if progress.why or progress.quiet else explanation(steps, record)
        if any(why[name] for name in why if name.endswith(RENDERING)):
            progress.say(str(choose(engine)))
        before = len(progress.ran)
        run(root, steps, record, jobs, progress)
        if progress.failed or len(progress.ran) == before:
            break
    else:
        changed = "\n".join(f"{name}: {because(progress.why[name])}" for name in progress.ran[before:])
        progress.fails("build", f"Something changed each time. Build again when it is still.\n{changed}")
    record.save()


def explain(root: Path, engine: str = "auto") -> dict[str, list[str]]:
    """For every step why a build would run it now; nothing is run or written."""
    record = Record(root)  # first: it knows the files that the plan asks for
    return explanation(plan(root, engine), record)
