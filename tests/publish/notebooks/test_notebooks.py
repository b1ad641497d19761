"""Notebooks run in a real kernel; an error is told as its author wants to read it; the page shows what was run."""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from publish.base import palette
from publish.base.failures import BuildFailure
from publish.base.imports import sources_of
from publish.base.problems import PaperProblems
from publish.notebooks.notebooks import executed_file, run_notebook
from publish.notebooks.page import page, write_page
from tiny_paper import ALPHA, ALPHA_END, make_paper, write, write_notebook


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A tiny paper, not built."""
    return make_paper(tmp_path / "paper")


def failure(root: Path, *cells: str) -> str:
    """The message for a notebook `alpha` with these code cells."""
    write_notebook(root, "alpha", ["# Alpha", *cells])
    with pytest.raises(BuildFailure) as caught:
        run_notebook(root, "alpha")
    return str(caught.value)


def test_runs_in_the_project_and_records_into_figures(paper: Path) -> None:
    """The kernel works in the project's folder, imports its modules, and its record arrives in figures/.

    The committed notebook stays as it was, without outputs.
    """
    write_notebook(paper, "alpha", ["# Alpha", *ALPHA, ALPHA_END, "import os\nos.getcwd() == os.environ['ODN_ROOT']"])
    before = (paper / "analysis/alpha.ipynb").read_bytes()
    run_notebook(paper, "alpha")
    assert (paper / "analysis/alpha.ipynb").read_bytes() == before
    assert (paper / "figures/alpha/alpha.svg").read_text() == "<svg>2 rows</svg>\n"
    cells = json.loads(executed_file(paper, "alpha").read_text())["cells"]
    assert cells[-1]["outputs"][0]["data"]["text/plain"] == "True"
    assert list((paper / ".cache/staging").iterdir()) == []


def test_an_error_in_a_cell_names_cell_line_and_exception(paper: Path) -> None:
    """The message starts with notebook, cell, line and exception, shows the lines around, and no kernel trace."""
    said = failure(paper, ALPHA[0], "a = {}\nb = 1\na['countri']\nc = 2")
    assert said.splitlines() == [
        "analysis/alpha.ipynb, cell 3 (cell-2), line 3: KeyError: 'countri'",
        "      1  a = {}",
        "      2  b = 1",
        "  >   3  a['countri']",
        "      4  c = 2",
    ]


def test_an_error_in_a_module_names_its_line(paper: Path) -> None:
    """When the project's own code raised, the message ends with its file, line, function and text."""
    write(paper / "analysis/count.py", "def n_rows(path):\n    rows = []\n    return rows[3]\n")
    said = failure(paper, ALPHA[0], 'n_rows("data/cases.csv")')
    assert said.startswith("analysis/alpha.ipynb, cell 3 (cell-2), line 1: IndexError: list index out of range")
    assert said.endswith("  raised in analysis/count.py:3, in n_rows: return rows[3]")


def test_a_syntax_error_is_placed(paper: Path) -> None:
    """A cell that is no Python is named with its line."""
    said = failure(paper, "a = 1\nb = (")
    assert said.startswith("analysis/alpha.ipynb, cell 2 (cell-1), line 2: SyntaxError:")


def test_a_long_message_is_shown_with_every_problem(paper: Path) -> None:
    """An exception that lists many problems shows them all, one per line."""
    said = failure(paper, "raise ValueError('\\n'.join(f'data/cases.csv:{n} left: wrong' for n in range(1, 21)))")
    assert all(f"data/cases.csv:{n} left: wrong" in said for n in range(1, 21))


def test_what_is_not_a_notebook_is_told(paper: Path) -> None:
    """A file that is cut off is named."""
    write(paper / "analysis/alpha.ipynb", '{"cells": [')
    with pytest.raises(BuildFailure, match=r"analysis/alpha\.ipynb: is not a notebook"):
        run_notebook(paper, "alpha")


def test_imports_are_followed_through_modules(paper: Path) -> None:
    """A notebook's inputs are the modules that it imports, those that they import, and no others."""
    write(paper / "analysis/charts/__init__.py", "")
    write(paper / "analysis/charts/bars.py", "from ..count import n_rows\nfrom . import ink\n")
    nested = "class A:\n    def f(self):\n        try:\n            pass\n        except E:\n            "
    nested += "from analysis import late\n"
    write(paper / "analysis/charts/ink.py", f"import json\n{nested}")
    write(paper / "analysis/late.py", "")
    write_notebook(paper, "alpha", ["# A", "%matplotlib inline\n!ls\nfrom analysis.charts import bars"])
    found = sources_of(paper / "analysis/alpha.ipynb", paper, "analysis")
    names = {file.relative_to(paper / "analysis").as_posix() for file in found}
    assert names == {
        "alpha.ipynb",
        "__init__.py",
        "count.py",
        "charts/__init__.py",
        "charts/bars.py",
        "charts/ink.py",
        "late.py",
    }


def test_the_page_shows_cells_and_outputs_and_loads_nothing(paper: Path) -> None:
    """The page has a section per cell id, escaped text, no script, and no address to load from."""
    write_notebook(paper, "alpha", ["# Alpha <script>x</script>", '"<script>alert(1)</script>"', *ALPHA, ALPHA_END])
    run_notebook(paper, "alpha")
    target = paper / ".cache/built/notebooks/alpha.html"
    write_page(paper, executed_file(paper, "alpha"), target)
    text = target.read_text()
    parsed = BeautifulSoup(text, "html.parser")
    assert [section["id"] for section in parsed.select("section")] == [f"cell-{n}" for n in range(6)]
    assert parsed.find("script") is None
    assert "&lt;script&gt;alert(1)" in text
    assert parsed.select("[src^=http], link[href^=http]") == []
    assert text == page(nbformat.read(executed_file(paper, "alpha"), as_version=4), "alpha", palette.style(paper))


def with_outputs(*texts: str, markdown: str = "Words.") -> Any:
    """A notebook of one cell that has printed these texts, the first as a table."""
    table, *printed = texts
    cell = new_code_cell("1", outputs=[new_output("display_data", data={"text/html": table})])
    cell.outputs += [new_output("stream", name="stderr", text=text) for text in printed]
    return new_notebook(cells=[new_markdown_cell(markdown), cell])


def test_no_comment_and_no_place_reaches_a_page(tmp_path: Path) -> None:
    """A comment in words or in a table, and the folders of the project, the home and Python, stand in no page."""
    root = make_paper(tmp_path / "it's & more")
    places = (root, Path.home(), sys.prefix, sys.base_prefix)
    printed = [f"at {place}/a.py:3: UserWarning in '{place}'" for place in places]
    made = with_outputs("<p>kept<!-- secret --></p>", *printed, markdown="Kept. <!-- secret\n\nsecret -->")
    nbformat.write(made, root / "a.ipynb")
    write_page(root, root / "a.ipynb", root / "a.html")
    text = html.unescape((root / "a.html").read_text("utf-8"))
    assert text.count("at a.py:3: UserWarning in ''") == len(places)
    assert [word for word in ("secret", *map(str, places)) if word in text] == []


@pytest.mark.parametrize("remark", ["{>>a remark<<}", "<!-- no end", "{++more++}", "{--less--}"])
def test_a_remark_among_authors_stops_a_page(remark: str) -> None:
    """As in a document: what the page would print, with the cell."""
    with pytest.raises(PaperProblems, match=r"analysis/a\.ipynb cell .*: a remark among authors would be printed"):
        page(with_outputs("", markdown=f"Words {remark}."), "a", "")
