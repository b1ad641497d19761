"""A package of a few cases in place of the whole list: a third of the time to load, and every kind of row in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.data import dataset
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


@pytest.fixture(scope="session", autouse=True)
def unchanged() -> Iterator[None]:
    """A table that is as it was, byte for byte and by its description, is not read and held to its schema again."""
    read_text, schema_problems = dataset.read_text, dataset.schema_problems
    kept: dict[Any, Any] = {}

    def once(key: Any, work: Any, *given: Any) -> Any:
        if key not in kept:
            kept[key] = work(*given)
        return kept[key]

    def read(path: Path, shown: str, schema: dict[str, Any]) -> Any:
        if len(kept) > 100:
            kept.clear()
        content = path.read_bytes() if path.is_file() else None
        return once((content, shown, json.dumps(schema)), read_text, path, shown, schema)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "read_text", read)
        patch.setattr(
            dataset, "schema_problems", lambda *given: once((id(given[0]), given[1]), schema_problems, *given)
        )
        yield
