"""Which engine renders, and why; light to import, as a build with nothing to do imports it."""

from __future__ import annotations

import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish.base.problems import EngineMissing
from publish.base.states import Setting

if TYPE_CHECKING:
    from publish.engine.quarto import Quarto


@dataclass(frozen=True)
class Choice:
    """The engine that renders.

    Attributes:
        name: "quarto" or "embedded".
        reason: Why, in one clause.
        quarto: The Quarto that was found, if one was looked for.
    """

    name: str
    reason: str
    quarto: Quarto | None = None

    def __str__(self) -> str:
        """One line for a person."""
        return f"Rendering with {self.tools}: {self.reason}."

    @property
    def tools(self) -> str:
        """The engine and its versions."""
        from publish.engine import pandoc, typst_pdf

        if self.name == "quarto" and self.quarto:
            return f"Quarto {self.quarto.version}"
        return f"the embedded engine (pandoc {pandoc.version()}, Typst {typst_pdf.version()})"


def choose(engine: str = "auto") -> Choice:
    """The engine for a request of "auto", "quarto" or "embedded".

    Raises:
        EngineMissing: Quarto was asked for and is not there, or too old.
        ValueError: No engine has that name.
    """
    from publish.engine import quarto

    if engine == "embedded":
        return Choice("embedded", "it was asked for")
    if engine not in ("auto", "quarto"):
        raise ValueError(f"{engine}: name auto, quarto or embedded.")
    found = quarto.find()
    if found.usable:
        return Choice("quarto", f"found at {found.path}" if engine == "auto" else "it was asked for", found)
    if engine == "quarto":
        raise EngineMissing(f"{found}. Install Quarto 1.9 or later from quarto.org, or use --engine embedded.")
    return Choice("embedded", str(found), found)


def in_words(engine: str) -> Setting:
    """The engine and its versions as an input of the rendering steps, found without asking or importing it.

    Quarto is asked where it was asked for: a build with nothing to do must not hide that it is too old.

    Raises:
        EngineMissing: Quarto was asked for and is not there, or too old.
    """
    installed = Path(sysconfig.get_path("purelib"))  # importlib.metadata takes longer to import than a plan to make
    parts = sorted(
        folder.stem for name in ("pypandoc_binary", "typst") for folder in installed.glob(f"{name}-*.dist-info")
    )
    quarto = quarto_at(engine)
    if engine == "quarto":
        choose(engine)
    if quarto:
        stat = Path(quarto).stat()
        parts.insert(0, f"quarto at {quarto} ({stat.st_size}, {stat.st_mtime_ns})")
    return Setting("the engine", ", ".join(parts))


def quarto_at(engine: str) -> str | None:
    """Where the Quarto is that a request of auto, quarto or embedded may render with."""
    return shutil.which("quarto") if engine != "embedded" else None


def sign(root: Path, engine: str) -> None:
    """Write the colophon, which names the engine: auto, quarto or embedded."""
    from publish.written.colophon import write_colophon

    write_colophon(root, choose(engine).tools)
