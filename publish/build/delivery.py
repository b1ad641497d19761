"""Puts finished outputs where a person finds them, all of them, after everything else went well."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from publish.base.whole import move_into_place, remove, staged, write_whole


def deliver(root: Path, pairs: Sequence[tuple[Path, Path]]) -> None:
    """Copy each built file to its place, then remove outputs of an earlier delivery that are no longer made.

    All copies are made aside first, so a full disk leaves the last outputs as they were.

    Args:
        root: The project's root.
        pairs: Built file and where it goes.
    """
    with staged(root, "delivery") as folder:
        copies = [(folder / str(number), target) for number, (_, target) in enumerate(pairs)]
        for (source, _), (copy, _) in zip(pairs, copies, strict=True):
            shutil.copyfile(source, copy)
        for copy, target in copies:
            move_into_place(copy, target)
    _remove_old(root, [target for _, target in pairs])


def _remove_old(root: Path, targets: Sequence[Path]) -> None:
    record = root / ".cache" / "delivered.json"
    now = [target.relative_to(root).as_posix() for target in targets]
    try:
        before = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        before = []
    for path in sorted(set(before) - set(now)):
        remove(root / path)
    write_whole(record, json.dumps(now) + "\n", root)
