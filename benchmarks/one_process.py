"""`python -m benchmarks.one_process PROJECT`: every notebook's code in one process, no kernel; seconds as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def run(project: Path) -> dict[str, float]:
    """Part to seconds: imports, validation, each notebook of a project; its figures go into its folder `figures`."""
    os.chdir(project)
    os.environ.update(ODN_ROOT=str(project), ODN_STAGE=str(project), MPLBACKEND="agg")
    sys.path.insert(0, str(project))
    times = [time.perf_counter()]
    from analysis.data import dataset

    times.append(time.perf_counter())
    loaded = dataset.load()
    dataset.load = lambda: loaded  # a notebook's part is what it does with the data, not reading them again
    times.append(time.perf_counter())
    notebooks = sorted((project / "analysis").glob("*.ipynb"))
    for notebook in notebooks:
        run_cells(notebook)
        times.append(time.perf_counter())
    parts = ("imports", "validation", *(notebook.stem for notebook in notebooks))
    return {part: end - begin for part, begin, end in zip(parts, times, times[1:], strict=False)}


def run_cells(notebook: Path) -> None:
    """Run the code cells; one that refuses the data, such as a chart that nobody could read, is named and left out."""
    space: dict[str, object] = {"__name__": "__main__", "display": lambda *_: None}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            try:
                exec(compile("".join(cell["source"]), f"{notebook.name}:{cell['id']}", "exec"), space)  # noqa: S102
            except Exception as error:
                why = " ".join(str(error).split())
                print(f"refused {notebook.stem}#{cell['id']}: {type(error).__name__}: {why}", flush=True)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]).resolve())))
