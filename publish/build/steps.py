"""The steps of a build: what each reads, what it makes, and what it runs."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from publish.base.imports import sources_of
from publish.base.places import PACKAGE_ZIP, PAGE_DATA, built_folder, document_names, notebook_names, output_folder
from publish.base.states import FigureSet, FileState, Setting, State
from publish.build.graph import Step

NOTEBOOK = "notebook "
RENDERING = (".html", ".pdf")
# What of the theme a format does not read; a file of any other kind counts for both.
_NOT_RENDERED = ("theme/prose/*", "theme/**/README.md", "theme/**/LICENSE*")
_OTHER_FORMAT = {
    ".html": ("theme/print/*", "theme/fonts/*.ttf"),
    ".pdf": ("theme/page/**/*", "theme/fonts/web/*"),
}
_CODE = Path(__file__).resolve().parents[2]


def records_of(root: Path, engine: str) -> tuple[Step, ...]:
    """The steps that make what the paper reads: every notebook, values and figures together, and the colophon."""
    names = notebook_names(root)
    sets = tuple(FigureSet(f"figures of {name}", root, name) for name in names)
    notebooks = [_notebook(root, name, one) for name, one in zip(names, sets, strict=True)]
    return (*notebooks, _merge(root, sets), _colophon(root, engine))


def plan(root: Path, engine: str) -> tuple[Step, ...]:
    """The steps that make everything, in an order in which they could run one after the other.

    Args:
        root: The project's root.
        engine: auto, quarto or embedded, as asked for.

    Raises:
        MissingTool: The engine that was asked for is not there.
    """
    steps = [*records_of(root, engine), *(_page(root, name) for name in notebook_names(root))]
    steps += [*_written(root), _package(root), *_documents(root, engine)]
    return (*steps, _delivery(root, steps))


def _step(name: str, needs: Iterable[State], makes: Iterable[State], run: Callable[[], None]) -> Step:
    known = {state.name: state for state in needs}
    return Step(name, tuple(known[key] for key in sorted(known)), tuple(makes), run)


def _file(root: Path, path: Path) -> FileState:
    base = root if path.is_relative_to(root) else _CODE
    return FileState(path.relative_to(base).as_posix(), path)


def _files(root: Path, *patterns: str) -> list[State]:
    found = sorted({file for pattern in patterns for file in root.glob(pattern) if _is_input(file)})
    return [_file(root, file) for file in found]


def _is_input(file: Path) -> bool:
    """A broken link or an unreadable file is an input as well: the step must fail on it, not skip it."""
    return not file.name.startswith(".") and (file.is_symlink() or not file.is_dir()) and file.suffix != ".pyc"


def _code_of(module: str) -> list[State]:
    return [_file(_CODE, file) for file in sources_of(_CODE / "publish" / f"{module}.py", _CODE, "publish")]


def _assets() -> list[State]:
    """Filters and templates beside the code of the renderers."""
    return [
        _file(_CODE, file)
        for pattern in ("*.lua", "*.typst")
        for file in sorted((_CODE / "publish" / "engine").glob(pattern))
    ]


def _surroundings(root: Path) -> list[State]:
    return [*_files(root, "uv.lock"), Setting("Python", platform.python_version())]


def _data(root: Path) -> list[State]:
    return _files(root, "data/*.csv", "data/*.json")


def _notebook(root: Path, name: str, figures: FigureSet) -> Step:
    def run() -> None:
        from publish.notebooks.notebooks import run_notebook

        run_notebook(root, name)

    modules = sources_of(root / "analysis" / f"{name}.ipynb", root, "analysis")
    style = _files(root, "analysis/**/*.mplstyle", "analysis/**/*.yml", "theme/palette.yml", "theme/fonts/*.*tf")
    needs = [
        *(_file(root, file) for file in modules),
        *_data(root),
        *style,
        *_surroundings(root),
        *_code_of("notebooks/notebooks"),
        *_code_of("notebooks/cells"),
    ]
    return _step(f"{NOTEBOOK}{name}", needs, [figures, _file(root, _executed(root, name))], run)


def _executed(root: Path, name: str) -> Path:
    return root / ".cache" / "notebooks" / f"{name}.ipynb"


def _page(root: Path, name: str) -> Step:
    target = built_folder(root) / "notebooks" / f"{name}.html"

    def run() -> None:
        from publish.notebooks.page import write_page

        write_page(root, _executed(root, name), target)

    code = [*_surroundings(root), *_code_of("notebooks/page")]
    needs = [_file(root, _executed(root, name)), *_files(root, "theme/palette.yml"), *code]
    return _step(f"page {name}", needs, [_file(root, target)], run)


def _merge(root: Path, sets: tuple[FigureSet, ...]) -> Step:
    from publish.written import used

    def run() -> None:
        from publish.written.values import merge

        merge(root, sets)

    made = [_file(root, root / path) for path in ("_variables.yml", "figures/manifest.json", PAGE_DATA)]
    made += [_file(root, one.folder / "values.json") for one in sets]
    needs = [*sets, *(_file(root, file) for file in used.documents(root)), *_code_of("written/values")]
    return _step("values and figures", needs, made, run)


def _colophon(root: Path, engine: str) -> Step:
    from publish.engine.rendering import choice_of, engine_in_words
    from publish.written import colophon

    def sign() -> None:
        colophon.write_colophon(root, choice_of(engine).tools)

    code = [*_code_of("written/colophon"), *_code_of("engine/rendering"), *_data(root)]
    needs = [colophon.commit_in_words(root), engine_in_words(root, engine), *code]
    return _step("colophon", needs, [_file(root, root / colophon.TARGET)], sign)


def _written(root: Path) -> list[Step]:
    """The texts that are written from the data and the values, where the project has them."""
    from publish.written import codebook, readme

    written = []
    if (root / codebook.TARGET).exists():
        needs = [*_files(root, "data/datapackage.json"), *_code_of("written/codebook")]
        run = partial(codebook.write_codebook, root)
        written.append(_step("codebook", needs, [_file(root, root / codebook.TARGET)], run))
    if (root / readme.TEMPLATE).exists():
        needs = [_file(root, root / "_variables.yml"), *_files(root, readme.TEMPLATE), *_code_of("written/readme")]
        run = partial(readme.write_readme, root)
        written.append(_step("findings", needs, [_file(root, root / readme.TARGET)], run))
    return written


def _package(root: Path) -> Step:
    target = built_folder(root) / PACKAGE_ZIP

    def run() -> None:
        from publish.written.data_package import write_package

        write_package(root, target)

    needs = [*_files(root, "data/**/*"), *_code_of("written/data_package")]
    return _step("data package", needs, [_file(root, target)], run)


def _documents(root: Path, engine: str) -> list[Step]:
    return [step for name in document_names(root) for step in _document(root, name, engine)]


def _document(root: Path, name: str, engine: str) -> list[Step]:
    """Reading a document, once, and rendering it to each format."""
    from publish.engine.rendering import engine_in_words, read_whole, render_whole
    from publish.page.downloads import beside
    from publish.written import colophon

    generated = [_file(root, root / file) for file in ("_variables.yml", "figures/manifest.json", colophon.TARGET)]
    code = [*_code_of("engine/rendering"), *_assets(), *_surroundings(root)]
    source = _files(root, f"{name}.qmd", "_*.qmd", "*.bib", "_quarto.yml")
    shared = [*source, *generated, *code, engine_in_words(root, engine)]
    tree = root / ".cache" / "read" / f"{name}.json"
    text = _step(f"text of {name}", shared, [_file(root, tree)], partial(read_whole, root, name, tree))
    page = (Setting("what the page links", repr(beside(root, name))), _file(root, root / PAGE_DATA))
    rendered = [
        _step(
            f"{name}{target}",
            [*shared, *text.makes, *_files(root, "*.csl"), *_theme(root, target), *(page if target == ".html" else ())],
            [_file(root, built_folder(root) / f"{name}{target}")],
            partial(render_whole, root, name, target, engine, tree, built_folder(root)),
        )
        for target in RENDERING
    ]
    return [text, *rendered]


def _theme(root: Path, target: str) -> list[State]:
    """The files of the theme, save those that only the other format or no format reads."""
    without = {state.name for state in _files(root, *_NOT_RENDERED, *_OTHER_FORMAT[target])}
    return [state for state in _files(root, "theme/**/*") if state.name not in without]


def _delivery(root: Path, steps: Iterable[Step]) -> Step:
    from publish.build.delivery import deliver

    folder = built_folder(root)
    states = [state for step in steps for state in step.makes if isinstance(state, FileState)]
    built = [state for state in states if state.path.is_relative_to(folder)]
    pairs = [(state.path, output_folder(root) / state.path.relative_to(folder)) for state in built]
    needs = [*built, *_code_of("build/delivery")]
    return _step("delivery", needs, [_file(root, target) for _, target in pairs], partial(deliver, root, pairs))
