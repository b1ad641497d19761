"""How far each finding can be relied on: grades that fall with every reason that a stated threshold finds.

The rule. A finding starts at `high` and falls one step (`moderate`, `low`, `very low`) for each of these reasons:

- indirect: more than a quarter of the accounts behind what was said are known to have been given under supervision; of
  the dates of leaving, more than a tenth were inferred; half of the cases known on both clocks were made public more
  than three months after leaving, so that the date of publication stands for leaving poorly;
- unreviewed: human coders coded fewer than half of the core cases;
- imprecise: the widest 95% interval that the finding rests on is wider than 20 percentage points; or, of who leads,
  a narrative that leads is not told apart from one that does not (exact paired test, Holm);
- selected: what the finding needs is unknown for more than a tenth of the core cases;
- disputed: the lower end of the interval of kappa, of any code that the finding rests on, is below the least that
  Krippendorff asks for before tentative conclusions.

As long as human coders coded fewer than half of the core cases, no finding of the list alone stands above `low`,
whatever the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.evidence.agreement import MARKS
from analysis.evidence.coders import human_coded
from analysis.people.reported import supervised_of
from analysis.record.cell import Cell
from analysis.record.formats import decimal, join_words, lowered, out_of, percent
from analysis.stats.groups import compare
from analysis.stats.pairs import ALPHA, leaders, narrative_pairs
from analysis.stats.uncertainty import LEVEL, Share, share_of
from analysis.timeline.dating import in_last_year
from analysis.timeline.lag import lags

STEPS = ("very low", "low", "moderate", "high")
CAP = "low"
MOST = {"supervised": 0.25, "inferred": 0.10, "lag": 3, "width": 0.20, "unknown": 0.10}
LEAST_KAPPA = MARKS[0]
LEAST_HUMAN = 0.5  # a share (0-1) of the core cases, fixed before any human coded (docs/human-coding.md)


@dataclass(frozen=True)
class Reason:
    """One way to lower a grade: what was measured, in print, and whether it passes the threshold."""

    said: str
    lowers: bool


@dataclass(frozen=True)
class Graded:
    """A finding with the reasons looked at, by name; a reason that does not apply to it is left out."""

    label: str
    reasons: dict[str, Reason]

    def grade(self, human: bool) -> str:
        """The grade: from the best down one step a reason, and not above `CAP` until humans have coded enough."""
        step = max(0, len(STEPS) - 1 - sum(reason.lowers for reason in self.reasons.values()))
        return STEPS[step if human else min(step, STEPS.index(CAP))]

    @property
    def counted(self) -> str:
        """How many of the reasons looked at lower the grade."""
        return out_of(sum(reason.lowers for reason in self.reasons.values()), len(self.reasons))


def findings(data: Dataset, agreed: pd.DataFrame) -> dict[str, Graded]:
    """The findings that are graded: each narrative's share, who leads, the last year by each clock, who was asked.

    `agreed` is as `coders.agreed` gives it.
    """
    study, core = data.study, data.core
    codes = data.coded(study.narrative_variables)
    kappa: pd.Series[float] = agreed["low"].xs("kappa", level="coefficient").xs(study.edition.id, level="edition")
    supervised = supervised_of(core, study)
    heard = _indirect_if(float(supervised.eq(True).fillna(False).mean()), "supervised", "supervised")
    unreviewed = {"unreviewed": _unreviewed(data)}
    found = {}
    for name, label in study.narrative_labels.items():
        reasons = {"indirect": heard} | unreviewed | _of_share(share_of(codes[name]), len(core))
        found[name] = Graded(f"Share that voices {lowered(label)}", reasons | _disputed(kappa[[study.reach, name]]))
    pairs, reached = narrative_pairs(codes), codes.notna().all(axis=1)
    lead = leaders(codes, pairs)
    apart = pairs[pairs["one"].isin(lead) != pairs["other"].isin(lead)]["p_difference_holm"].lt(ALPHA)
    told = Reason(f"{apart.sum()} of {len(apart)} pairs apart", not (len(apart) and apart.all()))
    disputed = _disputed(kappa[[study.reach, *study.narrative_variables]])
    reasons = {"indirect": heard} | unreviewed | {"imprecise": told} | _selected(1 - reached.mean()) | disputed
    found["leading"] = Graded("Which narratives lead", reasons)
    for clock, label in study.clocks.items():
        inside = share_of(in_last_year(core, clock, study.window))
        reasons = {"indirect": _of_clock(core, clock)} | unreviewed | _of_share(inside, len(core))
        found[clock] = Graded(f"{label}: share in {study.window.end.year}", reasons)
    table = compare(codes, supervised, study.narrative_labels)
    reasons = unreviewed | _imprecise((table["difference_high"] - table["difference_low"]).max())
    reasons |= _selected(1 - (supervised.notna() & reached).mean()) | disputed
    found["supervised"] = Graded("Supervised against free accounts", reasons)
    return found


def _unreviewed(data: Dataset) -> Reason:
    n, total = len(human_coded(data)), len(data.core)
    return Reason(f"{out_of(n, total)} by humans" if n else "no human coder", n < LEAST_HUMAN * total)


def _of_clock(core: pd.DataFrame, clock: str) -> Reason:
    months = lags(core)
    if clock == "left" and core["left"].notna().any():
        known = core.loc[core["left"].notna(), "left_basis"]
        return _indirect_if(float(known.eq("inferred").mean()), "inferred", "inferred")
    if months.empty:
        return Reason("lag not known", True)
    median = float(months.median())
    return Reason(f"median lag {decimal(median, 1)} months", median > MOST["lag"])


def _indirect_if(share: float, threshold: str, word: str) -> Reason:
    return Reason(f"{percent(share)} {word}", share > MOST[threshold])


def _of_share(share: Share, total: int) -> dict[str, Reason]:
    return _imprecise(share.high - share.low) | _selected(1 - share.denominator / total)


def _imprecise(width: float) -> dict[str, Reason]:
    return {"imprecise": Reason(f"{percent(width)[:-1]} points", width > MOST["width"])}


def _selected(unknown: float) -> dict[str, Reason]:
    return {"selected": Reason(f"{percent(unknown)} unknown", unknown > MOST["unknown"])}


def _disputed(lowest: Iterable[float]) -> dict[str, Reason]:
    limits = list(lowest)
    if any(pd.isna(limit) for limit in limits):
        return {"disputed": Reason("kappa not defined", True)}
    return {"disputed": Reason(f"kappa from {decimal(min(limits))}", min(limits) < LEAST_KAPPA)}


COLUMNS = ("indirect", "unreviewed", "imprecise", "selected", "disputed")


def show(cell: Cell, data: Dataset, agreed: pd.DataFrame) -> pd.DataFrame:
    """Record the grade of each finding, and the table `grades`; return the table. `agreed` as of `coders.agreed`."""
    human, found = not _unreviewed(data).lowers, findings(data, agreed)
    for name, graded in found.items():
        cell.value(f"grades.{name}.grade", graded.grade(human), unit="phrase")
    rows = []
    for graded in found.values():
        told = {name.capitalize(): _printed(graded.reasons.get(name)) for name in COLUMNS}
        rows.append({"Finding": graded.label, **told, "Grade": f"{graded.grade(human)} ({graded.counted})"})
    least = f"{percent(LEAST_HUMAN)} of the core cases"
    cap = "" if human else f" As humans have not coded {least} yet, none stands above {CAP}."
    return cell.table(
        "grades",
        pd.DataFrame(rows),
        title="How far each finding can be relied on",
        caption=f"Each finding starts at {STEPS[-1]} and falls one step ({join_words(STEPS[-2::-1])}) for each reason "
        f"marked ↓: indirect (over {percent(MOST['supervised'])} of accounts supervised; over "
        f"{percent(MOST['inferred'])} of dates of leaving inferred; half made public more than {MOST['lag']} months "
        f"after leaving); under {least} coded by humans; a {percent(LEVEL)} interval wider than "
        f"{percent(MOST['width'])[:-1]} points, "
        f"or leaders not told apart from the rest; unknown for over {percent(MOST['unknown'])} of the core cases; a "
        f"kappa whose interval begins below {LEAST_KAPPA:g}. Dash: does not apply; of dates, agreement was not "
        f"measured. In brackets: reasons that hold, of those looked at.{cap}",
        widths=[26, 15, 15, 15, 14, 15, 15],
        cases=data.core.index,
    )


def _printed(reason: Reason | None) -> str:
    if reason is None:
        return "–"
    return f"↓ {reason.said}" if reason.lowers else reason.said
