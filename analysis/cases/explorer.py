"""What a reviewer explores on the page: every case with its codes, evidence and stories, dates to the month."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.cases.case_list import NOT_REPORTED, WITHHELD, to_the_month
from analysis.data.dataset import Dataset
from analysis.data.study import Edition
from analysis.record.cell import Cell

CODED_FIELDS = ("gender", "role", "status_at_disclosure", "certainty", "left_basis")
STORY_FIELDS = ("url", "outlet", "language")
STATUS_LABELS = {
    "agreed": "both coders agree",
    "differed": "coders differ",
    "one_undetermined": "only one coder reached reasons",
    "single": "coded once",
}
NOT_CODED, UNDETERMINED = "-", "?"
OUTSIDE = "Reasons outside the narratives"
MOST_CASES = 10_000  # about 25 MB of page


def explorer(data: Dataset) -> dict[str, Any]:
    """Everything the case explorer needs, as JSON can hold it; ValueError for more cases than a page can hold.

    Of people who joined as minors no month and no country is given, as in print, nor the month of their stories.

    Returns:
        `study` (narratives, joining motives, forms as details, coders), `labels` (field to pairs of value and label),
        `cases` (core and later; `id` is the key, `number` what is shown) and `stories` (id to url, outlet, month,
        language). A code is a text of one letter per coder, in the order of `study.coders`: 1, 0, `?` (the text does
        not reach it), `-` (not coded). Codes of an earlier edition stand apart, under `earlier`, in the order of
        `study.earlier.coders`.
    """
    kept = data.cases[data.cases["decision"] != "excluded"]
    if len(kept) > MOST_CASES:
        raise ValueError(f"{len(kept):,} cases are more than one page can hold. Explore at most {MOST_CASES:,}.")
    links = data.case_stories[data.case_stories["case_id"].isin(kept.index)]
    told = data.stories.loc[sorted(set(links["story_id"]))]
    of_minors = set(links.loc[links["case_id"].isin(kept.index[_minor(kept)]), "story_id"])
    stories = {
        key: {name: _text(row[name]) for name in STORY_FIELDS}
        | {"month": "" if key in of_minors else to_the_month(row["published"])}
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
    against = first.ne(second).fillna(False).any(axis=1)
    half = first.isna().ne(second.isna()).any(axis=1)
    status = pd.Series("agreed", index=cases, name="coding_status").mask(half, "one_undetermined")
    return status.mask(against, "differed").where(data.given_to(second_coder), "single")


def _study(data: Dataset) -> dict[str, Any]:
    study, before = data.study, _earlier(data)
    details = [(one.narrative, one.label, one.variables) for one in study.details]
    details += [("", OUTSIDE, outside)] if (outside := study.forms_of("")) else []
    return {
        "narratives": [vars(code) for code in study.narratives],
        "joining": [vars(code) for code in study.joining_motives],
        "details": [
            {"narrative": narrative, "label": label, "codes": [vars(code) for code in codes]}
            for narrative, label, codes in details
        ],
        "coders": list(study.coders),
        "earlier": {"label": before.label, "coders": list(before.everyone)} if before else None,
        "clocks": [{"field": field, "label": label} for field, label in study.clocks.items()],
    }


def _earlier(data: Dataset) -> Edition | None:
    return next((one for one in data.study.editions if one != data.study.edition), None)


def _labels(data: Dataset) -> dict[str, list[list[str]]]:
    """Field to pairs of value and label, in the order of the data package."""
    labels = {field: data.value_labels("cases", field) for field in CODED_FIELDS}
    labels["region"] = {**data.value_labels("countries", "region"), "not_reported": NOT_REPORTED}
    labels["coding_status"] = STATUS_LABELS
    return {field: [[value, label] for value, label in pairs.items()] for field, pairs in labels.items()}


def _cases(data: Dataset, kept: pd.DataFrame, links: pd.DataFrame) -> list[dict[str, Any]]:
    country, status = data.countries["name"], coding_status(data)
    stories = links.groupby("case_id")["story_id"].agg(sorted)
    before, evidence = _earlier(data), _evidence(data)
    codes = _letters(data, data.study.edition)
    earlier = _letters(data, before) if before else {}
    return [
        {
            "id": case,
            "number": int(row["number"]),
            "list": row["decision"],
            "country": WITHHELD if minor else str(country.get(row["country"], NOT_REPORTED)),
            "region": row["region"],
            **{field: _text(row[field]) for field in ("description", "other_reasons", *CODED_FIELDS)},
            "note": _text(row["decision_note"]),
            "minor": None if pd.isna(row["minor_when_joined"]) else bool(row["minor_when_joined"]),
            **{clock: WITHHELD if minor else to_the_month(row[clock]) for clock in ("joined", *data.study.clocks)},
            "coding_status": status[case],
            "codes": codes.get(case, {}),
            "earlier": earlier.get(case, {}),
            "evidence": evidence.get(case, []),
            "stories": stories[case],
        }
        for case, row, minor in zip(kept.index, kept.to_dict("records"), _minor(kept), strict=True)
    ]


def _minor(cases: pd.DataFrame) -> pd.Series[bool]:
    return cases["minor_when_joined"].eq(True).fillna(False).astype(bool)


def _letters(data: Dataset, edition: Edition) -> dict[str, dict[str, str]]:
    """Case to the letters of an edition's codes by variable, computed narratives among them; without eligibility."""
    skipped = {code.variable for code in data.study.eligibility}
    codings = data.codings[data.codings["coder"].isin(edition.everyone) & ~data.codings["variable"].isin(skipped)]
    given = codings[["case_id", "variable", "coder", "value"]]
    if edition.coded == "forms":
        for coder in edition.everyone:
            cases = data.cases.index[data.given_to(coder)]
            computed = data.coded(data.study.narrative_variables, coder, cases).rename_axis("case_id").reset_index()
            long = computed.melt("case_id", var_name="variable").assign(coder=coder)
            given = pd.concat([given, long[given.columns]])
    letters: dict[str, dict[str, dict[str, str]]] = {}
    for case, variable, coder, value in given.itertuples(index=False):
        of_case = letters.setdefault(case, {}).setdefault(variable, {})
        of_case[coder] = UNDETERMINED if pd.isna(value) else str(value)
    return {
        case: {name: "".join(by.get(coder, NOT_CODED) for coder in edition.everyone) for name, by in codes.items()}
        for case, codes in letters.items()
    }


def _evidence(data: Dataset) -> dict[str, list[dict[str, str]]]:
    """Case to the paraphrases behind its codes, each with whose it is and its story; this edition's first, by form."""
    study, told = data.study, data.codings[data.codings["evidence"].notna()]
    variables = [*study.narrative_variables, *study.coded_variables, *study.joining_variables]
    place = {variable: number for number, variable in enumerate(variables)}
    before = ~told["coder"].isin(study.coders)
    ordered = told.assign(before=before, place=told["variable"].map(place))
    ordered = ordered.sort_values(["before", "place"], kind="stable")
    found: dict[str, list[dict[str, str]]] = {}
    for row in ordered.to_dict("records"):
        evidence = {"variable": row["variable"], "coder": row["coder"], "text": _text(row["evidence"])}
        found.setdefault(row["case_id"], []).append({**evidence, "story": _text(row["story_id"])})
    return found


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def show(cell: Cell, data: Dataset) -> int:
    """Hand the page what the explorer needs; give the number of cases."""
    content = explorer(data)
    cell.data("explorer", content)
    return len(content["cases"])
