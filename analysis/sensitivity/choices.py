"""The choices an author could defend: whose codes count, which cases stay, which confidence level; and their words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.clocks import lies_in, stated_range
from analysis.data.dataset import Dataset
from analysis.data.forms import resting_on
from analysis.evidence.coders import hinted_cases
from analysis.narratives.codes import broad_codes, recoded_as_not_voiced, strict_codes
from analysis.record.formats import percent
from analysis.stats.uncertainty import LEVEL

STRICT, BROAD = "strict", "broad"
LEVELS = (LEVEL, 0.90, 0.99)
WORDS = {
    "deception_alone": "Deception alone not counted",
    "clock": "Dated by leaving, in the window",
    "supervised": "Without supervised accounts",
    "minors": "Without minors",
    "single_story": "Without single-story cases",
    "coerced": "Without coerced members",
    "low_certainty": "Without low-certainty cases",
    "hinted": "Without hinted cases",
}


def codings(dataset: Dataset) -> dict[tuple[str, bool], pd.DataFrame]:
    """The codes of every variable over the core list, by whose codes count and whether deception alone does.

    Returns:
        (a coder's name, `strict` for both coders or `broad` for either; whether codes that rest on deception alone
        count) to the codes: index `case_id`, 1, 0 or NA. The paper's own coding first. A variable that only the second
        coder coded is the same under every coding.
    """
    study = dataset.study
    variables = [*study.narrative_variables, *study.coded_variables, *study.joining_variables]
    variables += [code.variable for code in study.eligibility]
    first, second, final = (dataset.coded(variables, coder) for coder in study.coders)
    one_coder = [name for name in variables if first[name].isna().all() or final[name].isna().all()]
    found = {
        study.final_coder: final,
        STRICT: strict_codes(final, first, second),
        BROAD: broad_codes(final, first, second),
        study.first_coder: first,
        study.second_coder: second,
    }
    doubtful, deceived = study.narrative_of(study.deception), resting_on(final, study, study.deception)
    both: dict[tuple[str, bool], pd.DataFrame] = {}
    for coding, codes in found.items():
        counted = codes.assign(**{name: second[name] for name in one_coder})
        recoded = recoded_as_not_voiced(counted[doubtful], deceived.index[deceived])
        both |= {(coding, True): counted, (coding, False): counted.assign(**{doubtful: recoded})}
    return both


def selections(dataset: Dataset) -> dict[str, dict[object, NDArray[np.bool_]]]:
    """Which core cases stay under each option of each choice that selects cases, the paper's own option first.

    `clock`: `left` keeps the cases whose date of leaving lies in the window. `without`: the country left out. All
    others: whether a group of cases stays, such as accounts given under supervision, or members who were pressed or had
    no choice by the code that the study decides on.
    """
    cases, study = dataset.core, dataset.study
    everyone = np.ones(len(cases), dtype=bool)
    groups = {
        "supervised": cases["status_at_disclosure"].isin(study.supervised),
        "minors": cases["minor_when_joined"],
        "single_story": cases["n_stories"] == 1,
        "coerced": dataset.coded([study.coerced])[study.coerced].eq(1),
        "low_certainty": cases["certainty"] == "low",
        "hinted": cases.index.to_series().isin(hinted_cases(dataset)),
    }
    inside = lies_in(stated_range(cases["left"]), study.window).eq(1)
    found: dict[str, dict[object, NDArray[np.bool_]]] = {"clock": {"first_public": everyone, "left": _sure(inside)}}
    found |= {choice: {True: everyone, False: ~_sure(group)} for choice, group in groups.items()}
    countries = sorted(cases["country"].dropna().unique())
    found["without"] = {"": everyone, **{country: ~_sure(cases["country"] == country) for country in countries}}
    return found


def _sure(flags: pd.Series[Any]) -> NDArray[np.bool_]:
    return flags.fillna(False).to_numpy(dtype=bool)


def in_words(choice: str, option: object, dataset: Dataset) -> str:
    """An option that is not the paper's own, as the paper names it: `Without minors`, `Coder A alone`."""
    if choice == "coding":
        return {STRICT: "Both coders", BROAD: "Either coder"}.get(str(option), f"Coder {option} alone")
    if choice == "without":
        return f"Without {dataset.countries['name'].to_dict()[option]}"
    return f"{percent(float(str(option)))} intervals" if choice == "level" else WORDS[choice]


def decapitalised(text: str) -> str:
    """A phrase with its first letter small, to stand inside a sentence; names such as `Coder A` keep theirs."""
    return text if text.startswith("Coder ") else text[0].lower() + text[1:]
