"""The tables of the evidence as the paper prints them: every cell text, computed from the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.data.study import Code, Span
from analysis.evidence.missing import FIELDS, GROUPS
from analysis.record.formats import count, decimal, percent
from analysis.stats.agreement import COEFFICIENTS
from analysis.stats.lower_bound import LowerBound


def agreement_print(table: pd.DataFrame, unhinted: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Agreement per variable: cases, coefficients, intervals of kappa and AC1, kappa without hinted cases.

    Args:
        table: From `coders.agreement_table`.
        unhinted: The same over the cases whose label named no code.
        labels: Variable to its name in print, in the order wanted.
    """
    rows = []
    for variable, label in labels.items():
        found: dict[str, Any] = {name: table.loc[(variable, name)] for name in COEFFICIENTS}
        other: Any = unhinted.loc[(variable, "kappa")]
        rows.append(
            {
                "Code": label,
                "Cases": f"{found['kappa'].n:.0f}",
                "Same code": percent(found["percent"].value),
                "Kappa (95% interval)": _with_interval(found["kappa"]),
                "Alpha": decimal(found["alpha"].value),
                "AC1 (95% interval)": _with_interval(found["ac1"]),
                "Kappa, not hinted": f"{decimal(other.value)} ({other.n:.0f})",
            }
        )
    return pd.DataFrame(rows)


def agreement_caption(hinted: int, candidates: int) -> str:
    """The caption of the table of agreement.

    Args:
        hinted: Cases whose earlier label named a narrative.
        candidates: Candidates given to the second coder.
    """
    return (
        f"Agreement of the two coders before adjudication, over the candidates that both could code (of {candidates} "
        f"given to the second coder). Intervals: bootstrap over cases. Last column: kappa without the {hinted} cases "
        "whose earlier label named a narrative (cases left). For the motives for joining the first coder’s 0 means "
        "not stated, the second’s that motives were given and this was not among them; the comparison is rougher "
        "there."
    )


def missing_print(overall: pd.DataFrame, over_time: pd.DataFrame, spans: Sequence[Span]) -> pd.DataFrame:
    """What is missing per field: cases and share of the core list, then the share by period made public.

    Args:
        overall: From `missing.missingness`.
        over_time: From `missing.missing_in`.
        spans: The periods, in order.
    """
    rows = []
    for field, n, denominator, share in overall.itertuples(name=None):
        row = {"Not known": FIELDS[field], "Core cases": f"{n} of {denominator} ({percent(share)})"}
        row |= {_head(over_time, span): _share(over_time.loc[field, span.id]) for span in spans}
        rows.append(row)
    return pd.DataFrame(rows)


def missing_caption(overall: pd.DataFrame, placed: int) -> str:
    """The caption of the table of what is missing.

    Args:
        overall: From `missing.missingness`.
        placed: Core cases whose period of publication is known.
    """
    total = int(overall["denominator"].iloc[0])
    return (
        f"What the retrieved text does not say, of {total} core cases, and by period made public (share of the cases "
        f"in brackets; {placed} can be placed in a period). What a text does not say is missing, not absent."
    )


def reading_print(table: pd.DataFrame, variables: Sequence[Code]) -> pd.DataFrame:
    """Narratives by how much of an account was read: a row per group, every share with its counts.

    Args:
        table: From `missing.shares_by_reading`.
        variables: The narratives, in the order wanted.
    """
    rows = []
    found: Any = table
    for kind, group in dict.fromkeys(found.index.droplevel("variable")):
        row = {"Read": GROUPS[group], "Reasons reached": _counted(found.loc[(kind, group, "reached")])}
        row |= {code.label: _counted(found.loc[(kind, group, code.variable)]) for code in variables}
        rows.append(row)
    return pd.DataFrame(rows)


def reading_caption(total: int) -> str:
    """The caption of the table by how much was read.

    Args:
        total: Cases of the core list.
    """
    return (
        f"The narratives by how much of an account could be read, {total} core cases: number of stories retrieved, "
        "and their languages. Reasons reached: of all cases of the row; narratives: of those whose reasons are "
        "reached."
    )


def coverage_print(bounds: Mapping[str, LowerBound]) -> pd.DataFrame:
    """The lower bounds on the number of public cases, a row per list; one for both ways of counting that are alike.

    Args:
        bounds: `core` (by stories), `outlets` (core by outlets), `all` (core and later by stories) to the bound.
    """
    names = {"core": "Core list, by stories", "outlets": "Core list, by outlets", "all": "Core and later, by stories"}
    shown = dict(bounds)
    if "outlets" in shown and shown["outlets"] == shown.get("core"):
        del shown["outlets"]
        names["core"] = "Core list, by stories or by outlets"
    return pd.DataFrame(
        [
            {
                "List": names[name],
                "Cases": count(bound.observed),
                "Seen once": count(bound.once),
                "Seen twice": count(bound.twice),
                "At least": count(round(bound.estimate)),
                "95% interval": f"{count(round(bound.low))}–{count(round(bound.high))}",
            }
            for name, bound in shown.items()
        ]
    )


def coverage_caption(reported: int) -> str:
    """The caption of the table of coverage.

    Args:
        reported: Cases that the 2015 report says it had.
    """
    return (
        "Lower bound on the number of public cases, seen or not (Chao 1984, bias-corrected; interval of Chao 1987), "
        f"from the cases found in one story and in two. The 2015 report had {reported}. The method takes sightings "
        "as independent; here one story led to the next and papers copy each other, so cases seen once are too few "
        "and the bound is too low. People who never spoke are outside it."
    )


def _with_interval(row: Any) -> str:
    return f"{decimal(row.value)} ({decimal(row.low)} to {decimal(row.high)})"


def _counted(row: Any) -> str:
    return f"{percent(row.share)} ({row.n:.0f} of {row.denominator:.0f})" if row.denominator else "no case"


def _share(share: Any) -> str:
    return "–" if pd.isna(share) else percent(float(share))


def _head(over_time: pd.DataFrame, span: Span) -> str:
    cases: Any = over_time.loc["cases", span.id]
    return f"{span.start.strftime('%b')}–{span.end.strftime('%b %Y')} ({cases:.0f})"
