"""Renders the documents with one of two engines, and says which and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from publish import page, pandoc, project, qmd, quarto, subset, typst_pdf
from publish.problems import EngineMissing, PaperProblems, Problem
from publish.quarto import Quarto
from publish.tree import Node
from publish.whole import move_into_place, staged

TARGETS = ("html", "pdf")
OUTPUT = "_output"


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


@dataclass(frozen=True)
class _Source:
    """A document that was read and found right, for one format."""

    name: str
    target: str
    expanded: qmd.Expanded
    settings: project.Settings
    tree: Node


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


def documents_of(root: Path) -> list[str]:
    """The documents of a project: each `*.qmd` beside `_quarto.yml` that is not a part (`_name.qmd`), by name."""
    return sorted(path.stem for path in root.glob("*.qmd") if not path.name.startswith("_"))


def check(root: Path, documents: Sequence[str] | None = None) -> None:
    """Refuse documents that one of the engines would print wrong.

    Args:
        root: The project's root.
        documents: Their names without suffix; all of the project's if None.

    Raises:
        PaperProblems: Everything that is wrong in all of them, with file and line.
    """
    _read_all(root, [(name, TARGETS[0]) for name in documents or documents_of(root)])


def render(
    root: Path,
    targets: Sequence[str] = TARGETS,
    engine: str = "auto",
    out: Path | None = None,
    documents: Sequence[str] | None = None,
    say: Callable[[str], object] | None = print,
) -> list[Path]:
    """Render documents; the outputs appear together, after all of them are made, or not at all.

    Args:
        root: The project's root, where `_quarto.yml` is.
        targets: "html", "pdf", or both.
        engine: "auto", "quarto" or "embedded".
        out: Where the outputs go; `_output` if None.
        documents: Names without suffix, such as "report"; all of the project's if None.
        say: Takes the line that names the engine and the reason; nothing is said if None.

    Returns:
        The outputs, by document and then by target.

    Raises:
        PaperProblems: The documents hold what an engine would print wrong.
        RenderFailed: A renderer stopped or warned.
        EngineMissing: Quarto was asked for and is not there, or too old.
    """
    root = root.resolve()
    choice = choose(engine)
    names = list(documents or documents_of(root))
    if say:
        say(str(choice))
    jobs = [(name, target) for name in names for target in targets]
    with staged(root, "render") as aside, ThreadPoolExecutor() as pool:
        sources = _read_all(root, jobs, pool)
        made = list(pool.map(lambda source: _make(root, source, choice, aside), sources))
        finished = [(out or root / OUTPUT) / path.name for path in made]
        for path, place in zip(made, finished, strict=True):
            move_into_place(path, place)
    return finished


def _make(root: Path, source: _Source, choice: Choice, aside: Path) -> Path:
    """One document in one format, as a finished file below `aside`."""
    content = _with_quarto(root, source, choice.quarto, aside) if choice.name == "quarto" else _embedded(root, source)
    if source.target == "html":
        content = page.finish(content.decode(), root, source.name).encode()
    path = aside / f"{source.name}.{source.target}"
    path.write_bytes(content)
    return path


def _with_quarto(root: Path, source: _Source, program: Quarto | None, aside: Path) -> bytes:
    assert program  # noqa: S101 - the choice was Quarto
    folder = aside / f"{source.name}-{source.target}"
    folder.mkdir()
    epoch = source.settings.epoch
    return quarto.render(program, root, f"{source.name}.qmd", source.target, epoch, folder).read_bytes()


def _embedded(root: Path, source: _Source) -> bytes:
    text = pandoc.write(source.tree, source.settings, source.target, root)
    if source.target == "html":
        return text.encode()
    return typst_pdf.compile_pdf(text, source.settings, root, source.expanded.place_of)


def source(root: Path, document: str, target: str) -> str:
    """What the embedded engine's pandoc makes of a document: the page before it is finished, or the Typst of the PDF.

    Args:
        root: The project's root.
        document: The document's file name.
        target: "html" or "pdf".

    Raises:
        PaperProblems: The document holds what an engine would print wrong.
        RenderFailed: Pandoc stopped or warned.
    """
    read = _read(root, document.removesuffix(".qmd"), target)
    return pandoc.write(read.tree, read.settings, target, root)


def _read_all(root: Path, jobs: Sequence[tuple[str, str]], pool: Executor | None = None) -> list[_Source]:
    """Every document in every format that is asked for.

    Raises:
        PaperProblems: What is wrong in all of them.
    """
    problems: list[Problem] = []

    def one(job: tuple[str, str]) -> _Source | None:
        try:
            return _read(root, *job)
        except PaperProblems as error:
            problems.extend(error.problems)
            return None

    read = list((pool.map if pool else map)(one, jobs))
    if problems:
        raise PaperProblems(problems)
    return [source for source in read if source]


def _read(root: Path, name: str, target: str) -> _Source:
    document = f"{name}.qmd"
    expanded = qmd.expand_document(root, document)
    settings = project.settings(root, document, expanded.front, target)
    tree, warnings = pandoc.parse(expanded, settings, root)
    problems = subset.check(tree, expanded, root, settings.options.get("bibliography"))
    if expanded.problems or warnings or problems:
        raise PaperProblems([*expanded.problems, *warnings, *problems])
    return _Source(name, target, expanded, settings, tree)
