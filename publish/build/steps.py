"""The steps of a build: what each reads, what it makes, and the function that does its work."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

from publish.base.imports import CODE, code_of, notebook_sources, shown, sources_of
from publish.base.places import (
    ADDRESS,
    COLOPHON,
    METADATA,
    PAGE_DATA,
    built_folder,
    document_names,
    notebook_names,
    output_folder,
    package_zip,
)
from publish.base.states import FigureSet, FileState, MaybeFile, Setting, State
from publish.build import rows
from publish.build.graph import Step
from publish.engine.choice import in_words, quarto_at
from publish.page.downloads import beside
from publish.written import codebook, colophon, readme, used, where_made
from publish.written.strays import package_files

PUBLISHED = ("html", "pdf")
RENDERING = (".body", ".pdf", ".docx")
PAGES, PRINT = "delivery of the pages", "delivery of the print"
# What of the theme a format does not read; a file of any other kind counts for both.
_NOT_RENDERED = ("theme/prose/*", "theme/**/README.md", "theme/**/LICENSE*")
_OTHER_FORMAT = {".html": ("theme/print/*", "theme/fonts/*.ttf"), ".pdf": ("theme/page/**/*", "theme/fonts/web/*")}
# What a page gets last; only Quarto puts it in itself.
_DRESS = ("theme/page/*.css", "theme/page/scripts/*", "theme/fonts/web/*")
_READ_BY_NOTEBOOKS = ("analysis/**/*.mplstyle", "analysis/**/*.yml", "theme/palette.yml", "theme/fonts/*.*tf")
# What says the title, version, authors, licences and requirements first.
_SAYING = ("_quarto.yml", "pyproject.toml", "data/datapackage.json", "analysis/*.ipynb", "uv.lock")
_PYTHON = Setting("Python", platform.python_version())
Need = State | Path | str


def records_of(root: Path, engine: str) -> tuple[Step, ...]:
    """The steps that make what the paper reads: every notebook, values and figures together, and the colophon."""
    for looked_up in (_code, _data, _sources, _matching):
        looked_up.cache_clear()  # what is there is looked up once for each plan
    sets = _figures(root)
    checked = _checked(root)
    steps = [*checked, *(_notebook(root, one, [state for step in checked for state in step.makes]) for one in sets)]
    made: list[State | Path] = [root / path for path in ("_variables.yml", "figures/manifest.json", PAGE_DATA)]
    made += _values_files(root)
    sources = {source for one in sets for source in _sources(root, one.notebook)}
    needs: list[Need] = [*sets, *used.documents(root), *sorted(sources), *_data(root)]
    steps.append(_step(root, "values and figures", "written.values:merge", (sets,), needs, made))
    needs = [colophon.commit_in_words(root), in_words(engine), *_code("written.colophon"), *_data(root)]
    steps.append(_step(root, "colophon", "engine.choice:sign", (engine,), needs, [root / COLOPHON]))
    steps.append(_step(root, "address", "written.address:write_address", (), ["_quarto.yml"], [root / ADDRESS]))
    return tuple(steps)


def plan(
    root: Path, engine: str, rendered: bool = False, to: Sequence[str] = PUBLISHED, apart: bool = False
) -> tuple[Step, ...]:
    """The steps that make everything, in an order in which they could run one after the other.

    Args:
        root: The project's root.
        engine: auto, quarto or embedded, as asked for.
        rendered: Leave out the documents, which Quarto alone has rendered.
        to: The formats of the documents: html, pdf, docx.
        apart: Deliver the print by itself, so that the pages need not wait for it.

    Raises:
        MissingTool: The engine that was asked for is not there.
    """
    steps = [*records_of(root, engine)]
    for name in notebook_names(root):
        executed, target = _executed(root, name), built_folder(root) / "notebooks" / f"{name}.html"
        needs: list[Need] = [executed, "theme/palette.yml", "uv.lock", _PYTHON]
        steps.append(_step(root, f"page {name}", "notebooks.page:write_page", (executed, target), needs, [target]))
    if (root / codebook.TARGET).exists():
        needs = ["data/datapackage.json"]
        steps.append(_step(root, "codebook", "written.codebook:write_codebook", (), needs, [root / codebook.TARGET]))
    if (root / readme.TEMPLATE).exists():
        needs = [root / "_variables.yml", readme.TEMPLATE]
        steps.append(_step(root, "findings", "written.readme:write_readme", (), needs, [root / readme.TARGET]))
    if (root / where_made.TARGET).exists():
        needs = [root / "figures/manifest.json", *_values_files(root), "uv.lock"]
        steps.append(_step(root, "list", "written.where_made:write_list", (), needs, [root / where_made.TARGET]))
    if (root / METADATA[0]).exists():
        needs = [*_SAYING, *(f"{name}.qmd" for name in document_names(root)), root / "figures/manifest.json"]
        made = [root / file for file in METADATA]
        steps.append(_step(root, "metadata", "written.metadata:write_metadata", (), needs, made))
    target = built_folder(root) / package_zip(root)
    work, files = "written.data_package:write_package", package_files(root)
    steps.append(_step(root, "data package", work, (target,), files, [target]))
    steps += [step for name in document_names(root) if not rendered for step in _document(root, name, engine, to)]
    if apart:
        steps = [replace(step, can_wait=step.name.endswith(".pdf")) for step in steps]
    return (*steps, *_deliveries(root, steps, to, apart))


def _step(
    root: Path,
    name: str,
    work: str,
    arguments: tuple[object, ...],
    needs: Iterable[Need],
    makes: Iterable[State | Path],
) -> Step:
    """A step whose work is a function of publish, `room.module:function`, called with the root and the arguments.

    The code of that module, and of all that it imports, is an input too. A need is a state, a file, or a pattern.
    """
    module, function = work.split(":")

    def run() -> None:
        getattr(import_module(f"publish.{module}"), function)(root, *arguments)

    known = {state.name: state for need in (*needs, *_code(module)) for state in _states(root, need)}
    made = tuple(state for one in makes for state in _states(root, one))
    return Step(name, tuple(known[key] for key in sorted(known)), made, run)


def _states(root: Path, need: Need) -> list[State]:
    if isinstance(need, State):
        return [need]
    return [FileState(shown(file, root), file) for file in (_matching(root, need) if isinstance(need, str) else [need])]


@cache
def _matching(root: Path, pattern: str) -> list[Path]:
    return sorted(filter(_is_input, root.glob(pattern)))


def _is_input(file: Path) -> bool:
    """A broken link or an unreadable file is an input as well: the step must fail on it, not skip it."""
    return not file.name.startswith(".") and (file.is_symlink() or not file.is_dir()) and file.suffix != ".pyc"


@cache
def _code(module: str) -> tuple[Path, ...]:
    return sources_of(CODE.joinpath("publish", *module.split(".")).with_suffix(".py"), CODE, "publish")


_sources = cache(notebook_sources)


def _figures(root: Path) -> list[FigureSet]:
    return [FigureSet(f"figures of {name}", root, name) for name in notebook_names(root)]


def _values_files(root: Path) -> list[State]:
    """What the documents use of each notebook's values; a file that comes where there is none counts as well."""
    return [MaybeFile(shown(one.values_file, root), one.values_file) for one in _figures(root)]


@cache
def _data(root: Path) -> list[Path]:
    """The tables and their description; what else lies there changes nothing."""
    return [file for file in package_files(root) if file.suffix in (".csv", ".json")]


def _executed(root: Path, name: str) -> Path:
    return root / ".cache" / "notebooks" / f"{name}.ipynb"


def _checked(root: Path) -> list[Step]:
    """The check of the data, which the notebooks wait for; none where there is no such check, or no notebook."""
    command = code_of(root) / rows.COMMAND
    if not command.is_file() or not notebook_names(root):
        return []
    target = root / ".cache" / "data.txt"
    needs: list[Need] = [*sources_of(command, root, "analysis"), *_data(root), "uv.lock", _PYTHON]
    return [_step(root, "data check", "build.rows:check_data", (target,), needs, [target])]


def _notebook(root: Path, figures: FigureSet, checked: Iterable[State]) -> Step:
    name = figures.notebook
    needs: list[Need] = [
        *_sources(root, name),
        *_data(root),
        *checked,
        *_READ_BY_NOTEBOOKS,
        "uv.lock",
        _PYTHON,
        *_code("notebooks.cells"),
    ]
    made: list[State | Path] = [figures, _executed(root, name)]
    return _step(root, f"notebook {name}", "notebooks.notebooks:run_notebook", (name,), needs, made)


def _document(root: Path, name: str, engine: str, to: Sequence[str]) -> list[Step]:
    """Reading a document, once, and rendering it to each format."""
    tree = root / ".cache" / "read" / f"{name}.json"
    source: list[Need] = [*used.with_parts(root, [root / f"{name}.qmd"]), "_*", "_extensions/**/*", "*.bib", "uv.lock"]
    generated = (root / file for file in ("_variables.yml", "figures/manifest.json"))
    assets = sorted(file for file in (CODE / "publish/engine").iterdir() if file.suffix in (".lua", ".typst", ".csv"))
    shared: list[Need] = [*source, *generated, *assets, _PYTHON, in_words(engine)]
    steps = [_step(root, f"text of {name}", "engine.engine:read_whole", (name, tree), shared, [tree])]
    body, page = tree.with_suffix(".html"), built_folder(root) / f"{name}.html"
    shared += [tree, root / COLOPHON, root / ADDRESS, "*.csl"]
    needs = [*shared, *_theme(root, ".html", () if quarto_at(engine) else _DRESS), root / PAGE_DATA]
    needs += _values_files(root)
    needs.append(Setting("what the page links", repr(beside(root, name))))
    printed = [*shared, *_theme(root, ".pdf")]
    for form in to:
        step, made, reads = (f"{name}.body", body, needs) if form == "html" else (f"{name}.{form}", None, printed)
        made = made or page.with_suffix(f".{form}")
        arguments = (name, f".{form}", engine, tree, made.parent)
        steps.append(_step(root, step, "engine.engine:render_whole", arguments, reads, [made]))
    if "html" in to:
        steps.append(_step(root, page.name, "page.inlined:dress", (body, page), [body, *_DRESS], [page]))
    return steps


def _theme(root: Path, target: str, later: tuple[str, ...] = ()) -> list[State]:
    """The files of the theme, save those that only the other format, a later step or no format reads."""
    patterns = (*_NOT_RENDERED, *_OTHER_FORMAT[target], *later)
    without = [state for pattern in patterns for state in _states(root, pattern)]
    return [state for state in _states(root, "theme/**/*") if state not in without]


def _deliveries(root: Path, steps: Iterable[Step], to: Sequence[str], apart: bool) -> Iterator[Step]:
    """Putting what was made where it is read: all together, or the print by itself."""
    folder = built_folder(root)
    files = [file for step in steps for state in step.makes for file in state.files() if isinstance(state, FileState)]
    built = [file for file in files if file.is_relative_to(folder)]
    together = {"delivery" if tuple(to) == PUBLISHED else f"delivery of {' and '.join(to)}": built}
    printed = [file for file in built if file.suffix == ".pdf"]
    by_itself = {PAGES: [file for file in built if file not in printed], PRINT: printed}
    for name, made in (by_itself if apart else together).items():
        places = [output_folder(root) / file.relative_to(folder) for file in made]
        work = "build.delivery:deliver", ([*zip(made, places, strict=True)],)
        yield _step(root, name, *work, made, places)
