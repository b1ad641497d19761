"""One process that imports what all notebooks import, once, and from which each notebook's kernel is forked.

A kernel of its own spends most of its time on imports. Run as a program, `python nursery.py SOCKET MODULE...`, this is
that process; `Nursery` starts it, and `kernel_door.py` is what Jupyter starts in place of a kernel.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

_DOOR = Path(__file__).with_name("kernel_door.py")
_KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib_inline.backend_inline")
_LONGEST_REQUEST = 1 << 20


class Nursery:
    """A nursery as the build sees it; its process starts when the first kernel is asked for.

    Args:
        root: The project's root.
        modules: What to import, by dotted name; what cannot be imported is left to the notebook.
        environment: Of the nursery; each kernel brings its own.
    """

    def __init__(self, root: Path, modules: Sequence[str], environment: Mapping[str, str]) -> None:
        self._root, self._modules, self._environment = root, modules, environment
        self._folder = Path(tempfile.mkdtemp(prefix="odn-"))  # a socket needs a short path
        self._socket = self._folder / "s"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def command(self) -> list[str]:
        """The command of the next kernel, with Jupyter's place holder for the connection file.

        The first one gets a kernel of its own: the nursery still imports, and no processor should wait for it.
        """
        with self._lock:
            if self._process is None:
                self._process = self._start()
                return plain_command()
        return [sys.executable, "-I", "-S", str(_DOOR), str(self._socket), "-f", "{connection_file}"]

    def close(self) -> None:
        """End the process and every kernel that came from it."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.communicate()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), str(self._socket), *self._modules],
            cwd=self._root,
            env=dict(self._environment),
            stdin=subprocess.PIPE,  # it ends when this process ends, however that happens
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def plain_command() -> list[str]:
    """The command of a kernel that imports everything itself."""
    return [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def serve(path: str, modules: Sequence[str]) -> None:
    """Import, then fork a kernel for each request, until standard input ends.

    Args:
        path: Of the socket; it appears when everything is imported.
        modules: What to import.
    """
    _import_as_in_a_kernel((*_KERNEL, *modules))
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks for the kernels' exit codes
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{path}.new")
    listener.listen()
    os.replace(f"{path}.new", path)  # noqa: PTH105 - the socket appears when it answers, not before
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _become_kernel(connection)
        connection.close()


def _import_as_in_a_kernel(modules: Sequence[str]) -> None:
    """Import modules; those that ask where they are (pandas does, for the width of its tables) hear: in a kernel."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=True)
    for name in modules:
        with contextlib.suppress(Exception):  # the notebook that needs it will say so itself
            importlib.import_module(name)
    del vars(builtins)["get_ipython"]


def _become_kernel(connection: socket.socket) -> None:
    """Turn the forked process into the kernel that the door asked for."""
    code = 1
    try:
        request, files, _, _ = socket.recv_fds(connection, _LONGEST_REQUEST, 3)
        asked = json.loads(request)
        os.setsid()
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        sys.argv = ["ipykernel_launcher", *asked["arguments"]]
        threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
        from ipykernel.kernelapp import launch_new_instance

        # Jupyter names the parent in a variable that ipykernel reads while it is imported, which was too early here.
        launch_new_instance(argv=[*asked["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


def _end_with(connection: socket.socket) -> None:
    """End the kernel when its door is closed."""
    with contextlib.suppress(OSError):
        connection.recv(1)
    os._exit(1)


if __name__ == "__main__":
    # The folder of this file must not hide the packages of the same names; the kernel finds the project by itself.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
    serve(sys.argv[1], sys.argv[2:])
