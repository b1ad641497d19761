"""The look of a study whose `theme/` holds only its own files: the others are brought from the installed program."""

from __future__ import annotations

from pathlib import Path

from publish.base.digests import digest
from publish.base.imports import CODE
from publish.base.whole import write_whole

OWN = "theme/.gitignore"
"""Names, for git and for the build, the files of `theme/` that are the study's own, as `!palette.yml`."""


def bring_theme(root: Path) -> None:
    """Write what `theme/` lacks of the installed look, or has in another version; nothing where it is all its own.

    Args:
        root: The project's root.
    """
    if not (root / OWN).is_file():
        return
    own = {line.removeprefix("!") for line in (root / OWN).read_text("utf-8").splitlines() if line.startswith("!")}
    for file in sorted((CODE / "theme").rglob("*")):
        name = file.relative_to(CODE / "theme").as_posix()
        if file.is_file() and name not in own and digest(root / "theme" / name) != digest(file):
            write_whole(root / "theme" / name, file.read_bytes(), root)
