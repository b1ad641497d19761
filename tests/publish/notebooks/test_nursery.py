"""Kernels that are forked from one process give what kernels of their own give, and end with the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publish.base.failures import BuildFailure
from publish.notebooks import nursery as nurseries
from publish.notebooks.notebooks import environment, executed_file, imports_shared, run_notebook
from publish.notebooks.nursery import Nursery, plain_command
from tiny_paper import make_paper, write_notebook

CELLS = (
    "import os, sys\nimport pandas\nfrom pathlib import Path\nfrom analysis.keep import record",
    "(os.getcwd() == os.environ['ODN_ROOT'], sys.path[0], 'ODN_STAGE' in os.environ, __name__)",
    "print('out'); print('err', file=sys.stderr)",
    "import pandas as pd\npd.DataFrame({f'a long name {n}': [n] for n in range(12)})",
    "'pandas' in sys.modules and sys.argv[0]",
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A tiny paper with two notebooks that do the same."""
    root = make_paper(tmp_path / "paper")
    for name in ("alpha", "beta"):
        write_notebook(root, name, ["# Same", *CELLS, f'record("{name}", {{}}, {{}})'])
    return root


def test_a_forked_kernel_gives_what_a_kernel_of_its_own_gives(paper: Path) -> None:
    """Outputs, streams, folder, search path and environment are the same to the byte, apart from the program's name."""
    with imports_shared(paper, ["alpha", "beta"]):
        run_notebook(paper, "alpha")  # the first has a kernel of its own
        run_notebook(paper, "beta")
    alpha, beta = (executed_file(paper, name).read_text() for name in ("alpha", "beta"))
    own = "ipykernel_launcher.py'"
    assert own in alpha
    shown = alpha[alpha.index(own) - 200 : alpha.index(own)].split('"')[-1]
    assert alpha.replace(f"{shown}{own}", "'ipykernel_launcher'").replace("alpha", "beta") == beta


def test_a_forked_kernel_that_raises_is_told_as_any_other(paper: Path) -> None:
    """The message of a failing cell does not depend on where its kernel came from."""
    write_notebook(paper, "beta", ["# B", "1 / 0"])
    with imports_shared(paper, ["alpha", "beta"]):
        run_notebook(paper, "alpha")
        with pytest.raises(BuildFailure, match=r"cell 2 \(cell-1\), line 1: ZeroDivisionError"):
            run_notebook(paper, "beta")


def test_a_forked_kernel_that_is_killed_is_told(paper: Path) -> None:
    """A kernel that the system kills fails its notebook and no other."""
    write_notebook(paper, "beta", ["# B", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"])
    with imports_shared(paper, ["alpha", "beta"]):
        run_notebook(paper, "alpha")
        with pytest.raises(BuildFailure, match="its kernel died"):
            run_notebook(paper, "beta")
        run_notebook(paper, "alpha")


def test_a_nursery_that_cannot_import_does_not_matter(paper: Path) -> None:
    """A module that cannot be imported is left to the notebook that asks for it."""
    write_notebook(
        paper,
        "beta",
        ["# B", "try:\n    import no_such_module\nexcept ImportError:\n    pass", *CELLS, 'record("beta", {}, {})'],
    )
    with imports_shared(paper, ["alpha", "beta"]):
        run_notebook(paper, "alpha")
        run_notebook(paper, "beta")
    assert executed_file(paper, "beta").is_file()


def test_nothing_is_shared_by_one_notebook(paper: Path) -> None:
    """A single notebook has a kernel of its own."""
    with imports_shared(paper, ["alpha"]):
        from publish.notebooks import notebooks

        assert notebooks._nursery is None


def test_the_first_kernel_does_not_wait(paper: Path) -> None:
    """The first command is a kernel's own, every later one goes through the door."""
    nursery = Nursery(paper, [], environment(paper, paper))
    try:
        assert nursery.command() == plain_command()
        assert str(nurseries._DOOR) in nursery.command()
    finally:
        nursery.close()


def test_the_nursery_ends_with_its_build(paper: Path) -> None:
    """When the process that started it is killed, the nursery ends by itself."""
    code = (
        "import os, sys, time\nfrom pathlib import Path\nfrom publish.notebooks.nursery import Nursery\n"
        "nursery = Nursery(Path('.'), [], os.environ)\nnursery.command()\n"
        "print(nursery._process.pid, nursery._folder, flush=True)\ntime.sleep(600)\n"
    )
    build = subprocess.Popen([sys.executable, "-c", code], cwd=paper, stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    number, folder = build.stdout.readline().split()
    while not Path(folder, "s").exists():
        time.sleep(0.05)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    build.stdout.close()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{number}/cmdline").exists() and Path(f"/proc/{number}/cmdline").read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.05)
