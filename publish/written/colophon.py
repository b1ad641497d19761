"""What a copy of the paper was made from (commit and data) and by which engine; never committed."""

from __future__ import annotations

import os
import re
from pathlib import Path

from publish.base.digests import digest, text_digest
from publish.base.git import NoAnswer, asked, tracked
from publish.base.places import COLOPHON, METADATA
from publish.base.states import Setting
from publish.base.whole import write_whole
from publish.written.strays import package_files

# Set where the paper is built away from its repository, so that the copy still says what it is a copy of.
COMMIT = "PAPER_COMMIT"
# Git writes the commit into it when it makes an archive (.gitattributes), which has no repository to ask.
ARCHIVED = ".commit"
_WRITTEN = ("figures", "_variables.yml", "README.md", "docs/reproduce.md", *METADATA)
_MADE = tuple(f":(exclude){path}" for path in _WRITTEN)


def commit(root: Path) -> str:
    """The commit of the working tree, marked when the tree holds changes that are not committed; or why there is none.

    What a build itself writes is left out: it is what the rest of the tree makes it.

    Args:
        root: The project's root.
    """
    try:
        marks = tracked(root)
        head = asked(root, "rev-parse", "--short=12", "--verify", "--quiet", "HEAD").strip()
    except NoAnswer as reason:
        return os.environ.get(COMMIT) or _of_archive(root) or f"no commit: {reason.short}"
    try:
        changed = asked(root, "status", "--porcelain", "--untracked-files=no", "--", ".", *_MADE)
        # New files: what the project ignores, and not what a person told this clone alone.
        changed += asked(root, "ls-files", "--others", "--exclude-per-directory=.gitignore", "--", ".", *_MADE)
    except NoAnswer as reason:
        return f"commit {head}; whether anything was changed since is not known: {reason.short}"
    if changed or set(marks.values()) != {"H"}:
        return f"commit {head}, with changes that are not committed"
    return f"commit {head}"


def _of_archive(root: Path) -> str:
    """The commit of which the folder is an unpacked archive; empty where it is none."""
    file = root / ARCHIVED
    found = re.fullmatch(r"([0-9a-f]{12})[0-9a-f]{28}\s*", file.read_text(encoding="utf-8")) if file.is_file() else None
    return f"commit {found[1]}" if found else ""


def commit_in_words(root: Path) -> Setting:
    """The commit as an input of the steps that print it."""
    return Setting("the commit", commit(root))


def fingerprint(root: Path) -> str:
    """Twelve digits that stand for the data package: of the hash over each file's path and hash, sorted by path."""
    lines = (f"{file.relative_to(root).as_posix()} {digest(file)}\n" for file in package_files(root))
    return text_digest("".join(lines))[:12]


def write_colophon(root: Path, tools: str) -> None:
    """Write the text of the division .colophon.

    Args:
        root: The project's root.
        tools: The engine and its versions.
    """
    text = (
        f"This copy was made from {commit(root)} and data with the fingerprint {fingerprint(root)}, "
        f"by {tools}. To make it again: `make paper`.\n"
    )
    write_whole(root / COLOPHON, text, root)
