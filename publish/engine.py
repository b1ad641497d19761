"""Renders the documents with one of two engines, and says which and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    problems: list[Problem] = []
    for name in documents or documents_of(root):
        try:
            _read(root, f"{name}.qmd", TARGETS[0])
        except PaperProblems as error:
            problems += error.problems
    if problems:
        raise PaperProblems(problems)


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
    if choice.name == "quarto":
        check(root, names)
    with staged(root, "render") as aside, ThreadPoolExecutor() as pool:
        jobs = [(name, target) for name in names for target in targets]
        made = list(pool.map(lambda job: _make(root, job[0], job[1], choice, aside), jobs))
        finished = [(out or root / OUTPUT) / path.name for path in made]
        for path, place in zip(made, finished, strict=True):
            move_into_place(path, place)
    return finished


def _make(root: Path, name: str, target: str, choice: Choice, aside: Path) -> Path:
    """One document in one format, as a finished file below `aside`."""
    made = _with_quarto if choice.name == "quarto" else _embedded
    content = made(root, name, target, choice, aside)
    if target == "html":
        content = page.finish(content.decode(), root, name).encode()
    path = aside / f"{name}.{target}"
    path.write_bytes(content)
    return path


def _with_quarto(root: Path, name: str, target: str, choice: Choice, aside: Path) -> bytes:
    assert choice.quarto  # noqa: S101 - the choice was Quarto
    document = f"{name}.qmd"
    folder = aside / f"{name}-{target}"
    folder.mkdir()
    epoch = project.settings(root, document, qmd.expand_document(root, document).front, target).epoch
    return quarto.render(choice.quarto, root, document, target, epoch, folder).read_bytes()


def _embedded(root: Path, name: str, target: str, choice: Choice, aside: Path) -> bytes:
    del choice, aside
    tree, settings, expanded = _read(root, f"{name}.qmd", target)
    text = pandoc.write(tree, settings, target, root)
    return text.encode() if target == "html" else typst_pdf.compile_pdf(text, settings, root, expanded.place_of)


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
    tree, settings, _ = _read(root, document, target)
    return pandoc.write(tree, settings, target, root)


def _read(root: Path, document: str, target: str) -> tuple[Node, project.Settings, qmd.Expanded]:
    expanded = qmd.expand_document(root, document)
    settings = project.settings(root, document, expanded.front, target)
    tree, warnings = pandoc.parse(expanded, settings, root)
    problems = subset.check(tree, expanded, root, settings.options.get("bibliography"))
    if problems or warnings:
        raise PaperProblems([*problems, *warnings])
    return tree, settings, expanded
