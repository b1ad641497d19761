"""What git says of the project, and why where it says nothing: a failed question is never an empty answer."""

from __future__ import annotations

import os
from pathlib import Path

from publish.base.environment import said, stated
from publish.base.failures import MissingTool

_REFUSED = "dubious ownership"
_NOWHERE = "not a git repository (or any"


class NoAnswer(MissingTool):
    """Git does not answer; the message says why, and the way out.

    Attributes:
        short: The reason as a clause that may be printed: it names no folder and no person.
    """

    def __init__(self, short: str, message: str) -> None:
        super().__init__(message)
        self.short = short


class NoRepository(NoAnswer):
    """The project stands in no repository, or in one that does not hold it."""


def asked(root: Path, *arguments: str) -> str:
    """What git answers in a folder, of the repository that the folder is in.

    Neither GIT_DIR nor a person's settings change the answer; only which folders a person trusts is read from there.

    Args:
        root: The folder.
        arguments: Git's command and what belongs to it.

    Raises:
        NoRepository: The folder is in no repository.
        NoAnswer: Git is not there, or failed; with git's own words.
    """
    variables = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0"}
    quiet = stated(root / ".cache" / "home", **variables)
    try:
        done = said(["git", *arguments], root, quiet)
        if done.returncode and _REFUSED in done.stderr:
            trusted = said(["git", "config", "--get-all", "safe.directory"], Path(root.anchor), os.environ).stdout
            settings = [part for folder in trusted.splitlines() for part in ("-c", f"safe.directory={folder}")]
            done = said(["git", *settings, *arguments], root, quiet)
    except FileNotFoundError as error:
        raise NoAnswer("git is not installed", "git is not installed. Install it, and try again.") from error
    if not done.returncode:
        return done.stdout
    if _NOWHERE in done.stderr and not any((folder / ".git").exists() for folder in (root, *root.parents)):
        raise NoRepository("this copy was made outside a repository", "The project is in no git repository.")
    if _REFUSED in done.stderr:
        way_out = f'To trust it: git config --global --add safe.directory "{root}"'
        raise NoAnswer("git does not read a checkout of another user", f"The checkout is another user's. {way_out}")
    words = " ".join(done.stderr.split()) or f"it ended with {done.returncode} and said nothing"
    raise NoAnswer("git could not read the repository", f"git {arguments[0]}: {words}")


def tracked(root: Path) -> dict[str, str]:
    """The files below the project's root that git tracks: path from there, sorted, to git's mark.

    The mark is H, unless git was told not to look at the file, or cannot say what it should hold.

    Raises:
        NoRepository: The project is in no repository, or in one that does not hold it.
        NoAnswer: Git does not answer.
    """
    lines = (line.partition(" ") for line in asked(root, "ls-files", "-v", "-z").split("\0") if line)
    marks = {path: mark for mark, _, path in sorted(lines, key=lambda line: line[2])}
    if "_quarto.yml" not in marks:
        message = "The git repository around the project does not hold it. Add the project's files to one."
        raise NoRepository("this copy stands in a repository that does not hold it", message)
    return marks
