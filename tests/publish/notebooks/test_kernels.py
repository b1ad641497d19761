"""Notebooks run in processes forked from one give what Jupyter's own kernels give, and end with the build."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from publish.base.environment import of_notebooks
from publish.base.failures import BuildFailure
from publish.notebooks import kernels
from publish.notebooks.kernels import execute
from tiny_paper import make_paper, write, write_notebook

CELLS = (
    "import os, sys\nimport pandas as pd\nfrom analysis.count import n_rows",
    "(os.getcwd() == os.environ['ODN_ROOT'], os.environ['ODN_STAGE'], __name__)",
    "print('out'); print('more', end=''); print('', 1)\nn_rows('data/cases.csv')",
    "print('err', file=sys.stderr)",
    "pd.DataFrame({f'a long name {n}': [n] for n in range(12)})",
    "display(pd.Series([1]), display_id='x'); _",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "1;",
)


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Path]:
    """A tiny paper whose two notebooks import little and show one number."""
    root = make_paper(tmp_path / "paper")
    for name in ("alpha", "beta"):
        write_notebook(root, name, ["# Same", "from analysis.count import n_rows\nn_rows('data/cases.csv')"])
    yield root
    kernels.end_all()


@pytest.fixture(scope="module")
def shown_by_jupyter(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The outputs of a notebook with one thing of each kind, by nbclient with a kernel of its own."""
    root = make_paper(tmp_path_factory.mktemp("jupyter") / "paper")
    write_notebook(root, "alpha", ["# Same", *CELLS])
    (root / ".cache").mkdir()
    notebook = nbformat.read(root / "analysis/alpha.ipynb", as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**of_notebooks(root), "ODN_STAGE": "figures"}.items():
            patch.setenv(name, value)
        NotebookClient(notebook, resources={"metadata": {"path": str(root)}}).execute()
    return [cell.get("outputs") for cell in notebook.cells]


@pytest.fixture(params=["fork", "spawn"])
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the processes of notebooks begin: forked, or as where forking is not safe."""
    monkeypatch.setattr(kernels, "METHOD", request.param)
    return str(request.param)


def test_a_notebook_shows_what_jupyter_shows(paper: Path, method: str, shown_by_jupyter: list[Any]) -> None:
    """Results, streams, tables and pictures are those of nbclient with a kernel of its own, to the byte."""
    write_notebook(paper, "alpha", ["# Same", *CELLS])
    ours = json.loads(execute(paper, "alpha", Path("figures")))
    assert [cell.get("outputs") for cell in ours["cells"]] == shown_by_jupyter
    assert [cell.get("execution_count") for cell in ours["cells"]] == [None, *range(1, len(CELLS) + 1)]


def test_run_all_works_from_the_notebooks_own_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's kernel, in `analysis/` and told nothing, shows tables and figures, and writes nothing."""
    for name in ("ODN_ROOT", "ODN_STAGE"):
        monkeypatch.delenv(name, raising=False)
    before = (root / "figures/manifest.json").stat(), (root / "data").stat()
    notebook = nbformat.read(root / "analysis/people.ipynb", as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(root / "analysis")}}).execute()
    kinds = {kind for cell in notebook.cells for output in cell.get("outputs", ()) for kind in output.get("data", ())}
    assert {"image/svg+xml", "text/html"} <= kinds
    assert "Nothing is written" in notebook.cells[-1].outputs[0].text
    assert before == ((root / "figures/manifest.json").stat(), (root / "data").stat())
    assert not (root / "analysis/figures").exists()


def test_one_that_ends_badly_ends_alone(paper: Path, method: str) -> None:
    """A cell that raises is told with its place, a process that is killed as dead, and the next notebook runs."""
    write_notebook(paper, "beta", ["# B", "1 / 0"])
    with pytest.raises(BuildFailure, match=r"cell 2 \(cell-1\), line 1: ZeroDivisionError"):
        execute(paper, "beta", Path("figures"))
    write_notebook(paper, "beta", ["# B", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"])
    with pytest.raises(BuildFailure, match=r"analysis/beta\.ipynb: its process died"):
        execute(paper, "beta", Path("figures"))
    assert "execute_result" in execute(paper, "alpha", Path("figures"))


def test_what_cannot_be_imported_for_all_is_left_to_its_notebook(paper: Path) -> None:
    """A module that is not there, or raises or ends the process when imported, troubles no other notebook."""
    write(paper / "analysis/ends.py", "print('imported')\nraise SystemExit(3)\n")
    write_notebook(paper, "beta", ["# B", "import no_such_module\nfrom analysis import ends"])
    assert "imported" not in execute(paper, "alpha", Path("figures"))
    with pytest.raises(BuildFailure, match="ModuleNotFoundError: No module named 'no_such_module'"):
        execute(paper, "beta", Path("figures"))


def test_an_import_that_kills_is_told(paper: Path) -> None:
    """When the process that imports for all dies of it, no notebook waits for ever."""
    write(paper / "analysis/count.py", "import os\n\nos.kill(os.getpid(), 9)\n")
    with pytest.raises(BuildFailure, match="its process died"):
        execute(paper, "alpha", Path("figures"))


@pytest.mark.parametrize("saved", ["analysis/count.py", "theme/palette.yml"])
def test_what_is_saved_meanwhile_is_read_again(paper: Path, saved: str) -> None:
    """A module, or what a module reads when it is imported, is not taken from before it was saved."""
    write(paper / "theme/palette.yml", "ink: black\n")
    write(paper / "analysis/count.py", "INK = open('theme/palette.yml').read()\nLIMIT = 1\n")
    write_notebook(paper, "alpha", ["# A", "from analysis.count import INK, LIMIT\n(INK, LIMIT)"])
    assert "('ink: black\\\\n', 1)" in execute(paper, "alpha", Path("figures"))
    text = (paper / saved).read_text()
    write(paper / saved, text.replace("black", "white").replace("LIMIT = 1", "LIMIT = 2"))
    expected = "('ink: white\\\\n', 1)" if "palette" in saved else "('ink: black\\\\n', 2)"
    assert expected in execute(paper, "alpha", Path("figures"))


def test_what_notebooks_share_is_done_once(paper: Path) -> None:
    """The analysis prepares once for all notebooks, and each finds what was prepared."""
    write(
        paper / "analysis/__init__.py",
        "import os\n\n\ndef prepare():\n    os.environ['PREPARED_BY'] = str(os.getpid())\n",
    )
    for name in ("alpha", "beta"):
        write_notebook(
            paper,
            name,
            ["# A", "import os\n(os.environ['PREPARED_BY'], os.environ['PREPARED_BY'] == str(os.getpid()))"],
        )
    alpha, beta = (execute(paper, name, Path("figures")) for name in ("alpha", "beta"))
    assert "', False)" in alpha
    assert alpha == beta


def test_all_end_with_their_build(paper: Path) -> None:
    """When the build is killed, the process that imported for all and the notebook that runs end by themselves."""
    sleep = "open('pids', 'w').write(f'{os.getpid()} {os.getppid()}\\n')\ntime.sleep(600)"
    write_notebook(paper, "alpha", ["# A", f"import os, time\n{sleep}"])
    run = f"execute(Path({str(paper)!r}), 'alpha', Path('figures'))"
    code = f"from pathlib import Path\nfrom publish.notebooks.kernels import execute\n{run}"
    build = subprocess.Popen([sys.executable, "-c", code])
    while not (paper / "pids").exists() or not (paper / "pids").read_text().endswith("\n"):
        assert build.poll() is None
        time.sleep(0.05)
    build.send_signal(signal.SIGKILL)
    build.wait()
    deadline = time.monotonic() + 60
    while any(_runs(int(number)) for number in (paper / "pids").read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(number: int) -> bool:
    file = Path(f"/proc/{number}/cmdline")
    return file.exists() and bool(file.read_bytes())


def test_the_paper_needs_no_fork(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook of the real paper gives the committed figures in a process that imports for itself, as on Windows."""
    monkeypatch.setattr(kernels, "METHOD", "spawn")
    execute(root, "people", tmp_path)
    kernels.end_all()
    made = sorted(file.relative_to(tmp_path) for file in tmp_path.glob("figures/people/*"))
    assert len(made) > 5
    assert [file for file in made if (tmp_path / file).read_bytes() != (root / file).read_bytes()] == []
