"""A tiny paper that was built with the stand-ins for kernel and renderer, to change and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_paper
from publish.build.build import build
from publish.build.progress import Progress


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins for kernel and renderer, in this process."""
    tiny_paper.stand_in(monkeypatch)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny paper, built once."""
    root = tiny_paper.make_paper(tmp_path_factory.mktemp("tiny") / "paper")
    with pytest.MonkeyPatch.context() as patch:
        tiny_paper.stand_in(patch)
        assert build(root, progress=Progress(quiet=True)).failed == {}
    return root


@pytest.fixture
def paper(built: Path, tmp_path: Path, quick: None) -> Path:
    """A private copy of the built paper."""
    return Path(shutil.copytree(built, tmp_path / "copy"))
