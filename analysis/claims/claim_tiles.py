"""A tile per tested claim: its sentence and its verdict, by verdict and by how hard the claim was tested."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.claims.judged import CLOCK_WORDS, Claim
from analysis.claims.tables import frame
from analysis.claims.verdicts import NOT_SUPPORTED, PARTLY, SUPPORTED
from analysis.claims.written import written_ours
from analysis.data.dataset import Dataset
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import count, join_words, plural, sentence
from analysis.record.style import FILL, INK, PALETTE, TEXT_WIDTH, mark, sheet, wrapped

DIFFERS, HARDLY = "Differs by the date counted", "Fits, but could hardly fail"
GROUPS = (*map(sentence, (SUPPORTED, PARTLY, NOT_SUPPORTED)), DIFFERS, HARDLY)
COLOUR = {SUPPORTED: "navy", PARTLY: "slate", NOT_SUPPORTED: "rust"}
SIZE, LINE = 8.5, 10.8  # points: of the letters, from line to line
GAP, PAD, STRIPE, HEAD = 4, 4, 4, 19  # points: between tiles, inside, the coloured edge, a group's name

Statement = list[Claim]  # one claim of the ledger, on each of its clocks


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> Figure:
    """Record and return the figure of the verdicts."""
    shown = statements(claims)
    text = words(shown)
    numbers = frame([claim for group in shown.values() for several in group for claim in several])
    return cell.figure("claim-tiles", text, chart, shown, data=numbers, cases=dataset.core.index)


def statements(claims: Sequence[Claim]) -> dict[str, list[Statement]]:
    """Every tested claim under its group, one of `GROUPS`, its clocks together; a group without any is left out."""
    found: dict[str, list[Statement]] = {group: [] for group in GROUPS}
    for _, one in groupby(claims, lambda claim: claim.entry.id):
        if several := [claim for claim in one if claim.tested]:
            verdicts = {claim.verdict for claim in several}
            group = DIFFERS if len(verdicts) > 1 else sentence(several[0].verdict)
            found[HARDLY if _hardly(several) else group].append(several)
    return {group: several for group, several in found.items() if several}


def _hardly(several: Statement) -> bool:
    """Whether a claim could hardly fail, and did not: what failed none the less counts as any other."""
    return any(claim.hardly and claim.verdict != NOT_SUPPORTED for claim in several)


def described_holds_better(shown: dict[str, list[Statement]]) -> bool:
    """Whether claims of how many voiced what are supported more often than claims of who voiced it more than others.

    Claims that could hardly fail and those about time are left out.
    """
    every = [one for group, members in shown.items() if group != HARDLY for (one, *clocks) in members if not clocks]
    how_many = [one for one in every if (one.entry.topic, one.entry.test) == ("narratives", "share")]
    described = [one.verdict == SUPPORTED for one in how_many]
    explained = [one.verdict == SUPPORTED for one in every if one.entry.quantity == "contrast"]
    return sum(described) * len(explained) > sum(explained) * len(described)


def words(shown: dict[str, list[Statement]]) -> FigureText:
    """Title, caption and alternative text."""
    every = [several for group in shown.values() for several in group]
    both, apart = sum(len(several) > 1 for several in every), len(shown.get(DIFFERS, []))
    title = (
        "What was described holds better on our record than what was explained"
        if described_holds_better(shown)
        else f"{count(apart)} of {plural(both, 'claim')} about time turn with the date that is counted"
        if both
        else f"Of what our list can test, {plural(len(shown.get(sentence(SUPPORTED), [])), 'statement')} supported"
    )
    caption = (
        f"What our list can test: {plural(len(every), 'statement')}, each in one sentence with its verdict. A "
        "verdict is about our record, not about the people of whom it was said. Claims that could hardly fail stand "
        "apart: that they fit is no support."
    )
    told = ". ".join(
        f"{group}: {join_words(f'“{several[0].entry.short}”' for several in members)}"
        for group, members in shown.items()
    )
    return FigureText(title, caption, f"{count(len(every))} statements. {told}.")


def verdict_lines(several: Statement) -> list[str]:
    """What the name of the group leaves open: the verdict on each clock, or that it is the same on both."""
    if len({claim.verdict for claim in several}) > 1:
        return [f"{sentence(CLOCK_WORDS[claim.clock])}: {claim.verdict}" for claim in several]
    if _hardly(several):
        return [] if several[0].verdict == SUPPORTED else [sentence(several[0].verdict)]
    return ["By leaving and by publication"] if len(several) > 1 else []


def chart(shown: dict[str, list[Statement]], title: str, width: float = TEXT_WIDTH) -> Figure:
    """A column of tiles for each group, below another where that column is the shortest; on a phone one column."""
    columns = 3 if width >= TEXT_WIDTH else 1
    wide = (width * 72 + 2 * GAP) / columns
    ends, heads, placed = [0.0] * columns, [], []
    for group, members in shown.items():
        column = ends.index(min(ends))
        heads.append((column * wide, ends[column] + HEAD - 6, group))
        ends[column] += HEAD
        for several in members:
            said, verdict = _text(several, wide - 2 * GAP - STRIPE - 2 * PAD)
            height = (len(said) + len(verdict)) * LINE + 2 * PAD
            placed.append((several, said, verdict, (column * wide, ends[column], wide - 2 * GAP, height)))
            ends[column] += height + GAP
        ends[column] += 2 * GAP
    made, axes = sheet(max(ends) - 3 * GAP, title, width)
    for x, y, group in heads:
        axes.text(x, y, group, fontsize=9.5, fontweight="bold", va="baseline", color=INK)
    for several, said, verdict, box in placed:
        _tile(axes, several, said, verdict, box)
    return made


def _text(several: Statement, room: float) -> tuple[list[str], list[str]]:
    """The lines of the sentence and those of the verdict."""
    verdict = [line for part in verdict_lines(several) for line in wrapped(part, room, SIZE)]
    return wrapped(several[0].entry.claim.removesuffix("."), room, SIZE, "normal"), verdict


def _tile(
    axes: Axes, several: Statement, said: list[str], verdict: list[str], box: tuple[float, float, float, float]
) -> None:
    x, y, width, height = box
    hardly, differs = _hardly(several), len({claim.verdict for claim in several}) > 1
    face = "white" if hardly or differs else FILL[COLOUR[several[0].verdict]]
    edge: dict[str, Any] = {"edgecolor": PALETTE["slate"] if hardly or differs else "none", "linewidth": 0.8}
    edge["linestyle"] = (0, (3, 2)) if hardly else "solid"
    tile = axes.add_artist(Rectangle((x, y), width, height, facecolor=face, **edge))
    for place, claim in enumerate(several):  # the upper part of the stripe is by leaving, the lower by publication
        part = height / len(several)
        stripe = Rectangle((x, y + place * part), STRIPE, part, facecolor=PALETTE[COLOUR[claim.verdict]], linewidth=0)
        axes.add_artist(stripe)
    told = "; ".join(f"{claim.short}: {claim.verdict}, {written_ours(claim)}" for claim in several)
    mark(tile, several[0].entry.id.replace("_", "-"), told)
    look: dict[str, Any] = {"fontsize": SIZE, "color": INK, "linespacing": 0.95}
    axes.text(x + STRIPE + PAD, y + PAD, "\n".join(said), va="top", **look)
    if verdict:
        axes.text(x + STRIPE + PAD, y + height - PAD, "\n".join(verdict), va="bottom", fontweight="bold", **look)
