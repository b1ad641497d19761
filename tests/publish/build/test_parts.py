"""A build of a part makes this part alone, and the whole build that follows finds it fresh."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.base.digests import digest
from publish.base.states import FileState
from publish.build import kept
from publish.build.build import build
from publish.build.progress import Progress
from publish.cli import main
from publish.engine import engine
from publish.notebooks import notebooks
from tiny_paper import make_paper, stand_in, write


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny paper that was never built."""
    stand_in(monkeypatch)
    return make_paper(tmp_path / "paper")


@pytest.mark.parametrize("form", ["html", "docx"])
def test_one_format(paper: Path, form: str) -> None:
    """Only the documents of this format are made; the whole build then runs nothing of it again."""
    made = build(paper, "embedded", progress=Progress(quiet=True), to=(form,))
    assert made.failed == {}
    assert {file.suffix for file in (paper / "_output").glob("report.*")} == {f".{form}"}
    after = build(paper, "embedded", progress=Progress(quiet=True))
    assert "report.pdf" in after.ran
    assert not {name for name in after.ran if name.startswith(("notebook", "text of", f"report.{form}"))}
    assert build(paper, "embedded", progress=Progress(quiet=True)).ran == []


def test_one_notebook(paper: Path) -> None:
    """Only this notebook runs, and its page is made; a name that is none is wrong usage with the nearest name."""
    made = build(paper, progress=Progress(quiet=True), notebook="alpha")
    assert made.ran == ["notebook alpha", "page alpha"]
    done = CliRunner().invoke(main, ["--root", str(paper), "build", "--notebook", "alhpa"])
    assert done.exit_code == 2
    assert "There is no notebook alhpa. Did you mean alpha?" in done.output


def test_outputs_saved_by_accident_make_nothing_stale(paper: Path) -> None:
    """What an editor adds to a notebook runs no step; one more line of code does."""
    assert build(paper, "embedded", progress=Progress(quiet=True)).failed == {}
    file = paper / "analysis/alpha.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    (cell, *_) = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "7"}], "execution_count": 4}
    cell["metadata"] = {"collapsed": True}
    notebook["metadata"] = {"language_info": {"name": "python", "version": "3.13.1"}}
    file.write_text(json.dumps(notebook), encoding="utf-8")
    assert build(paper, "embedded", progress=Progress(quiet=True)).ran == []
    cell["source"] += "\n# more"
    file.write_text(json.dumps(notebook), encoding="utf-8")
    assert "notebook alpha" in build(paper, "embedded", progress=Progress(quiet=True)).ran


def test_the_state_of_a_committed_notebook_is_its_hash(root: Path) -> None:
    """As committed, a notebook counts with the very bytes that it has, so that anyone can compare its hash."""
    for file in (root / "analysis").glob("*.ipynb"):
        assert digest(file) == hashlib.sha256(file.read_bytes()).hexdigest(), file.name


def test_who_undoes_a_change_gets_the_earlier_result(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the old data back, no notebook and no renderer works again, and every output has its old bytes."""
    monkeypatch.setattr(kept, "_WORTH", 0)
    progress = Progress(quiet=True)
    assert build(paper, "embedded", progress=progress).failed == {}
    parts = ("_output", "figures")
    before = {file: file.read_bytes() for part in parts for file in (paper / part).rglob("*.*")}
    data = (paper / "data/cases.csv").read_text("utf-8")
    write(paper / "data/cases.csv", data + "C,z\n")
    assert build(paper, "embedded", progress=Progress(quiet=True)).failed == {}
    assert {file: file.read_bytes() for file in before} != before
    write(paper / "data/cases.csv", data)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it works again")

    monkeypatch.setattr(notebooks, "execute", never)
    monkeypatch.setattr(engine, "render", never)
    assert build(paper, "embedded", progress=Progress(quiet=True)).failed == {}
    assert {file: file.read_bytes() for file in before} == before


def test_only_the_last_results_are_kept(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest results of a step go; what is quickly made is not kept at all."""
    monkeypatch.setattr(kept, "_MOST", 2)
    made = paper / "made"
    for number in range(4):
        write(made, str(number))
        kept.keep(paper, "a step", {"in": str(number)}, (FileState("made", made),), 1)
    assert len(list((paper / ".cache/kept/a step").iterdir())) == 2
    assert [kept.restored(paper, "a step", {"in": str(number)}) for number in range(4)] == [False, False, True, True]
    assert made.read_text("utf-8") == "3"
    kept.keep(paper, "quick", {}, (FileState("made", made),), 0.01)
    assert not kept.restored(paper, "quick", {})
