"""What a build says while it runs: one line per step, and on a terminal a live line for what runs now."""

from __future__ import annotations

import sys
import threading
from typing import Any

import click

_WIDTH = 26


class Progress:
    """Prints the steps of a build as they end, and remembers them.

    Args:
        quiet: Remember only.
    """

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.why: dict[str, list[str]] = {}
        self.steps_ran: list[str] = []
        self.steps_fresh: list[str] = []
        self.steps_failed: dict[str, str] = {}
        self.steps_held_up: list[str] = []
        self._running: list[str] = []
        self._lock = threading.Lock()
        self._status: Any = None

    def started(self, name: str, why: list[str]) -> None:
        """A step begins; `why` as `reasons` gives it."""
        with self._lock:
            self.why[name] = why
            self._running.append(name)
            self._show_running()

    def ran(self, name: str, seconds: float) -> None:
        """A step ended well."""
        with self._lock:
            self.steps_ran.append(name)
            self._line("ran", "cyan", name, f"{seconds:5.1f} s  because {because(self.why[name])}")
            self._ended(name)

    def fresh(self, name: str) -> None:
        """A step had nothing to do."""
        with self._lock:
            self.steps_fresh.append(name)
            self._line("fresh", "green", name)

    def failed(self, name: str, message: str) -> None:
        """A step failed."""
        with self._lock:
            self.steps_failed[name] = message
            self._line("FAILED", "red", name, message.splitlines()[0] if message else "")
            self._ended(name)

    def held_up(self, name: str) -> None:
        """A step did not run because one before it failed."""
        with self._lock:
            self.steps_held_up.append(name)
            self._line("waits", "yellow", name, "for the step that failed")

    def say(self, text: str) -> None:
        """One line about the build as a whole."""
        if not self.quiet:
            click.echo(text)

    def close(self) -> None:
        """Take the live line away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _ended(self, name: str) -> None:
        self._running.remove(name)
        self._show_running()

    def _line(self, word: str, colour: str, name: str, rest: str = "") -> None:
        if self.quiet:
            return
        if self._status is not None:
            self._status.stop()
        click.echo(f"{click.style(f'{word:7}', fg=colour)}{name:{_WIDTH}}{rest}".rstrip())
        if self._status is not None and self._running:
            self._status.start()

    def _show_running(self) -> None:
        if self.quiet or not sys.stdout.isatty():
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console().status("")
            self._status.start()
        self._status.update(f"running: {', '.join(self._running) or 'the next step'}")


def because(why: list[str]) -> str:
    """Reasons as one phrase; the first three, and how many more."""
    more = f" and {len(why) - 3} more" if len(why) > 3 else ""
    return ", ".join(why[:3]) + more
