"""What every test may use: the project's folder and a copy of the data to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import analysis
from analysis.data.dataset import Dataset
from data_rows import case_list, read_rows, write_rows

ROOT = Path(__file__).resolve().parents[1]
if Path(analysis.__file__).resolve().parents[1] != ROOT:
    pytest.exit(f"This environment belongs to another folder and would test {analysis.__file__}. Run: make set-up", 2)

# The same examples in every run, however slow the machine: a failure can be seen again, and no test turns on time.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The project's own data, loaded and validated once."""
    return case_list()


@pytest.fixture(scope="session")
def variants(dataset: Dataset) -> Any:
    """The case list under its own choices and every change of them."""
    from analysis.sensitivity.variants import Variants

    return Variants(dataset)


@pytest.fixture(scope="session")
def claims(variants: Any) -> dict[str, Any]:
    """Every claim by name, with its clock where it has two, judged once."""
    from analysis.claims.judged import judged

    return {claim.id: claim for claim in judged(variants)}


@pytest.fixture(scope="session")
def finished() -> Path:
    """The project with its paper built: as it stands when nothing is stale, else built first."""
    from built_paper import bring_up_to_date

    bring_up_to_date(ROOT)
    return ROOT


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium that loads nothing of its own accord; its event loop ends with the tests of one file."""
    from browsing import chromium

    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small paper on the project's own case list, as a page."""
    from sample_page import sample_page

    return sample_page(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same paper with a case that holds script, formula and turned text in all its fields."""
    from sample_page import sample_page

    return sample_page(tmp_path_factory.mktemp("hostile"), hostile=True)


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A private copy of the data package."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def edit(data_copy: Path) -> Callable[..., int]:
    """Change cells of the copied data: `edit("cases.csv", {"case_id": "AT-01"}, left="2015-13")`.

    Returns the line of the (first) row that was changed.
    """

    def change(file: str, where: dict[str, str], **cells: str) -> int:
        path = data_copy / file
        rows = read_rows(path)
        hits = [i for i, row in enumerate(rows) if all(row[k] == v for k, v in where.items())]
        assert hits, f"no row of {file} has {where}"
        for hit in hits:
            rows[hit].update(cells)
        write_rows(path, rows)
        return hits[0] + 2

    return change
