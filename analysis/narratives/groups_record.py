"""What the chapter puts on record about joining motives, forms of the narratives, and groups of people."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.narratives.joining import motive_known, motive_stated
from analysis.narratives.narratives_record import record_codes, record_counted, record_row, slug
from analysis.record.ids import Ids
from analysis.record.record import Record
from analysis.stats.uncertainty import Share, wilson

ALPHA = 0.05


def record_motives(record: Record, motives: pd.DataFrame, table: pd.DataFrame) -> None:
    """Record `joining.known.*`, `joining.stated.*` (of all core cases) and `joining.motive.<motive>.*`.

    Args:
        record: The notebook's record.
        motives: Adjudicated codes of the joining motives.
        table: From `joining.motive_table`.
    """
    record_codes(record, "joining.known", motive_known(motives).astype("Int64"))
    record_codes(record, "joining.stated", motive_stated(motives).astype("Int64"))
    for name, row in table.iterrows():
        record_row(record, f"joining.motive.{motive_name(str(name))}", row)


def motive_name(variable: str) -> str:
    """A joining motive's variable as a part of a value's name, without its prefix."""
    return variable.removeprefix("joining_")


def record_joining(record: Record, cells: pd.DataFrame) -> None:
    """Record `joining.<narrative>.<motive>.*` and how many of the tests hold.

    `.with.*`: of those who state the motive, those who voice the narrative; `.without.*`: of the others;
    `.voicers.*`: of those who voice the narrative, those who state the motive; `.p`, `.p_holm` (over all
    cells), `.p_mirror` (over the claimed links).

    Args:
        record: The notebook's record.
        cells: From `joining.joining_leaving`.
    """
    for _, cell in cells.iterrows():
        prefix = f"joining.{cell['narrative']}.{motive_name(cell['motive'])}"
        parts = {
            "with": (cell["both"], cell["motive_n"]),
            "without": (cell["without_n"], cell["without_denominator"]),
            "voicers": (cell["both"], cell["narrative_n"]),
        }
        for part, (n, denominator) in parts.items():
            share = Share(int(n), int(denominator), *wilson(int(n), int(denominator)))
            ids = None if part == "without" else Ids(cell["cases"])
            record_counted(record, f"{prefix}.{part}", share, ids)
        record.value(f"{prefix}.p", float(cell["p"]), unit="p")
        record.value(f"{prefix}.p_holm", float(cell["p_holm"]), unit="p")
        if cell["mirror"]:
            record.value(f"{prefix}.p_mirror", float(cell["p_holm_mirrors"]), unit="p")
    mirrors = cells[cells["mirror"]]
    holding = (mirrors["p_holm_mirrors"] < ALPHA) & (mirrors["share"] > mirrors["without"])
    record.value("joining.both_known.n", int(cells["denominator"].max()), unit="count")
    record.value("joining.mirrors.tested", len(mirrors), unit="count")
    record.value("joining.mirrors.holding", int(holding.sum()), unit="count", denominator=len(mirrors))
    record.value("joining.tests.n", len(cells), unit="count")
    record.value("joining.tests.holding", int((cells["p_holm"] < ALPHA).sum()), unit="count", denominator=len(cells))


def record_details(record: Record, table: pd.DataFrame, seen: pd.DataFrame) -> None:
    """Record `details.<form>.*` and `details.coded.<narrative>.*` (cases in which any form was given).

    Args:
        record: The notebook's record.
        table: From `details.detail_table`.
        seen: From `details.forms_seen`.
    """
    for name, row in table.iterrows():
        record_row(record, f"details.{name}", row)
    for name, row in seen.iterrows():
        n, denominator = int(row["n"]), int(row["denominator"])
        share = Share(n, denominator, *wilson(n, denominator))
        record_counted(record, f"details.coded.{name}", share)


def record_between(record: Record, prefix: str, between: pd.DataFrame, inside: str, outside: str) -> None:
    """Record a form in one group of people and outside it, and the test between the two.

    Args:
        record: The notebook's record.
        prefix: Dotted name, such as `details.corruption_foreigner_privilege`.
        between: From `details.detail_between`.
        inside: Name of the group in the value's name; `outside`: of the others.
        outside: Name of the others.
    """
    record_row(record, f"{prefix}.{inside}", between.loc[["inside"]].iloc[0])
    record_row(record, f"{prefix}.{outside}", between.loc[["outside"]].iloc[0])
    record.value(f"{prefix}.p_{inside}", float(between["p"].iloc[0]), unit="p")


def record_subgroups(
    record: Record, table: pd.DataFrame, contrasts: pd.DataFrame, narratives: Mapping[str, str]
) -> None:
    """Record `subgroups.<dimension>.<group>.<narrative>.*` and, per dimension, the tests.

    Args:
        record: The notebook's record.
        table: From `subgroups.subgroup_table`.
        contrasts: From `subgroups.contrasts`.
        narratives: Narrative variable to its name in print.
    """
    for _, row in table.iterrows():
        record_row(record, f"subgroups.{row['dimension']}.{slug(row['group'])}.{row['narrative']}", row)
    for _, row in contrasts.iterrows():
        prefix = f"subgroups.{row['dimension']}.largest_against_rest.{row['narrative']}"
        rest = Share(
            int(row["rest_n"]), int(row["rest_denominator"]), *wilson(int(row["rest_n"]), int(row["rest_denominator"]))
        )
        record_counted(record, f"{prefix}.rest", rest)
        record.value(f"{prefix}.group", row["group"], unit="text")
        record.value(f"{prefix}.p", float(row["p"]), unit="p")
        record.value(f"{prefix}.p_holm", float(row["p_holm"]), unit="p")
    record.value("subgroups.tests.n", len(contrasts), unit="count")
    holding = contrasts[contrasts["p_holm"] < ALPHA]
    record.value("subgroups.tests.holding", len(holding), unit="count", denominator=len(contrasts))
    below = int((contrasts["p"] < ALPHA).sum())
    record.value("subgroups.tests.below_unadjusted", below, unit="count", denominator=len(contrasts))
    if not contrasts.empty:
        closest = contrasts.sort_values("p", kind="stable").iloc[0]
        record.value("subgroups.closest.narrative", narratives[closest["narrative"]], unit="text")
        record.value("subgroups.closest.group", closest["group"], unit="text")
        record.value("subgroups.closest.p", float(closest["p"]), unit="p")
        record.value("subgroups.closest.p_holm", float(closest["p_holm"]), unit="p")
