"""Agreement of the coders of both editions on reach and on each narrative: kappa with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.study import Study
from analysis.evidence.coders import REACHED, both_coded, given, one_kind
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import count, decimal, join_words, lowered, percent, plural
from analysis.record.style import INK, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.stats.bootstrap import DRAWS
from analysis.stats.uncertainty import LEVEL

MARKS = (0.667, 0.8)  # Krippendorff (2018, chapter 12): tentative conclusions from 0.667, reliance from 0.800
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white"},
    {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"]},
)
LINE = 0.175  # inches of one row
NAMES, EDITION, COUNTS = 1.2, 1.0, 0.95  # inches for narratives, editions and numbers


def labels_of(study: Study) -> dict[str, str]:
    """Reach and the narratives, with their labels."""
    return {study.reach: REACHED, **study.narrative_labels}


def kappas(agreed: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Kappa of reach and of each narrative in every edition; further coders stand in the table of agreement alone.

    From `coders.agreed`. Index `edition`, `variable`; `value`, `low`, `high`, `n`, `undefined`.
    """
    levels = {name: agreed.index.get_level_values(name) for name in ("edition", "coefficient", "variable")}
    of_editions = levels["edition"].isin([edition.id for edition in study.editions])
    wanted = agreed[of_editions & (levels["coefficient"] == "kappa") & levels["variable"].isin(labels_of(study))]
    return wanted.droplevel("coefficient")


def show(cell: Cell, data: Dataset, agreed: pd.DataFrame) -> Figure:
    """Record kappa per edition and the lowest of the second; give the figure `agreement` (`agreed` as of `coders`)."""
    study, table = data.study, kappas(agreed, data.study)
    for edition in study.editions:
        of_edition = table["value"].xs(edition.id, level="edition")
        for variable, kappa in of_edition.items():
            said = (kappa, "number") if pd.notna(kappa) else (defined(kappa), "phrase")
            cell.value(f"agreement.{edition.id}.{variable}.kappa", said[0], unit=said[1])
    of_last = table["value"].xs(study.edition.id, level="edition").reindex(study.narrative_variables)
    if of_last.notna().any():
        lowest = str(of_last.idxmin())
        cell.value(f"agreement.{study.edition.id}.lowest.label", lowered(study.label(lowest)), unit="phrase")
        cell.value(f"agreement.{study.edition.id}.lowest.kappa", of_last[lowest], unit="number")
    both = both_coded(data, study.edition, study.reach).eq(1).all(axis=1)
    cell.value(f"agreement.{study.edition.id}.n_both", both.sum(), unit="count", cases=both.index[both])
    text = words(table, data)
    cases = [case for edition in study.editions for case in given(data, edition)]
    return cell.figure("agreement", text, chart, table, study, data=table, cases=dict.fromkeys(cases))


def words(table: pd.DataFrame, data: Dataset) -> FigureText:
    """Title, caption and alternative text, from the `kappas`."""
    study = data.study
    names = {edition.id: " and ".join(edition.coders) for edition in study.editions}
    coded = [f"{names[edition.id]} in the {lowered(edition.label)}" for edition in study.editions]
    derived = [names[edition.id] for edition in study.editions if edition.coded == "narratives"]
    not_coded = f"Reach was not coded by {join_words(derived)}: it is any code of a narrative. " if derived else ""
    caption = (
        f"Cohen’s kappa of the two coders before the decision, {join_words(coded)}, over the accounts that both could "
        f"code (n), core, later and left out. Bars: {percent(LEVEL)} bootstrap intervals over cases "
        f"({count(DRAWS)} resamples); 0 is chance, 1 is perfect. {not_coded}"
        f"Dotted lines: {join_words(f'{edge:g}' for edge in MARKS)}, which Krippendorff asks for before tentative and "
        f"firm conclusions. {one_kind(data)}"
    )
    said = []
    for edition in study.editions:
        rows = [f"{lowered(label)} {_said(row)}" for label, row in _rows(table, edition.id, labels_of(study))]
        said.append(f"{edition.label}: {', '.join(rows)}")
    title = _title(table["value"], study)
    return FigureText(title, caption, f"{title}. {'. '.join(said)}.")


def _title(kappa: pd.Series[float], study: Study) -> str:
    by_edition = {edition.id: kappa.xs(edition.id, level="edition").dropna() for edition in study.editions}
    last, before = by_edition[study.edition.id], study.editions[0]
    if last.empty:
        return "The codes do not vary enough to measure agreement beyond chance"
    span = f"from {decimal(last.min())} to {decimal(last.max())} in the {lowered(study.edition.label)}"
    first = by_edition[before.id]
    if before == study.edition or first.empty:
        return f"Kappa of the two coders runs {span}"
    name, lowest = lowered(labels_of(study)[str(first.idxmin())]), decimal(first.min())
    return f"Kappa runs {span}; in the {lowered(before.label)} it was lowest on {name}, {lowest}"


def _rows(table: pd.DataFrame, edition: str, labels: Mapping[str, str]) -> list[tuple[str, Any]]:
    return [(label, table.loc[(edition, name)]) for name, label in labels.items() if (edition, name) in table.index]


def _said(row: Any) -> str:
    if pd.isna(row["value"]):
        return f"not defined ({plural(int(row['n']), 'account')})"
    limits = f"{decimal(row['low'])} to {decimal(row['high'])}"
    return f"{decimal(row['value'])} ({limits}, {plural(int(row['n']), 'account')})"


def defined(coefficient: float) -> str:
    """A coefficient with two decimals, or that the data do not define it."""
    return "not defined" if pd.isna(coefficient) else decimal(coefficient)


def chart(table: pd.DataFrame, study: Study, title: str, width: float = TEXT_WIDTH) -> Figure:
    """A row of the `kappas` for each narrative and edition: its mark, its interval, its value and n."""
    labels, phone = labels_of(study), width < TEXT_WIDTH
    block = len(study.editions) + (1.3 if phone else 0.5)  # rows that a narrative takes
    made, axes = figure(0.75 + LINE * block * len(labels), width)
    names = EDITION + (0.0 if phone else NAMES)
    inches = (width - names - COUNTS) / (1.0 - (left := min(0.0, float(table["low"].min()))))
    for place, (name, label) in enumerate(labels.items()):
        top = place * block
        axes.text(left - names / inches, top, label, fontweight="bold", va="center")
        for y, (edition, look) in enumerate(
            zip(study.editions, LOOKS[-len(study.editions) :], strict=True), start=phone
        ):
            if (edition.id, name) in table.index:
                axes.text(left - EDITION / inches, top + y, edition.label, va="center", color=look["color"])
                mark_id = f"{edition.id}-{name}".replace("_", "-")
                told = f"{edition.label}, {lowered(label)}"
                _mark(axes, top + y, mark_id, told, table.loc[(edition.id, name)], look)
    for edge in MARKS:
        axes.axvline(edge, color=MUTED, linewidth=0.7, linestyle=(0, (1, 2)), zorder=0)
    axes.set(xlim=(left - names / inches, 1 + COUNTS / inches), ylim=(len(labels) * block - 0.7, -0.7), yticks=[])
    axes.set_xticks([0, *MARKS, 1], ["0", *(f"{edge:g}" for edge in MARKS), "1"])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(left, 1)
    return headline(made, title)


def _mark(axes: Axes, y: float, mark_id: str, name: str, row: Any, look: dict[str, Any]) -> None:
    axes.plot([row["low"], row["high"]], [y, y], color=look["color"], linewidth=1.3)
    (dot,) = axes.plot([row["value"]], [y], markersize=5, **{**look, "linestyle": "none"})
    mark(dot, mark_id, f"{name}: {_said(row)}")
    said = f"{defined(row['value'])}, n = {count(row['n'])}"
    axes.annotate(said, (1.0, y), (8, 0), textcoords="offset points", va="center", color=INK)
