"""A notebook's error as its author wants to read it: cell, lines, exception, and the line of the project's code."""

from __future__ import annotations

import traceback
from pathlib import Path

_CELL = "<ipython-input-"  # how IPython names the code of a cell
_LINES_AROUND = 2
_LONGEST_MESSAGE = 60


def explained(place: str, source: str, error: BaseException, root: Path) -> str:
    """The message for a cell that raised.

    Args:
        place: Notebook, number and id of the cell.
        source: The cell's text.
        error: What it raised.
        root: The project's root; frames outside it are left out.

    Returns:
        Several lines: place and exception, the lines of the cell around the failing one, and where in the project's
        code it was raised.
    """
    frames = [(frame.filename, frame.lineno or 0, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno or 0, ""))
    line = next((number for file, number, _ in frames if file.startswith(_CELL)), 0)
    kind = next(one.__name__ for one in type(error).__mro__ if not one.__name__.startswith("_"))
    said = f"{kind}: {error.msg if isinstance(error, SyntaxError) else error}".splitlines()
    if len(said) > _LONGEST_MESSAGE:
        said[_LONGEST_MESSAGE:] = [f"... and {len(said) - _LONGEST_MESSAGE} more lines"]
    around = [
        f"  {'>' if number == line else ' '} {number:3d}  {text}"
        for number, text in enumerate(source.splitlines(), 1)
        if line and abs(number - line) <= _LINES_AROUND
    ]
    head = "\n".join(said)
    return "\n".join([f"{place}{f', line {line}' if line else ''}: {head}", *around, *_raised_in(frames, root)])


def _raised_in(frames: list[tuple[str, int, str]], root: Path) -> list[str]:
    inside = [frame for frame in frames if Path(frame[0]).is_relative_to(root) and ".venv" not in frame[0]]
    if not inside:
        return []
    file, number, function = inside[-1]
    code = Path(file).read_text(encoding="utf-8").splitlines()[number - 1].strip()
    where = f"{Path(file).relative_to(root).as_posix()}:{number}" + (f", in {function}" if function else "")
    return [f"  raised in {where}: {code}"]
