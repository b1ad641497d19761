"""A notebook's error as its author wants to read it: cell, lines, exception, and the line of the project's code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_FRAME = re.compile(r"File (\S+?):(\d+)(?:, in (\w+))?")
_LINES_AROUND = 2
_LONGEST_MESSAGE = 60


def explained(notebook: Any, name: str, error: Any, root: Path) -> str:
    """The message for a cell that raised.

    Args:
        notebook: The notebook as far as it ran; the failing cell is the last that holds an error.
        name: The notebook's file name.
        error: nbclient's `CellExecutionError`, with `ename`, `evalue` and `traceback`.
        root: The project's root; frames outside it are left out.

    Returns:
        Several lines: place and exception, the lines of the cell around the failing one, and where in the project's
        code it was raised.
    """
    trace = _COLOUR.sub("", error.traceback or "")
    number, cell = next(
        (place, cell)
        for place, cell in enumerate(notebook.cells, 1)
        if any(output.get("output_type") == "error" for output in cell.get("outputs", ()))
    )
    found = _CELL_LINE.findall(trace)
    line = int(found[0]) if found else _line_of_syntax_error(trace)
    place = f"analysis/{name}, cell {number} ({cell.get('id', 'no id')})" + (f", line {line}" if line else "")
    message = _shortened(f"{error.ename}: {error.evalue}")
    return "\n".join([f"{place}: {message}", *_lines(cell["source"], line), *_raised_in(trace, root)])


def _line_of_syntax_error(trace: str) -> int:
    found = re.findall(r"Cell In\[\d+\][^\n]*?(?:line |:)(\d+)", trace)
    return int(found[-1]) if found else 0


def _shortened(message: str) -> str:
    lines = _COLOUR.sub("", message).splitlines()
    left_out = len(lines) - _LONGEST_MESSAGE
    return "\n".join(lines[:_LONGEST_MESSAGE] + ([f"... and {left_out} more lines"] if left_out > 0 else []))


def _lines(source: str, line: int) -> list[str]:
    if not line:
        return []
    return [
        f"  {'>' if number == line else ' '} {number:3d}  {text}"
        for number, text in enumerate(source.splitlines(), 1)
        if abs(number - line) <= _LINES_AROUND
    ]


def _raised_in(trace: str, root: Path) -> list[str]:
    frames = [(Path(file).expanduser(), number, function) for file, number, function in _FRAME.findall(trace)]
    inside = [frame for frame in frames if frame[0].is_relative_to(root) and ".venv" not in frame[0].parts]
    if not inside:
        return []
    file, number, function = inside[-1]
    at = f"{file.relative_to(root).as_posix()}:{number}" + (f", in {function}" if function else "")
    code = file.read_text(encoding="utf-8").splitlines()[int(number) - 1].strip() if file.is_file() else ""
    return [f"  raised in {at}: {code}"]
