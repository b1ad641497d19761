"""Renders the documents with one of two engines, and says which and why; light to import, as idle builds import it."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish.base.failures import BuildFailure
from publish.base.places import document_names, output_folder
from publish.base.problems import EngineMissing, PaperProblems, Problem
from publish.base.states import Setting
from publish.base.whole import move_into_place, staged, write_whole

if TYPE_CHECKING:
    from publish.engine.project import Settings
    from publish.engine.qmd import Expanded
    from publish.engine.quarto import Quarto
    from publish.engine.tree import Node

TARGETS = ("html", "pdf")


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
    parts = [f"{name} {importlib.metadata.version(name)}" for name in ("pypandoc-binary", "typst")]
    quarto = shutil.which("quarto") if engine != "embedded" else None
    if engine == "quarto":
        choose(engine)
    if quarto:
        stat = Path(quarto).stat()
        parts.insert(0, f"quarto at {quarto} ({stat.st_size}, {stat.st_mtime_ns})")
    return Setting("the engine", ", ".join(parts))


def sign(root: Path, engine: str) -> None:
    """Write the colophon, which names the engine: auto, quarto or embedded."""
    from publish.written.colophon import write_colophon

    write_colophon(root, choose(engine).tools)


def check(root: Path, documents: Sequence[str] | None = None) -> dict[str, Node]:
    """The syntax trees of documents; refuses those that one of the engines would print wrong.

    Args:
        root: The project's root.
        documents: Their names without suffix; all of the project's if None.

    Raises:
        PaperProblems: Everything that is wrong in all of them, with file and line.
    """
    trees: dict[str, Node] = {}
    problems: list[Problem] = []
    for name in documents or document_names(root):
        try:
            trees[name] = read(root, name)
        except PaperProblems as error:
            problems += error.problems
    if problems:
        raise PaperProblems(problems)
    return trees


def read(root: Path, document: str) -> Node:
    """A document's syntax tree, found right for both engines and both formats.

    Args:
        root: The project's root.
        document: Its name without suffix.

    Raises:
        PaperProblems: The document holds what an engine would print wrong.
    """
    from publish.engine import pandoc, subset

    expanded, settings = _settings(root, document, *TARGETS)
    tree, values, warnings = pandoc.parse(expanded, settings[0].metadata, root)
    problems = [*expanded.problems, *warnings]
    problems += subset.check(tree, expanded, root, settings[0].options.get("bibliography"))
    if problems:
        raise PaperProblems(problems)
    filled: Node = pandoc.fill(tree, values)
    return filled


def read_whole(root: Path, name: str, file: Path) -> None:
    """Read and check a document; its syntax tree appears in `file`, as JSON, whole or not at all."""
    write_whole(file, json.dumps(read(root, name), ensure_ascii=False), root)


def render(
    root: Path,
    targets: Sequence[str] = TARGETS,
    engine: str = "auto",
    out: Path | None = None,
    documents: Sequence[str] | None = None,
    say: Callable[[str], object] | None = print,
    trees: Mapping[str, Node] | None = None,
) -> list[Path]:
    """Render documents; the outputs appear together, after all of them are made, or not at all.

    Args:
        root: The project's root, where `_quarto.yml` is.
        targets: "html", "pdf", or both.
        engine: "auto", "quarto" or "embedded".
        out: Where the outputs go; `_output` if None.
        documents: Names without suffix, such as "report"; all of the project's if None.
        say: Takes the line that names the engine and the reason; nothing is said if None.
        trees: What `read` gave for each of the documents; they are read now if None.

    Returns:
        The outputs, by document and then by target.

    Raises:
        PaperProblems: The documents hold what an engine would print wrong.
        RenderFailed: A renderer stopped or warned.
        EngineMissing: Quarto was asked for and is not there, or too old.
    """
    root = root.resolve()
    choice = choose(engine)
    names = list(documents or document_names(root))
    if say:
        say(str(choice))
    sources = trees or check(root, names)
    finished = [(out or output_folder(root)) / f"{name}.{target}" for name in names for target in targets]
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda path: _made(root, path, sources[path.stem], choice), finished))
    for path, content in zip(finished, made, strict=True):
        write_whole(path, content, root)
    return finished


def render_whole(root: Path, name: str, target: str, engine: str, tree: Path, folder: Path) -> None:
    """Render a document to one format; it appears in `folder` whole, or not at all.

    Args:
        root: The project's root.
        name: The document's name without its ending.
        target: The format as an ending, .html or .pdf.
        engine: auto, quarto or embedded.
        tree: What `read_whole` made of the document.
        folder: Where the finished file goes.

    Raises:
        BuildFailure: The renderer said it was done and made nothing.
    """
    trees = {name: json.loads(tree.read_text("utf-8"))}
    with staged(root, f"{name}{target}") as aside:
        render(root, (target.removeprefix("."),), engine, aside, (name,), say=None, trees=trees)
        made = aside / f"{name}{target}"
        if not made.is_file() or made.stat().st_size == 0:
            raise BuildFailure(f"The renderer ended without an error and without {made.name}.")
        move_into_place(made, folder / made.name)


def source(root: Path, document: str, target: str) -> str:
    """What the embedded engine's pandoc makes of a document: the page before it is finished, or the Typst of the PDF.

    Args:
        root: The project's root.
        document: The document's name without suffix.
        target: "html" or "pdf".

    Raises:
        PaperProblems: The document holds what an engine would print wrong.
        RenderFailed: Pandoc stopped or warned.
    """
    from publish.engine import pandoc

    _, (settings,) = _settings(root, document, target)
    return pandoc.write(read(root, document), settings, target, root)


def _made(root: Path, path: Path, tree: Node, choice: Choice) -> bytes:
    """What belongs into a path: the document and the format that it names, finished."""
    from publish.engine import pandoc, quarto, typst_pdf
    from publish.page import page

    name, target = path.stem, path.suffix.removeprefix(".")
    expanded, (settings,) = _settings(root, name, target)
    if choice.quarto and choice.name == "quarto":
        made = quarto.render(choice.quarto, root, f"{name}.qmd", target, settings.epoch)
    else:
        text = pandoc.write(tree, settings, target, root)
        printed = target == "pdf"
        made = typst_pdf.compile_pdf(text, settings, root, expanded.place_of) if printed else text.encode()
    return page.finish(made.decode(), root, name).encode() if target == "html" else made


def _settings(root: Path, name: str, *targets: str) -> tuple[Expanded, list[Settings]]:
    """A document's source with all that it includes, and what holds for it in each format."""
    from publish.engine import project, qmd

    expanded = qmd.expand_document(root, f"{name}.qmd")
    return expanded, [project.settings(root, expanded.document, expanded.front, target) for target in targets]
