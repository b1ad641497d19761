"""What is not known, by field and by period made public."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.clocks import lies_in, precision, stated_range
from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.narratives.codes import reached
from analysis.people.reported import NOT_REPORTED
from analysis.record.cell import Cell
from analysis.record.formats import FEW, count, percent
from analysis.stats.uncertainty import share_of

FIELDS = {
    "reasons": "Reasons for leaving",
    "motive": "Motive for joining",
    "year_left": "Year left",
    "month_left": "Month left",
    "year_joined": "Year joined",
    "month_public": "Month made public",
    "country": "Country",
    "role": "Role",
    "minor": "Whether under 18 on joining",
    "status": "Situation when speaking",
    "dated_story": "A story dated in its months",
}


def known_fields(dataset: Dataset, cases: pd.DataFrame) -> pd.DataFrame:
    """Which fields are known of which case: bool, index `case_id`, one column per field of `FIELDS`.

    The codes are the decided ones. A field is known when the text retrieved gives it; what it does not give is missing,
    never absent.
    """
    study = dataset.study
    narratives = dataset.coded(study.narrative_variables, cases=cases.index)
    motives = dataset.coded(study.joining_variables, cases=cases.index)
    fields = {
        "reasons": narratives.index.isin(reached(narratives)),
        "motive": motives.notna().any(axis=1),
        "year_left": precision(cases["left"]) != "none",
        "month_left": precision(cases["left"]) == "month",
        "year_joined": precision(cases["joined"]) != "none",
        "month_public": precision(cases["first_public"]) == "month",
        "country": cases["country"].notna(),
        "role": cases["role"] != NOT_REPORTED,
        "minor": cases["minor_when_joined"].notna(),
        "status": cases["status_at_disclosure"] != NOT_REPORTED,
        "dated_story": ~cases.index.isin(dataset.undated.index),
    }
    return pd.DataFrame(fields, index=cases.index).astype(bool)


def missingness(known: pd.DataFrame) -> pd.DataFrame:
    """How many cases lack each of the `known_fields`, most lacking first; the denominator is all rows.

    Index `field`; `n` missing, `denominator`, `share` (0-1).
    """
    table = pd.DataFrame({"n": (~known).sum(), "denominator": len(known), "share": (~known).mean()})
    return table.sort_values("n", ascending=False, kind="stable").rename_axis("field")


def missing_in(known: pd.DataFrame, dates: pd.Series[str], spans: Sequence[Span]) -> pd.DataFrame:
    """The share of cases that lack each of the `known_fields`, by the span in which they were made public.

    Dates are as given, index `case_id`; a case counts where its date certainly lies in the span.

    Returns:
        Index `field`, one column per span id with the share (0-1; NaN in an empty span); a row `cases` holds the
        denominators.
    """
    ranges = stated_range(dates.reindex(known.index))
    inside = {span.id: lies_in(ranges, span).eq(1).fillna(False).astype(bool) for span in spans}
    table = pd.DataFrame({id_: (~known[rows]).mean() for id_, rows in inside.items()})
    table.loc["cases"] = {id_: float(rows.sum()) for id_, rows in inside.items()}
    return table.rename_axis("field")


def printed(overall: pd.DataFrame, over_time: pd.DataFrame, spans: Sequence[Span]) -> pd.DataFrame:
    """A row per field: cases and share of the core list (`missingness`), then the share by period (`missing_in`)."""
    table = {
        "Not known": [FIELDS[str(field)] for field in overall.index],
        "Core cases": [f"{n} of {total} ({percent(share)})" for n, total, share in overall.itertuples(index=False)],
    }
    for span in spans:
        shares = over_time[span.id]
        few = shares["cases"] < FEW
        head = f"{span.start.strftime('%b')}–{span.end.strftime('%b %Y')} ({count(shares['cases'])})"
        table[head] = ["–" if few else percent(share) for share in shares[overall.index]]
    return pd.DataFrame(table)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record what is missing most to the argument, and the table `missingness`; return the table."""
    core, spans = data.core, data.study.periods
    known = known_fields(data, core)
    for field in ("reasons", "motive", "year_left", "month_left", "dated_story"):
        name = "no_dated_story" if field == "dated_story" else field
        cell.share(f"missing.{name}", share_of((~known[field]).astype("Int64")), core.index[~known[field]])
    overall, over_time = missingness(known), missing_in(known, core["first_public"], spans)
    placed = int(over_time.loc["cases"].to_numpy().sum())
    return cell.table(
        "missingness",
        printed(overall, over_time, spans),
        title="What the texts do not say",
        caption=f"What the retrieved text does not say, of {len(core)} core cases, and by period made public (share "
        f"of the cases in brackets; {placed} can be placed in a period; no share where it has under {FEW}). What "
        "a text does not say is missing, not absent.",
        align="lr" + "r" * len(spans),
        widths=[28, 20, *[52 // len(spans)] * len(spans)],
        cases=core.index,
        data=overall.join(over_time),
    )
