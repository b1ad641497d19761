"""A finding shown outside a notebook: what it drew, said, printed and recorded, and what holds for every chart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.path import Path as Outline

from analysis.data.dataset import Dataset
from analysis.record.cell import Cell, FigureText
from analysis.record.legible import words
from analysis.record.record import Record
from analysis.record.style import Drawing, marks_of
from analysis.stats.uncertainty import Share
from publish.written.values import facets


@dataclass(frozen=True)
class Caught(Cell):
    """A cell that keeps what it is given, and refuses what every record refuses (a chart that cannot be read).

    Attributes:
        drawings: Figure name to its drawing.
        words: Figure name to its title, caption and alternative text.
        tables: Table name to what is printed.
        captions: Table name to its caption.
        passages: Passage name to its Markdown.
        shares: Share name to the share.
        given: Value name to the value, where it is no share.
        cases: Name of a share or value to the ids behind it, where they are given.
        texts: Value name to what the prose prints; a share has `.share`, `.n`, `.denominator`, `.interval`, `.of`.
    """

    drawings: dict[str, Any] = field(default_factory=dict)
    words: dict[str, FigureText] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    passages: dict[str, str] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)

    def share(self, name: str, share: Share, cases: Iterable[str] | str | None = None, **more: Any) -> None:
        """Keep the share."""
        self.shares[name] = share
        self._keep(name, cases)
        super().share(name, share, cases, **more)

    def value(self, name: str, value: Any, *, cases: Iterable[str] | str | None = None, **more: Any) -> None:
        """Keep the value."""
        self.given[name] = value
        self._keep(name, cases)
        super().value(name, value, cases=cases, **more)

    def _keep(self, name: str, cases: Iterable[str] | str | None) -> None:
        if cases is not None:
            self.cases[name] = sorted(cases.split() if isinstance(cases, str) else cases)

    def figure(self, name: str, words: FigureText, *given: Any, **more: Any) -> Any:
        """Keep the drawing and its words."""
        self.words[name] = words
        self.drawings[name] = super().figure(name, words, *given, **more)
        return self.drawings[name]

    def table(self, name: str, printed: pd.DataFrame, **given: Any) -> pd.DataFrame:
        """Keep what is printed and its caption."""
        self.tables[name], self.captions[name] = printed, given["caption"]
        return super().table(name, printed, **given)

    def passage(self, name: str, text: str, **given: Any) -> None:
        """Keep the passage."""
        self.passages[name] = text
        super().passage(name, text, **given)

    @property
    def texts(self) -> dict[str, str]:
        """Every value on record, as the prose prints it."""
        return {name: entry["text"] for name, entry in facets(self.record.entries).items()}


def caught(show: Callable[..., Any], data: Dataset, *others: Any) -> Caught:
    """What a finding gives a notebook's cell, from these data."""
    cell = Caught(Record("any"), "any")
    show(cell, data, *others)
    return cell


def assert_sound(show: Callable[..., Any], data: Dataset, *others: Any) -> Caught:
    """Every figure of a finding meets the claims that hold for all charts; what it gave is returned.

    It can be read; its title is the finding; each mark is in the file once, with a number in its label; drawn twice it
    has the same bytes; title, caption and alternative text are three different texts without a gap.
    """
    first, again = caught(show, data, *others), caught(show, data, *others)
    assert first.drawings
    for name, drawing in first.drawings.items():
        assert isinstance(drawing, Drawing)
        assert drawing.recorded
        assert drawing.recorded == again.drawings[name].recorded
        marks, ids = marks_of(drawing), [part.get("id") for part in ET.fromstring(drawing.recorded).iter()]
        assert marks
        for mark, label in marks.items():
            assert ids.count(mark) == 1, mark
            assert re.search(r"\d", label), label
        text = first.words[name]
        title = next(word for word in words(drawing) if word.text == drawing.get_suptitle())
        assert (title.text.replace("\n", " "), title.size > 10) == (text.title, True)
        assert not text.title.endswith(".")
        assert text.caption.endswith(".")
        assert text.alt.endswith(".")
        assert text.alt != text.caption
        assert re.search(r"\d", text.alt)
        assert "nan" not in f"{text.title} {text.caption} {text.alt}"
    return first


def n_tiles(drawing: Any, start: str = "") -> int:
    """The number of tiles in all marks whose name begins so: one closed outline each."""
    marked = [part for part in drawing.findobj() if (part.get_gid() or "").startswith(f"mark-{start}")]
    return sum(int((part.get_path().codes == Outline.MOVETO).sum()) for part in marked)
