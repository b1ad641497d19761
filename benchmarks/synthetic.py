"""Synthetic data packages of any size, drawn from the real rows: for measuring growth, never for a result."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np

SEED = 20150921
_DRAWN = ("cases", "stories", "case_stories", "codings")
_CASE, _STORY = "\x01", "\x02{}\x02"  # stand for ids in the text of a real case
_PIECE = 2_000  # cases written at a time

Row = dict[str, str]
Tables = dict[str, list[Row]]


def write_package(root: Path, target: Path, n_cases: int) -> None:
    """Write a project below `target` whose data package holds `n_cases` cases, each a copy of a real one with new ids.

    Args:
        root: The project's root.
        target: An empty directory; gets `data/`, and what notebooks need beside it.
        n_cases: How many cases.
    """
    for folder in ("analysis", "theme"):
        shutil.copytree(root / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "data", target / "data")
    shutil.copy(root / "_quarto.yml", target)
    (target / "figures").mkdir()
    tables = {name: _rows(root / "data" / f"{name}.csv") for name in _DRAWN}
    files = {name: (target / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in _DRAWN}
    for name, file in files.items():
        file.write(",".join(tables[name][0]) + "\n")
    piece: dict[str, list[str]] = {name: [] for name in _DRAWN}
    for number, texts in enumerate(drawn(tables, n_cases), start=1):
        for name, text in texts.items():
            piece[name].append(text)
        if number % _PIECE == 0 or number == n_cases:
            for name, file in files.items():
                file.write("".join(piece[name]))
                piece[name].clear()
    for file in files.values():
        file.close()
    _widen_ids(target / "data" / "datapackage.json")


def drawn(tables: Tables, n_cases: int) -> Iterator[dict[str, str]]:
    """Every real case that repeats no other, in random order, again and again: its lines of each of the four tables.

    Args:
        tables: The real tables.
        n_cases: How many cases.

    Yields:
        Table to lines as CSV, without a header. Every case and story has a new id; every story belongs to one case.
    """
    chance = np.random.default_rng(SEED)
    real = [_pattern(tables, row) for row in tables["cases"] if row["duplicate_of"] == ""]
    rounds = [chance.permutation(len(real)) for _ in range(-(-n_cases // len(real)))]
    story = count()
    for number, place in enumerate(np.concatenate(rounds)[:n_cases]):
        n_stories, pattern = real[place]
        ids = [f"{next(story):010x}" for _ in range(n_stories)]
        texts = {}
        for name, text in pattern.items():
            filled = text.replace(_CASE, f"SY-{number:07d}")
            for which, one in enumerate(ids):
                filled = filled.replace(_STORY.format(which), one)
            texts[name] = filled
        yield texts


def _pattern(tables: Tables, case: Row) -> tuple[int, dict[str, str]]:
    """The number of stories of a real case, and its lines of each table with stand-ins for its ids."""
    own = {
        name: [row for row in tables[name] if row["case_id"] == case["case_id"]] for name in _DRAWN if name != "stories"
    }
    marks = {row["story_id"]: _STORY.format(which) for which, row in enumerate(own["case_stories"])}
    own["stories"] = [
        {**row, "url": f"https://example.org/{marks[row['story_id']]}"}
        for story in marks
        for row in tables["stories"]
        if row["story_id"] == story
    ]
    return len(marks), {name: _lines(own[name], marks) for name in _DRAWN}


def _lines(rows: list[Row], marks: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        ids = {"case_id": _CASE, "story_id": marks.get(row.get("story_id", ""), "")}
        writer.writerow([ids.get(column, cell) for column, cell in row.items()])
    return text.getvalue()


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _widen_ids(descriptor: Path) -> None:
    """Let the copy's schema take case ids of seven digits."""
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field.get("constraints", {}).get("pattern") == "[A-Z]{2}-[0-9]{2}":
                field["constraints"]["pattern"] = "[A-Z]{2}-[0-9]+"
    descriptor.write_text(json.dumps(package), encoding="utf-8")
