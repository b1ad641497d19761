"""The case list, loaded and validated: one call returns typed tables or says all that is wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.clocks import month, year
from analysis.data.coding_rules import coder_warnings, coding_problems
from analysis.data.columns import column_problems
from analysis.data.completeness import completeness_problems
from analysis.data.descriptor import read_descriptor, read_study, wrong
from analysis.data.forms import with_narratives
from analysis.data.privacy import names, privacy_problems
from analysis.data.problems import DataProblems, Problem
from analysis.data.rules import case_problems, case_warnings, date_problems, undated, wrong_facts
from analysis.data.schema import link_problems, schema_problems
from analysis.data.study import Edition, Study
from analysis.data.tables import read_text, settle, typed

UNCHANGED = ("case_stories", "codings", "claims", "published", "events", "recruits", "recall")


def project_root() -> Path:
    """The project's folder: the environment variable ODN_ROOT, else the nearest at or above the current one with data.

    So a notebook runs from the project's folder and from its own, in any editor.
    """
    here = Path(os.environ.get("ODN_ROOT") or ".").resolve()
    above = () if "ODN_ROOT" in os.environ else here.parents
    return next((one for one in (here, *above) if (one / "data/datapackage.json").is_file()), here)


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of the data package. Treat them as read-only.

    Attributes:
        study: What is studied (window, periods, narratives, coders).
        descriptor: The data package descriptor as read.
        cases: One row per candidate, index `case_id`. Dates as given (text, precision kept), and beside
            them `left_month`, `first_public_month`, `joined_month` (`Period[M]`, NaT unless known to
            the month), `left_year`, `first_public_year` (Int64), `region`, `n_stories`.
        stories: One row per story, index `story_id`.
        case_stories: Links: `case_id`, `story_id`.
        codings: Long: `case_id`, `coder`, `variable`, `value` (Int8; NA: the text does not reach it),
            `evidence`, `story_id`; text as categories.
        countries: Countries with their region, index `country`.
        claims: The claims ledger.
        published: The published aggregates of the 2015 report.
        events: Dated context for the timeline.
        recruits: Published estimates of foreign fighters by date.
        recall: What second looks met of the list and beside it.
        warnings: What is no mistake and should be known, with file and line.
    """

    study: Study
    descriptor: dict[str, Any]
    cases: pd.DataFrame
    stories: pd.DataFrame
    case_stories: pd.DataFrame
    codings: pd.DataFrame
    countries: pd.DataFrame
    claims: pd.DataFrame
    published: pd.DataFrame
    events: pd.DataFrame
    recruits: pd.DataFrame
    recall: pd.DataFrame
    warnings: tuple[Problem, ...] = ()

    @cached_property
    def core(self) -> pd.DataFrame:
        """The core list: joined, left, own account first public inside the window."""
        return self.cases[self.cases["decision"] == "core"]

    @cached_property
    def later(self) -> pd.DataFrame:
        """Cases that became public after the window, up to the end of the extension."""
        return self.cases[self.cases["decision"] == "later"]

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """Candidates that were looked at and left out, with the reason."""
        return self.cases[self.cases["decision"] == "excluded"]

    @cached_property
    def undated(self) -> pd.DataFrame:
        """Core and later cases of which no linked story is dated, for certain, in the months of their list."""
        answer = undated(self.cases.reset_index(), self.case_stories, self.stories, self.study)
        return self.cases[answer.to_numpy()]

    def coded(self, variables: Sequence[str], coder: str | None = None, cases: pd.Index | None = None) -> pd.DataFrame:
        """Codes in wide form: index `case_id`, one Int8 column per variable, NA undetermined or not coded.

        Args:
            variables: The variables wanted, in the order wanted.
            coder: Whose codes; the adjudicated ones by default.
            cases: The case ids wanted; the core list by default.
        """
        index = self.core.index if cases is None else cases
        codes = self._by_coder.get(coder or self.study.final_coder, pd.DataFrame()).reindex(columns=list(variables))
        return codes.reindex(index=index).astype("Int8").rename_axis(columns=None)

    @cached_property
    def _by_coder(self) -> dict[str, pd.DataFrame]:
        """The codes of each coder in wide form: index `case_id`, a column per variable."""
        rows = self.codings.groupby("coder", observed=True)
        wide = {str(coder): given.pivot(index="case_id", columns="variable", values="value") for coder, given in rows}
        of_forms = self.study.coders_of_forms
        return {
            coder: with_narratives(codes, self.study) if coder in of_forms else codes for coder, codes in wide.items()
        }

    @cached_property
    def human_coders(self) -> tuple[str, ...]:
        """The human coders whose codes are in the data; one who is only declared has reviewed nothing."""
        humans = [coder.id for coder in self.study.every_coder if coder.kind == "human"]
        return tuple(coder for coder in humans if self.given_to(coder).any())

    def core_of(self, edition: Edition) -> pd.Index:
        """The ids of the core cases that an edition decided on, and had on its core list."""
        core = self.core.index
        return core[self.given_to(edition.final)[self.cases.index.get_indexer(core)] & ~core.isin(edition.later)]

    def given_to(self, coder: str) -> NDArray[np.bool_]:
        """Whether each candidate was given to a coder, that is, has any row by him; in the order of `cases`."""
        codes = self._by_coder.get(coder)
        return self.cases.index.isin([] if codes is None else codes.index)

    def value_labels(self, table: str, field: str) -> dict[str, str]:
        """Value to label of a coded column, as the data package states them."""
        resource = next(one for one in self.descriptor["resources"] if one["name"] == table)
        described = next(one for one in resource["schema"]["fields"] if one["name"] == field)
        return {str(category["value"]): category["label"] for category in described.get("categories", [])}


def load(folder: Path | str | None = None) -> Dataset:
    """The validated case list, read and checked once while its files stay as they are.

    Args:
        folder: The folder with `datapackage.json`; by default `data/` of the project.

    Raises:
        DataProblems: With every problem found: file, row, column, value, rule and the way out.
    """
    folder = project_root() / "data" if folder is None else Path(folder)
    settle(folder)
    return _kept(folder, tuple((file, *_stamp(file)) for file in folder.glob("*")))


def _stamp(file: Path) -> tuple[int, int]:
    """Time and size of a file; zeros for what leads nowhere, which reading it tells."""
    try:
        return (stat := file.stat()).st_mtime_ns, stat.st_size
    except OSError:
        return 0, 0


@lru_cache(maxsize=1)
def _kept(folder: Path, _: tuple[tuple[Path, int, int], ...]) -> Dataset:
    descriptor = read_descriptor(folder, {one.name for one in fields(Dataset)} - {"study", "descriptor", "warnings"})
    try:
        study = read_study(descriptor)
    except (KeyError, TypeError, ValueError) as error:
        raise wrong(f"does not describe the study as the analysis reads it ({error}). Restore that part.") from error
    try:
        return _load(folder, descriptor, study)
    except KeyError as error:
        raise wrong(f"does not describe {error}, which the analysis reads. Restore it from the last commit.") from error


def _load(folder: Path, descriptor: dict[str, Any], study: Study) -> Dataset:
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    texts, problems = {}, []
    for name, resource in resources.items():
        shown = f"data/{resource['path']}"
        text, found = read_text(folder / resource["path"], shown, resource["schema"])
        problems += found
        if text is not None:
            texts[name] = text if name == "codings" else text.astype(object)  # a hundred rows a case stay small
            problems += schema_problems(texts[name], shown, resource["schema"])
    if len(texts) == len(resources):
        wrong_rows = {(problem.file, problem.row) for problem in problems}
        between = [
            *case_problems(texts, study),
            *date_problems(texts, resources, str(descriptor.get("created", "9999"))[:10]),
            *(cell.problem("data/facts.csv") for cell in wrong_facts(texts, resources)),
            *column_problems(texts),
            *coding_problems(texts, study),
            *completeness_problems(texts, study),
            *privacy_problems(texts),
        ]
        problems += link_problems(texts, resources)
        problems += [one for one in between if (one.file, one.row) not in wrong_rows]  # first let its cells be right
    if problems:
        raise DataProblems(problems)
    tables = {name: typed(text, resources[name]["schema"]) for name, text in texts.items()}
    warnings = (*case_warnings(texts, study), *coder_warnings(texts, study), *names(texts))
    return _dataset(study, descriptor, tables, warnings)


def _dataset(
    study: Study, descriptor: dict[str, Any], tables: dict[str, pd.DataFrame], warnings: tuple[Problem, ...]
) -> Dataset:
    countries = tables["countries"].set_index("country")
    cases = tables["cases"].set_index("case_id").sort_index()
    for clock in ("joined", "left", "first_public"):
        cases[f"{clock}_month"] = month(cases[clock])
        cases[f"{clock}_year"] = year(cases[clock])
    cases["region"] = cases["country"].map(countries["region"]).fillna("not_reported")
    stories_per_case = tables["case_stories"].groupby("case_id").size()
    cases["n_stories"] = stories_per_case.reindex(cases.index, fill_value=0).astype(int)
    return Dataset(
        study=study,
        descriptor=descriptor,
        cases=cases,
        stories=tables["stories"].set_index("story_id"),
        countries=countries,
        **{name: tables[name] for name in UNCHANGED},
        warnings=warnings,
    )
