"""What a reviewer explores on the page: every case with its codes, evidence and stories, dates to the month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.case_list import NOT_REPORTED, coding_status, to_the_month
from analysis.data.dataset import Dataset

CODED_FIELDS = ("gender", "role", "status_at_disclosure", "certainty", "left_basis")
STATUS_LABELS = {
    "agreed": "both coders agree",
    "differed": "coders differ",
    "one_undetermined": "only one coder reached reasons",
    "single": "coded once",
}
NOT_CODED, UNDETERMINED = "-", "?"
MOST_CASES = 10_000  # about 25 MB of page


def explorer(ds: Dataset) -> dict[str, Any]:
    """Everything the case explorer needs, as JSON can hold it.

    Returns:
        `study` (narratives, joining motives, details, coders), `labels` (field to pairs of value and label), `cases`
        (core and later; see `_case`) and `stories` (id to url, outlet, month, language). A code is a text of one letter
        per coder in the order of the study: 1, 0, `?` (the text does not reach it), `-` (not coded).

    Raises:
        ValueError: For more cases than a page can hold.
    """
    kept = ds.cases[ds.cases["decision"] != "excluded"]
    if len(kept) > MOST_CASES:
        raise ValueError(f"{len(kept):,} cases are more than one page can hold. Explore at most {MOST_CASES:,}.")
    links = ds.case_stories[ds.case_stories["case_id"].isin(kept.index)]
    told = ds.stories.loc[sorted(set(links["story_id"]))]
    return {
        "study": _study(ds),
        "labels": _labels(ds),
        "cases": _cases(ds, kept, links),
        "stories": {
            key: {
                "url": _text(row["url"]),
                "outlet": _text(row["outlet"]),
                "month": to_the_month(row["published"]),
                "language": _text(row["language"]),
            }
            for key, row in zip(told.index, told.to_dict("records"), strict=True)
        },
    }


def _study(ds: Dataset) -> dict[str, Any]:
    study = ds.study
    return {
        "narratives": [_code(code) for code in study.narratives],
        "joining": [_code(code) for code in study.joining_motives],
        "details": [
            {"narrative": detail.narrative, "label": detail.label, "codes": [_code(code) for code in detail.variables]}
            for detail in study.details
        ],
        "coders": list(study.coders),
        "clocks": [{"field": field, "label": label} for field, label in study.clocks.items()],
    }


def _code(code: Any) -> dict[str, str]:
    return {"variable": code.variable, "label": code.label, "short": code.short, "definition": code.definition}


def _labels(ds: Dataset) -> dict[str, list[list[str]]]:
    """Field to pairs of value and label, in the order of the data package."""
    labels = {field: ds.value_labels("cases", field) for field in CODED_FIELDS}
    labels["region"] = {**ds.value_labels("countries", "region"), "not_reported": NOT_REPORTED}
    labels["coding_status"] = STATUS_LABELS
    return {field: [[value, label] for value, label in pairs.items()] for field, pairs in labels.items()}


def _cases(ds: Dataset, kept: pd.DataFrame, links: pd.DataFrame) -> list[dict[str, Any]]:
    country = ds.countries["name"]
    status = coding_status(ds)
    stories = links.groupby("case_id")["story_id"].agg(sorted)
    letters = _letters(ds, kept.index)
    evidence = _evidence(ds, kept.index)
    return [
        {
            "id": case,
            "list": row["decision"],
            "description": _text(row["description"]),
            "country": str(country.get(row["country"], NOT_REPORTED)),
            "region": row["region"],
            **{field: _text(row[field]) for field in CODED_FIELDS},
            "minor": None if pd.isna(row["minor_when_joined"]) else bool(row["minor_when_joined"]),
            **{clock: to_the_month(row[clock]) for clock in ("joined", *ds.study.clocks)},
            "coding_status": status[case],
            "note": _text(row["decision_note"]),
            "other_reasons": _text(row["other_reasons"]),
            "codes": letters.get(case, {}),
            "evidence": evidence.get(case, []),
            "stories": stories.get(case, []),
        }
        for case, row in zip(kept.index, kept.to_dict("records"), strict=True)
    ]


def _letters(ds: Dataset, cases: pd.Index[str]) -> dict[str, dict[str, str]]:
    """Case to variable to one letter per coder; eligibility is left out, as every case here was found eligible."""
    skipped = {code.variable for code in ds.study.eligibility}
    rows = ds.codings[ds.codings["case_id"].isin(cases) & ~ds.codings["variable"].isin(skipped)]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for case, coder, name, value in zip(*(rows[c] for c in ("case_id", "coder", "variable", "value")), strict=True):
        found.setdefault(case, {}).setdefault(name, {})[coder] = UNDETERMINED if pd.isna(value) else str(value)
    return {
        case: {name: "".join(by.get(coder, NOT_CODED) for coder in ds.study.coders) for name, by in codes.items()}
        for case, codes in found.items()
    }


def _evidence(ds: Dataset, cases: pd.Index[str]) -> dict[str, list[dict[str, str]]]:
    rows = ds.codings[ds.codings["case_id"].isin(cases) & ds.codings["evidence"].notna()]
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows.to_dict("records"):
        item = {"variable": row["variable"], "coder": row["coder"], "text": row["evidence"]}
        found.setdefault(row["case_id"], []).append({**item, "story": _text(row["story_id"])})
    return found


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
