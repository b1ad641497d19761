"""Each finding in one place: count, denominator, intervals, bounds, agreement, sensitivity."""

from __future__ import annotations

import math

import pandas as pd

from analysis.evidence.coders import agreement_table
from analysis.people.reported import supervised_of
from analysis.record.cell import Cell
from analysis.record.formats import decimal, percent, percent_range, plural
from analysis.sensitivity.choices import CLOCK
from analysis.sensitivity.clusters import clusters
from analysis.sensitivity.holding import share_range
from analysis.sensitivity.variants import Variants
from analysis.stats.bootstrap import clustered_interval
from analysis.stats.uncertainty import bounds, share_of
from analysis.timeline.dating import in_last_year

WIDTHS = (22, 12, 17, 12, 11, 8, 12, 12)
RANGES = ("clustered", "bounds", "single", "pairs")


def show(cell: Cell, variants: Variants) -> pd.DataFrame:
    """Record and return the table of findings."""
    found, cases = findings(variants), variants.dataset.core.index
    coded = int(found["kappa"].notna().sum())
    caption = (
        f"Every finding with what bears on it. Cases: of those where it is known, out of {len(cases)} core cases. "
        f"Clustered: the interval when cases that share a story or a trial are drawn together. Bounds: share of all "
        f"{len(cases)}, the unknown ones all outside and all inside. Kappa: agreement of the two coders of the edition "
        f"that we rest on, before the decision ({plural(coded, 'finding')} on their codes). One change and two "
        f"changes: lowest and highest share over {len(variants.single)} single changes of method and "
        f"{len(variants.pairs)} pairs of them, without those that leave out the cases that a finding is about."
    )
    return cell.table(
        "findings",
        printed(found),
        title="Every finding with what bears on it",
        caption=caption,
        align="lrrrrrrr",
        widths=WIDTHS,
        cases=cases,
        data=found.drop(columns="label"),
    )


def findings(variants: Variants) -> pd.DataFrame:
    """Each finding with its uncertainty: the narratives, the last year on each clock, accounts under supervision.

    Returns:
        Index `finding`; `label`; under the paper's own choices `n`, `denominator`, `share`, `low`, `high` (Wilson);
        `kappa` of the coders (NaN where the finding rests on no code). Pairs `..._low` and `..._high` of shares:
        `clustered`, `bounds` (of all core cases, the undetermined all 0 and all 1), `single` and `pairs` (over the
        variants with so many changes, without a change that selects cases by the finding itself).
    """
    dataset, study = variants.dataset, variants.dataset.study
    agreed = agreement_table(dataset, study.edition, study.narrative_variables)["value"].unstack("coefficient")
    rows = {}
    for code in study.narratives:
        row = _row(variants, variants.own.codes[code.variable], variants.narratives[code.variable])
        rows[code.variable] = {"label": f"Voices {code.label.lower()}", **row, "kappa": agreed["kappa"][code.variable]}
    for id_, label, clock in (("left", "Left", "left"), ("public", "Made public", "first_public")):
        if clock not in study.clocks:
            continue
        inside, year = in_last_year(dataset.core, clock, study.window), study.window.end.year
        rows[f"{id_}_last_year"] = {"label": f"{label} in {year}", **_uncoded(variants, inside, CLOCK)}
    supervised = supervised_of(dataset.core, study).astype("Int64")
    rows["supervised"] = {"label": "Told under supervision", **_uncoded(variants, supervised, "supervised")}
    columns = ["label", "n", "denominator", "share", "low", "high", "kappa"]
    columns += [f"{part}_{end}" for part in RANGES for end in ("low", "high")]
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("finding")[columns]


def _uncoded(variants: Variants, values: pd.Series[int], without: str) -> dict[str, float]:
    """A row of a finding that rests on no code, over the variants that do not choose cases by it (`without`)."""
    every = [variants.own, *variants.single, *variants.pairs]
    means = [all(change.choice != without for change in one.changes) for one in every]
    return _row(variants, values, variants.shares(values=values)[means])


def _row(variants: Variants, own: pd.Series[int], shares: pd.DataFrame) -> dict[str, float]:
    row = share_of(own).row
    found = {"clustered": clustered_interval(own, clusters(variants.dataset)), "bounds": bounds(own)}
    found |= {"single": share_range(shares, 1), "pairs": share_range(shares, 2)}
    return row | {f"{name}_{end}": found[name][place] for name in RANGES for place, end in enumerate(("low", "high"))}


def printed(found: pd.DataFrame) -> pd.DataFrame:
    """The findings as the paper prints them, a row each, every cell text."""
    return pd.DataFrame(
        [
            {
                "Finding": row["label"],
                "Cases": f"{row['n']} of {row['denominator']}",
                "Share (95% interval)": f"{percent(row['share'])} ({percent_range(row['low'], row['high'])})"
                if row["denominator"]
                else "–",
                "Clustered": one_or_range(row["clustered_low"], row["clustered_high"]),
                "Bounds": one_or_range(row["bounds_low"], row["bounds_high"]),
                "Kappa": "–" if pd.isna(row["kappa"]) else decimal(row["kappa"]),
                "One change": one_or_range(row["single_low"], row["single_high"]),
                "Two changes": one_or_range(row["pairs_low"], row["pairs_high"]),
            }
            for _, row in found.iterrows()
        ]
    )


def one_or_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range, or as one percentage when nothing lies between them; a dash where none is known."""
    if math.isnan(low):
        return "–"
    return percent(low) if percent(low) == percent(high) else percent_range(low, high)
