"""Runs a notebook in a process of its own and takes over what it recorded, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from publish.base.failures import BuildFailure
from publish.base.states import FigureSet
from publish.base.whole import move_into_place, staged, write_whole
from publish.notebooks.kernels import execute


def executed_file(root: Path, name: str) -> Path:
    """Where the executed copy of a notebook is kept (not committed)."""
    return root / ".cache" / "notebooks" / f"{name}.ipynb"


def run_notebook(root: Path, name: str) -> None:
    """Execute `analysis/NAME.ipynb` and put its figures, values and executed copy in place.

    The notebook writes to a staging folder. Only when it ends well, and all that it lists is there, does each file move
    to its place, the list last. Figures that it no longer makes go when values and figures are joined.

    Args:
        root: The project's root; the working directory of its process.
        name: The notebook's name without its ending.

    Raises:
        BuildFailure: A cell raised, or the record is missing or not whole.
    """
    with staged(root, name) as folder:
        fresh = FigureSet(f"figures of {name}", folder, name)
        executed = execute(root, name, folder)
        if fresh.state() is None:
            raise BuildFailure(_incomplete(name, fresh))
        for file in fresh.files():
            move_into_place(file, root / file.relative_to(folder))
    write_whole(executed_file(root, name), executed, root)


def _incomplete(name: str, fresh: FigureSet) -> str:
    absent = [file.name for file in fresh.files() if not file.is_file()]
    what = f"without {', '.join(absent)}" if absent else "with files that differ from the hashes it lists"
    return f'analysis/{name}.ipynb: ended {what}. Its last cell should be `record.save()` of Record("{name}").'
