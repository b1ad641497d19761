"""What a copy of the paper was made from (commit and data) and by which engine; never committed."""

from __future__ import annotations

import os
from pathlib import Path

from publish.base.digests import digest, text_digest
from publish.base.git import NoAnswer, asked, tracked
from publish.base.places import COLOPHON
from publish.base.states import Setting
from publish.base.whole import write_whole
from publish.written.strays import package_files

# Set where the paper is built away from its repository, so that the copy still says what it is a copy of.
COMMIT = "PAPER_COMMIT"
_MADE = tuple(f":(exclude){path}" for path in ("figures", "_variables.yml", "README.md"))


def commit(root: Path) -> str:
    """The commit of the working tree, marked when the tree holds changes that are not committed; or why there is none.

    What a build itself writes is left out: it is what the rest of the tree makes it.

    Args:
        root: The project's root.
    """
    known = os.environ.get(COMMIT)
    if known:
        return known
    try:
        marks = tracked(root)
        head = asked(root, "rev-parse", "--short=12", "--verify", "--quiet", "HEAD").strip()
    except NoAnswer as reason:
        return f"no commit: {reason.short}"
    try:
        changed = asked(root, "status", "--porcelain", "--untracked-files=all", "--", ".", *_MADE)
    except NoAnswer as reason:
        return f"commit {head}; whether anything was changed since is not known: {reason.short}"
    if changed or set(marks.values()) != {"H"}:
        return f"commit {head}, with changes that are not committed"
    return f"commit {head}"


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
