"""The processes of the analysis: one imports for all, and from it the process of each notebook is forked.

Where forking is not safe (macOS, Windows) each process starts anew and imports for itself; nothing else differs.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from multiprocessing import active_children, get_context, resource_tracker, util
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from publish.base.environment import of_notebooks
from publish.base.failures import BuildFailure
from publish.base.imports import imports_of, notebook_sources

METHOD = "fork" if sys.platform == "linux" else "spawn"
SECONDS = 600
_anew = get_context("spawn")
_nurseries: dict[Path, tuple[Connection, Any]] = {}
_lock = threading.Lock()


def execute(root: Path, name: str, stage: Path) -> str:
    """The notebook `analysis/NAME.ipynb`, executed in a process of its own, recording into `stage`; fails as `ask`."""
    return ask(root, f"analysis/{name}.ipynb", "publish.notebooks.cells:executed", name, stage)


def ask(root: Path, shown: str, work: str, *given: Any) -> str:
    """Call a function in a process of its own, which begins with all that the notebooks import.

    Args:
        root: The project's root; the working directory of the process.
        shown: What messages call the work.
        work: The function, as `module:name`. It gets the root and what is given, and returns whether it ended well, and
            a text.
        given: Its other arguments; the first is the name of a notebook, where it is about one.

    Returns:
        The text.

    Raises:
        BuildFailure: It did not end well, the process died, or it took too long.
    """
    ours, theirs = _anew.Pipe()
    with ours:
        with theirs, _lock:
            control, nursery = _nursery(root)
            control.send((theirs, work, given))
        if not wait([ours, nursery.sentinel], SECONDS):
            raise BuildFailure(f"{shown}: ran longer than {SECONDS} s.")
        good, text = False, f"{shown}: its process died, often for want of memory."
        with suppress(EOFError, OSError):
            if ours.poll():
                good, text = ours.recv()
    if not good:
        raise BuildFailure(text)
    return text


def _nursery(root: Path) -> tuple[Connection, Any]:
    if root not in _nurseries or not _nurseries[root][1].is_alive():
        # The path of a socket is short: those of multiprocessing lie in the system's own place, not below the project.
        made_for_a_moment, tempfile.tempdir = tempfile.tempdir, None
        util.get_temp_dir()
        tempfile.tempdir = made_for_a_moment
        control, theirs = _anew.Pipe()
        process = _anew.Process(target=_serve, args=(theirs, root, METHOD))
        with _deaf_to_the_keyboard():  # from its first moment: the build hears it, and ends this process
            process.start()
        theirs.close()
        _nurseries[root] = control, process
    return _nurseries[root]


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """What is started here hears no Ctrl-C, which goes to all processes of a terminal at once."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # what starts it, with the first process, lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@atexit.register
def end_all() -> None:
    """End every process of a notebook, and those that imported for them."""
    with _lock:
        for control, process in _nurseries.values():
            control.close()
            process.join(1)
            process.kill()
            process.join()
        _nurseries.clear()


def _serve(control: Connection, root: Path, method: str) -> None:
    """Start a process for each notebook that is asked for, until the build closes the connection or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin = time.time_ns()
    variables = of_notebooks(root)
    os.environ.clear()
    os.environ.update(variables)
    getattr(time, "tzset", lambda: None)()  # not there on Windows
    sys.path.insert(0, str(root))
    (root / ".cache").mkdir(exist_ok=True)
    if method == "fork":
        _import_for_all(root)
    context: Any = get_context(method)
    with suppress(EOFError, OSError):
        while True:
            answer, work, given = control.recv()
            context.Process(target=_run, args=(answer, root, work, given, begin)).start()
            answer.close()
    for process in active_children():
        process.kill()


def _import_for_all(root: Path) -> None:
    """Import what the notebooks will, and let the analysis prepare; a notebook itself tells what fails."""
    from publish.notebooks.cells import shell

    os.chdir(root)
    names = {name for notebook in (root / "analysis").glob("*.ipynb") for name in imports_of(notebook, root)}
    with shell().builtin_trap, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for name in sorted(names):
            with suppress(BaseException):
                importlib.import_module(name)
        with suppress(BaseException):
            importlib.import_module("analysis").prepare()
    gc.freeze()


def _run(answer: Connection, root: Path, work: str, given: tuple[Any, ...], begin: int) -> None:
    """Do what was asked in this process and answer with what it gave."""
    os.chdir(root)
    sources = [source for name in given[:1] for source in notebook_sources(root, name)]
    read = [file for part in ("analysis", "data", "theme") for file in (root / part).rglob("*") if file.is_file()]
    if any(file.stat().st_ctime_ns > begin for file in (*read, *sources) if file.suffix != ".pyc"):
        own = set(map(str, sources))
        for name, loaded in [*sys.modules.items()]:
            if name.partition(".")[0] == "analysis" or getattr(loaded, "__file__", None) in own:
                del sys.modules[name]  # what was imported for all is older than what was saved since
    module, _, function = work.partition(":")
    answer.send(getattr(importlib.import_module(module), function)(root, *given))
