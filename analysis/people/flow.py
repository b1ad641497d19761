"""From the candidates that were looked at to the core list: how many were left out at each step, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.record.cell import MINIMUM, Cell, FigureText
from analysis.record.formats import join_words, month, plural
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark

LINE = 0.165  # inches of one line of text
PAD = 0.8  # lines of room in a box, above and below together
BETWEEN = 0.7  # lines from one box to the next
STEPS, ASIDE, LINE_AT = (0.0, 2.3), 3.0, 1.15  # inches: the boxes of the list, where the others begin, and the arrows
PHONE_STEPS, PHONE_ASIDE, PHONE_LINE_AT = (0.0, 2.1), 0.55, 0.25
Box = tuple[str, list[str]]  # name of the mark, lines of text


@dataclass(frozen=True)
class Flow:
    """The way from candidates to the core list; every number is a count of cases.

    Everyone who was looked at was left out (`excluded`, which `reasons` sum to, the most frequent first and equals in
    alphabetical order) or meets the rules (`eligible`); who was first public after the window is `later`, the others
    `core`. `known` has what is known of core cases, in words, to the number of them.
    """

    candidates: int
    excluded: int
    reasons: dict[str, int]
    eligible: int
    later: int
    core: int
    known: dict[str, int]


def flow(cases: pd.DataFrame, codes: pd.DataFrame) -> Flow:
    """The count of cases (every candidate) at each step, and of what each chapter needs to know of the core.

    `codes` are of the narratives, NA where the text does not reach reasons. ValueError when a decision is not core,
    later or excluded.
    """
    decisions = cases["decision"].value_counts()
    if unknown := set(decisions.index) - {"core", "later", "excluded"}:
        raise ValueError(f"The decision {min(unknown)!r} is none of core, later and excluded.")
    core, later, excluded = (int(decisions.get(decision, 0)) for decision in ("core", "later", "excluded"))
    counts = cases.loc[cases["decision"] == "excluded", "reason"].value_counts().sort_index()
    reasons = {str(reason): int(n) for reason, n in counts.sort_values(ascending=False, kind="stable").items()}
    listed = cases[cases["decision"] == "core"]
    known = {
        "with reasons in the text retrieved": int(codes.reindex(listed.index).notna().any(axis=1).sum()),
        "with a known month of leaving": int(listed["left_month"].notna().sum()),
        "with a known month made public": int(listed["first_public_month"].notna().sum()),
    }
    return Flow(len(cases), excluded, reasons, core + later, later, core, known)


def words(steps: Flow, reasons: Mapping[str, str], extension: Span) -> FigureText:
    """The words of the figure; `reasons` gives the label of each, `extension` when later cases were made public."""
    title = f"Of {plural(steps.candidates, 'candidate')} looked at, {steps.core} are on the core list"
    caption = (
        f"From candidates to the core list, counted by person. Later cases ({steps.later}) meet the same rules but "
        f"were first public from {_span(extension)}. Every candidate stays in the data with the decision and its "
        f"reason. {MINIMUM}"
    )
    left_out = "; ".join(f"{reasons[reason]}: {n}" for reason, n in steps.reasons.items())
    facts = join_words(f"{n} {said}" for said, n in steps.known.items())
    alt = (
        f"{steps.candidates} candidates; {steps.excluded} left out ({left_out or 'none'}); {steps.eligible} meet the "
        f"rules; {steps.later} of them were made public later; {steps.core} form the core list. Of these: {facts}."
    )
    return FigureText(title, caption, alt)


def _span(months: Span) -> str:
    return f"{month(months.start)} to {month(months.end)}"


def chart(steps: Flow, reasons: Mapping[str, str], extension: Span, title: str, width: float = TEXT_WIDTH) -> Figure:
    """The way from everyone looked at to the core list: boxes with counts, what was left out at the right."""
    left_out = [f"{n} {reasons[reason]}" for reason, n in steps.reasons.items()]
    facts = [f"{n} {said}" for said, n in steps.known.items()]
    phone = width < TEXT_WIDTH
    core, known = ("core", [f"{steps.core} on the core list"]), ("known", [f"Of these {steps.core}:", *facts])
    rows: list[tuple[Box | None, Box | None]] = [
        (("candidates", [f"{steps.candidates} candidates looked at"]), None),
        (None, ("left-out", [f"{steps.excluded} left out", *left_out])),
        (("eligible", [f"{steps.eligible} meet the rules"]), None),
        (None, ("made-public-later", [f"{steps.later} made public later", f"first public {_span(extension)}"])),
        *([(core, None), (None, known)] if phone else [(core, known)]),
    ]
    column, aside_at, line_at = (PHONE_STEPS, PHONE_ASIDE, PHONE_LINE_AT) if phone else (STEPS, ASIDE, LINE_AT)
    heights = [len(aside[1] if aside else step[1] if step else []) + PAD for step, aside in rows]
    total = sum(heights) + BETWEEN * (len(rows) - 1)
    made, axes = figure(LINE * total + 0.55, width)
    axes.set_axis_off()
    axes.set_xlim(-0.01, width + 0.01)
    axes.set_ylim(total + 0.1, -0.1)
    top, last = 0.0, 0.0
    for (step, aside), height in zip(rows, heights, strict=True):
        if step:
            if top:
                _arrow(axes, (line_at, last), (line_at, top))
            _box(axes, column, top, step, FILL["navy"], PALETTE["navy"])
            last = top + 1 + PAD
        if aside:
            at = top + (1 + PAD) / 2
            if phone and aside is known:
                axes.plot([line_at, line_at], [last, at], color=MUTED, linewidth=0.9)
            _arrow(axes, (column[1] if step else line_at, at), (aside_at, at))
            _box(axes, (aside_at, width), top, aside, "white", PALETTE["slate"])
        top += height + BETWEEN
    return headline(made, title)


def _box(axes: Axes, column: tuple[float, float], top: float, box: Box, fill: str, edge: str) -> None:
    name, lines = box
    look: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.06", "mutation_aspect": 6, "linewidth": 0.8}
    width, height = column[1] - column[0], len(lines) + PAD
    patch = axes.add_artist(FancyBboxPatch((column[0], top), width, height, facecolor=fill, edgecolor=edge, **look))
    mark(patch, f"flow-{name}", "; ".join(lines))
    for place, line in enumerate(lines):
        size, weight = (8.5, "normal") if place else (9, "bold")
        y = top + (1 + PAD) / 2 + place
        axes.text(column[0] + 0.1, y, line, fontsize=size, fontweight=weight, va="center", color=INK)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 0.9})


def show(cell: Cell, data: Dataset) -> Figure:
    """Record `people.flow` and the number of stories and their languages (`people.stories`); give the figure `flow`."""
    steps = flow(data.cases, data.coded(data.study.narrative_variables))
    for name in ("candidates", "excluded", "later", "core"):
        ids = data.cases.index[data.cases["decision"].eq(name) | (name == "candidates")]
        cell.value(f"people.flow.{name}", getattr(steps, name), unit="count", cases=ids)
    cell.value("people.stories.all", len(data.stories), unit="count")
    cell.value("people.stories.all_languages", data.stories["language"].nunique(), unit="count")
    reasons = data.value_labels("cases", "reason")
    text = words(steps, reasons, data.study.extension)
    counts = data.cases.groupby(["decision", "reason"]).size().rename("n").reset_index()
    return cell.figure("flow", text, chart, steps, reasons, data.study.extension, data=counts, cases=data.cases.index)
