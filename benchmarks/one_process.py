"""Run every notebook's code in one process, without kernels, and print the seconds of each part as JSON.

`python -m benchmarks.one_process PROJECT [--render]`: with `--render`, documents are rendered once at the end. This is
the floor of a clean build, and the load of the growth measurement.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def run(project: Path, render: bool) -> dict[str, float]:
    """Part to seconds: imports, validation, each notebook, rendering.

    Args:
        project: A project with data, analysis and theme; figures go into its folder `figures`.
        render: Whether to render the documents with the embedded engine.
    """
    os.chdir(project)
    os.environ["ODN_ROOT"] = str(project)
    os.environ["ODN_FIGURES"] = str(project / "figures")
    sys.path.insert(0, str(project))
    seconds: dict[str, float] = {}
    begin = time.perf_counter()
    import matplotlib

    matplotlib.use("agg")
    from analysis.data import dataset

    seconds["imports"] = time.perf_counter() - begin
    begin = time.perf_counter()
    loaded = dataset.load()
    dataset.load = lambda: loaded  # what a notebook does with the data is measured apart from loading them
    seconds["validation"] = time.perf_counter() - begin
    for notebook in sorted((project / "analysis").glob("*.ipynb")):
        begin = time.perf_counter()
        _run_cells(notebook, strict=render)
        seconds[notebook.stem] = time.perf_counter() - begin
    if render:
        begin = time.perf_counter()
        from publish.build.states import FigureSet
        from publish.engine import engine
        from publish.written.colophon import write_colophon
        from publish.written.values import merge

        names = sorted(file.stem for file in (project / "analysis").glob("*.ipynb"))
        merge(project, [FigureSet(name, project / "figures", name) for name in names])
        write_colophon(project, engine.choose("embedded").tools)
        engine.render(project, engine="embedded", out=project / "floor", say=None)
        seconds["rendering"] = time.perf_counter() - begin
    return seconds


def _run_cells(notebook: Path, strict: bool) -> None:
    """Run the code cells; unless `strict`, a cell that refuses the data is named and the others go on."""
    space: dict[str, object] = {"__name__": "__main__", "display": lambda *_: None}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            try:
                exec(compile("".join(cell["source"]), f"{notebook.name}:{cell['id']}", "exec"), space)  # noqa: S102
            except Exception as error:
                if strict:
                    raise
                what = " ".join(str(error).split())
                print(f"refused {notebook.stem}#{cell['id']}: {type(error).__name__}: {what}", file=sys.stderr)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]).resolve(), "--render" in sys.argv)))
