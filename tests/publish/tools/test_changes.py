"""`paper changes REF` says which values, figures and tables a change moved, from what to what, and by which cases."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from publish.base.failures import MissingTool
from publish.tools.changes import Change, changes_since, print_changes


def record(root: Path, values: dict[str, tuple[str, list[str] | None]], figures: dict[str, tuple[str, str]]) -> None:
    """What a notebook `n` recorded: value to text and cases; figure to caption and hash of its file."""
    folder = root / "figures" / "n"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: {"text": text, "cases": cases} for name, (text, cases) in values.items()}
    entries = {
        name: {
            "kind": "figure",
            "caption": caption,
            "cases": [],
            "outputs": {f"figures/n/{name}.svg": sha, "x.qmd": caption},
        }
        for name, (caption, sha) in figures.items()
    }
    (folder / "values.json").write_text(json.dumps({"notebook": "n", "values": texts}), encoding="utf-8")
    (root / "figures/manifest.json").write_text(json.dumps({"figures": entries}), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of records."""
    record(
        tmp_path,
        {"n.same": ("1", ["A"]), "n.share": ("61%", ["A", "B"]), "n.moved": ("2", ["A", "B"]), "n.gone": ("7", None)},
        {"bars": ("Thirty cases", "aa"), "dots": ("Dots", "bb")},
    )
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "All"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    return tmp_path


def test_nothing_changed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Records as committed: no change, and the command says so."""
    assert changes_since(repository, "HEAD") == ()
    print_changes((), "HEAD")
    assert "No value, figure or table differs from HEAD." in capsys.readouterr().out


def test_each_kind_of_change_is_told(repository: Path) -> None:
    """A value of another text, one of other cases, one that came or went, and figures of other captions or marks."""
    record(
        repository,
        {"n.same": ("1", ["A"]), "n.share": ("58%", ["A", "C"]), "n.moved": ("2", ["A", "C"]), "n.new": ("9", None)},
        {"bars": ("Thirty-one cases", "ab"), "dots": ("Dots", "cc")},
    )
    assert changes_since(repository, "HEAD") == (
        Change("figure", "bars", "Thirty cases", "Thirty-one cases"),
        Change("figure", "dots", "Dots", "the same caption; drawn differently"),
        Change("value", "n.gone", "7", "(absent)"),
        Change("value", "n.moved", "2", "the same text; other cases", ("B", "C")),
        Change("value", "n.new", "(absent)", "9"),
        Change("value", "n.share", "61%", "58%", ("B", "C")),
    )


def test_the_table_shows_them(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printed table holds name, both texts, the cases, and how many differ."""
    monkeypatch.setenv("COLUMNS", "200")
    record(repository, {"n.same": ("2", ["B"])}, {})
    print_changes(changes_since(repository, "HEAD")[-1:], "HEAD")
    said = capsys.readouterr().out
    for part in ("at HEAD", "n.share", "61%", "(absent)", "1 differ from HEAD."):
        assert part in said


@pytest.mark.parametrize("ref", ["no-such-revision", "HEAD~7"])
def test_an_unknown_revision_is_told(repository: Path, ref: str) -> None:
    """A revision that git does not know is wrong usage, with git's own words."""
    with pytest.raises(MissingTool, match="Name a revision that `git log` shows"):
        changes_since(repository, ref)


def test_outside_a_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without git, the command says what it needs."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(MissingTool, match="in no git repository"):
        changes_since(tmp_path, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="git is not installed"):
        changes_since(tmp_path, "HEAD")
