"""Renders the documents with one of two engines, and says which and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from publish.base.places import document_names, output_folder
from publish.base.problems import EngineMissing, PaperProblems, Problem
from publish.base.whole import write_whole
from publish.engine import pandoc, project, qmd, quarto, subset, typst_pdf
from publish.engine.quarto import Quarto
from publish.engine.tree import Node
from publish.page import page

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
        if self.name == "quarto" and self.quarto:
            return f"Quarto {self.quarto.version}"
        return f"the embedded engine (pandoc {pandoc.version()}, Typst {typst_pdf.version()})"


def choose(engine: str = "auto") -> Choice:
    """The engine for a request of "auto", "quarto" or "embedded".

    Raises:
        EngineMissing: Quarto was asked for and is not there, or too old.
        ValueError: No engine has that name.
    """
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
    expanded, settings = _settings(root, document, *TARGETS)
    tree, values, warnings = pandoc.parse(expanded, settings[0].metadata, root)
    problems = [*expanded.problems, *warnings]
    problems += subset.check(tree, expanded, root, settings[0].options.get("bibliography"))
    if problems:
        raise PaperProblems(problems)
    filled: Node = pandoc.fill(tree, values)
    return filled


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


def _made(root: Path, path: Path, tree: Node, choice: Choice) -> bytes:
    """What belongs into a path: the document and the format that it names, finished."""
    name, target = path.stem, path.suffix.removeprefix(".")
    expanded, (settings,) = _settings(root, name, target)
    if choice.name == "quarto":
        assert choice.quarto  # noqa: S101 - chosen because it was found
        made = quarto.render(choice.quarto, root, f"{name}.qmd", target, settings.epoch)
    else:
        text = pandoc.write(tree, settings, target, root)
        printed = target == "pdf"
        made = typst_pdf.compile_pdf(text, settings, root, expanded.place_of) if printed else text.encode()
    return page.finish(made.decode(), root, name).encode() if target == "html" else made


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
    _, (settings,) = _settings(root, document, target)
    return pandoc.write(read(root, document), settings, target, root)


def _settings(root: Path, name: str, *targets: str) -> tuple[qmd.Expanded, list[project.Settings]]:
    """A document's source with all that it includes, and what holds for it in each format."""
    document = f"{name}.qmd"
    expanded = qmd.expand_document(root, document)
    return expanded, [project.settings(root, document, expanded.front, target) for target in targets]
