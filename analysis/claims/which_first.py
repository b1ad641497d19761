"""Which is first or most: the one that a claim names against its strongest rival, a pair of bars each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.claims.judged import CLOCK_WORDS, Claim
from analysis.claims.quantities import Reading, measured
from analysis.claims.verdicts import SUPPORTED
from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.record.cell import Cell, FigureText
from analysis.record.formats import FEW, count, join_words, month
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, mark, sheet, wrapped
from analysis.sensitivity.variants import Variant

SIZE, LINE, GAP, BAR = 8.5, 10.8, 9, 13  # points: of the letters, from line to line, between claims, of a bar


@dataclass(frozen=True)
class Race:
    """A claim about which is first: who it names and who runs against it, each with the cases that are its alone.

    `names` and `n` are of the one named, and of the rival that decides.
    """

    claim: Claim
    names: tuple[str, str]
    n: tuple[int, int]


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset, own: Variant) -> Figure:
    """Record and return the figure; `own` is the list as the paper codes it."""
    shown = races(claims, dataset, own)
    if not shown:
        raise Lacking("data/claims.csv", "no claim with the test `maximum` has cases of ours")
    text = words(shown)
    rows = [(race.claim.id, *race.names, *race.n, race.claim.verdict) for race in shown]
    numbers = pd.DataFrame(rows, columns=["claim", "named", "rival", "n_named", "n_rival", "verdict"])
    return cell.figure("which-first", text, chart, shown, data=numbers, cases=dataset.core.index)


def races(claims: Sequence[Claim], dataset: Dataset, own: Variant) -> list[Race]:
    """The claims about a maximum that have a rival, in the order of the ledger."""
    found = []
    for claim in claims:
        if claim.entry.test == "maximum" and claim.estimate and claim.estimate.n:
            measure, outcomes = measured(Reading(dataset, own.codes, claim.clock, own.seen), claim.entry)
            counts = pd.DataFrame({"n": [one.eq(1).sum() for one in outcomes], "of": [one.count() for one in outcomes]})
            ((row,),) = measure.deciding(counts[["n"]].to_numpy(), counts[["of"]].to_numpy())
            n, of = (int(number) for number in counts.loc[row])
            given = claim.entry.arguments
            named = given.get("value") or given.get("variable") or pd.Period(given["month"], "M")
            names = _name(named, dataset), _name(outcomes[row].name, dataset)
            found.append(Race(claim, names, (n, of - n)))
    return found


def _name(value: object, dataset: Dataset) -> str:
    """A country, a narrative or a month in words."""
    if isinstance(value, pd.Period):
        return month(value)
    labels = dataset.study.narrative_labels | dataset.countries["name"].to_dict()
    return str(labels.get(str(value), value))


def words(shown: Sequence[Race]) -> FigureText:
    """Title, caption and alternative text."""
    ahead = [f"“{race.claim.short}”" for race in shown if race.claim.verdict == SUPPORTED]
    beyond = "ahead of the strongest rival beyond chance"
    title = f"No claim on who or what is first is {beyond}"
    if ahead:
        who = (
            f"{'only ' if len(shown) > len(ahead) == 1 else ''}{join_words(ahead)} {'is' if len(ahead) == 1 else 'are'}"
        )
        title = f"Of the claims on who or what is first, {who} {beyond}"
    caption = (
        f"The {count(len(shown))} readings of claims that something is first, the most or one of two: cases of the one "
        "named and of the rival that decides, each without those that are of both. Of rivals alike the first by name "
        f"is drawn; a tie counts against the claim. No bar under {FEW} cases in all."
    )
    told = "; ".join(
        f"{race.claim.short}: {race.names[0]} {race.n[0]}, {race.names[1]} {race.n[1]}, {race.claim.verdict}"
        for race in shown
    )
    return FigureText(title, caption, f"{count(len(shown))} pairs. {told}.")


def chart(shown: Sequence[Race], title: str, width: float = TEXT_WIDTH) -> Figure:
    """Per claim its sentence and its verdict, and two bars on one scale; on a phone the sentence stands above."""
    full, wide = width * 72, width >= TEXT_WIDTH
    left, room = (180.0, 165.0) if wide else (0.0, full)
    names = 80.0  # points in which the names of the bars stand
    most = max((max(race.n) for race in shown if sum(race.n) >= FEW), default=1)
    unit = (full - left - names - 30) / most
    texts = [
        (wrapped(race.claim.entry.claim.removesuffix("."), room, SIZE, "normal"), _verdict(race)) for race in shown
    ]
    tall = [max((len(said) + 1) * LINE, 2 * BAR) if wide else (len(said) + 1) * LINE + 2 * BAR + 3 for said, _ in texts]
    made, axes = sheet(sum(tall) + GAP * len(tall), title, width)
    top = 0.0
    for race, (said, verdict), height in zip(shown, texts, tall, strict=True):
        axes.text(0, top, "\n".join(said), fontsize=SIZE, va="top", linespacing=0.95)
        axes.text(0, top + len(said) * LINE + 0.5, verdict, fontsize=SIZE, va="top", fontweight="bold", color=INK)
        start = top + (0 if wide else (len(said) + 1) * LINE + 3)
        for place, (name, n) in enumerate(zip(race.names, race.n, strict=True)):
            y = start + BAR * (place + 0.5)
            axes.text(left, y, name, fontsize=SIZE, va="center_baseline", color=INK if not place else MUTED)
            long = n * unit if sum(race.n) >= FEW else 0.0
            if long:
                face, edge = (FILL["slate"], PALETTE["slate"]) if place else (PALETTE["navy"],) * 2
                shape = Rectangle(
                    (left + names, y - BAR / 2 + 1.5), long, BAR - 3, facecolor=face, edgecolor=edge, lw=0.6
                )
                told = f"{race.claim.short}, {name}: {n} cases"
                mark(axes.add_artist(shape), f"{race.claim.id}-{place}".replace("_", "-").replace(".", "-"), told)
            axes.text(left + names + long + 4, y, str(n), fontsize=SIZE, va="center_baseline")
        top += height + GAP
    return made


def _verdict(race: Race) -> str:
    by = f", by {CLOCK_WORDS[race.claim.clock]}" if race.claim.both_clocks else ""
    return f"{race.claim.verdict.capitalize()}{by}"
