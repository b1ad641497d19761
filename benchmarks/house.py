"""`python -m benchmarks.house`: print the figures of the house, and draw its rooms and arrows from the imports."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
PICTURE = "docs/architecture.svg"
WINGS = ("analysis", "publish")
CODE = ("analysis", "publish", "benchmarks")
FOLDERS = ("analysis", "publish", "tests", "figures")
_LATER = re.compile(r"(\w+\.\w+):\w+")
_STEP, _WIDE, _HIGH, _UP, _EDGE = 118, 104, 30, 78, 20  # the picture's sizes, in its own units
_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>text{{font:14px sans-serif;text-anchor:middle}}.wing{{font-weight:bold;text-anchor:start}}
rect{{fill:#f4f4f4;stroke:#555}}path{{stroke:#777}}</style>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0,0 L8,4 L0,8 z" fill="#777"/></marker>"""

Arrows = Mapping[str, frozenset[str]]


def imports(file: Path) -> Iterator[str]:
    """What a module or notebook imports, inside functions too: for `from a import b` both `a` and `a.b`.

    A function that is named to be imported later, as `"room.module:function"`, is an import of its module.
    """
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        cells = (cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
        text = "\n".join("".join(cell["source"]) for cell in cells)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Constant) and (named := _LATER.fullmatch(str(node.value))):
            yield f"{WINGS[1]}.{named[1]}"


def rooms(wing: Path) -> Arrows:
    """Room to the rooms of the same wing that it imports; each package in the wing's folder is a room."""
    names = sorted(init.parent.name for init in wing.glob("*/__init__.py"))
    found = {name: {one for file in (wing / name).rglob("*.py") for one in imports(file)} for name in names}
    used = {
        name: {one.split(".")[1] for one in modules if one.startswith(f"{wing.name}.")}
        for name, modules in found.items()
    }
    return {name: frozenset(used[name] & set(names) - {name}) for name in names}


def floors(arrows: Arrows) -> dict[str, int]:
    """Room to its floor: 1 where it imports no room, else one above the highest that it imports.

    A `graphlib.CycleError` where an arrow runs up holds the circle of rooms.
    """
    level: dict[str, int] = {}
    for room in TopologicalSorter(arrows).static_order():
        level[room] = 1 + max((level[below] for below in arrows[room]), default=0)
    return level


def duty(wing: Path, room: str) -> str:
    """The first line of what the room says of itself; empty when it says nothing."""
    text = ast.get_docstring(ast.parse((wing / room / "__init__.py").read_text(encoding="utf-8")))
    return (text or "").split("\n")[0]


def lines(root: Path, folder: str) -> int:
    """Lines of Python below a folder."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in (root / folder).rglob("*.py"))


def entries(root: Path, folder: str) -> int:
    """Files and folders that a person sees in a folder."""
    return sum(not one.name.startswith((".", "__pycache__")) for one in (root / folder).iterdir())


def figures(root: Path) -> dict[str, int]:
    """The figures of the house, by name."""
    return {
        "lines of Python in analysis, publish and benchmarks": sum(lines(root, folder) for folder in CODE),
        "lines of Python in tests": lines(root, "tests"),
        **{f"entries in {folder}/": entries(root, folder) for folder in FOLDERS},
        **{f"floors of {wing}/": max(floors(rooms(root / wing)).values()) for wing in WINGS},
    }


def picture(root: Path) -> str:
    """Both wings as SVG: each room a box on its floor, its duty as a title, and arrows down to the rooms that it uses.

    An arrow that follows from two others is left out.
    """
    wings = {wing: rooms(root / wing) for wing in WINGS}
    top = max(max(floors(arrows).values()) for arrows in wings.values())
    parts, left = [], _EDGE
    for wing, arrows in wings.items():
        level = floors(arrows)
        storeys = [sorted(room for room in level if level[room] == floor) for floor in range(1, top + 1)]
        widest = max(map(len, storeys))
        place = {
            room: (left + (number + (widest - len(storey)) / 2) * _STEP, _EDGE * 2 + (top - floor) * _UP)
            for floor, storey in enumerate(storeys, 1)
            for number, room in enumerate(storey)
        }
        parts.append(f'<text x="{left}" y="{_EDGE}" class="wing">{wing}/</text>')
        for room, (x, y) in place.items():
            for below in sorted(arrows[room] - {far for near in arrows[room] for far in _under(near, arrows)}):
                end = f"{place[below][0] + _WIDE / 2:g},{place[below][1] - 2}"
                parts.append(f'<path d="M{x + _WIDE / 2:g},{y + _HIGH} L{end}" marker-end="url(#tip)"/>')
        for room, (x, y) in place.items():
            title = f"<title>{escape(duty(root / wing, room))}</title>"
            parts.append(f'<g>{title}<rect x="{x:g}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="4"/>')
            parts.append(f'<text x="{x + _WIDE / 2:g}" y="{y + 20}">{room}</text></g>')
        left += widest * _STEP + _EDGE * 2
    parts.append("</svg>\n")
    return "\n".join([_HEAD.format(width=left - _EDGE * 2, height=top * _UP + _EDGE), *parts])


def _under(room: str, arrows: Arrows) -> frozenset[str]:
    return arrows[room].union(*(_under(below, arrows) for below in arrows[room]))


def main() -> None:
    """Print the figures, and write the picture."""
    for name, number in figures(ROOT).items():
        print(f"{number:8,}  {name}")
    (ROOT / PICTURE).write_text(picture(ROOT), encoding="utf-8")


if __name__ == "__main__":
    main()
