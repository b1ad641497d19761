"""`python -m benchmarks.one_process PROJECT`: every notebook's code in one process; seconds as JSON after each part."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def run(project: Path) -> Iterator[str]:
    """Each part's name, when it ended: imports, validation, each notebook; figures go into the project's `figures`."""
    os.chdir(project)
    os.environ.update(ODN_ROOT=str(project), ODN_STAGE=str(project), MPLBACKEND="agg")
    sys.path.insert(0, str(project))
    from analysis.data import dataset

    yield "imports"
    loaded = dataset.load()
    dataset.load = lambda: loaded  # a notebook's part is what it does with the data, not reading them again
    yield "validation"
    for notebook in sorted((project / "analysis").glob("*.ipynb")):
        run_cells(notebook)
        yield notebook.stem


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
    seconds, begin = dict[str, float](), time.perf_counter()
    for part in run(Path(sys.argv[1]).resolve()):
        seconds[part] = time.perf_counter() - begin - sum(seconds.values())
        print(json.dumps(seconds), flush=True)
