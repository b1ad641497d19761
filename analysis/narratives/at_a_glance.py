"""The narratives at a glance, for a first page: their names, a tile a person, and the counts."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.narratives.shares import COUNTS, narrative_table, people, readings, row_of_people, title_of
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import join_words, lowered, of
from analysis.record.style import POINTS, TEXT_WIDTH, figure, font, headline, measured
from analysis.record.tiles import unit
from analysis.stats.pairs import leaders, narrative_pairs

HEIGHT = 1.77  # inches: 45 mm
GAP = 0.2  # inches between the longest name and the tiles; on a phone the names stand above


def words(table: pd.DataFrame, leading: list[str]) -> FigureText:
    """The words of the figure of the `narrative_table`; its title names those that lead, if any do."""
    rows = table.sort_values(["rank", "label"])
    said = join_words(f"{lowered(row['label'])} {of(row['n'], row['denominator'])}" for _, row in rows.iterrows())
    caption = f"{people(table)}, filled where the narrative is voiced; one person can voice several."
    return FigureText(title_of(table, leading), caption, f"People who voice each narrative: {said}.")


def chart(table: pd.DataFrame, title: str, width: float = TEXT_WIDTH) -> Figure:
    """Per narrative of the `narrative_table` a row of tiles with its name before it, on a phone above it."""
    rows = table.sort_values(["rank", "label"])
    widest, phone = max(int(rows["denominator"].max()), 1), width < TEXT_WIDTH
    names = 0.0 if phone else max(measured(label, font(8.5, "bold"))[0] for label in rows["label"]) / POINTS + GAP
    tile = unit(widest, width - names - COUNTS)
    made, axes = figure(0.7 + 0.44 * len(rows) if phone else HEIGHT, width)
    for y, (name, row) in enumerate(rows.iterrows()):
        axes.text(-names / tile, y - 0.4 if phone else y, row["label"], fontweight="bold", va="center")
        row_of_people(axes, y, str(name).replace("_", "-"), row)
    axes.set(xlim=(-names / tile, widest + COUNTS / tile), ylim=(len(rows) - 0.7, -0.7 if phone else -0.3))
    axes.set_axis_off()
    return headline(made, title)


def show(cell: Cell, data: Dataset) -> Figure:
    """Give the figure `narratives-small`."""
    codes = readings(data)
    table, final = narrative_table(codes, data.study.narratives), codes["decided"]
    text = words(table, leaders(final, narrative_pairs(final)))
    numbers = table[["label", "n", "denominator", "share", "low", "high"]]
    return cell.figure("narratives-small", text, chart, table, data=numbers, cases=reached(final), sourced=False)
