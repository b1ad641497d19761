"""Which source files a notebook or module uses, read from its import statements without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from publish.base.digests import known_of

CODE = Path(__file__).resolve().parents[2]
"""Where the packages of the program are: the project itself, or where a study has them installed."""


def code_of(root: Path) -> Path:
    """The folder of the package `analysis` that the notebooks of a project import: its own, or the installed one."""
    return root if (root / "analysis" / "__init__.py").is_file() else CODE


@cache
def shown(file: Path, root: Path) -> str:
    """A file as it is named in messages and lists: from the project's root, or from where the program is installed."""
    homes = [folder for folder in (root, CODE) if file.is_relative_to(folder)]
    return file.relative_to(max(homes, key=lambda folder: len(folder.parts))).as_posix()


def placed(name: str, root: Path) -> Path:
    """The file that is named so by `shown`."""
    return root / name if (root / name).is_file() else CODE / name


def sources_of(start: Path, root: Path, package: str) -> tuple[Path, ...]:
    """The files of a project and of `package` that `start` imports, directly or through others, and `start` itself.

    Args:
        start: A notebook or a module.
        root: The project's root; what it imports of its own is followed.
        package: The package's name, in the project or installed; other installed packages are not followed.

    Returns:
        Sorted paths. A file whose syntax is wrong is listed, what it would import is not: running it says the rest.
    """
    code, found = code_of(root), set[Path]()
    seen, waiting = {start}, [start]
    while waiting:
        file = waiting.pop()
        if file.is_file():
            found.add(file)
            for name in imports_of(file, root):
                if (own := name.partition(".")[0] == package) or root != CODE:
                    new = _files(name, code if own else root) - seen
                    seen |= new
                    waiting += new
    return tuple(sorted(found))


def notebook_sources(root: Path, notebook: str) -> tuple[Path, ...]:
    """A notebook and the modules of the analysis that it imports, directly or through others."""
    return sources_of(root / "analysis" / f"{notebook}.ipynb", root, "analysis")


def imports_of(file: Path, root: Path) -> list[str]:
    """What a notebook or module imports, by dotted name; for `from a import b` both `a` and `a.b`.

    Args:
        file: The notebook or module; nothing when its syntax is wrong.
        root: The directory that holds its package.
    """
    entry = known_of(file)
    if entry.imports is None:
        entry.imports = _names_in(file, root)
    return entry.imports


def _names_in(file: Path, root: Path) -> list[str]:
    try:
        tree = ast.parse(_source(file))
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return sorted({name for node in ast.walk(tree) for name in _names(node, file, root)})


def _source(file: Path) -> str:
    """A module's text, or a notebook's code cells as one text without lines for the shell or for IPython."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".ipynb":
        return text
    code = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in "\n".join(code).splitlines())


def _names(node: ast.AST, file: Path, root: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = file.relative_to(root).parts[: -node.level] if node.level else ()
        base = ".".join([*above, *filter(None, [node.module])])
        yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


@cache
def _files(name: str, root: Path) -> frozenset[Path]:
    """Where a dotted name, and each package above it, would be."""
    above, _, last = name.rpartition(".")
    stem = root.joinpath(*name.split("."))
    return (_files(above, root) if above else frozenset()) | {stem / "__init__.py", stem.with_name(f"{last}.py")}
