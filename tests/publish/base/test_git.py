"""What git says is told as it is: a question that fails is never read as "nothing changed"."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from publish.base import git
from publish.base.git import NoAnswer, NoRepository, asked, tracked
from publish.tools.verify import tracked_files
from publish.written.colophon import commit
from tiny_paper import committed, write

MADE = ("figures/one.svg", "_variables.yml", "README.md")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A project in a repository of its own, all committed, with files that a build makes."""
    root = tmp_path / "paper"
    for name in ("_quarto.yml", "report.qmd", ".gitignore", *MADE):
        write(root / name, "_output/\n")
    return committed(root)


@pytest.mark.parametrize(
    ("name", "is_change"),
    [("report.qmd", True), ("new.csv", True), ("data/new.csv", True), ("_output/report.html", False)]
    + [(name, False) for name in MADE],
)
def test_what_is_not_committed_is_told(paper: Path, name: str, is_change: bool) -> None:
    """A changed or a new file is told; what the build makes of the rest, and what git ignores, is none."""
    clean = commit(paper)
    assert clean.startswith("commit ")
    write(paper / name, "other\n")
    assert commit(paper) == (f"{clean}, with changes that are not committed" if is_change else clean)


def test_what_one_clone_alone_ignores_is_told(paper: Path) -> None:
    """A new file that only `.git/info/exclude` hides is no clean tree."""
    clean = commit(paper)
    write(paper / ".git/info/exclude", "*.csv\n")
    assert commit(paper) == clean
    write(paper / "data/new.csv", "")
    assert commit(paper) == f"{clean}, with changes that are not committed"


def test_a_commit_from_a_variable_is_for_copies_alone(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git answers, what a shell was left with says nothing."""
    clean = commit(paper)
    monkeypatch.setenv("PAPER_COMMIT", "commit of another day")
    assert commit(paper) == clean
    shutil.rmtree(paper / ".git")
    assert commit(paper) == "commit of another day"


@pytest.mark.parametrize("mark", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_must_not_look_at_is_no_clean_file(paper: Path, mark: str) -> None:
    """Git would say that nothing changed."""
    subprocess.run(["git", "update-index", mark, "report.qmd"], cwd=paper, check=True)
    assert commit(paper).endswith("with changes that are not committed")


def test_a_question_that_fails_is_not_a_clean_tree(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the state of the tree cannot be asked for, the commit is not called clean."""
    monkeypatch.setattr("publish.written.colophon._MADE", (":!_no_magic",))
    assert commit(paper).endswith("whether anything was changed since is not known: git could not read the repository")


def test_a_persons_settings_change_no_answer(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither GIT_DIR of another repository nor a configuration that hides new files is listened to."""
    clean = commit(paper)
    other = shutil.copytree(paper, tmp_path / "other", ignore=shutil.ignore_patterns(".git"))
    committed(other)
    write(tmp_path / ".gitconfig", "[status]\n\tshowUntrackedFiles = no\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert commit(paper) == clean
    write(paper / "new.csv", "")
    assert commit(paper) == f"{clean}, with changes that are not committed"


def test_a_folder_of_a_repository(paper: Path, tmp_path: Path) -> None:
    """A project that a larger repository holds has its commit; only its own changes count."""
    whole = tmp_path / "whole"
    shutil.copytree(paper, whole / "papers/one", ignore=shutil.ignore_patterns(".git"))
    write(whole / "other.txt", "x")
    root = committed(whole) / "papers/one"
    clean = commit(root)
    assert clean.startswith("commit ")
    write(whole / "other.txt", "y")
    assert commit(root) == clean
    assert tracked_files(root) == sorted([".gitignore", "_quarto.yml", "report.qmd", *MADE])


def test_a_repository_around_that_does_not_hold_it(paper: Path, tmp_path: Path) -> None:
    """A copy inside someone else's repository is not that repository's commit."""
    write(tmp_path / "whole/other.txt", "x")
    committed(tmp_path / "whole")
    copy = shutil.copytree(paper, tmp_path / "whole/copy", ignore=shutil.ignore_patterns(".git"))
    assert commit(copy) == "no commit: this copy stands in a repository that does not hold it"


def test_outside_a_repository(tmp_path: Path) -> None:
    """Without a repository there is no commit, and all files are the project's."""
    write(tmp_path / "_quarto.yml", "")
    assert commit(tmp_path) == "no commit: this copy was made outside a repository"
    assert tracked_files(tmp_path) == ["_quarto.yml"]
    with pytest.raises(NoRepository):
        tracked(tmp_path)


@pytest.mark.parametrize(("file", "text"), [(".git", "gitdir: /nowhere/of/anna"), (".git/HEAD", "anna")])
def test_a_broken_repository_is_told(paper: Path, file: str, text: str) -> None:
    """What git cannot read is neither a clean tree nor a folder without git; its words stay off the paper."""
    if file == ".git":
        shutil.rmtree(paper / ".git")
    write(paper / file, text)
    assert commit(paper) == "no commit: git could not read the repository"
    with pytest.raises(NoAnswer, match=r"(?i)not a git repository"):
        tracked_files(paper)


@pytest.mark.skipif(not hasattr(os, "chown") or os.getuid() != 0, reason="only root can give files away")
def test_a_checkout_of_another_user(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses it, which is told; where the person has said to trust the folder, it is read."""
    clean = commit(paper)
    for file in (paper, *paper.rglob("*")):
        os.chown(file, 12345, 12345)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert commit(paper) == "no commit: git does not read a checkout of another user"
    write(tmp_path / ".gitconfig", f"[safe]\n\tdirectory = {paper}\n")
    assert commit(paper) == clean


def test_no_git_at_all(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program, the colophon says so, and no proof takes every file for the project's."""
    monkeypatch.setattr(git, "said", no_program)
    assert commit(paper) == "no commit: git is not installed"
    with pytest.raises(NoAnswer, match="Install it"):
        asked(paper, "status")


def no_program(*_: object) -> None:
    """As where the program is not on PATH."""
    raise FileNotFoundError("git")
