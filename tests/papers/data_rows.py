"""The case list loaded once, and rows of the data as the csv module alone reads and writes them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from analysis.data.dataset import Dataset, load

ROOT = Path(__file__).resolve().parents[2]
Rows = list[dict[str, str]]


@cache
def case_list() -> Dataset:
    """The project's own data, loaded and validated once."""
    return load(ROOT / "data")


def read_rows(path: Path) -> Rows:
    """The rows of a CSV file, all cells as text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_of(root: Path, file: str) -> Rows:
    """The rows of a data file of a project."""
    return read_rows(root / "data" / file)


def core_rows(root: Path = ROOT) -> Rows:
    """The rows of the core list."""
    return [row for row in rows_of(root, "cases.csv") if row["decision"] == "core"]


def write_rows(path: Path, rows: Rows) -> None:
    """Write rows as the project writes CSV: UTF-8, LF."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
