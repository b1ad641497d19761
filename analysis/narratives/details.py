"""What form a narrative took, a panel per narrative; and what was said that belongs to none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.study import Study
from analysis.narratives.codes import case_ids, reached
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import FEW, in_words, join_words, lowered, percent
from analysis.record.style import INK, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.stats.uncertainty import Share, share_of

OUTSIDE = ""  # the narrative of a form that belongs to none


def detail_table(forms: pd.DataFrame, narratives: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The share of the accounts that voice a narrative in which it took each form; and of all, the forms of none.

    From the decided codes of forms and narratives, index `case_id`, one column each (1, 0, NA).

    Returns:
        Index `variable`: `narrative` (empty: none), `label`, `n`, `denominator` (accounts that voice the narrative; of
        a form outside them, accounts that reach reasons), `share`, `low`, `high` (0-1, Wilson 95%), `cases`. A case can
        show several forms; the shares do not add up to 1. Within a narrative the most frequent stands first, and what
        names nothing last.
    """
    rows = []
    for narrative in [*study.narrative_variables, OUTSIDE]:
        among = narratives.notna().all(axis=1) if narrative == OUTSIDE else narratives[narrative].eq(1).fillna(False)
        of_narrative: list[dict[str, Any]] = []
        for form in study.forms_of(narrative):
            values = forms[form.variable].where(among)
            row = {"variable": form.variable, "narrative": narrative, "label": form.label}
            of_narrative.append({**row, **share_of(values).row, "cases": case_ids(values)})
        rows += sorted(of_narrative, key=lambda row: (row["variable"] in study.unspecific, -int(row["n"])))
    return pd.DataFrame(rows).set_index("variable")


def panels(table: pd.DataFrame, labels: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The rows of the `detail_table` by the heading of their panel, in the order of the study."""
    named = {**labels, OUTSIDE: f"Outside the {in_words(len(labels))}"}
    return {head: rows for name, head in named.items() if len(rows := table[table["narrative"] == name])}


def words(table: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """The words of the figure of the `detail_table`; `labels` gives each narrative's name in print."""
    inside = {head: rows for head, rows in panels(table, labels).items() if head in labels.values()}
    most = max(inside.values(), key=lambda rows: (rows["denominator"].max() >= FEW, rows["share"].max()))
    lead = _commonest(most)
    title = f"Most often named of its narrative: {lead}" if lead else "No form of any narrative was named"
    counted = join_words(f"{rows['denominator'].max()} for {lowered(head)}" for head, rows in inside.items())
    caption = (
        f"Accounts that voice a narrative ({counted}), by the form it took; one account can show several. Bars are "
        "shares of the accounts in the panel, by the decided codes; where these are fewer than "
        f"{FEW}, counts alone. Last panel: what was said that is a form of none of the narratives, as shares of all "
        "accounts that give reasons."
    )
    alt = []
    for head, rows in panels(table, labels).items():
        counts = rows[["label", "n", "denominator"]].itertuples(index=False)
        alt.append(f"{head}: {', '.join(f'{lowered(form)} {n} of {known}' for form, n, known in counts)}.")
    return FigureText(title, caption, " ".join(alt))


def _commonest(forms: pd.DataFrame) -> str:
    most = int(forms["n"].max())
    top = forms[forms["n"] == most]
    counts = f"{most} of {top['denominator'].iloc[0]}{' each' if len(top) > 1 else ''}"
    named = join_words(map(lowered, top["label"])) if len(top) < 3 else f"{in_words(len(top))} forms alike"
    return f"{named} ({counts})" if most else ""


def chart(table: pd.DataFrame, labels: Mapping[str, str], title: str, width: float = TEXT_WIDTH) -> Figure:
    """A panel per narrative that has forms, and one for those of none: bars of the share of its accounts with each."""
    shown, line = panels(table, labels), 0.19 if width == TEXT_WIDTH else 0.37
    rows = [len(forms) for forms in shown.values()]
    ratios = {"height_ratios": rows}  # of the panels without their heads, so that all bars are as thick
    height = 0.6 + 0.24 * len(rows) + line * sum(rows)
    made, axes = figure(height, width, nrows=len(rows), squeeze=False, gridspec_kw=ratios, sharex=True)
    for panel, (head, forms) in zip(axes[:, 0], shown.items(), strict=True):
        _panel(panel, head, forms, phone=width < TEXT_WIDTH)
    return headline(made, title)


def _panel(axes: Axes, narrative: str, form: pd.DataFrame, *, phone: bool) -> None:
    people = int(form["denominator"].max())
    few = f" (counts only, fewer than {FEW})" if people < FEW else ""
    axes.set_title(f"{narrative}: {people} people{few}", fontsize=9, pad=3)
    down, height = (0.22, 0.4) if phone else (0.0, 0.68)  # of a row; on a phone the names stand above the bars
    for y, (name, row) in enumerate(form.iterrows()):
        share, counts = 0.0, f"{row['n']} of {row['denominator']}"
        if row["denominator"] >= FEW:
            share = float(row["share"])
            (bar,) = axes.barh([y + down], [share], height=height, color=PALETTE["navy"])
            mark(bar, str(name).replace("_", "-"), f"{narrative}, {row['label']}: {counts}, {percent(share)}")
        axes.annotate(counts, (share, y + down), (4, 0), textcoords="offset points", va="center", color=INK)
        if phone:
            axes.text(0, y - 0.28, row["label"], va="center", color=INK)
    axes.set_yticks([] if phone else range(len(form)), [] if phone else form["label"])
    axes.set(xlim=(0, 1.12), ylim=(len(form) - 0.5, -0.5), xticks=[])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(not phone)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `details.<form>`, of the accounts that voice the narrative (or reach reasons); give the figure."""
    study = data.study
    codes = data.coded(study.narrative_variables)
    table = detail_table(data.coded([form.variable for form in study.forms]), codes, study)
    for name, row in table.iterrows():
        cell.share(f"details.{name}", Share.of(row["n"], row["denominator"]), row["cases"])
    text = words(table, study.narrative_labels)
    return cell.figure("details", text, chart, table, study.narrative_labels, data=table, cases=reached(codes))
