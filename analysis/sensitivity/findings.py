"""Each finding in one place: count, denominator, interval, bounds, agreement, sensitivity."""

from __future__ import annotations

import pandas as pd

from analysis.data.clocks import lies_in
from analysis.evidence.coders import agreement_table
from analysis.people.reported import SUPERVISED, UNKNOWN, access_of
from analysis.record.formats import decimal, percent, percent_range
from analysis.record.record import Cell
from analysis.sensitivity.grid import MIDDLE, Grid, share_range
from analysis.stats.uncertainty import bounds, share_of
from analysis.timeline.dating import dated, years_of

WIDTHS = (22, 12, 17, 11, 8, 8, 12, 12)


def show(cell: Cell, grid: Grid) -> pd.DataFrame:
    """Record and return the table of findings."""
    found, cases = findings(grid), grid.dataset.core.index
    coded = int(found["kappa"].notna().sum())
    caption = (
        f"Every finding with what bears on it. Cases: of those where it is known, out of {len(cases)} core cases. "
        f"Bounds: share of all {len(cases)}, the unknown ones all outside and all inside. Kappa and AC1: agreement of "
        f"the two coders before adjudication ({coded} findings rest on their codes). One choice changed: lowest and "
        f"highest share when one choice of the analysis departs from ours. Last column: of all {len(grid):,} "
        "combinations of choices."
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


def findings(grid: Grid) -> pd.DataFrame:
    """Each finding with its uncertainty: the narratives, the last year on each clock, accounts under supervision.

    Returns:
        Index `finding`; `label`; under the paper's own choices `n`, `denominator`, `share`, `low`, `high` (Wilson);
        `kappa` and `ac1` of the coders (NaN where the finding rests on no code). Pairs `..._low` and `..._high` of
        shares: `bounds` (of all core cases, the undetermined all 0 and all 1), `alone` (when one choice departs),
        `middle` (limits of the middle 90% of all variants) and `every` (over all variants).
    """
    dataset, study = grid.dataset, grid.dataset.study
    agreed = agreement_table(dataset, study.edition, study.narrative_variables)["value"].unstack("coefficient")
    last = years_of(study.window)[-1]
    rows = {}
    for code in study.narratives:
        row = _row(grid.own[code.variable], grid.narratives[code.variable])
        rows[code.variable] = {"label": f"Voices {code.label.lower()}", **row, **agreed.loc[code.variable]}
    for id_, label, clock in (("left", "Left", "left"), ("public", "Made public", "first_public")):
        inside = lies_in(dated(dataset.core, clock, study.window), last)
        row = _row(inside, grid.evaluate([inside] * len(grid.codings)))
        rows[f"{id_}_last_year"] = {"label": f"{label} in {last.label}", **row}
    access = access_of(dataset.core, study)
    supervised = (access == SUPERVISED).astype("Int64").mask(access == UNKNOWN)
    results = grid.evaluate([supervised] * len(grid.codings))
    with_them = results[results["supervised"]]  # leaving them out would make the share 0 by definition
    rows["supervised"] = {"label": "Told under supervision", **_row(supervised, with_them)}
    columns = ["label", "n", "denominator", "share", "low", "high", "kappa", "ac1"]
    columns += [f"{part}_{end}" for part in ("bounds", "alone", "middle", "every") for end in ("low", "high")]
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("finding")[columns]


def _row(own: pd.Series[int], results: pd.DataFrame) -> dict[str, float]:
    share = share_of(own)
    row = {"n": share.n, "denominator": share.denominator, "share": share.share, "low": share.low, "high": share.high}
    row["bounds_low"], row["bounds_high"] = bounds(own)
    row["alone_low"], row["alone_high"] = share_range(results, alone=True)
    row["middle_low"], row["middle_high"] = share_range(results, middle=MIDDLE)
    row["every_low"], row["every_high"] = share_range(results)
    return row


def printed(found: pd.DataFrame) -> pd.DataFrame:
    """The findings as the paper prints them, a row each, every cell text."""
    return pd.DataFrame(
        [
            {
                "Finding": row["label"],
                "Cases": f"{row['n']} of {row['denominator']}",
                "Share (95% interval)": f"{percent(row['share'])} ({percent_range(row['low'], row['high'])})",
                "Bounds": one_or_range(row["bounds_low"], row["bounds_high"]),
                "Kappa": "–" if pd.isna(row["kappa"]) else decimal(row["kappa"]),
                "AC1": "–" if pd.isna(row["ac1"]) else decimal(row["ac1"]),
                "One choice changed": one_or_range(row["alone_low"], row["alone_high"]),
                "Middle 90% of variants": one_or_range(row["middle_low"], row["middle_high"]),
            }
            for _, row in found.iterrows()
        ]
    )


def one_or_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range, or as one percentage when nothing lies between them."""
    return percent(low) if percent(low) == percent(high) else percent_range(low, high)
