"""What is not known: by field, by period, and by how much of an account could be read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.clocks import lies_in, precision, stated_range
from analysis.data.dataset import Dataset
from analysis.data.study import Code, Span
from analysis.narratives.codes import reached
from analysis.stats.uncertainty import LEVEL, share_of

NOT_REPORTED = "not_reported"
GROUPS = {
    "one": "One story",
    "two_three": "Two or three stories",
    "four_more": "Four stories or more",
    "english": "English only",
    "mixed": "English and other languages",
    "others": "Other languages only",
}
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
}


def known_fields(dataset: Dataset, cases: pd.DataFrame) -> pd.DataFrame:
    """Which fields are known of which case: bool, index `case_id`, one column per field of `FIELDS`.

    The codes are the adjudicated ones. A field is known when the text retrieved gives it; what it does not give is
    missing, never absent.
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
    }
    return pd.DataFrame(fields, index=cases.index).astype(bool)


def missingness(known: pd.DataFrame) -> pd.DataFrame:
    """How many cases lack each field, most lacking first.

    Args:
        known: As `known_fields` gives it. The denominator is its rows.

    Returns:
        Index `field`; `n` missing, `denominator`, `share` (0-1).
    """
    n = (~known).sum().astype(int)
    table = pd.DataFrame({"n": n, "denominator": len(known), "share": (~known).mean()})
    return table.sort_values("n", ascending=False, kind="stable").rename_axis("field")


def missing_in(known: pd.DataFrame, dates: pd.Series[str], spans: Sequence[Span]) -> pd.DataFrame:
    """The share of cases that lack each field, by the span in which they were made public.

    Args:
        known: As `known_fields` gives it.
        dates: Dates as given, index `case_id`. A case counts where its date certainly lies in the span.
        spans: The spans.

    Returns:
        Index `field`, one column per span id with the share (0-1; NaN in an empty span); a row `cases` holds the
        denominators.
    """
    ranges = stated_range(dates.reindex(known.index))
    inside = {span.id: lies_in(ranges, span).eq(1).fillna(False).astype(bool) for span in spans}
    table = pd.DataFrame({id_: (~known[rows]).mean() for id_, rows in inside.items()})
    table.loc["cases"] = {id_: float(rows.sum()) for id_, rows in inside.items()}
    return table.rename_axis("field")


def reading_groups(dataset: Dataset, cases: pd.DataFrame) -> dict[str, dict[str, pd.Index]]:
    """The cases by how much of their account was read: a way of grouping to its groups.

    Returns:
        `stories`: one, two or three, four and more; `languages`: English only, English and others, others only.
    """
    stories = cases["n_stories"]
    english = dataset.stories["language"].eq("en").reindex(dataset.case_stories["story_id"]).to_numpy()
    n_english = dataset.case_stories["case_id"][english].value_counts().reindex(cases.index, fill_value=0)
    every, some = n_english == stories, n_english > 0
    groups = {
        "stories": {"one": stories == 1, "two_three": stories.between(2, 3), "four_more": stories >= 4},
        "languages": {"english": every, "mixed": some & ~every, "others": ~some},
    }
    return {
        kind: {name: cases.index[rows.astype(bool)] for name, rows in found.items()} for kind, found in groups.items()
    }


def shares_by_reading(
    codes: pd.DataFrame, groups: dict[str, dict[str, pd.Index]], variables: Sequence[Code], level: float = LEVEL
) -> pd.DataFrame:
    """The share of each narrative, and of cases whose reasons are reached, by how much was read.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id` of the list.
        groups: As `reading_groups` gives them.
        variables: The narratives.
        level: Confidence level, a share (0-1).

    Returns:
        Index `kind`, `group`, `variable` (`reached` first); `n`, `denominator` (for `reached` all cases of the group,
        else those whose reasons are reached), `share`, `low`, `high` (Wilson).
    """
    found = codes.index.to_series().isin(reached(codes)).astype("Int64")
    rows = {}
    for kind, members in groups.items():
        for group, cases in members.items():
            of_group = codes.index.isin(cases)
            columns = {"reached": found, **{code.variable: codes[code.variable] for code in variables}}
            for variable, values in columns.items():
                share = share_of(values, level, of_group)
                counts = {"n": share.n, "denominator": share.denominator, "share": share.share}
                rows[kind, group, variable] = counts | {"low": share.low, "high": share.high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["kind", "group", "variable"])
