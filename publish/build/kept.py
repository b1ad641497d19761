"""What the last runs of a step made, by what they read: who undoes a change gets the earlier result at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.base.digests import text_digest
from publish.base.states import State
from publish.base.whole import move_into_place, staged

_MOST = 4  # results of a step that are kept
_WORTH = 0.3  # seconds that a step must have taken
_LIST = "list.json"
Needs = Mapping[str, str | None]


def restored(root: Path, step: str, needs: Needs) -> bool:
    """Whether what a step once made of the same inputs was put in place again.

    Args:
        root: The project's root.
        step: The step's name.
        needs: The state of each thing that it reads.
    """
    folder = _folder(root, step, needs)
    if not (folder / _LIST).is_file():
        return False
    with staged(root, step) as aside:
        for number, path in enumerate(json.loads((folder / _LIST).read_text("utf-8"))):
            shutil.copyfile(folder / str(number), aside / str(number))
            move_into_place(aside / str(number), root / path)
    folder.touch()
    return True


def keep(root: Path, step: str, needs: Needs, makes: Sequence[State], seconds: float) -> None:
    """Keep what a step made, where it took long enough, in place of its oldest result.

    Args:
        root: The project's root.
        step: The step's name.
        needs: The state of each thing that it read.
        makes: What it made.
        seconds: How long it took.
    """
    files = [file for state in makes for file in state.files()]
    if seconds < _WORTH or not all(file.is_file() and file.is_relative_to(root) for file in files):
        return
    folder = _folder(root, step, needs)
    half = folder.with_suffix(".half")
    for old in (half, folder):
        shutil.rmtree(old, ignore_errors=True)
    half.mkdir(parents=True)
    for number, file in enumerate(files):
        shutil.copyfile(file, half / str(number))
    (half / _LIST).write_text(json.dumps([file.relative_to(root).as_posix() for file in files]), "utf-8")
    half.replace(folder)
    for old in sorted(folder.parent.iterdir(), key=lambda one: -one.stat().st_mtime_ns)[_MOST:]:
        shutil.rmtree(old)


def _folder(root: Path, step: str, needs: Needs) -> Path:
    return root / ".cache" / "kept" / step / text_digest(json.dumps(needs, sort_keys=True))
