"""Which source files a notebook or module uses, read from its import statements without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from publish.build.states import digest

_read: dict[tuple[Path, str | None], list[str]] = {}  # by content: many notebooks use the same modules


def notebook_source(notebook: Path) -> str:
    """The code cells of a notebook as one Python text; lines for the shell or for IPython become blank.

    Args:
        notebook: The `.ipynb` file.

    Raises:
        ValueError: The file is not a notebook.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8")).get("cells", [])
    code = ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code"]
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in "\n".join(code).splitlines())


def sources_of(start: Path, root: Path, package: str) -> tuple[Path, ...]:
    """The files of `package` that `start` imports, directly or through others, and `start` itself.

    Args:
        start: A notebook or a module.
        root: The directory that holds the package.
        package: The package's name; imports of anything else are not followed.

    Returns:
        Sorted paths. A file whose syntax is wrong is listed, what it would import is not: running it says the rest.
    """
    found: set[Path] = set()
    waiting = [start]
    while waiting:
        file = waiting.pop()
        if file in found or not file.is_file():
            continue
        found.add(file)
        waiting += [
            path for name in imports_of(file, root) if name.split(".")[0] == package for path in _files(name, root)
        ]
    return tuple(sorted(found))


def imports_of(file: Path, root: Path) -> list[str]:
    """What a notebook or module imports, by dotted name; for `from a import b` both `a` and `a.b`.

    Args:
        file: The notebook or module; nothing when its syntax is wrong.
        root: The directory that holds its package.
    """
    found = _read.get((file, digest(file)))
    if found is None:
        found = _read[file, digest(file)] = _names_in(file, root)
    return found


def _names_in(file: Path, root: Path) -> list[str]:
    try:
        source = notebook_source(file) if file.suffix == ".ipynb" else file.read_text(encoding="utf-8")
        tree = ast.parse(source)
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return [name for statement in _statements(tree.body) for name in _names(statement, file, root)]


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Every statement, in branches, loops, functions and classes too; expressions hold no imports."""
    for statement in body:
        yield statement
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(statement, part, ()))


def _names(node: ast.AST, file: Path, root: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            above = file.relative_to(root).parts[: -node.level]
            base = ".".join([*above, *filter(None, [node.module])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _files(name: str, root: Path) -> Iterator[Path]:
    parts = name.split(".")
    for depth in range(1, len(parts) + 1):
        stem = root.joinpath(*parts[:depth])
        yield from (stem / "__init__.py", stem.with_suffix(".py"))
