"""What form a narrative took: what makes an account voice it, a panel per narrative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.study import Detail
from analysis.narratives.codes import case_ids
from analysis.record.figure_text import FigureText
from analysis.record.formats import in_words, join_words, lowered, percent
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.stats.uncertainty import Share, share_of


def detail_table(details: pd.DataFrame, narratives: pd.DataFrame, groups: Sequence[Detail]) -> pd.DataFrame:
    """Of the cases that voice a narrative, the share in which it took each form.

    Args:
        details: The forms that one coder saw, index `case_id`, one Int64 column per form (1, 0, NA).
        narratives: The same coder's codes of the narratives, same index.
        groups: The forms of each narrative, in the order of the study.

    Returns:
        Index `variable`: `narrative`, `label`, `n`, `denominator` (cases in which this coder gave the
        narrative 1 and the form a code), `share`, `low`, `high` (0-1, Wilson 95%), `cases`. A case can show several
        forms; the shares do not add up to 1.
    """
    rows = []
    for group in groups:
        voiced = narratives[group.narrative].eq(1).fillna(False)
        for code in group.variables:
            values = details[code.variable].where(voiced)
            row = {"variable": code.variable, "narrative": group.narrative, "label": code.label}
            rows.append({**row, **share_of(values).row, "cases": case_ids(values)})
    return pd.DataFrame(rows).set_index("variable")


def words(table: pd.DataFrame, voiced: Mapping[str, int], labels: Mapping[str, str]) -> FigureText:
    """The words of the figure of the `detail_table`; `voiced` counts the cases in which the coder saw a narrative."""
    groups = [(labels[name], table[table["narrative"] == name]) for name in voiced]
    leads = [lead for _, forms in groups if (lead := _commonest(forms))]
    title = f"Most often named: {join_words(leads)}" if leads else "No form of any narrative was named"
    counted = join_words(f"{n} for {lowered(labels[name])}" for name, n in voiced.items())
    caption = (
        f"Accounts that voice a narrative ({counted}), by the form it took; one account can show several. Bars are "
        "shares of the accounts in the panel, by the decided codes."
    )
    alt = []
    for label, forms in groups:
        rows = _by_frequency(forms)[["label", "n", "denominator"]].itertuples(index=False)
        alt.append(f"{label}: {', '.join(f'{lowered(form)} {n} of {known}' for form, n, known in rows)}.")
    return FigureText(title, caption, " ".join(alt))


def _commonest(forms: pd.DataFrame) -> str:
    most = int(forms["n"].max())
    top = forms[forms["n"] == most]
    counts = f"{most} of {top['denominator'].iloc[0]}{' each' if len(top) > 1 else ''}"
    named = join_words(map(lowered, top["label"])) if len(top) < 3 else f"{in_words(len(top))} forms alike"
    return f"{named} ({counts})" if most else ""


def _by_frequency(forms: pd.DataFrame) -> pd.DataFrame:
    return forms.sort_values("n", ascending=False, kind="stable")


def chart(table: pd.DataFrame, labels: Mapping[str, str], title: str) -> Figure:
    """A panel per narrative that has forms: bars of the share of its voicers with each, the most frequent first."""
    shown = [name for name in labels if (table["narrative"] == name).any()]
    forms = [_by_frequency(table[table["narrative"] == name]) for name in shown]
    heights = [len(form) + 0.9 for form in forms]
    ratios = {"height_ratios": heights}
    made, panels = figure(0.7 + 0.19 * sum(heights), nrows=len(shown), squeeze=False, gridspec_kw=ratios, sharex=True)
    for axes, name, form in zip(panels[:, 0], shown, forms, strict=True):
        _panel(axes, labels[name], form)
    headline(made, title)
    return made


def _panel(axes: Axes, narrative: str, form: pd.DataFrame) -> None:
    axes.set_title(f"{narrative}: {form['denominator'].max()} accounts", fontsize=8.5, pad=3)
    for y, (name, row) in enumerate(form.iterrows()):
        share = 0.0 if not row["denominator"] else float(row["share"])
        (bar,) = axes.barh([y], [share], height=0.68, color=FILL["navy"], edgecolor=PALETTE["navy"], linewidth=0.6)
        counts = f"{row['n']} of {row['denominator']}"
        mark(bar, str(name).replace("_", "-"), f"{narrative}, {row['label']}: {counts}, {percent(share)}")
        axes.annotate(counts, (share, y), (4, 0), textcoords="offset points", va="center", fontsize=7.6, color=INK)
    axes.set_yticks(range(len(form)), form["label"], fontsize=8)
    axes.set(xlim=(0, 1.12), ylim=(len(form) - 0.4, -0.6), xticks=[])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(MUTED)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `details.<form>`, of the accounts that voice the narrative; give the figure."""
    study = data.study
    forms = data.coded([code.variable for detail in study.details for code in detail.variables])
    codes = data.coded(study.narrative_variables)
    labels = study.narrative_labels
    table = detail_table(forms, codes, study.details)
    for name, row in table.iterrows():
        cell.share(f"details.{name}", Share.of(row["n"], row["denominator"]), row["cases"])
    text = words(table, {detail.narrative: int(codes[detail.narrative].sum()) for detail in study.details}, labels)
    voicers = codes.index[codes.eq(1).any(axis=1)]
    return cell.figure("details", chart(table, labels, text.title), text, data=table, cases=voicers)
