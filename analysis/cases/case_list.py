"""The case list as the paper prints it: who, when on both clocks, what was voiced; and the codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.formats import join_words

NOT_REPORTED = "not reported"
NOT_REACHED = "reasons not reached"
NONE_VOICED = "none of these"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def to_the_month(date: str | None) -> str:
    """A date cut to the month, whatever its precision: `2015-03`, `2014`, or nothing."""
    return "" if date is None or pd.isna(date) else str(date)[: len("YYYY-MM")]


def month_in_words(date: str | None) -> str:
    """A date at month precision at most, as a table prints it: `Mar 2015`, `2014`, `not reported`."""
    year, _, month = to_the_month(date).partition("-")
    if not year:
        return NOT_REPORTED
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def voiced(ds: Dataset, cases: pd.Index[str]) -> pd.Series[str]:
    """What each case voiced, as adjudicated, in words.

    Args:
        ds: The case list.
        cases: The case ids wanted.

    Returns:
        Index `case_id`: the labels of the narratives coded 1, or that none was, or that the text retrieved
        does not reach the reasons.
    """
    codes = ds.coded(ds.study.narrative_variables, cases=cases)
    pattern = codes.groupby(list(codes), dropna=False, sort=False).ngroup()
    texts = [_in_words(ds, row) for row in codes[~pattern.duplicated()].to_dict("records")]
    return pd.Series(np.array(texts, dtype=object)[pattern], index=codes.index)


def _in_words(ds: Dataset, codes: Mapping[Any, Any]) -> str:
    given = {code.label.lower(): codes[code.variable] for code in ds.study.narratives if pd.notna(codes[code.variable])}
    labels = [label for label, value in given.items() if value == 1]
    nothing = NONE_VOICED if given else NOT_REACHED
    return (join_words(labels) if labels else nothing).capitalize()


def _each(dates: pd.Series[str], written: Callable[[str | None], str]) -> pd.Series[str]:
    """Dates as written, each different one being written once."""
    place, different = pd.factorize(dates)
    texts = [*map(written, different), written(None)]  # the last is taken where there is no date
    return pd.Series(np.array(texts, dtype=object)[place], index=dates.index)


def case_table(ds: Dataset) -> pd.DataFrame:
    """The core list for print, one row per case: months at most, no name, no place below a broad region."""
    core = ds.core
    return pd.DataFrame(
        {
            "Case": core.index,
            "Description": core["description"],
            "Left": _each(core["left"], month_in_words),
            "First public": _each(core["first_public"], month_in_words),
            "Voiced": voiced(ds, core.index),
            "Stories": core["n_stories"],
        }
    ).reset_index(drop=True)


def case_numbers(ds: Dataset) -> pd.DataFrame:
    """The core list as data: dates to the month, one column per narrative (1, 0, empty: not reached)."""
    core = ds.core
    codes = ds.coded(ds.study.narrative_variables)
    dates = {clock: _each(core[clock], to_the_month) for clock in ds.study.clocks}
    plain = core[["description", "country", "gender", "role", "certainty", "n_stories"]]
    return pd.concat([plain.assign(**dates), codes], axis=1)


def coding_status(ds: Dataset) -> pd.Series[str]:
    """How the two coders stand to each other on the narratives of each case, index `case_id`.

    `agreed`: the same value on every narrative, undetermined being a value. `differed`: 1 against 0 on at
    least one. `one_undetermined`: no such difference, but only one of them found a value for some narrative.
    `single`: the second coder did not code the case.
    """
    variables = ds.study.narrative_variables
    first = ds.coded(variables, ds.study.first_coder, ds.cases.index)
    second = ds.coded(variables, ds.study.second_coder, ds.cases.index)
    coded_twice = ds.cases.index.isin(_coded_by(ds, ds.study.second_coder))
    against = first.ne(second).fillna(False).any(axis=1)
    half = first.isna().ne(second.isna()).any(axis=1)
    status = pd.Series("agreed", index=ds.cases.index, name="coding_status")
    return status.mask(half, "one_undetermined").mask(against, "differed").where(coded_twice, "single")


def _coded_by(ds: Dataset, coder: str) -> pd.Series[str]:
    rows = ds.codings[ds.codings["coder"] == coder]
    return rows.loc[rows["variable"].isin(ds.study.narrative_variables), "case_id"]


def codebook(ds: Dataset) -> pd.DataFrame:
    """Every variable of the case list and its codings with its meaning, as the data package defines them."""
    fields = [
        {"Variable": field["name"], "Meaning": _meaning(field), "File": f"{table}.csv"}
        for table in ("cases", "stories")
        for field in _fields(ds, table)
    ]
    kinds = _kinds(ds)
    rows = [
        {"Variable": name, "Meaning": _of_kind(kinds.get(name, "Further detail"), meaning), "File": "codings.csv"}
        for name, meaning in _code_meanings(ds).items()
    ]
    return pd.DataFrame([*fields, *rows])


def _kinds(ds: Dataset) -> dict[str, str]:
    study = ds.study
    kinds = {code.variable: "Narrative" for code in study.narratives}
    kinds |= {code.variable: "Reason for joining" for code in study.joining_motives}
    kinds |= {code.variable: detail.label for detail in study.details for code in detail.variables}
    return kinds | {code.variable: "Eligibility" for code in study.eligibility}


def _of_kind(kind: str, meaning: str) -> str:
    return meaning if meaning.startswith(f"{kind}: ") else f"{kind}: {meaning}"


def _code_meanings(ds: Dataset) -> dict[str, str]:
    definitions = {code.variable: code.definition for code in ds.study.narratives}
    labels = ds.value_labels("codings", "variable")
    return {name: f"{label}. {definitions.get(name, '')}".strip() for name, label in labels.items()}


def _fields(ds: Dataset, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(r for r in ds.descriptor["resources"] if r["name"] == table)["schema"]["fields"]
    return found


def _meaning(field: dict[str, Any]) -> str:
    labels = [_named_value(c["value"], c["label"]) for c in field.get("categories", [])]
    listed = f" One of: {', '.join(labels)}." if labels else ""
    return f"{field.get('description', '')}{listed}".strip()


def _named_value(value: str, label: str) -> str:
    return label if label.replace(" ", "_") == value else f"{value} ({label})"
