"""Runs the cells of a notebook in IPython's own shell, and keeps what they show as Jupyter would."""

from __future__ import annotations

import base64
import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

from publish.notebooks.errors import explained


class _Result(DisplayHook):
    """Keeps the value of a cell's last line in every form."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        kept = new_output("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.prompt_count)
        shell().outputs.append(kept)


class _Display(DisplayPublisher):
    """Keeps what a cell shows by `display` in every form."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        shell().outputs.append(new_output("display_data", data=data, metadata=metadata or {}))


class _Stream(io.TextIOBase):
    """Keeps what a cell prints, joined to what was printed just before."""

    def __init__(self, name: str, outputs: list[Any]) -> None:
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if self._outputs and self._outputs[-1].get("name") == self._name:
            self._outputs[-1].text += text
        elif text:
            self._outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)


class Shell(InteractiveShell):
    """IPython's shell with outputs that are kept.

    Attributes:
        outputs: Of the cell that runs now.
        kernel: Libraries ask for it to learn that they are in a notebook (pandas does, for the width of its tables).
    """

    displayhook_class = Type(_Result)
    display_pub_class = Type(_Display)
    outputs: list[Any]
    kernel = True

    def enable_gui(self, gui: str | None = None) -> None:
        """`%matplotlib inline` asks for one; a notebook that is only executed has none."""


@cache
def shell() -> Shell:
    """The one shell of this process, without a history on disk and without colours."""
    made: Shell = Shell.instance(config=Config({"HistoryManager": {"enabled": False}}), colors="nocolor")
    return made


def executed(root: Path, name: str, stage: Path) -> tuple[bool, str]:
    """Execute `analysis/NAME.ipynb` in this process.

    Args:
        root: The project's root.
        name: The notebook's name without its ending.
        stage: The folder that it records into.

    Returns:
        Whether it ended well; and the executed notebook, or what is wrong, as text.
    """
    os.environ["ODN_STAGE"] = str(stage)
    try:
        notebook = nbformat.read(root / "analysis" / f"{name}.ipynb", as_version=4)
    except (ValueError, nbformat.reader.NotJSONError) as error:
        return False, f"analysis/{name}.ipynb: is not a notebook ({error})."
    number = 0
    for place, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        number += 1
        shell().outputs = cell.outputs = []
        with redirect_stdout(_Stream("stdout", cell.outputs)), redirect_stderr(_Stream("stderr", cell.outputs)):
            result: Any = shell().run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
        raised = result.error_before_exec or result.error_in_exec
        if raised:
            return False, explained(f"analysis/{name}.ipynb, cell {place} ({cell.id})", cell.source, raised, root)
        cell.execution_count = number
    return True, json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False, default=_text_of) + "\n"


def _text_of(image: bytes) -> str:
    """A picture's bytes as a notebook holds them."""
    return base64.b64encode(image).decode("ascii")
