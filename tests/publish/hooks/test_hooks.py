"""Quarto alone: a clean clone and `quarto render` give what `paper build` gives; nothing runs twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publish.engine import engine
from publish.hooks import postrender, prerender
from small_paper import ROOT, small_paper
from tiny_paper import ALPHA, ALPHA_END, RECORD, write, write_notebook

BODY = """
{{< include _part.qmd >}}

{{< include docs/part.md >}}

::: {.colophon}
:::

::: {.address}
:::
"""
PART = 'All {{< var alpha.n >}} cases.\n\n![Two bars](figures/bars.svg){#fig-bars fig-alt="Both are alike."}\n'


def program(path: Path, *command: object) -> None:
    """A program that runs a command with the tests' Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\nexec " + " ".join(f"'{part}'" for part in command) + ' "$@"\n', "utf-8")
    path.chmod(0o755)


def committed_paper(folder: Path) -> Path:
    """A paper with a notebook, data and a part, in a repository; nothing that a build makes is in it."""
    root = small_paper(folder, BODY)
    front = f"---\ntitle: T\ndate: 2020-02-01\n---\n{BODY}"
    (root / "theme").unlink()
    (root / "_variables.yml").unlink()
    shutil.copytree(ROOT / "theme", root / "theme")
    files = {
        "report.qmd": front,
        "_part.qmd": PART,
        "docs/part.md": "A word.\n",
        "analysis/__init__.py": "",
        "analysis/keep.py": RECORD,
    }
    files["analysis/count.py"] = "def n_rows(path):\n    return 2\n"
    files |= {"data/cases.csv": "case_id\nA\nB\n", "uv.lock": "", ".gitignore": "_output/\n.cache/\n.venv/\n"}
    files["data/datapackage.json"] = '{"name": "d", "resources": [{"name": "cases", "path": "cases.csv"}]}\n'
    for name, content in files.items():
        write(root / name, content)
    write_notebook(root, "alpha", ["# Alpha", *ALPHA, ALPHA_END])
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(root))
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "All")):
        subprocess.run([*git, *arguments], check=True)
    return root


def cloned(paper: Path, to: Path, *command: str) -> dict[str, bytes]:
    """The outputs of a command in a clean clone that has an environment of its own."""
    subprocess.run(["git", "clone", "-q", str(paper), str(to)], check=True)
    program(to / ".venv/bin/python", "env", f"PYTHONPATH={to}", sys.executable)
    program(to.parent / "bin/quarto", sys.executable, ROOT / "tests/papers/ordered_quarto.py")
    variables = {"PATH": f"{to.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(to)}
    done = subprocess.run(command, cwd=to, env={**os.environ, **variables}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    out = to / "_output"
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def test_a_clean_clone_and_quarto_alone_give_the_same_files(tmp_path: Path) -> None:
    """`quarto render` in a clean clone makes each file of `paper build --engine quarto`, byte by byte, and no other."""
    paper = committed_paper(tmp_path / "paper")
    alone = cloned(paper, tmp_path / "alone", "quarto", "render")
    built = cloned(paper, tmp_path / "built", sys.executable, "-m", "publish", "build", "--engine", "quarto")
    assert sorted(alone) == sorted(built)
    assert [name for name in alone if alone[name] != built[name]] == []
    assert {"report.html", "report.pdf", "notebooks/alpha.html"} < alone.keys()
    assert b"by Quarto 1.10.99" in alone["report.html"]


def test_prerender_finds_the_environment(tmp_path: Path) -> None:
    """Quarto's first script runs in the project's environment, else in the one that uv makes."""
    assert prerender.command(tmp_path, None) == []
    assert prerender.command(tmp_path, "uv") == ["uv", "run", "--locked", "python", "-m", "publish.hooks.prerender"]
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    assert prerender.command(tmp_path, "uv") == [str(python), "-m", "publish.hooks.prerender"]


def test_prerender_stops_what_quarto_would_only_warn_of(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`quarto render` alone stops at a reference to nothing, which Quarto itself would print as a question mark."""
    root = small_paper(tmp_path)
    write(root / "data/datapackage.json", '{"name": "d", "resources": []}')
    (root / "report.qmd").write_text("---\ntitle: T\n---\n\nSee @fig-none.\n", "utf-8")
    assert prerender.prepare(root) == 1
    assert "report.qmd:5 @fig-none names no figure." in capfd.readouterr().err
    (root / "report.qmd").write_text("---\ntitle: T\n---\n\nSee nothing.\n", "utf-8")
    assert prerender.prepare(root) == 0


def test_postrender_finishes_pages(tmp_path: Path) -> None:
    """After `quarto render` alone, each page is finished as `paper build` does it; once more changes nothing."""
    root = small_paper(tmp_path)
    folder = root / "_output"
    folder.mkdir()
    report = folder / "report.html"
    report.write_text(engine.source(root, "report", "html"), "utf-8")
    assert postrender.finish(root) == 1
    once = report.read_bytes()
    (built,) = engine.render(root, ["html"], "embedded", out=tmp_path / "built", say=None)
    assert once == built.read_bytes()
    postrender.finish(root)
    assert report.read_bytes() == once
