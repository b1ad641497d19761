"""A whole paper in a few files, built with the real steps and either the real kernel and renderer or quick stand-ins.

Run as a program, `python tiny_paper.py ROOT COMMAND...`, it is the command `paper` with the stand-ins, for tests that
kill it or starve it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    from publish.__main__ import start_again

    start_again(__file__)

import pytest

from publish.base.failures import BuildFailure
from publish.build.build import build
from publish.build.progress import Progress
from publish.engine import engine
from publish.notebooks import notebooks

FILES = {
    "_quarto.yml": "project:\n  type: default\ndate: 2026-01-01\n",
    "report.qmd": "# A tiny paper\n\n{{< include figures/alpha/_alpha.qmd >}}\n\nAll {{< var alpha.n >}} cases.\n",
    "brief.qmd": "# A tiny brief\n",
    "references.bib": "",
    "uv.lock": "version = 1\n",
    "analysis/__init__.py": "",
    "analysis/count.py": "def n_rows(path):\n    with open(path) as lines:\n        return len(list(lines)) - 1\n",
    "analysis/spread.py": "from analysis.count import n_rows\n\n\ndef half(path):\n    return n_rows(path) / 2\n",
    "analysis/unused.py": "X = 1\n",
    "data/cases.csv": "case_id,country\nA,x\nB,y\n",
    "data/datapackage.json": '{"resources": [{"path": "cases.csv"}]}\n',
    "data/LICENSE": "The data.\n",
    "theme/filters/one.lua": "return {}\n",
    "theme/page/paper.css": "p { color: black }\n",
    "theme/page/scripts/start.js": "go();\n",
    "theme/print/typst-show.typ": "// all\n",
    "theme/prose/house.yml": "a: b\n",
    "theme/palette.yml": (Path(__file__).resolve().parents[2] / "theme/palette.yml").read_text("utf-8"),
    "theme/fonts/One.ttf": "not really a font\n",
}

RECORD = """
import hashlib, json, os
from pathlib import Path


def record(notebook, values, figures):
    stage = Path(os.environ["ODN_STAGE"])
    folder = f"figures/{notebook}"
    (stage / folder).mkdir(parents=True, exist_ok=True)
    entries = {}
    for name, text in figures.items():
        image = f"{folder}/{name}.svg"
        files = {image: f"<svg>{text}</svg>\\n", f"{folder}/_{name}.qmd": f"![{text}]({image})\\n"}
        for file, content in files.items():
            (stage / file).write_text(content)
        hashes = {file: hashlib.sha256(content.encode()).hexdigest() for file, content in files.items()}
        entries[name] = {"kind": "figure", "caption": text, "outputs": hashes}
    entry = {"unit": "count", "cell": "all", "cases": []}
    texts = {name: {**entry, "value": n, "text": str(n)} for name, n in values.items()}
    listing = {"notebook": notebook, "values": texts, "figures": entries, "data": {}}
    (stage / ".cache/records").mkdir(parents=True, exist_ok=True)
    (stage / f".cache/records/{notebook}.json").write_text(json.dumps(listing))
"""

ALPHA = ["from analysis.count import n_rows", "from analysis.keep import record", 'n = n_rows("data/cases.csv")']
ALPHA_END = 'record("alpha", {"alpha.n": n}, {"alpha": f"{n} rows"})'
BETA = ["from analysis.spread import half", "from analysis.keep import record", 'h = half("data/cases.csv")']
BETA_END = 'record("beta", {"beta.half": h}, {"beta": f"half is {h}"})'


def make_paper(root: Path) -> Path:
    """Write the tiny paper below `root`: two notebooks, one of which reads the other's module through its own."""
    for name, content in {**FILES, "analysis/keep.py": RECORD}.items():
        write(root / name, content)
    write_notebook(root, "alpha", ["# Alpha & more", *ALPHA, ALPHA_END])
    write_notebook(root, "beta", ["# Beta", *BETA, BETA_END])
    return root


def write(path: Path, content: str) -> None:
    """Write a file and the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def write_notebook(root: Path, name: str, cells: Sequence[str]) -> None:
    """A notebook whose first cell is prose and whose others are code."""
    kinds = ["markdown", *["code"] * (len(cells) - 1)]
    content = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5, "cells": []}
    for number, (kind, source) in enumerate(zip(kinds, cells, strict=True)):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        content["cells"].append(cell)  # type: ignore[attr-defined]
    write(root / "analysis" / f"{name}.ipynb", json.dumps(content))


def quick_kernel(root: Path, name: str, stage: Path) -> str:
    """Stands in for the kernel: runs the code cells as one program, which takes a tenth of the time."""
    text = (root / "analysis" / f"{name}.ipynb").read_text(encoding="utf-8")
    code = "\n".join(cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    environment = {**os.environ, "ODN_STAGE": str(stage), "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildFailure(done.stderr)
    return text


def quick_read(root: Path, document: str) -> dict[str, str]:
    """Stands in for the reader: the source with all parts."""
    parts = [root / f"{document}.qmd", *sorted(root.glob("_*.qmd")), root / "_variables.yml"]
    return {"source": "\n".join(file.read_text(encoding="utf-8") for file in parts)}


def quick_render(
    root: Path,
    targets: Sequence[str],
    engine: str,
    out: Path,
    documents: Sequence[str] = (),
    say: object = None,
    trees: Mapping[str, dict[str, str]] | None = None,
    whole: bool = True,
) -> list[Path]:
    """Stands in for the renderer: what it writes depends on everything that a renderer reads, and names the rest."""
    read = [
        root / "_quarto.yml",
        root / "references.bib",
        root / ".cache/colophon.md",
        *root.glob("*.csl"),
        root / "_variables.yml",
        *sorted(file for file in (root / "theme").rglob("*.*") if "page" not in file.parts),
    ]
    later = '<link rel="stylesheet" href="theme/page/paper.css"><script src="theme/page/scripts/start.js"></script>'

    rest = hashlib.sha256(b"".join(file.read_bytes() for file in read)).hexdigest()
    made = [out / f"{document}.{target}" for document in documents for target in targets]
    for path in made:
        source = (root / f"{path.stem}.qmd").read_text(encoding="utf-8")
        path.write_text(f"{source}\n{(root / '_variables.yml').read_text()}\n{rest}\n{later}\n", encoding="utf-8")
    return made


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Put the quick stand-ins in place of kernel, reader and renderer."""
    patch.setattr(notebooks, "execute", quick_kernel)
    patch.setattr(engine, "read", quick_read)
    patch.setattr(engine, "render", quick_render)


def built(root: Path) -> Path:
    """Build a paper with the stand-ins, in this process, and give it back."""
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        assert build(root, progress=Progress(quiet=True)).failed == {}
    return root


def committed(root: Path) -> Path:
    """Commit everything in a repository, which is made where there is none, and give it back."""
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "--allow-empty", "-m", "All"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


if __name__ == "__main__":
    from publish.cli import main

    stand_in(pytest.MonkeyPatch())
    main(["--root", *sys.argv[1:]])
