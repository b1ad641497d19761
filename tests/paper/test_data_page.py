"""What docs/data.md shows for other programs works, wherever the program can be had here; the rest is marked."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from built_paper import run_paper
from publish.written.values import values_of


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    """A folder with the data and what is exported of it, as a reader of the page has it."""
    made = tmp_path_factory.mktemp("reader")
    shutil.copytree(root / "data", made / "data")
    assert run_paper(root, "data", "export", "--to", "parquet", "--out", str(made / "export")).returncode == 0
    return made


def blocks(root: Path, language: str) -> list[str]:
    """The blocks of the page in a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", (root / "docs/data.md").read_text(encoding="utf-8"))


def test_pandas(root, folder):
    """The block prints what the paper prints: cases on the core list, and how many give reasons."""
    (block,) = blocks(root, "python")
    said = subprocess.run([sys.executable, "-c", block], cwd=folder, capture_output=True, text=True, check=True).stdout
    values = values_of(root)
    core, reached = (values[name]["text"] for name in ("people.flow.core", "narratives.reached.n"))
    assert said == f"{core} cases on the core list; {reached} give reasons\n"


def test_duckdb(root, folder, monkeypatch):
    """Each query gives what counting by hand gives."""
    monkeypatch.chdir(folder)
    by_decision, by_language = (duckdb.sql(block).fetchall() for block in blocks(root, "sql"))
    tables = {}
    for name in ("cases", "stories", "case_stories"):
        with (folder / f"data/{name}.csv").open(encoding="utf-8", newline="") as rows:
            tables[name] = list(csv.DictReader(rows))
    decisions = [case["decision"] for case in tables["cases"]]
    assert dict(by_decision) == {one: decisions.count(one) for one in set(decisions)}
    language = {story["story_id"]: story["language"] or None for story in tables["stories"]}
    pairs = {(language[link["story_id"]], link["case_id"]) for link in tables["case_stories"]}
    assert dict(by_language) == {one: sum(pair[0] == one for pair in pairs) for one in {pair[0] for pair in pairs}}


def test_frictionless(root, folder):
    """The command for the other validator ends well."""
    ((program, *words),) = (line.split() for line in blocks(root, "sh"))
    assert program == ".venv/bin/frictionless"
    command = [Path(sys.executable).with_name("frictionless"), *words]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "COLUMNS": "200"}, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_what_is_not_run_says_so(root):
    """A block in a language that no test above runs stands below a line that says that it is not run."""
    text = (root / "docs/data.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        if set(re.findall(r"(?m)^```(\w+)$", section)) - {"python", "sql", "sh"}:
            assert "Not run in the tests" in section
