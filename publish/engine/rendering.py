"""What a build does with documents, step by step; light to import, as a build with nothing to do imports it too."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from publish.base.failures import BuildFailure
from publish.base.states import Setting
from publish.base.whole import move_into_place, staged, write_whole

if TYPE_CHECKING:
    from publish.engine.engine import Choice


def read_whole(root: Path, name: str, file: Path) -> None:
    """Read and check a document; its syntax tree appears in `file`, as JSON, whole or not at all.

    Args:
        root: The project's root.
        name: The document's name without its ending.
        file: Where the tree goes.

    Raises:
        PaperProblems: The document is wrong.
    """
    from publish.engine import engine as engines

    write_whole(file, json.dumps(engines.read(root, name), ensure_ascii=False), root)


def render_whole(root: Path, name: str, target: str, engine: str, read: Path, folder: Path) -> None:
    """Render a document to one format; it appears in `folder` whole, or not at all.

    Args:
        root: The project's root.
        name: The document's name without its ending.
        target: The format as an ending, .html or .pdf.
        engine: auto, quarto or embedded.
        read: What `read_whole` made of the document.
        folder: Where the finished file goes.

    Raises:
        BuildFailure: The renderer said it was done and made nothing.
    """
    from publish.engine import engine as engines

    tree = json.loads(read.read_text("utf-8"))
    with staged(root, f"{name}{target}") as aside:
        engines.render(root, (target.removeprefix("."),), engine, aside, (name,), say=None, trees={name: tree})
        made = aside / f"{name}{target}"
        if not made.is_file() or made.stat().st_size == 0:
            raise BuildFailure(f"The renderer ended without an error and without {made.name}.")
        move_into_place(made, folder / made.name)


def sign(root: Path, engine: str) -> None:
    """Write the colophon, which names the engine.

    Args:
        root: The project's root.
        engine: auto, quarto or embedded.
    """
    from publish.written.colophon import write_colophon

    write_colophon(root, choice_of(engine).tools)


def choice_of(engine: str) -> Choice:
    """Which engine renders, and why.

    Raises:
        EngineMissing: Quarto was asked for and is not there, or too old.
    """
    from publish.engine import engine as engines

    return engines.choose(engine)


def engine_in_words(root: Path, engine: str) -> Setting:
    """The engine and its versions as an input of the rendering steps, found without asking or importing it.

    Raises:
        EngineMissing: Quarto was asked for and is not there.
    """
    del root
    parts = [f"{name} {importlib.metadata.version(name)}" for name in ("pypandoc-binary", "typst")]
    quarto = shutil.which("quarto") if engine != "embedded" else None
    if engine == "quarto" and not quarto:
        choice_of(engine)
    if quarto:
        stat = Path(quarto).stat()
        parts.insert(0, f"quarto at {quarto} ({stat.st_size}, {stat.st_mtime_ns})")
    return Setting("the engine", ", ".join(parts))
