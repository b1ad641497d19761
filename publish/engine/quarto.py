"""Finding Quarto, and letting it render a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publish.base.environment import said, stated
from publish.base.places import ADDRESS, COLOPHON
from publish.base.problems import RenderFailed
from publish.base.whole import staged
from publish.engine.keys import CONFIG
from publish.engine.project import FORMATS, read_config

OLDEST = (1, 9)
_SECONDS = 20
NOT_COPIED = (".git", ".venv", "_output", ".cache", ".quarto", "__pycache__", ".*_cache", "tests")


@dataclass(frozen=True)
class Quarto:
    """A Quarto program that was looked for.

    Attributes:
        path: The program, or None where there is none.
        version: What it says of itself, such as "1.10.18"; empty where it says nothing.
    """

    path: str | None
    version: str = ""

    @property
    def usable(self) -> bool:
        """Whether it is there and new enough."""
        return self.path is not None and _numbers(self.version) >= OLDEST

    def __str__(self) -> str:
        """One clause for a person, such as `Quarto 1.3.450 at /usr/bin/quarto is older than 1.9`."""
        oldest = ".".join(map(str, OLDEST))
        if self.path is None:
            return "Quarto is not installed"
        if not self.version:
            return f"Quarto at {self.path} does not tell its version"
        return f"Quarto {self.version} at {self.path}" + ("" if self.usable else f" is older than {oldest}")


def find() -> Quarto:
    """The Quarto on PATH, with its version; its path is None where there is none."""
    path = shutil.which("quarto")
    return Quarto(path, _version(path, Path(path).stat().st_mtime_ns)) if path else Quarto(None)


@cache
def _version(path: str, _stamp: int) -> str:
    """What a program says of its version, asked once; empty where it says nothing in time."""
    text = ""
    with suppress(OSError, subprocess.TimeoutExpired), tempfile.TemporaryDirectory() as home:
        done = said([path, "--version"], Path.cwd(), stated(home), _SECONDS)
        text = done.stdout if done.returncode == 0 else ""
    version = re.search(r"\d+(\.\d+)+", text)
    return version[0] if version else ""


def render(quarto: Quarto, root: Path, document: str, target: str, epoch: int) -> bytes:
    """What Quarto makes of a document, rendered in a copy of the project, so that nothing is left beside the sources.

    Args:
        quarto: A usable Quarto.
        root: The project's root.
        document: The document's file name.
        target: "html" or "pdf".
        epoch: The document's date in seconds since 1970, UTC; what is made depends on no clock.

    Raises:
        RenderFailed: Quarto stopped, warned, or made nothing.
    """
    with staged(root, f"quarto-{target}") as folder:
        copy = folder / "project"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
        for written in (COLOPHON, ADDRESS):
            if (root / written).is_file():
                (copy / written).parent.mkdir(exist_ok=True)
                shutil.copy(root / written, copy / written)
        config = read_config(root)
        # The scripts before and after are for `quarto render` alone; their environment is not in the copy.
        config["project"] = {key: value for key, value in config["project"].items() if not key.endswith("-render")}
        (copy / CONFIG).write_text(json.dumps(config), "utf-8")
        (folder / "home").mkdir()
        variables = environment(epoch, folder / "home")
        _run([str(quarto.path), "render", document, "--to", FORMATS[target]], copy, variables)
        name = f"{Path(document).stem}.{target}"
        for made in (copy / "_output" / name, copy / name):
            if made.is_file():
                return made.read_bytes()
    raise RenderFailed(f"Quarto ended without an error and without {name}.")


def environment(epoch: int, home: Path) -> dict[str, str]:
    """The variables under which Quarto gives what the embedded engine gives: no clock, no fonts but the project's."""
    return stated(home, SOURCE_DATE_EPOCH=str(epoch), TYPST_IGNORE_SYSTEM_FONTS="true", NO_COLOR="1")


def _run(arguments: Sequence[str], folder: Path, variables: dict[str, str]) -> None:
    done = subprocess.run(
        arguments,
        cwd=folder,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    log = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
    if done.returncode:
        raise RenderFailed(f"Quarto stopped with {done.returncode}:\n{_without_trace(log)}")
    warnings = [
        line for line in log.splitlines() if re.match(r"(\(W\)|WARN(ING)?\b|warning:)", line) and "verapdf" not in line
    ]
    if warnings:
        raise RenderFailed("Quarto warned:\n" + "\n".join(warnings))


def _without_trace(log: str) -> str:
    """The lines that say something to a person."""
    kept = [line for line in log.splitlines() if line.strip() and not re.match(r"\s+at |Stack trace:", line)]
    return "\n".join(kept[-20:])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
