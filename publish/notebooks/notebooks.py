"""Runs a notebook in a kernel of its own and takes over what it recorded, whole or not at all."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish.base.failures import BuildFailure
from publish.base.whole import move_into_place, staged, write_whole
from publish.build.imports import imports_of, sources_of
from publish.build.states import FigureSet
from publish.notebooks.errors import explained
from publish.notebooks.nursery import Nursery, plain_command

SECONDS_PER_CELL = 600
_nursery: Nursery | None = None
_running: dict[asyncio.Future[Any], asyncio.AbstractEventLoop] = {}


@contextmanager
def imports_shared(root: Path, names: Sequence[str]) -> Iterator[None]:
    """Within this context the kernels of several notebooks come from one process that imports for all of them.

    Args:
        root: The project's root.
        names: The notebooks that will run; for one alone nothing is shared.
    """
    global _nursery  # one build runs at a time
    if len(names) < 2:
        yield
        return
    files = {file for name in names for file in sources_of(root / "analysis" / f"{name}.ipynb", root, "analysis")}
    modules = sorted(
        {module for file in files for module in imports_of(file, root) if not module.startswith("analysis")}
    )
    _nursery = Nursery(root, modules, environment(root, root))
    try:
        yield
    finally:
        _nursery.close()
        _nursery = None


def executed_file(root: Path, name: str) -> Path:
    """Where the executed copy of a notebook is kept (not committed)."""
    return root / ".cache" / "notebooks" / f"{name}.ipynb"


def run_notebook(root: Path, name: str) -> None:
    """Execute `analysis/NAME.ipynb` and put its figures, values and executed copy in place.

    The notebook writes to a staging folder. Only when it ends well, and all that it lists is there, does each file move
    to its place, the list last. Figures that it no longer makes go when values and figures are joined.

    Args:
        root: The project's root; the kernel's working directory.
        name: The notebook's name without its ending.

    Raises:
        BuildFailure: A cell raised, or the record is missing or not whole.
    """
    with staged(root, name) as folder:
        fresh = FigureSet(f"figures of {name}", folder, name)
        executed = _execute(root, root / "analysis" / f"{name}.ipynb", folder)
        if fresh.state() is None:
            raise BuildFailure(_incomplete(name, fresh))
        for file in fresh.files():
            move_into_place(file, root / file.relative_to(folder))
    write_whole(executed_file(root, name), executed, root)


def _incomplete(name: str, fresh: FigureSet) -> str:
    absent = [file.name for file in fresh.files() if not file.is_file()]
    what = f"without {', '.join(absent)}" if absent else "with files that differ from the hashes it lists"
    return f'analysis/{name}.ipynb: ended {what}. Its last cell should be `record.save()` of Record("{name}").'


def _execute(root: Path, notebook: Path, stage: Path) -> str:
    import nbformat
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        content = nbformat.read(notebook, as_version=4)
    except (ValueError, nbformat.reader.NotJSONError) as error:
        raise BuildFailure(f"analysis/{notebook.name}: is not a notebook ({error}).") from error

    class OneKernel(KernelSpecManager):  # the project's own Python, whatever kernels a person has installed
        def get_kernel_spec(self, kernel_name: str) -> Any:
            return KernelSpec(
                argv=_nursery.command() if _nursery else plain_command(), display_name=kernel_name, language="python"
            )

    channels = Path(tempfile.mkdtemp(prefix="odn-"))  # sockets need a short path, so not below the project
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OneKernel(),
        transport="ipc",
        connection_file=str(channels / "kernel.json"),
        ip=str(channels / "k"),
    )
    client = NotebookClient(
        content,
        km=manager,
        timeout=SECONDS_PER_CELL,
        startup_timeout=SECONDS_PER_CELL,
        resources={"metadata": {"path": str(root)}},
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",
    )
    try:
        asyncio.run(_to_its_end(client.async_execute(env=environment(root, stage), cleanup_kc=True)))
    except asyncio.CancelledError as error:
        raise BuildFailure(f"analysis/{notebook.name}: was stopped.") from error
    except CellExecutionError as error:
        raise BuildFailure(explained(content, notebook.name, error, root)) from error
    except CellTimeoutError as error:
        raise BuildFailure(f"analysis/{notebook.name}: a cell ran longer than {SECONDS_PER_CELL} s.") from error
    except DeadKernelError as error:
        raise BuildFailure(f"analysis/{notebook.name}: its kernel died, often for want of memory.") from error
    finally:
        shutil.rmtree(channels, ignore_errors=True)
    return _plain(content)


async def _to_its_end(execution: Any) -> None:
    """Await an execution that `stop_all` can cancel; its kernel ends with it."""
    task = asyncio.ensure_future(execution)
    _running[task] = asyncio.get_running_loop()
    try:
        await task
    finally:
        del _running[task]


def stop_all() -> None:
    """Stop every notebook that runs now, in whatever thread."""
    for task, loop in list(_running.items()):
        loop.call_soon_threadsafe(task.cancel)


def environment(root: Path, stage: Path) -> dict[str, str]:
    """The kernel sees the project and nothing of the person's own configuration."""
    return {
        **os.environ,
        "ODN_ROOT": str(root),
        "ODN_STAGE": str(stage),
        "PYTHONPATH": str(root),
        "IPYTHONDIR": str(root / ".cache" / "ipython"),
        "MPLCONFIGDIR": str(root / ".cache" / "matplotlib"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def _plain(content: Any) -> str:
    """The executed notebook as text without what differs from run to run or from place to place."""
    content.metadata.pop("widgets", None)
    for cell in content.cells:
        cell.metadata.pop("execution", None)
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
