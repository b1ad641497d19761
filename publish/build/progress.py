"""What a build says while it runs: one line per step, and on a terminal a live line for what runs now."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

_WIDTH = 30


class Progress:
    """The account of one build: prints its steps as they end, and remembers them.

    Args:
        quiet: Remember only.

    Attributes:
        ran: Steps that ran, in the order in which they ended.
        fresh: Steps that had nothing to do.
        failed: Failed steps and their messages; empty when all is well.
        held_up: Steps that did not run because one before them failed.
        stopped: Whether the keyboard stopped it.
        why: For each step that ran, why.
        seconds: How long the build took.
    """

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.ran: list[str] = []
        self.fresh: list[str] = []
        self.failed: dict[str, str] = {}
        self.held_up: list[str] = []
        self.stopped = False
        self.why: dict[str, list[str]] = {}
        self.seconds = 0.0
        self._begin = time.monotonic()
        self._running: list[str] = []
        self._status: Any = None

    def starts(self, name: str, why: list[str]) -> None:
        """A step begins; `why` as `reasons` gives it."""
        self.why[name] = why
        self._running.append(name)
        self._show_running()

    def ends(self, name: str, seconds: float) -> None:
        """A step ended well."""
        self.ran.append(name)
        self._line("ran", "cyan", name, f"{seconds:5.1f} s  because {because(self.why[name])}")

    def is_fresh(self, name: str) -> None:
        """A step has nothing to do; said once, and not of a step that has just run."""
        if name not in self.ran and name not in self.fresh:
            self.fresh.append(name)
            self._line("fresh", "green", name)

    def fails(self, name: str, message: str) -> None:
        """A step failed, or the build as a whole did."""
        self.failed[name] = message
        self._line("FAILED", "red", name, message.partition("\n")[0])

    def waits(self, name: str) -> None:
        """A step does not run because one before it failed."""
        self.held_up.append(name)
        self._line("waits", "yellow", name, "for the step that failed")

    def say(self, text: str) -> None:
        """One line about the build as a whole."""
        if not self.quiet:
            click.echo(text)

    def close(self) -> None:
        """The build is over: take the live line away."""
        self.seconds = time.monotonic() - self._begin
        if self._status is not None:
            self._status.stop()

    def _line(self, word: str, colour: str, name: str, rest: str = "") -> None:
        if name in self._running:
            self._running.remove(name)
        if self.quiet:
            return
        if self._status is not None:
            self._status.stop()
        click.echo(f"{click.style(f'{word:7}', fg=colour)}{name:{_WIDTH}}{rest}".rstrip())
        self._show_running()

    def _show_running(self) -> None:
        if self.quiet or not self._running or not sys.stdout.isatty():
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console().status("")
        self._status.update(f"running: {', '.join(self._running)}")
        self._status.start()


def because(why: list[str]) -> str:
    """Reasons as one phrase; the first three, and how many more."""
    more = f" and {len(why) - 3} more" if len(why) > 3 else ""
    return ", ".join(why[:3]) + more
