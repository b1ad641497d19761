"""Reads the documents and renders them with one of two engines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from publish.base.failures import BuildFailure
from publish.base.places import document_names, output_folder
from publish.base.problems import PaperProblems, Problem
from publish.base.whole import move_into_place, staged, write_whole
from publish.engine.choice import Choice, choose

if TYPE_CHECKING:
    from publish.engine.project import Settings
    from publish.engine.qmd import Expanded
    from publish.engine.tree import Node

TARGETS = ("html", "pdf")


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
    problems += subset.check(tree, expanded, root, settings[0].options)
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
    whole: bool = True,
) -> list[Path]:
    """Render documents; the outputs appear together, after all of them are made, or not at all.

    Args:
        root: The project's root, where `_quarto.yml` is.
        targets: "html" and "pdf", one of them, or "docx", which pandoc writes whatever the engine.
        engine: "auto", "quarto" or "embedded".
        out: Where the outputs go; `_output` if None.
        documents: Names without suffix, such as "report"; all of the project's if None.
        say: Takes the line that names the engine and the reason; nothing is said if None.
        trees: What `read` gave for each of the documents; they are read now if None.
        whole: Whether a page gets its styles and scripts; else publish/page/inlined.py puts them in later.

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
        made = list(pool.map(lambda path: _made(root, path, sources[path.stem], choice, whole), finished))
    for path, content in zip(finished, made, strict=True):
        write_whole(path, content, root)
    return finished


def render_whole(root: Path, name: str, target: str, engine: str, tree: Path, folder: Path) -> None:
    """Render a document to one format, a page but for its dress; it appears in `folder` whole, or not at all.

    Args:
        root: The project's root.
        name: The document's name without its ending.
        target: The format as an ending: .html, .pdf or .docx.
        engine: auto, quarto or embedded.
        tree: What `read_whole` made of the document.
        folder: Where the finished file goes.

    Raises:
        BuildFailure: The renderer said it was done and made nothing.
    """
    trees = {name: json.loads(tree.read_text("utf-8"))}
    with staged(root, f"{name}{target}") as aside:
        render(root, (target.removeprefix("."),), engine, aside, (name,), None, trees, whole=False)
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


def _made(root: Path, path: Path, tree: Node, choice: Choice, whole: bool) -> bytes:
    """What belongs into a path: the document and the format that it names, finished."""
    from publish.engine import pandoc, quarto, typst_pdf
    from publish.page import page

    name, target = path.stem, path.suffix.removeprefix(".")
    expanded, (settings,) = _settings(root, name, target)
    if target == "docx":
        from publish.engine import word

        return word.write(tree, settings, root)
    if choice.quarto and choice.name == "quarto":
        made = quarto.render(choice.quarto, root, f"{name}.qmd", target, settings.epoch)
    else:
        text = pandoc.write(tree, settings, target, root)
        printed = target == "pdf"
        made = typst_pdf.compile_pdf(text, settings, root, expanded.place_of) if printed else text.encode()
    finish = page.finish if whole else page.body
    return finish(made.decode(), root, name).encode() if target == "html" else made


def _settings(root: Path, name: str, *targets: str) -> tuple[Expanded, list[Settings]]:
    """A document's source with all that it includes, and what holds for it in each format."""
    from publish.engine import project, qmd

    expanded = qmd.expand_document(root, f"{name}.qmd")
    return expanded, [project.settings(root, expanded.document, expanded.front, target) for target in targets]
