"""The charts of the people draw every case, name every mark, and can be read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.people.flow import flow, known_of
from analysis.people.flow_chart import flow_chart
from analysis.people.origins import origins_chart
from analysis.people.people_text import KNOWN, flow_text, group_labels, origins_text, since_words, situation_text
from analysis.people.reported import by_country, by_situation
from analysis.people.situation import situation_chart
from analysis.record.headline import wrapped
from analysis.record.legible import faults, words
from analysis.record.style import marks_of, svg_bytes
from analysis.record.tiles import block, column, row

Draw = Callable[[Dataset, pd.DataFrame], Figure]


def draw_origins(data: Dataset, cases: pd.DataFrame) -> Figure:
    """The countries of these cases beside the published ones."""
    regions = data.value_labels("countries", "region")
    theirs = published_counts(data.published, "country")["n"]
    theirs = theirs[theirs.index.isin(data.countries.index)]
    table = by_country(cases, data.countries, theirs.index)
    return origins_chart(table, regions, origins_text(table, regions, published=True).title, theirs.to_dict())


def draw_flow(data: Dataset, cases: pd.DataFrame) -> Figure:
    """The flow to these cases and to everyone who is not core."""
    steps = flow(pd.concat([data.cases[data.cases["decision"] != "core"], cases]))
    known = known_of(cases, data.coded(data.study.narrative_variables), list(data.study.clocks)).rename(KNOWN)
    reasons = data.value_labels("cases", "reason")
    text = flow_text(steps, reasons, known.to_dict(), data.study.extension)
    return flow_chart(steps, reasons, known.to_dict(), since_words(data.study.extension), text.title)


def draw_situation(data: Dataset, cases: pd.DataFrame) -> Figure:
    """The situations of these cases."""
    labels = data.value_labels("cases", "status_at_disclosure")
    groups = group_labels(data.study, labels)
    table = by_situation(cases, data.study, labels)
    return situation_chart(table, labels, groups, situation_text(table, labels, groups).title)


CHARTS: dict[str, Draw] = {
    "origins": draw_origins,
    "flow": draw_flow,
    "situation": draw_situation,
}


@pytest.fixture(scope="module")
def made_once(dataset: Dataset) -> dict[str, tuple[Figure, bytes]]:
    """Every chart of the real list with its SVG, from its first drawing: each further one shifts the layout a hair."""
    figures = {name: draw(dataset, dataset.core) for name, draw in CHARTS.items()}
    return {name: (made, svg_bytes(made)) for name, made in figures.items()}


@pytest.fixture
def drawn(made_once: dict[str, tuple[Figure, bytes]]) -> dict[str, Figure]:
    """The charts of the real list."""
    return {name: made for name, (made, _) in made_once.items()}


@pytest.fixture
def svgs(made_once: dict[str, tuple[Figure, bytes]]) -> dict[str, bytes]:
    """The same as SVG."""
    return {name: svg for name, (_, svg) in made_once.items()}


def n_tiles(figure: Figure, start: str) -> int:
    """The number of tiles in all marks whose name begins so: one closed outline each."""
    marked = [a for a in figure.findobj() if (a.get_gid() or "").startswith(f"mark-{start}")]
    return sum(int((a.get_path().codes == Outline.MOVETO).sum()) for a in marked)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_can_be_read(drawn: dict[str, Figure], name: str) -> None:
    """No words overlap, leave the page, are under 7 points or faint, for the real list."""
    assert faults(drawn[name]) == []


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("part", ["every third", "twice", "the undated kept"])
def test_a_chart_can_be_read_when_the_list_changes(dataset: Dataset, name: str, part: str) -> None:
    """The same for a third of the list, for one twice as long, and for another mix of dates."""
    core = dataset.core
    twice = pd.concat([core, core.rename(index="{}-again".format)])
    mixed = pd.concat([core[core["left_month"].isna()], core[core["left_month"].notna()].iloc[:4]])
    cases = {"every third": core.iloc[::3], "twice": twice, "the undated kept": mixed}[part]
    assert faults(CHARTS[name](dataset, cases)) == []


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_has_a_label_with_its_number(drawn: dict[str, Figure], svgs: dict[str, bytes], name: str) -> None:
    """Each named mark is in the SVG once, and its label holds a number."""
    marks = marks_of(drawn[name])
    ids = [element.get("id") for element in ET.fromstring(svgs[name]).iter() if element.get("id")]
    assert marks
    for mark, label in marks.items():
        assert ids.count(mark) == 1, mark
        assert any(letter.isdigit() for letter in label), label


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_the_same_to_the_byte(dataset: Dataset, svgs: dict[str, bytes], name: str) -> None:
    """Drawn twice from the same data, the SVG has the same bytes."""
    assert svgs[name] == svg_bytes(CHARTS[name](dataset, dataset.core))


def test_the_other_charts_draw_a_tile_per_case(dataset: Dataset, drawn: dict[str, Figure]) -> None:
    """Origins and situations show every case of the list."""
    assert n_tiles(drawn["origins"], "origin") == len(dataset.core)
    assert n_tiles(drawn["situation"], "situation") == len(dataset.core)


@pytest.mark.parametrize("name", CHARTS)
def test_the_finding_is_written_on_the_chart(drawn: dict[str, Figure], name: str) -> None:
    """The title stands on the figure, in as many lines as it needs."""
    made = drawn[name]
    title = next(word for word in words(made) if word.text == made.get_suptitle())
    assert title.size > 10
    assert made.get_suptitle().strip()


def test_cells_of_tiles_do_not_meet() -> None:
    """A column, a row and a block hold as many cells as cases, no two the same."""
    for cells in (column(3, 5, base=2), row(1, 4, base=1), block(0, 23, 7)):
        assert len(set(cells)) == len(cells)
    assert column(3, 2, base=2) == [(3, 2.5), (3, 3.5)]
    assert block(0, 23, 7)[-1] == (3, 1.5)


def test_a_finding_is_broken_between_words_only() -> None:
    """No word is lost or split; a wider page needs no more lines."""
    text = "At least half of the cases dated on both clocks were public within two months of leaving"
    narrow, wide = wrapped(text, 150), wrapped(text, 450)
    assert " ".join(narrow) == " ".join(wide) == text
    assert len(narrow) > len(wide)
    assert wrapped("Extraordinarily", 5) == ["Extraordinarily"]
