"""The choices an author could defend: whose codes count, which cases stay; each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.clocks import lies_in, stated_range
from analysis.data.dataset import Dataset
from analysis.data.forms import resting_on, with_narratives
from analysis.data.study import Edition
from analysis.narratives.codes import broad_codes, recoded_as_not_voiced, strict_codes
from analysis.record.formats import lowered
from analysis.sensitivity.clusters import clusters

Stays = NDArray[np.bool_]
Codings = dict[str, pd.DataFrame]

CODING, COUNTRY, OUTLET, LANGUAGE = "coding", "country", "outlet", "language"
DECEPTION, CLOCK = "deception", "clock"
STRICT, BROAD, CLEAR = "strict", "broad", "clear"
WORDS = {
    STRICT: "Both coders",
    BROAD: "Either coder",
    CLEAR: "Without borderline decisions",
    DECEPTION: "Deception alone not counted",
    "certain": "Certain cases only",
    "supervised": "Without supervised accounts",
    "minors": "Without minors",
    "single_story": "Without single-story cases",
    "coerced": "Without coerced members",
    "cluster": "One case a cluster",
    CLOCK: "Dated by leaving, in the window",
}
LANGUAGES = {"ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "id": "Indonesian"}
LANGUAGES |= {"it": "Italian", "nl": "Dutch", "ru": "Russian", "tr": "Turkish"}


@dataclass(frozen=True, eq=False)
class Change:
    """One choice made otherwise.

    Attributes:
        choice: What is chosen: `coding`, `deception`, a group of cases, or `country`, `outlet` or `language` left out.
        option: Which way: a key of `codings`, or what is left out; empty where there is one other way.
        label: As the paper names it: `Without minors`, `Coder C alone`.
        stays: Which core cases stay, in their order; all of them by default.
    """

    choice: str
    option: str
    label: str
    stays: Stays | None = None

    @property
    def in_sentence(self) -> str:
        """The label as it stands inside a sentence."""
        return self.label if self.label.startswith("Coder ") else lowered(self.label)


def earlier_edition(dataset: Dataset) -> Edition | None:
    """The edition before the one that the paper rests on, coded by whole narratives; None where there is none."""
    others = [one for one in dataset.study.editions if one.id != dataset.study.edition.id]
    return others[0] if others else None


@lru_cache(maxsize=1)
def codings(dataset: Dataset) -> Codings:
    """The codes of narratives, forms and joining motives over the core list, by whose codes count; our own first.

    The decision; `strict` (1 where both coders gave it); `broad` (either); each coder; `clear` (forms whose decision is
    borderline are not voiced); and the earlier edition under its own name. Index `case_id`, 1, 0, NA. Treat them as
    read-only: who asks again for the same list gets the same tables.
    """
    study = dataset.study
    variables = list(dict.fromkeys([*study.narrative_variables, *study.coded_variables, *study.joining_variables]))
    first, second, final = (dataset.coded(variables, coder) for coder in study.coders)
    found = {
        study.final_coder: final,
        STRICT: strict_codes(final, first, second),
        BROAD: broad_codes(final, first, second),
        study.first_coder: first,
        study.second_coder: second,
        CLEAR: clear_codes(dataset, final),
    }
    if edition := earlier_edition(dataset):
        found[edition.id] = edition_codes(dataset, edition, variables)
    return found


def clear_codes(dataset: Dataset, final: pd.DataFrame) -> pd.DataFrame:
    """The decided codes with every form whose decision is borderline as not voiced, and the narratives that remain."""
    study, rows = dataset.study, dataset.codings
    if study.edition.coded != "forms":
        return final
    forms = [form.variable for form in study.forms]
    doubted = rows[(rows["coder"] == study.final_coder) & (rows["strength"] == "borderline") & (rows["value"] == 1)]
    mask = pd.crosstab(doubted["case_id"], doubted["variable"]).reindex(index=final.index, columns=forms, fill_value=0)
    return with_narratives(final.assign(**final[forms].mask(mask > 0, 0)), study)


def edition_codes(dataset: Dataset, edition: Edition, variables: list[str]) -> pd.DataFrame:
    """The codes of an edition as it decided them; what it did not decide as its second coder saw it, such as forms."""
    second, final = (dataset.coded(variables, coder) for coder in edition.everyone[1:])
    return final.assign(**{name: second[name] for name in variables if final[name].isna().all()})


def without_deception(codes: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The codes with a narrative that rests on deception alone as not voiced; all of them where no form is that."""
    study = dataset.study
    if not study.deception:
        return codes
    narrative, alone = study.narrative_of(study.deception), resting_on(codes, study, study.deception)
    return codes.assign(**{narrative: recoded_as_not_voiced(codes[narrative], codes.index[alone])})


def changes(dataset: Dataset, names: list[str]) -> list[Change]:
    """Every single change, whether or not it moves anything; `names` are the keys of `codings` but the first.

    `clock` keeps the cases whose date of leaving lies in the window; `cluster` the first case of those that share a
    story or a trial. A country's cases go with it; so do those of an outlet or a language when all their stories whose
    outlet or language is known are of it.
    """
    cases, study = dataset.core, dataset.study
    editions = {one.id: f"Codes of the {one.label.lower()}" for one in study.editions}
    found = [Change(CODING, name, WORDS.get(name) or editions.get(name) or f"Coder {name} alone") for name in names]
    found.append(Change(DECEPTION, "", WORDS[DECEPTION]))
    out = {
        "certain": cases["certainty"] == "low",
        "supervised": cases["status_at_disclosure"].isin(study.supervised),
        "minors": cases["minor_when_joined"],
        "single_story": cases["n_stories"] == 1,
        "coerced": dataset.coded([study.coerced])[study.coerced].eq(1),
        "cluster": clusters(dataset).duplicated(),
        CLOCK: ~lies_in(stated_range(cases["left"]), study.window).eq(1).fillna(False),
    }
    found += [Change(name, "", WORDS[name], ~_sure(gone)) for name, gone in out.items()]
    names_of = dataset.countries["name"].to_dict()
    for country in sorted(cases["country"].dropna().unique()):
        found.append(Change(COUNTRY, country, f"Without {names_of[country]}", ~_sure(cases["country"] == country)))
    told = dataset.case_stories.merge(dataset.stories, left_on="story_id", right_index=True)
    for choice, of in ((OUTLET, "of"), (LANGUAGE, "in")):
        by_case = told.dropna(subset=choice).groupby("case_id")[choice]
        first = by_case.first().reindex(cases.index)
        alone = by_case.nunique().reindex(cases.index).eq(1)
        for option in sorted(first[alone].unique()):
            label = f"Without stories {of} {LANGUAGES.get(option, option)}"
            found.append(Change(choice, option, label, ~_sure(alone & (first == option))))
    return found


def _sure(flags: pd.Series[Any]) -> Stays:
    return flags.fillna(False).to_numpy(dtype=bool)
