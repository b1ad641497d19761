"""The same bytes anywhere, without a network: what is committed, what stands in _output, what another place makes.

`paper verify` builds everything twice; here the built project is held to what it says of itself, and one notebook and
both documents are made again elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from publish.base.places import (
    ADDRESS,
    COLOPHON,
    PAGE_DATA,
    built_folder,
    document_names,
    notebook_names,
    output_folder,
)
from publish.base.states import FigureSet
from publish.build.build import explain
from publish.tools.differences import first_difference
from publish.tools.verify import PLACES, tracked_files, without_network

ELSEWHERE = PLACES[1]


MAKE = """
from pathlib import Path
from publish.base.places import notebook_names
from publish.engine.engine import render
from publish.notebooks.notebooks import executed_file, run_notebook
from publish.notebooks.page import write_page
from publish.written.data_package import write_package
root = Path.cwd()
render(root, ("html", "pdf"), "auto", root / "made")
write_package(root, root / "made/data.zip")
name = notebook_names(root)[0]
run_notebook(root, name)
write_page(root, executed_file(root, name), root / f"made/{name}.html")
"""


@pytest.fixture(scope="module")
def elsewhere(finished, tmp_path_factory):
    """A copy of the project, with figures and values as built, in which documents, data and a notebook were made.

    By the code of the copy, in a place with another path: no network, where the system gives a way to take it away;
    another time zone, locale, hash seed and umask.
    """
    copy = tmp_path_factory.mktemp("elsewhere") / ELSEWHERE.folder
    for path in {*tracked_files(finished), COLOPHON, ADDRESS, "_variables.yml", PAGE_DATA}:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(finished / path, copy / path)
    shutil.copytree(finished / "figures", copy / "figures", dirs_exist_ok=True)
    environment = {**os.environ, **ELSEWHERE.environment, "PYTHONPATH": str(copy)}
    command = [*without_network(), sys.executable, "-c", MAKE]
    done = subprocess.run(
        command, cwd=copy, env=environment, umask=ELSEWHERE.umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return copy


def test_the_build_is_up_to_date(finished):
    """Nothing would run now: outputs, figures and values are made from the sources as they are."""
    assert {name: why for name, why in explain(finished).items() if why} == {}


def test_every_figure_is_whole_and_committed(finished):
    """Each file that a notebook recorded is there as recorded, and git tracks it."""
    tracked = set(tracked_files(finished))
    for name in notebook_names(finished):
        figures = FigureSet(name, finished, name)
        assert figures.state() is not None, name
        values = {f"figures/{name}/values.json"} if figures.values_file.exists() else set()
        assert {*figures.listed(), *values} <= tracked
    assert {"_variables.yml", "figures/manifest.json"} <= tracked


def test_what_is_committed_is_what_is_built(finished):
    """After a build git sees no change in figures, values and written texts, unless an input is changed as well."""
    command = ["git", "status", "--porcelain", "--"]
    generated = ["figures", "_variables.yml", "README.md", "data/README.md"]
    changed = subprocess.run([*command, *generated], cwd=finished, capture_output=True, text=True, check=True).stdout
    inputs = subprocess.run(
        [*command, "data", "analysis", "theme", "docs/findings.md", "uv.lock", ":!data/README.md"],
        cwd=finished,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not changed or inputs, f"committed, but not what the build makes:\n{changed}"


def test_documents_are_the_same_elsewhere(finished, elsewhere):
    """Page and print have the same bytes when another place renders them."""
    for name in document_names(finished):
        for file in (f"{name}.html", f"{name}.pdf"):
            assert first_difference(output_folder(finished) / file, elsewhere / "made" / file) == ""


def test_a_notebook_is_the_same_elsewhere(finished, elsewhere):
    """The first notebook's values, figures and page have the same bytes when another place executes it."""
    name = notebook_names(finished)[0]
    before, after = (
        {file.name: file.read_bytes() for file in FigureSet(name, root, name).files()} for root in (finished, elsewhere)
    )
    assert set(before) == set(after)
    assert [file for file in before if before[file] != after[file]] == []
    page = f"{name}.html"
    assert first_difference(output_folder(finished) / "notebooks" / page, elsewhere / "made" / page) == ""


def test_the_data_package_is_the_same_elsewhere(finished, elsewhere):
    """The zip has the same bytes when another place packs it."""
    zip_file = next(output_folder(finished).glob("*.zip"))
    assert first_difference(zip_file, elsewhere / "made/data.zip") == ""


def test_delivered_files_are_the_built_ones(finished):
    """What stands in _output is, byte by byte, what the steps made."""
    for file in built_folder(finished).rglob("*"):
        if file.is_file():
            delivered = output_folder(finished) / file.relative_to(built_folder(finished))
            assert first_difference(file, delivered) == ""
