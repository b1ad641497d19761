"""What a reviewer explores on the page: every case with its codes, evidence and stories, dates to the month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.case_list import NOT_REPORTED, to_the_month
from analysis.data.dataset import Dataset
from analysis.record.record import Cell

CODED_FIELDS = ("gender", "role", "status_at_disclosure", "certainty", "left_basis")
STORY_FIELDS = ("url", "outlet", "language")
STATUS_LABELS = {
    "agreed": "both coders agree",
    "differed": "coders differ",
    "one_undetermined": "only one coder reached reasons",
    "single": "coded once",
}
NOT_CODED, UNDETERMINED = "-", "?"
MOST_CASES = 10_000  # about 25 MB of page


def explorer(data: Dataset) -> dict[str, Any]:
    """Everything the case explorer needs, as JSON can hold it.

    Returns:
        `study` (narratives, joining motives, details, coders), `labels` (field to pairs of value and label), `cases`
        (core and later) and `stories` (id to url, outlet, month, language). A code is a text of one letter
        per coder in the order of the study: 1, 0, `?` (the text does not reach it), `-` (not coded).

    Raises:
        ValueError: For more cases than a page can hold.
    """
    kept = data.cases[data.cases["decision"] != "excluded"]
    if len(kept) > MOST_CASES:
        raise ValueError(f"{len(kept):,} cases are more than one page can hold. Explore at most {MOST_CASES:,}.")
    links = data.case_stories[data.case_stories["case_id"].isin(kept.index)]
    told = data.stories.loc[sorted(set(links["story_id"]))]
    stories = {
        key: {"month": to_the_month(row["published"]), **{name: _text(row[name]) for name in STORY_FIELDS}}
        for key, row in zip(told.index, told.to_dict("records"), strict=True)
    }
    return {"study": _study(data), "labels": _labels(data), "cases": _cases(data, kept, links), "stories": stories}


def coding_status(data: Dataset) -> pd.Series[str]:
    """How the two coders stand to each other on the narratives of each case, index `case_id`.

    `agreed`: the same value on every narrative, undetermined being a value. `differed`: 1 against 0 on at
    least one. `one_undetermined`: no such difference, but only one of them found a value for some narrative.
    `single`: the second coder did not code the case.
    """
    names, cases, second_coder = data.study.narrative_variables, data.cases.index, data.study.second_coder
    first, second = (data.coded(names, coder, cases) for coder in (data.study.first_coder, second_coder))
    rows = data.codings[(data.codings["coder"] == second_coder) & data.codings["variable"].isin(names)]
    against = first.ne(second).fillna(False).any(axis=1)
    half = first.isna().ne(second.isna()).any(axis=1)
    status = pd.Series("agreed", index=cases, name="coding_status").mask(half, "one_undetermined")
    return status.mask(against, "differed").where(cases.isin(rows["case_id"]), "single")


def _study(data: Dataset) -> dict[str, Any]:
    study = data.study
    return {
        "narratives": [vars(code) for code in study.narratives],
        "joining": [vars(code) for code in study.joining_motives],
        "details": [
            {"narrative": detail.narrative, "label": detail.label, "codes": [vars(code) for code in detail.variables]}
            for detail in study.details
        ],
        "coders": list(study.coders),
        "clocks": [{"field": field, "label": label} for field, label in study.clocks.items()],
    }


def _labels(data: Dataset) -> dict[str, list[list[str]]]:
    """Field to pairs of value and label, in the order of the data package."""
    labels = {field: data.value_labels("cases", field) for field in CODED_FIELDS}
    labels["region"] = {**data.value_labels("countries", "region"), "not_reported": NOT_REPORTED}
    labels["coding_status"] = STATUS_LABELS
    return {field: [[value, label] for value, label in pairs.items()] for field, pairs in labels.items()}


def _cases(data: Dataset, kept: pd.DataFrame, links: pd.DataFrame) -> list[dict[str, Any]]:
    country, status = data.countries["name"], coding_status(data)
    stories = links.groupby("case_id")["story_id"].agg(sorted)
    codings = dict(tuple(data.codings.groupby("case_id")))
    return [
        {
            "id": case,
            "list": row["decision"],
            "country": str(country.get(row["country"], NOT_REPORTED)),
            "region": row["region"],
            **{field: _text(row[field]) for field in ("description", "other_reasons", *CODED_FIELDS)},
            "note": _text(row["decision_note"]),
            "minor": None if pd.isna(row["minor_when_joined"]) else bool(row["minor_when_joined"]),
            **{clock: to_the_month(row[clock]) for clock in ("joined", *data.study.clocks)},
            "coding_status": status[case],
            **_codes(data, codings.get(case, data.codings.iloc[:0])),
            "stories": stories[case],
        }
        for case, row in zip(kept.index, kept.to_dict("records"), strict=True)
    ]


def _codes(data: Dataset, codings: pd.DataFrame) -> dict[str, Any]:
    """The letters of one case's codes by variable, and the evidence; without eligibility, which every case here has."""
    skipped = {code.variable for code in data.study.eligibility}
    letters: dict[str, dict[str, str]] = {}
    evidence = []
    for row in codings.to_dict("records"):
        name, coder = row["variable"], row["coder"]
        if name not in skipped:
            letters.setdefault(name, {})[coder] = UNDETERMINED if pd.isna(row["value"]) else str(row["value"])
        if text := _text(row["evidence"]):
            evidence.append({"variable": name, "coder": coder, "text": text, "story": _text(row["story_id"])})
    codes = {name: "".join(by.get(coder, NOT_CODED) for coder in data.study.coders) for name, by in letters.items()}
    return {"codes": codes, "evidence": evidence}


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def show(cell: Cell, data: Dataset) -> int:
    """Hand the page what the explorer needs; give the number of cases."""
    content = explorer(data)
    cell.data("explorer", content)
    return len(content["cases"])
