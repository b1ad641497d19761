"""What Jupyter starts in place of a kernel: asks the nursery for one, and ends when it ends."""

import contextlib
import json
import os
import signal
import socket
import sys
import time

SECONDS = 60  # to wait for the nursery; after that the kernel imports everything itself


def main() -> None:
    """Ask for a kernel with this process's arguments, folder, environment and standard files."""
    path, *arguments = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = socket.socket(socket.AF_UNIX)
    patience = time.monotonic() + SECONDS
    while not os.path.exists(path):  # noqa: PTH110 - pathlib takes longer to import than this program runs
        if time.monotonic() > patience:
            os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])  # noqa: S606
        time.sleep(0.02)
    connection.connect(path)
    request = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}  # noqa: PTH109 - as above
    socket.send_fds(connection, [json.dumps(request).encode()], [0, 1, 2])
    with contextlib.suppress(OSError):
        connection.recv(1)
    sys.exit(1)


if __name__ == "__main__":
    main()
