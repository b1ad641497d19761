"""`paper watch`: builds on every save, serves the outputs on this machine only, and reloads the page."""

from __future__ import annotations

import html
import os
import re
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click

from publish.base.failures import GOOD, BuildFailure, written_out
from publish.base.places import output_folder
from publish.build.build import build
from publish.build.progress import Progress
from publish.build.steps import PAGES, PRINT
from publish.checks.conclusions import of_project

_EVENTS = "/.watch"
_SCRIPT = "/.watch.js"
_RELOAD = """new EventSource("%s").onmessage = event => { if (event.data !== "same") location.reload(); };"""
_NOT_WATCHED = {".git", ".venv", ".cache", "_output", "figures", "__pycache__", ".quarto", ".ipynb_checkpoints"}
_GENERATED = {"_variables.yml"}
_HEARTBEAT = 15
_READY = {PAGES: "page", PRINT: "print"}
_PRINTS = 10  # so many are set before the watch begins anew: Typst keeps all that it has set until its process ends


class State:
    """What the page should show: the last outputs, or the last failure; and who waits to hear of a new one."""

    def __init__(self) -> None:
        self.version = self.prints = 0
        self.failure = ""
        self._changed = threading.Condition()

    def settle(self, failure: str) -> None:
        """A build ended; tell every waiting page."""
        with self._changed:
            self.version += 1
            self.failure = failure
            self._changed.notify_all()

    def wait_for_news(self, version: int, seconds: float) -> int:
        """The version as soon as it is another than `version`, or after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, seconds)
            return self.version


class Handler(SimpleHTTPRequestHandler):
    """Serves the outputs with a script that reloads them; after a failure, the failure."""

    def __init__(self, *arguments: object, state: State, **more: object) -> None:
        self.state = state
        super().__init__(*arguments, **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request."""
        path = urlsplit(self.path).path
        if path == _EVENTS:
            self._send_events()
        elif path == _SCRIPT:
            self._send(_RELOAD % f"{_EVENTS}?{urlsplit(self.path).query}", "text/javascript")
        elif path == "/":
            self.send_response(302)
            self.send_header("Location", "/report.html")
            self.end_headers()
        elif path.endswith(".html"):
            self._send_page(path)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Nothing is kept by the browser: a page is replaced within seconds."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is the library's
        """Requests are no news."""

    def _send_page(self, path: str) -> None:
        version = self.state.version  # before the page is read: a build that ends meanwhile is news
        file = Path(self.translate_path(path))
        if self.state.failure or not file.is_file():
            page = failure_page(self.state.failure or f"{path[1:]} is not made yet.")
        else:
            page = file.read_text(encoding="utf-8")
        self._send(with_reload(page, version), "text/html")

    def _send(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        since = parse_qs(urlsplit(self.path).query).get("since", ["0"])[0]
        version = int(since) if since.isdigit() else 0
        try:
            while True:
                now = self.state.wait_for_news(version, _HEARTBEAT)
                self.wfile.write(f"data: {'same' if now == version else now}\n\n".encode())
                self.wfile.flush()
                version = now
        except OSError:
            return  # the page was closed


def with_reload(page: str, version: int) -> str:
    """A page with the script that reloads it when there is another version than this one.

    The page's own policy, which allows no such script, is left out while watching.
    """
    page = re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", page, flags=re.IGNORECASE)
    script = f'<script src="{_SCRIPT}?since={version}"></script>'
    return page.replace("</body>", f"{script}</body>", 1) if "</body>" in page else page + script


def failure_page(message: str) -> str:
    """The failure as a page that reloads when the next build ends."""
    style = "body{font:1rem/1.5 system-ui;margin:2rem} pre{white-space:pre-wrap;border-left:4px solid;padding:1rem}"
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>The build failed</title><style>{style}</style>'
        f'<body><h1>The build failed</h1><pre role="alert">{html.escape(message)}</pre>'
        f"<p>Correct it and save; this page reloads.</p></body></html>"
    )


def is_watched(root: Path, path: str) -> bool:
    """Whether a changed file can change an output."""
    parts = Path(path).relative_to(root).parts
    return not (_NOT_WATCHED & set(parts) or parts[-1] in _GENERATED or parts[-1].endswith((".pyc", "~", ".swp")))


def watched_folders(root: Path) -> list[Path]:
    """The folders in which a changed file can change an output; not the thousands of an environment or a cache."""
    found = [root]
    for folder in found:
        inside = (one for one in folder.iterdir() if one.is_dir() and not one.is_symlink())
        found += sorted(one for one in inside if one.name not in _NOT_WATCHED)
    return found


class _Told(Progress):
    """Also tells each delivery, at once: who waits for the page need not wait for the print."""

    def __init__(self, quiet: bool, delivered: Callable[[str], object]) -> None:
        super().__init__(quiet)
        self._delivered = delivered

    def ends(self, name: str, seconds: float) -> None:
        """A step ended well."""
        super().ends(name, seconds)
        if name in _READY:
            self._delivered(name)


def build_once(root: Path, engine: str, state: State, say: Callable[[str], object] = click.echo) -> None:
    """Build page and print, each shown as soon as it is made; no failure ends the watch.

    Raises:
        KeyboardInterrupt: The keyboard stopped the build.
    """
    begin, waited_for = time.monotonic(), [*_READY]

    def delivered(name: str) -> None:
        waited_for.remove(name)
        if name == PAGES:
            state.settle("")
        say(f"{_READY[name]} ready in {time.monotonic() - begin:.1f} s")

    untrue: list[str] = []
    try:
        # Only the first build takes long enough to ask what it does.
        done = build(root, engine, progress=_Told(state.version > 0, delivered), apart=True)
        if done.stopped:
            raise KeyboardInterrupt
        failure = "\n\n".join(f"{name}\n{message}" for name, message in done.failed.items())
        state.prints += any(step.endswith(".pdf") for step in done.ran)
        if not failure:
            for name in [*waited_for]:  # it was as it is
                delivered(name)
            untrue = of_project(root)
    except (BuildFailure, OSError, ValueError) as error:
        failure = written_out(error, root)
    if failure:
        state.settle(failure)
    for message in filter(None, [failure, *untrue]):
        click.secho(message, fg="red", err=True)


def serve(root: Path, port: int, state: State) -> ThreadingHTTPServer:
    """Start serving `_output` on 127.0.0.1 in the background.

    Raises:
        BuildFailure: The port is taken.
    """
    folder = output_folder(root)
    folder.mkdir(exist_ok=True)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, state=state, directory=str(folder)))
    except OSError as error:
        raise BuildFailure(f"Port {port}: {error.strerror}. Choose another with --port, or 0 for any.") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def watch(root: Path, engine: str, port: int, say: Callable[[str], None] = click.echo) -> int:
    """Serve, build, and build again on every save, until interrupted."""
    from watchfiles import watch as changes

    state = State()
    server = serve(root, port, state)
    say(f"http://127.0.0.1:{server.server_port}/report.html  (Ctrl-C ends)")
    watched = partial(is_watched, root)
    try:
        while True:
            folders = watched_folders(root)
            build_once(root, engine, state, say)
            saves = changes(
                *folders, recursive=False, watch_filter=lambda _, path: watched(path), raise_interrupt=False
            )
            for _ in saves:
                build_once(root, engine, state, say)
                if state.prints >= _PRINTS and sys.platform != "win32":
                    again = ("watch", "--engine", engine, "--port", str(server.server_port))
                    os.execv(sys.executable, [sys.executable, "-P", "-m", "publish", "--root", str(root), *again])  # noqa: S606
                if watched_folders(root) != folders:
                    break
            else:
                break
    except KeyboardInterrupt:
        say("Stopped by the keyboard.")
    finally:
        server.shutdown()
        server.server_close()
    return GOOD
