"""One build: one at a time, only what has to run, everything whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publish.base.failures import BuildFailure, written_out
from publish.base.places import output_folder
from publish.base.whole import clear_staging
from publish.build.freshness import explanation, read_record, reasons, to_run
from publish.build.progress import Progress, because
from publish.build.steps import RENDERING, Step, plan, records_of
from publish.engine.rendering import choice_of

_ROUNDS = 3


@dataclass(frozen=True)
class Build:
    """What a build did.

    Attributes:
        ran: Steps that ran, in the order in which they ended.
        fresh: Steps that had nothing to do.
        failed: Failed steps and their messages.
        why: For each step that ran, why.
        seconds: How long it took.
    """

    ran: tuple[str, ...]
    fresh: tuple[str, ...]
    failed: dict[str, str]
    why: dict[str, list[str]]
    seconds: float


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
) -> Build:
    """Bring every output up to date.

    Args:
        root: The project's root.
        engine: auto, quarto or embedded.
        jobs: Steps at once; as many as there are processors when None.
        progress: Where to say what happens.
        figures_only: Stop at what the paper reads: values and figures.

    Returns:
        What was done; `failed` is empty when all is well.

    Raises:
        MissingTool: The engine that was asked for is not there.
    """
    progress = progress or Progress()
    begin = time.monotonic()
    with one_at_a_time(root, progress.say):
        clear_staging(root)
        failed = _run(root, engine, jobs or os.cpu_count() or 1, progress, figures_only)
    return Build(
        tuple(progress.steps_ran),
        tuple(progress.steps_fresh),
        failed,
        dict(progress.why),
        time.monotonic() - begin,
    )


def _run(root: Path, engine: str, jobs: int, progress: Progress, figures_only: bool) -> dict[str, str]:
    """Run what has to run until nothing has to: the author may save while a later step runs."""

    def planned() -> tuple[Step, ...]:
        return records_of(root) if figures_only else plan(root, engine)

    try:
        steps, record = planned(), read_record(root)
        waiting = to_run(steps, record)
        for name in sorted({step.name for step in steps} - {step.name for step in waiting}):
            progress.fresh(name)
        if any(step.name.endswith(RENDERING) for step in waiting):
            progress.say(str(choice_of(engine)))
        for _ in range(_ROUNDS):
            if not waiting:
                return {}
            from publish.build.tasks import run_steps

            failed = run_steps(root, waiting, record, jobs, progress)
            if failed:
                return failed
            record = read_record(root)
            waiting = to_run(planned(), record)
        changed = "\n".join(f"{step.name}: {because(why)}" for step in waiting if (why := reasons(step, record)))
        return {"build": f"Something changed each time. Build again when it is still.\n{changed}"} if waiting else {}
    except BuildFailure:
        raise
    except OSError as error:
        return {**progress.steps_failed, "build": written_out(error, root)}
    finally:
        progress.close()


def explain(root: Path, engine: str = "auto") -> dict[str, list[str]]:
    """For every step why a build would run it now; nothing is run or written."""
    return explanation(plan(root, engine), read_record(root))


def outputs_in_words(root: Path) -> str:
    """Where the outputs are, one line each."""
    folder = output_folder(root)
    files = sorted(
        file for file in folder.rglob("*") if file.is_file() and file.parent in (folder, folder / "notebooks")
    )
    return "\n".join(f"  {file.relative_to(root).as_posix()}  ({file.stat().st_size / 1024:,.0f} kB)" for file in files)
