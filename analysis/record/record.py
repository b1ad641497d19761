"""What a notebook leaves behind: values, figures and tables, each with its provenance, to the byte."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import project_root
from analysis.data.fingerprints import sha256, sha256_of
from analysis.record import formats, markdown
from analysis.record.figure_text import FigureText
from analysis.record.ids import Ids
from analysis.record.legible import readable_svg
from analysis.record.record_json import as_json, parts
from analysis.record.style import Drawing, marks_of
from analysis.stats.uncertainty import Share

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
VALUE_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def figures_folder() -> Path:
    """Where the records go: ODN_FIGURES (a staging folder of the build), else `figures/`."""
    return Path(os.environ.get("ODN_FIGURES") or project_root() / "figures")


class Record:
    """Everything one notebook gives to the paper. Nothing is written before `save`.

    Args:
        notebook: The notebook's name without its ending, such as `narratives`.
    """

    def __init__(self, notebook: str) -> None:
        self.notebook = notebook
        self._root = project_root()
        self._values: dict[str, dict[str, Any]] = {}
        self._figures: dict[str, dict[str, Any]] = {}
        self._files: dict[str, bytes] = {}

    def value(
        self,
        name: str,
        value: Any,
        *,
        unit: str,
        n: int | None = None,
        denominator: int | None = None,
        text: str | None = None,
        cases: Ids | Iterable[str] | None = None,
    ) -> None:
        """Record a value that the prose may use as `{{< var NAME >}}`.

        Args:
            name: Dotted name, such as `narratives.brutality.share`.
            value: The value; a share is 0-1, an interval a pair of shares, a month a `Period[M]`.
            unit: share, interval, count, number, month, p, text, phrase or verdict.
            n: Numerator, where the value is a share.
            denominator: Denominator, where the value is a share.
            text: How it is written, when the rule of its unit is not wanted.
            cases: The case ids behind the value.

        Raises:
            ValueError: For a name used twice or malformed, or a value that is missing.
        """
        if not VALUE_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a value name. Write chapter.topic.value in lower case.")
        if name in self._values:
            raise ValueError(f"{name} is recorded twice in {self.notebook}.")
        if value is None or (not isinstance(value, tuple | list) and pd.isna(value)):
            raise ValueError(f"{name} has no value. Record it only when it is known.")
        self._values[name] = {
            "value": _plain(value),
            "unit": unit,
            "n": _plain(n),
            "denominator": _plain(denominator),
            "text": text if text is not None else formats.written(value, unit),
            "cases": None if cases is None else cases if isinstance(cases, Ids) else Ids(cases),
        }

    def values(self, prefix: str, values: Mapping[str, tuple[Any, str]]) -> None:
        """Record several values below one prefix: name to (value, unit)."""
        for name, (value, unit) in values.items():
            self.value(f"{prefix}.{name}", value, unit=unit)

    def figure(
        self,
        name: str,
        figure: Figure,
        *,
        data: pd.DataFrame,
        title: str,
        caption: str,
        alt: str,
        cell: str,
        cases: Iterable[str] = (),
    ) -> None:
        """Record a figure: SVG, its numbers as CSV, and the Markdown that the paper includes.

        Args:
            name: Short name, such as `narratives`; the reference is `@fig-narratives`.
            figure: The matplotlib figure; a ValueError names words on it that overlap, are cut off, tiny or faint.
            data: The numbers drawn, one row per mark.
            title: The finding, as written on the figure.
            caption: What is shown, with n and denominator.
            alt: The finding with its numbers, for people who do not see the figure; not the caption.
            cell: The id of the notebook cell that makes it.
            cases: The case ids shown.
        """
        if alt.strip() == caption.strip():
            raise ValueError(f"{name}: the alt text repeats the caption. State the finding with its numbers.")
        text = markdown.figure(name, caption, alt)
        svg = readable_svg(figure, name)
        if isinstance(figure, Drawing):
            figure.recorded = svg
        outputs = {f"{name}.svg": svg, f"{name}.csv": _csv(data)}
        self._register("figure", name, text, outputs, title, caption, alt, cell, cases, marks_of(figure))

    def table(
        self,
        name: str,
        table: pd.DataFrame,
        *,
        title: str,
        caption: str,
        cell: str,
        align: str | None = None,
        widths: Sequence[int] | None = None,
        cases: Iterable[str] = (),
        data: pd.DataFrame | None = None,
    ) -> None:
        """Record a table: Markdown for the paper and its numbers as CSV.

        Args:
            name: Short name, such as `claims`; the reference is `@tbl-claims`.
            table: What is printed, already written as text; column names are the header.
            title: The finding or subject.
            caption: What is shown, with n and denominator.
            cell: The id of the notebook cell that makes it.
            align: One letter per column: l, r or c; left by default.
            widths: Relative widths of the columns.
            cases: The case ids shown.
            data: The numbers behind, when more than what is printed.
        """
        text = markdown.table(name, caption, table, align, widths)
        outputs = {f"{name}.csv": _csv(table if data is None else data)}
        self._register("table", name, text, outputs, title, caption, None, cell, cases, {})

    def data(self, name: str, content: Any, *, title: str, cell: str, cases: Iterable[str] = ()) -> None:
        """Record data that the page reads, as `figures/NAME.json`; it prints nothing in the paper.

        Args:
            name: Short name, such as `explorer`.
            content: What JSON can hold; keys are sorted when written.
            title: What it is.
            cell: The id of the notebook cell that makes it.
            cases: The case ids in it.
        """
        self._entry("data", name, {f"{name}.json": as_json(content)}, title, "", None, cell, cases, {})

    def _register(
        self,
        kind: str,
        name: str,
        text: str,
        outputs: dict[str, bytes],
        title: str,
        caption: str,
        alt: str | None,
        cell: str,
        cases: Iterable[str],
        marks: dict[str, str],
    ) -> None:
        text = f"{text}\n{markdown.source(name, self.notebook, cell, self.data_hash)}"
        outputs = {**outputs, f"_{name}.qmd": text.encode()}
        self._entry(kind, name, outputs, title, caption, alt, cell, cases, marks)

    def _entry(
        self,
        kind: str,
        name: str,
        outputs: dict[str, bytes],
        title: str,
        caption: str,
        alt: str | None,
        cell: str,
        cases: Iterable[str],
        marks: dict[str, str],
    ) -> None:
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a figure name. Use lower case and hyphens.")
        if name in self._figures:
            raise ValueError(f"{name} is recorded twice in {self.notebook}.")
        self._files |= outputs
        self._figures[name] = {
            "kind": kind,
            "notebook": self.notebook,
            "cell": cell,
            "title": title,
            "caption": caption,
            "alt": alt,
            "marks": marks,
            "cases": Ids(cases),
            "outputs": {f"figures/{file}": sha256(content) for file, content in sorted(outputs.items())},
        }

    def cell(self, cell: str) -> Cell:
        """What one cell of the notebook records.

        Args:
            cell: The id of the notebook cell in which this stands.
        """
        return Cell(self, cell)

    @property
    def data_hash(self) -> str:
        """One hash over every file of the data package, by name and content."""
        return sha256("".join(f"{path} {value}\n" for path, value in self._data_files().items()).encode())

    def _data_files(self) -> dict[str, str]:
        files = [*self._root.glob("data/*.csv"), self._root / "data/datapackage.json"]
        return {str(f.relative_to(self._root).as_posix()): sha256_of(f) for f in sorted(files)}

    def _inputs(self) -> dict[str, str]:
        loaded = (getattr(m, "__file__", None) for n, m in list(sys.modules.items()) if n.split(".")[0] == "analysis")
        sources = {Path(file).resolve() for file in loaded if file}
        sources |= {self._root / "analysis" / f"{self.notebook}.ipynb"}
        inside = sorted(s for s in sources if s.is_file() and s.is_relative_to(self._root))
        code = {s.relative_to(self._root).as_posix(): sha256_of(s) for s in inside}
        return {**self._data_files(), **code}

    def save(self) -> None:
        """Write every file of the notebook's record; same inputs, same bytes."""
        folder = figures_folder()
        folder.mkdir(parents=True, exist_ok=True)
        inputs = self._inputs()
        figures = {name: {**entry, "inputs": inputs} for name, entry in self._figures.items()}
        for name, content in sorted(self._files.items()):
            (folder / name).write_bytes(content)
        for kind, entries in (("values", self._values), ("figures", figures)):
            with (folder / f"{self.notebook}.{kind}.json").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(parts({"notebook": self.notebook, kind: entries}))


@dataclass(frozen=True)
class Cell:
    """What one cell of a notebook gives to the paper: shares, values, figures, tables.

    Attributes:
        record: The notebook's record.
        cell: The cell's id.
    """

    record: Record
    cell: str

    def share(self, name: str, share: Share, cases: Iterable[str] | None = None) -> None:
        """Record a share as one entry; the prose writes `NAME.share`, `.n`, `.denominator`, `.interval`, `.of`.

        Args:
            name: Dotted name, such as `people.women`.
            share: The share; with a denominator of 0 its texts say that it is not known.
            cases: The ids of the cases counted.
        """
        ids = None if cases is None else cases if isinstance(cases, Ids) else Ids(cases)
        n, denominator = share.n, share.denominator
        known = denominator > 0
        counts: dict[str, Any] = {"n": n, "denominator": denominator, "cases": ids}
        self.record.value(f"{name}.n", n, unit="count", **counts)
        self.record.value(f"{name}.denominator", denominator, unit="count")
        if known:
            self.record.value(f"{name}.share", share.share, unit="share", **counts)
            self.record.value(f"{name}.interval", share.interval, unit="interval", **counts)
        else:
            for facet in ("share", "interval"):
                self.record.value(f"{name}.{facet}", "not known", unit="text")
        self.record.value(f"{name}.of", f"{formats.count(n)} of {formats.count(denominator)}", unit="text", **counts)

    def value(
        self, name: str, value: Any, *, unit: str, text: str | None = None, cases: Iterable[str] | None = None
    ) -> None:
        """Record a value that is no share, under the whole name that the prose writes.

        Args:
            name: Dotted name, such as `people.countries`.
            value: The value; a month is a `Period[M]`, an interval a pair of shares.
            unit: share, interval, count, number, month, p, text, phrase or verdict.
            text: How it is written, when the rule of its unit is not wanted.
            cases: The case ids behind the value.
        """
        self.record.value(name, value, unit=unit, text=text, cases=cases)

    def figure(
        self, name: str, drawing: Figure, words: FigureText, *, data: pd.DataFrame, cases: Iterable[str] = ()
    ) -> Figure:
        """Record a figure, and return it for the notebook to show.

        Args:
            name: Short name, such as `narratives`; the reference is `@fig-narratives`.
            drawing: The chart; a ValueError names words on it that overlap, are cut off, tiny or faint.
            words: Title, caption and alternative text.
            data: The numbers drawn, one row per mark.
            cases: The case ids shown.
        """
        texts = {"title": words.title, "caption": words.caption, "alt": words.alt}
        self.record.figure(name, drawing, data=data, cell=self.cell, cases=cases, **texts)
        return drawing

    def table(
        self,
        name: str,
        printed: pd.DataFrame,
        *,
        title: str,
        caption: str,
        align: str | None = None,
        widths: Sequence[int] | None = None,
        data: pd.DataFrame | None = None,
        cases: Iterable[str] = (),
    ) -> pd.DataFrame:
        """Record a table, and return what is printed for the notebook to show; arguments as of `Record.table`."""
        shape: dict[str, Any] = {"align": align, "widths": widths}
        self.record.table(name, printed, title=title, caption=caption, cell=self.cell, cases=cases, data=data, **shape)
        return printed

    def data(self, name: str, content: Any, *, title: str, cases: Iterable[str] = ()) -> None:
        """Record data that the page reads; arguments as of `Record.data`."""
        self.record.data(name, content, title=title, cell=self.cell, cases=cases)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, pd.Period):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def _csv(table: pd.DataFrame) -> bytes:
    named = any(name is not None for name in table.index.names)
    return table.to_csv(index=named, lineterminator="\n", float_format="%.6g").encode()
