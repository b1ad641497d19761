"""What one cell of a notebook gives to the paper, and the three texts of a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.record import formats, markdown, small_cells
from analysis.record.legible import readable_svg
from analysis.record.style import NARROW_WIDTH, TEXT_WIDTH, Drawing, marks_of
from analysis.stats.uncertainty import Share

if TYPE_CHECKING:
    from analysis.record.record import Record

MINIMUM = "The list is a minimum: what was published and found."


@dataclass(frozen=True)
class FigureText:
    """What stands on, under and in place of a figure, computed from the data it shows.

    Attributes:
        title: The finding, one sentence without a full stop.
        caption: What is shown, with n and denominator.
        alt: The finding with its numbers, for people who do not see the figure.
    """

    title: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Cell:
    """What one cell of a notebook (its id) puts on the notebook's record: shares, values, figures, tables.

    Everywhere `cases` are the ids of the cases counted or shown: a list, or a text with blanks between.
    """

    record: Record
    cell: str

    def share(
        self, name: str, share: Share, cases: Iterable[str] | str | None = None, *, crossed: bool = False
    ) -> None:
        """Record a share as one entry; the prose writes `NAME.share`, `.n`, `.denominator`, `.interval`, `.of`.

        Args:
            name: Dotted name, such as `people.women`.
            share: The share; with a denominator of 0 its texts say that it is not known.
            cases: The cases counted.
            crossed: Whether it is a cell of two attributes of people. Where that is too small to be printed
                (`small_cells`), its texts say so, it names no cases, and its numbers stay for comparison alone.
        """
        n, of = share.n, share.denominator
        known = {"share": share.share, "interval": share.interval} if of else {"share": None, "interval": None}
        text = {facet: formats.written(value, facet) if of else "not known" for facet, value in known.items()}
        text |= {"n": formats.count(n), "denominator": formats.count(of), "of": formats.out_of(n, of)}
        entry: dict[str, Any] = {"unit": "share", **known, "n": n, "denominator": of, "text": text}
        if crossed and small_cells.too_few(n):
            text |= {"n": small_cells.counted(n)}
            text |= dict.fromkeys(("of", "share", "interval"), small_cells.out_of(n, of))
            entry["withheld"], cases = True, ()
        self._enter(name, entry, cases)

    def value(
        self, name: str, value: Any, *, unit: str, text: str | None = None, cases: Iterable[str] | str | None = None
    ) -> None:
        """Record a value that is no share, under the whole name that the prose writes.

        Args:
            name: Dotted name, such as `people.countries`.
            value: The value; a month is a `Period[M]`, an interval a pair of shares (0-1).
            unit: share, interval, count, number, month, p, text, phrase or verdict.
            text: How it is written, when the rule of its unit is not wanted.
            cases: Those that the figures and tables of the cell show when nothing is given; an empty list says that
                there are none.

        Raises:
            ValueError: For a name used twice or malformed, a value that is missing, or a unit that does not exist.
        """
        if value is None or (not isinstance(value, tuple | list) and pd.isna(value)):
            raise ValueError(f"{name} has no value. Record it only when it is known.")
        text = formats.written(value, unit) if text is None else text
        self._enter(name, {"unit": unit, "value": value, "text": text}, cases)

    def figure(
        self,
        name: str,
        words: FigureText,
        chart: Callable[..., Figure],
        *given: Any,
        data: pd.DataFrame,
        cases: Iterable[str] = (),
        sourced: bool = True,
    ) -> Figure:
        """Record a figure (SVG, its numbers as CSV, the Markdown to include); return it for the notebook to show.

        It is drawn twice: as wide as the text for print and screen; and for the page on a phone, as data `NAME-narrow`.

        Args:
            name: Short name, such as `narratives`; the reference is `@fig-narratives`.
            words: Title, caption and alternative text; a ValueError when the last is empty or repeats the caption.
            chart: Draws what is given, under a title and as wide as so many inches; a ValueError names words on it that
                overlap, are cut off, tiny or faint.
            given: What it draws.
            data: The numbers drawn, one row per mark.
            cases: The cases shown.
            sourced: Whether its source stands below it; the page has it under "Sources" in any case.
        """
        for wrong, said in ((words.alt.strip() == "", "is empty"), (words.alt == words.caption, "repeats the caption")):
            if wrong:
                raise ValueError(f"{name}: the alt text {said}. State the finding with its numbers.")
        wide = chart(*given, words.title, TEXT_WIDTH)
        files = {f"{name}.svg": readable_svg(wide, name)}
        if isinstance(wide, Drawing):
            wide.recorded = files[f"{name}.svg"]
        self.data(narrow := f"{name}-narrow", readable_svg(chart(*given, words.title, NARROW_WIDTH), narrow).decode())
        text = markdown.figure(name, f"figures/{self.record.notebook}/{name}.svg", words.caption, words.alt)
        files[f"{name}.csv"] = _csv(data)
        self._include(name, text, files, cases, sourced=sourced, kind="figure", **vars(words), marks=marks_of(wide))
        return wide

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
        numbers: str | None = None,
        cases: Iterable[str] = (),
    ) -> pd.DataFrame:
        """Record a table (Markdown to include, its numbers as CSV), and return it for the notebook to show.

        Args:
            name: Short name, such as `claims`; the reference is `@tbl-claims`.
            printed: What is printed, already written as text; column names are the header.
            title: The finding or subject.
            caption: What is shown, with n and denominator.
            align: One letter per column: l, r or c; left by default.
            widths: Relative widths of the columns.
            data: The numbers behind, when more than what is printed.
            numbers: The figure of this notebook whose numbers these are, when the table has no others of its own.
            cases: The cases shown.
        """
        text = markdown.table(name, caption, printed, align, widths)
        files = {} if numbers else {f"{name}.csv": _csv(printed if data is None else data)}
        self._include(name, text, files, cases, numbers, kind="table", title=title, caption=caption, alt=None, marks={})
        return printed

    def passage(self, name: str, text: str, *, cases: Iterable[str]) -> None:
        """Record a passage of words that the data choose, as Markdown to include; it has no number and no caption."""
        entry: dict[str, Any] = {
            "kind": "passage",
            "title": name,
            "caption": text,
            "alt": None,
            "marks": {},
            "cell": self.cell,
        }
        self.record.include(name, {f"_{name}.qmd": text.encode()}, {**entry, "cases": _ids(cases)})

    def data(self, name: str, content: Any) -> None:
        """Record data (what JSON can hold) that the page reads and the paper does not print; it is not committed."""
        self.record.hand_over(name, content)

    def _enter(self, name: str, entry: dict[str, Any], cases: Iterable[str] | str | None) -> None:
        plain = {key: _plain(value) for key, value in entry.items()}
        self.record.enter(name, {**plain, "cell": self.cell, "cases": None if cases is None else _ids(cases)})

    def _include(
        self,
        name: str,
        text: str,
        files: Mapping[str, bytes],
        cases: Iterable[str],
        numbers: str | None = None,
        sourced: bool = True,
        **entry: Any,
    ) -> None:
        csv = f"figures/{self.record.notebook}/{numbers or name}.csv"
        text += f"\n{markdown.source(self.record.notebook, self.cell, csv)}" if sourced else ""
        entry = {**entry, "cell": self.cell, "cases": _ids(cases), "numbers": csv}
        self.record.include(name, {**files, f"_{name}.qmd": text.encode()}, entry)


def _ids(cases: Iterable[str] | str) -> list[str]:
    return sorted(cases.split() if isinstance(cases, str) else map(str, cases))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, pd.Period):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def _csv(table: pd.DataFrame) -> bytes:
    named = any(name is not None for name in table.index.names)
    return table.to_csv(index=named, lineterminator="\n", float_format="%.6g").encode()
