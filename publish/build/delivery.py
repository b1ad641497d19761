"""Puts finished outputs where a person finds them, all of them, after everything else went well."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from publish.base.places import output_folder
from publish.base.whole import move_into_place, staged


def deliver(root: Path, pairs: Sequence[tuple[Path, Path]]) -> None:
    """Copy each built file to its place; all copies are made aside first, so a full disk leaves the last outputs.

    Args:
        root: The project's root.
        pairs: Built file and where it goes.
    """
    out = output_folder(root)
    out.mkdir(parents=True, exist_ok=True)
    apart = out.stat().st_dev != (root / ".cache").stat().st_dev  # only a rename on one disk cannot fail halfway
    with staged(out if apart else root, "delivery") as folder:
        copies = [(folder / str(number), target) for number, (_, target) in enumerate(pairs)]
        for (source, _), (copy, _) in zip(pairs, copies, strict=True):
            shutil.copyfile(source, copy)
        for copy, target in copies:
            move_into_place(copy, target)
    if apart:
        shutil.rmtree(out / ".cache")
