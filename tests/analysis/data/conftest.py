"""A package of a few cases in place of the whole list: a third of the time to load, and every kind of row in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.data.dataset import Dataset, load
from few_cases import few_cases


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good package of a few cases, to be left as it is."""
    return few_cases(tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="session")
def some(few: Path) -> Dataset:
    """The same, loaded."""
    return load(few)


@pytest.fixture
def data_copy(few: Path, tmp_path: Path) -> Path:
    """A private copy of it."""
    return Path(shutil.copytree(few, tmp_path / "data"))
