"""The steps as pytask tasks: pytask orders them, runs them side by side, and records what each was made from."""

from __future__ import annotations

import io
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytask
from _pytask.cli import DEFAULTS_FROM_CLI
from _pytask.outcomes import TaskOutcome
from pytask_parallel import execute as parallel_execute

from publish.base.failures import BuildFailure, written_out
from publish.build.freshness import Record, reasons
from publish.build.progress import Progress
from publish.build.states import State, text_digest
from publish.build.steps import NOTEBOOK, Step
from publish.notebooks.notebooks import imports_shared, stop_all

_ATTEMPTS = 3


@dataclass
class StepTask:
    """A step in the form of pytask's task protocol."""

    step: Step
    function: Callable[..., None]
    markers: list[Any] = field(default_factory=list)
    report_sections: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take name, inputs and outputs from the step."""
        self.name = self.step.name
        self.depends_on: dict[str, Any] = {state.name: state for state in self.step.needs}
        self.produces: dict[str, Any] = {state.name: state for state in self.step.makes}

    @property
    def signature(self) -> str:
        """The name as a hash: pytask's key of the task."""
        return text_digest(f"step {self.name}")

    def state(self) -> str:
        """The code of a step is among its inputs, so the task itself never changes."""
        return self.name

    def execute(self, **_: Any) -> None:
        """Run the step."""
        self.function()


class Conductor:
    """Says which of the steps that could run comes first, and tells the progress what pytask found fresh."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    @pytask.hookimpl(tryfirst=True)
    def pytask_execute_build(self, session: Any) -> None:
        """Put those that read most first: they take longest, and nobody should wait for one of them at the end."""
        session.scheduler.priorities = {task.signature: _bytes_to_read(task.step) for task in session.tasks}

    @pytask.hookimpl
    def pytask_execute_task_log_end(self, report: Any) -> None:
        """Hear of each task's end."""
        if report.outcome == TaskOutcome.SKIP_UNCHANGED:
            self.progress.fresh(report.task.name)


def run_steps(root: Path, steps: Sequence[Step], record: Record, jobs: int, progress: Progress) -> dict[str, str]:
    """Run what has to run.

    Args:
        root: The project's root.
        steps: The plan.
        record: The states of the last build, to say why a step runs.
        jobs: How many steps may run at once.
        progress: Hears of each step.

    Returns:
        Name of each failed step to its message; empty when all is well.
    """
    tasks = [StepTask(step, _guarded(step, root, record, progress)) for step in steps]
    manager = pytask.storage.create()
    manager.register(Conductor(progress))
    # pytask-parallel looks for finished tasks in growing pauses of up to a second; a whole paper takes ten.
    parallel_execute._Sleeper().timings[:] = [0.01]
    pytask.console.file = log = io.StringIO()
    settings = {
        "command": "build",
        "root": root,
        "config": None,
        "paths": [],
        "tasks": tasks,
        "capture": "no",
        # Steps run in threads, and what they import may set warning filters, which pytask would put aside and back.
        "disable_warnings": True,
        "database_url": "sqlite://",
        "n_workers": jobs,
        "parallel_backend": "threads",
        "verbose": 0,
    }
    notebooks = [step for step in steps if step.name.startswith(NOTEBOOK)]
    stale = [step.name.removeprefix(NOTEBOOK) for step in notebooks if reasons(step, record)]
    with imports_shared(root, stale), _stopped_by_keyboard():
        session = pytask.build(**DEFAULTS_FROM_CLI | settings)
    return _failures(session, log.getvalue(), root, progress)


@contextmanager
def _stopped_by_keyboard() -> Iterator[None]:
    """Within this context an interrupt ends the running notebooks, which pytask would wait for."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        stop_all()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _failures(session: Any, log: str, root: Path, progress: Progress) -> dict[str, str]:
    failed = {
        report.task.name: _message(report.exc_info[1], root)
        for report in session.execution_reports
        if report.outcome == TaskOutcome.FAIL
    }
    for report in session.execution_reports:
        if report.outcome == TaskOutcome.SKIP_PREVIOUS_FAILED:
            progress.held_up(report.task.name)
    if len(session.execution_reports) < len(session.tasks):
        failed["build"] = "Stopped by the keyboard."
    elif not failed and session.exit_code != 0:
        failed["build"] = f"pytask stopped ({session.exit_code!r}).\n{log[-2000:]}"
    return failed


def _message(error: BaseException, root: Path) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "Stopped by the keyboard."
    if isinstance(error, pytask.NodeNotFoundError):
        return str(error).split("\n", maxsplit=1)[0]
    return written_out(error, root)


def _guarded(step: Step, root: Path, record: Record, progress: Progress) -> Callable[..., None]:
    """The step's work with its promises checked: inputs still while it ran, and every output new and whole."""

    def function(**_: Any) -> None:
        progress.started(step.name, reasons(step, record))
        begin = time.monotonic()
        try:
            _run_on_still_inputs(step)
            progress.ran(step.name, time.monotonic() - begin)
        except BaseException as error:
            progress.failed(step.name, _message(error, root))
            raise

    return function


def _run_on_still_inputs(step: Step) -> None:
    for _ in range(_ATTEMPTS):
        before = _states(step.needs)
        stamps = _stamps(step.makes)
        step.run()
        _check_outputs(step, stamps)
        changed = [name for name, state in _states(step.needs).items() if state != before[name]]
        if not changed:
            return
    raise BuildFailure(f"{', '.join(changed)} changed each time while {step.name} ran. Build again when it is still.")


def _bytes_to_read(step: Step) -> int:
    files = (file for state in step.needs for file in state.files())
    return sum(file.stat().st_size for file in files if file.is_file())


def _states(states: Sequence[State]) -> dict[str, str | None]:
    return {state.name: state.state() for state in states}


def _stamps(states: Sequence[State]) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for file in (file for state in states for file in state.files()):
        if file.exists():
            stat = file.stat()
            found[file] = (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


def _check_outputs(step: Step, before: dict[Path, tuple[int, int, int]]) -> None:
    missing = [state.name for state in step.makes if state.state() is None]
    if missing:
        raise BuildFailure(f"{step.name} ended without an error but did not make {', '.join(missing)}.")
    after = _stamps(step.makes)
    old = [file.name for file, stamp in after.items() if before.get(file) == stamp]
    if old:
        raise BuildFailure(f"{step.name} ended without an error but left {', '.join(old)} older than its inputs.")
