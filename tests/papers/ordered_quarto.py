"""A stand-in for Quarto that works in its order; pandoc and Typst render.

It reads includes, runs the project's first script, renders, leaves a copy of each image beside the outputs, dates PDFs
by the clock, and runs the last script. A single document, as `paper build` asks for it, runs no script.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import yaml

ROOT = Path.cwd()
OUT = ROOT / "_output"


def read(file: Path) -> str:
    """A document with its includes; where one is missing, Quarto stops before anything has run."""
    text = file.read_text("utf-8")
    return re.sub(r"\{\{< include (\S+) >\}\}", lambda include: read(ROOT / include[1]), text)


def script(name: str) -> None:
    """Run a script of the project, with Quarto's Python and not the project's."""
    variables = {**os.environ, "QUARTO_BIN_PATH": os.environ["PATH"].split(os.pathsep)[0]}
    subprocess.run([sys.executable, ROOT / name], cwd=ROOT, env=variables, check=True)


def render(document: str, target: str) -> None:
    """Make one output."""
    from publish.engine import engine, project, qmd, typst_pdf

    OUT.mkdir(exist_ok=True)
    text = engine.source(ROOT, document, target)
    if target == "html":
        (OUT / f"{document}.html").write_text(text, "utf-8")
        for image in re.findall(r"\]\((\S+\.svg)\)", read(ROOT / f"{document}.qmd")):
            (OUT / image).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / image, OUT / image)
        return
    front = qmd.expand_document(ROOT, f"{document}.qmd").front
    options = project.settings(ROOT, f"{document}.qmd", front, target).options
    clock = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    made = typst_pdf.compile_pdf(text, SimpleNamespace(options=options, epoch=clock), ROOT)  # type: ignore[arg-type]
    (OUT / f"{document}.pdf").write_bytes(made)


def main(arguments: list[str]) -> None:
    """`quarto --version`, `quarto render` and `quarto render DOCUMENT --to FORMAT`."""
    if arguments == ["--version"]:
        print("1.10.99")
        return
    sys.path.insert(0, str(ROOT))
    settings = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf-8"))["project"]
    if arguments != ["render"]:
        _, document, _, form = arguments
        render(Path(document).stem, {"html": "html", "typst": "pdf"}[form])
        return
    documents = [Path(name).stem for name in settings["render"] if (ROOT / name).is_file()]
    for document in documents:
        read(ROOT / f"{document}.qmd")
    script(settings["pre-render"])
    for document in documents:
        for target in ("html", "pdf"):
            render(document, target)
    script(settings["post-render"])


if __name__ == "__main__":
    main(sys.argv[1:])
