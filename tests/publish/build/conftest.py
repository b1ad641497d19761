"""A tiny paper that was built with the stand-ins for kernel and renderer, to change and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_paper


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins for kernel and renderer, in this process."""
    tiny_paper.stand_in(monkeypatch)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny paper, built once."""
    return tiny_paper.built(tiny_paper.make_paper(tmp_path_factory.mktemp("tiny") / "paper"))


@pytest.fixture
def paper(built: Path, tmp_path: Path, quick: None) -> Path:
    """A private copy of the built paper."""
    return Path(shutil.copytree(built, tmp_path / "copy"))
