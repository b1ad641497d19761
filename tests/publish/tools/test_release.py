"""A release is refused unless all is committed, built, checked and proved; its bundle is the same each time."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
from pathlib import Path

import pytest

from publish.base.failures import BuildFailure
from publish.base.git import asked
from publish.tools import release as releasing
from publish.tools.release import SUMS, bundle, release
from publish.written import colophon
from tiny_paper import built, committed, make_paper, stand_in, write

GOOD = {"run_checks": {"a check": []}, "verify": 0}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny paper of version 1.0, built and committed, to be left as it is."""
    root = make_paper(tmp_path_factory.mktemp("ready") / "paper")
    write(root / ".gitignore", "_output/\n.cache/\n")
    write(root / ".gitattributes", "* -text\n.commit export-subst\n")
    write(root / ".commit", "$Format:%H$\n")
    write(root / "_quarto.yml", "project:\n  type: default\ndate: 2026-01-01\nversion: '1.0'\n")
    write(
        root / "CHANGELOG.md",
        "# Changes\n\n## 1.0 – 2026-01-01\n\n- First.\n<!-- Ask\nAnna. -->\n\n## 0.9 – 2025-01-01\n\n- Before.\n",
    )
    return built(committed(built(root)))  # the colophon says the commit


@pytest.fixture
def paper(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private copy of it, whose checks and proof are clean."""
    stand_in(monkeypatch)
    for name, answer in GOOD.items():
        monkeypatch.setattr(releasing, name, lambda *_, answer=answer: answer)
    return Path(shutil.copytree(ready, tmp_path / "paper"))


def export(folder: Path) -> int:
    """Stands in for the export of the data."""
    write(folder / "data.xlsx", "cells")
    return 0


def test_a_bundle_is_whole_and_the_same_each_time(paper: Path, tmp_path: Path) -> None:
    """Documents, data, source and the text of the tag, each with its hash; a second bundle has the same hashes."""
    files = release(paper, "1.0", tmp_path / "out", export)
    listed = dict(line.split("  ")[::-1] for line in (tmp_path / "out" / SUMS).read_text().splitlines())
    assert {"report.pdf", "brief.html", "data.xlsx", "v1.0-source.tar", "tag.txt", "notebooks/alpha.html"} < set(listed)
    assert {file.relative_to(tmp_path / "out").as_posix() for file in files} == {*listed, SUMS}
    assert all(hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == listed[name] for name in listed)
    assert (tmp_path / "out/tag.txt").read_text() == "v1.0\n\n- First.\n"
    bundle(paper, "1.0", tmp_path / "again", export)
    assert (tmp_path / "again" / SUMS).read_text() == (tmp_path / "out" / SUMS).read_text()


def test_the_source_archive_builds_the_same_paper_without_git(paper: Path, tmp_path: Path) -> None:
    """Unpacked where no repository is, the archive knows its commit, and its documents are those of the bundle."""
    release(paper, "1.0", tmp_path / "out", export)
    with tarfile.open(tmp_path / "out/v1.0-source.tar") as archive:
        archive.extractall(tmp_path / "far", filter="data")
    unpacked = tmp_path / "far/v1.0"
    assert colophon.commit(unpacked) == colophon.commit(paper)
    built(unpacked)
    for name in ("report.pdf", "report.html", "brief.pdf"):
        assert (unpacked / "_output" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_a_file_that_no_archive_filled_in_is_no_commit(tmp_path: Path) -> None:
    """Outside a repository, the placeholder of a copied working tree is not taken for a commit."""
    write(tmp_path / ".commit", "$Format:%H$\n")
    assert colophon.commit(tmp_path) == "no commit: this copy was made outside a repository"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda root: write(root / "data/LICENSE", "Other.\n"), "The working tree is no commit"),
        (lambda root: write(root / "CHANGELOG.md", "# Changes\n"), "CHANGELOG.md: no entry `## 1.0 – 2026-01-01`"),
        (lambda root: write(root / "_quarto.yml", "date: 2026-01-01\nversion: 2\n"), "_quarto.yml: version is 2"),
        (lambda root: (root / "_output/report.pdf").unlink(), "Not built: delivery"),
        (lambda root: asked(root, "tag", "v1.0") or committed(root), "another commit"),
    ],
    ids=["dirty tree", "no entry", "another version", "not built", "released before"],
)
def test_what_is_not_ready_is_refused(paper: Path, tmp_path: Path, spoil, said: str) -> None:
    """Each thing that is not as a release needs it is named, and nothing is written."""
    spoil(paper)
    with pytest.raises(BuildFailure, match=said):
        release(paper, "1.0", tmp_path / "out", export)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [("run_checks", {"a check": ["report.qmd:1 wrong"]}, "report.qmd:1 wrong"), ("verify", 1, "not the same")],
)
def test_what_fails_is_not_released(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, answer: object, said: str
) -> None:
    """A failing check, and a build that does not give the same bytes, stop the release."""
    monkeypatch.setattr(releasing, name, lambda *_: answer)
    with pytest.raises(BuildFailure, match=said):
        release(paper, "1.0", tmp_path / "out", export)
    assert not (tmp_path / "out").exists()


def test_a_bundle_that_differs_is_not_released(paper: Path, tmp_path: Path) -> None:
    """What an export makes differently the second time is named."""
    times = iter("ab")

    def other(folder: Path) -> int:
        write(folder / "data.xlsx", next(times))
        return 0

    with pytest.raises(BuildFailure, match=r"data\.xlsx: "):
        release(paper, "1.0", tmp_path / "out", other)
