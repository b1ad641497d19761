"""Steps, what they wait for, and why they run: each runs as soon as all that it reads is there, several at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from publish.base.failures import BuildFailure, written_out
from publish.base.states import State
from publish.base.whole import remove
from publish.build import kept
from publish.build.progress import Progress
from publish.build.record import Entry, Record

_ATTEMPTS = 3


@dataclass(frozen=True)
class Step:
    """One step of a build.

    Attributes:
        name: As the author sees it, such as `notebook people`.
        needs: All that it reads: when one of these changes, the step runs.
        makes: All that it writes: when one of these is missing or was changed by hand, the step runs.
        run: Does the work; raises when it cannot.
        can_wait: Whether others that are ready go first.
    """

    name: str
    needs: tuple[State, ...]
    makes: tuple[State, ...]
    run: Callable[[], None]
    can_wait: bool = False


def reasons(step: Step, entry: Entry | None) -> list[str]:
    """Why a step has to run, as short phrases such as `data/codings.csv changed`; empty when it is fresh.

    Args:
        step: The step; the states of its files are asked for now.
        entry: The states of its last good end, if it had one.
    """
    if entry is None:
        return ["it has not run yet"]
    gone = sorted(set(entry["needs"]) - {state.name for state in step.needs})
    try:
        return [
            *_differences(step.needs, entry["needs"], "changed", "is new"),
            *(f"{name} is gone" for name in gone),
            *_differences(step.makes, entry["makes"], "is not as it was made", "is asked for"),
        ]
    except OSError as error:
        return [f"{error.filename} cannot be read"]


def _differences(states: Iterable[State], before: Mapping[str, str | None], changed: str, new: str) -> Iterator[str]:
    for state in states:
        now = state.state()
        if now is None:
            yield f"{state.name} {'is not whole' if any(file.exists() for file in state.files()) else 'is missing'}"
        elif now != before.get(state.name):
            yield f"{state.name} {changed if state.name in before else new}"


def explanation(steps: Iterable[Step], record: Record) -> dict[str, list[str]]:
    """For every step, in an order in which they could run, why it would run now.

    A step after one that would run says `NAME runs first`; whether it runs in the end depends on what that one makes.
    """
    found: dict[str, list[str]] = {}
    maker: dict[str, str] = {}
    for step in steps:
        made = [state.name for state in step.needs if state.name in maker]
        own = [why for why in reasons(step, record.steps.get(step.name)) if not why.startswith(tuple(made))]
        first = sorted({maker[name] for name in made if found[maker[name]]})
        found[step.name] = own + [f"{name} runs first" for name in first]
        maker |= {state.name: step.name for state in step.makes}
    return found


def run(root: Path, steps: Sequence[Step], record: Record, jobs: int, progress: Progress) -> None:
    """Run what has to run; a step that fails holds up only those that need what it makes.

    Args:
        root: The project's root.
        steps: The plan.
        record: Of the last build; written after each step that ends well.
        jobs: How many steps may run at once.
        progress: Hears of each step; afterwards it knows which failed.
    """
    left = {step.name: step for step in steps}
    maker = {state.name: step.name for step in steps for state in step.makes}
    sorter = TopologicalSorter(
        {step.name: {maker[state.name] for state in step.needs if state.name in maker} for step in steps}
    )
    sorter.prepare()
    waiting: list[tuple[Step, list[str]]] = []
    running: dict[Future[tuple[Entry, float]], Step] = {}
    with ThreadPoolExecutor(jobs) as pool:
        try:
            while sorter.is_active():
                ready = sorter.get_ready()
                for name in ready:
                    if why := reasons(left[name], record.steps.get(name)):
                        waiting.append((left[name], why))
                    else:
                        progress.is_fresh(left.pop(name).name)
                        sorter.done(name)
                if ready:
                    continue  # those that are fresh may have others ready behind them
                waiting.sort(key=lambda one: (not one[0].can_wait, _bytes_to_read(one[0])))
                while waiting and len(running) < jobs:
                    step, why = waiting.pop()
                    progress.starts(step.name, why)
                    running[pool.submit(_done, root, step)] = step
                if not running:
                    break
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    step = left.pop(running.pop(future).name)
                    try:
                        entry, seconds = future.result()
                    except Exception as error:
                        progress.fails(step.name, written_out(error, root))
                        continue
                    for name in set(record.steps.get(step.name, entry)["makes"]) - set(entry["makes"]):
                        remove(root / name)  # what it no longer makes
                    record.steps[step.name] = entry
                    record.save()
                    progress.ends(step.name, seconds)
                    sorter.done(step.name)
            for name in left:
                progress.waits(name)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            progress.fails("build", "Stopped by the keyboard.")
            progress.stopped = True
        finally:
            if kernels := sys.modules.get("publish.notebooks.kernels"):  # the first notebook that ran imported it
                kernels.end_all()


def _done(root: Path, step: Step) -> tuple[Entry, float]:
    """Run a step with its promises checked: inputs still while it ran, and every output new and whole.

    What it made of these very inputs before is put in place again.
    """
    begin = time.monotonic()
    for _ in range(_ATTEMPTS):
        needs, stamps = _states(step.needs), _stamps(step)
        again = kept.restored(root, step.name, needs)
        if not again:
            step.run()
        makes, after = _states(step.makes), _stamps(step)
        if missing := [name for name, state in makes.items() if state is None]:
            raise BuildFailure(f"{step.name} ended without an error but did not make {', '.join(missing)}.")
        if old := [file.name for file in after if after[file] == stamps.get(file)]:
            raise BuildFailure(f"{step.name} ended without an error but left {', '.join(old)} older than its inputs.")
        now = _states(step.needs)
        if now == needs:
            if not again:
                kept.keep(root, step.name, needs, step.makes, time.monotonic() - begin)
            return {"needs": needs, "makes": makes}, time.monotonic() - begin
    changed = ", ".join(name for name in needs if now[name] != needs[name])
    raise BuildFailure(f"{changed} changed each time while {step.name} ran. Build again when it is still.")


def _bytes_to_read(step: Step) -> int:
    """Those that read most take longest, and nobody should wait for one of them at the end."""
    files = (file for state in step.needs for file in state.files())
    return sum(file.stat().st_size for file in files if file.is_file())


def _states(states: Sequence[State]) -> dict[str, str | None]:
    return {state.name: state.state() for state in states}


def _stamps(step: Step) -> dict[Path, tuple[int, int, int]]:
    files = [file for state in step.makes for file in state.files() if file.exists()]
    return {file: ((stat := file.stat()).st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for file in files}
