"""The case list, loaded and validated: one call returns typed tables or says all that is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data import rules, schema
from analysis.data.clocks import spread_months
from analysis.data.csv_text import read_text
from analysis.data.fingerprints import Version, version
from analysis.data.problems import DataProblems, Problem
from analysis.data.study import Study, read_study
from analysis.data.wide import WideCodes

TEXTS = ("case_id", "coder", "variable", "evidence", "story_id")
"""The columns of the codings that stay categorical: dozens of rows per case repeat them, or leave them empty."""


def project_root() -> Path:
    """The project's folder: the environment variable ODN_ROOT, else the current folder."""
    return Path(os.environ.get("ODN_ROOT", ".")).resolve()


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
            `evidence`, `story_id`; all but `value` categorical.
        tables: Every other table of the package by name (claims, published, events, recruits, countries).
    """

    study: Study
    descriptor: dict[str, Any]
    cases: pd.DataFrame
    stories: pd.DataFrame
    case_stories: pd.DataFrame
    codings: pd.DataFrame
    tables: dict[str, pd.DataFrame]

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

    @property
    def claims(self) -> pd.DataFrame:
        """The claims ledger."""
        return self.tables["claims"]

    @property
    def published(self) -> pd.DataFrame:
        """The published aggregates of the 2015 report."""
        return self.tables["published"]

    @property
    def events(self) -> pd.DataFrame:
        """Dated context for the timeline."""
        return self.tables["events"]

    @property
    def recruits(self) -> pd.DataFrame:
        """Published estimates of foreign fighters by date."""
        return self.tables["recruits"]

    @cached_property
    def countries(self) -> pd.DataFrame:
        """Countries with their region, index `country`."""
        return self.tables["countries"].set_index("country")

    def coded(self, variables: Sequence[str], coder: str | None = None, cases: pd.Index | None = None) -> pd.DataFrame:
        """Codes in wide form: index `case_id`, one Int8 column per variable, NA undetermined or not coded.

        Args:
            variables: The variables wanted, in the order wanted.
            coder: Whose codes; the adjudicated ones by default.
            cases: The case ids wanted; the core list by default.
        """
        index = self.core.index if cases is None else cases
        return self.wide.frame(variables, coder or self.study.final_coder, index)

    @cached_property
    def wide(self) -> WideCodes:
        """The codings by coder, variable and candidate."""
        return WideCodes(self.cases.index, self.codings)

    @cached_property
    def links(self) -> dict[str, NDArray[np.intp]]:
        """The rows of `case_stories` as positions: `case` in `cases`, `story` in `stories`."""
        case, story = (pd.Index(self.case_stories[key]) for key in ("case_id", "story_id"))
        return {"case": self.cases.index.get_indexer(case), "story": self.stories.index.get_indexer(story)}

    def value_labels(self, table: str, field: str) -> dict[str, str]:
        """Value to label of a coded column, as the data package states them."""
        fields = self._resource(table)["schema"]["fields"]
        categories = next(f for f in fields if f["name"] == field).get("categories", [])
        return {str(c["value"]): c["label"] for c in categories}

    def _resource(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(r for r in self.descriptor["resources"] if r["name"] == name)
        return found


def load(folder: Path | str | None = None) -> Dataset:
    """The validated case list.

    Args:
        folder: The folder with `datapackage.json`; by default `data/` of the project. The project's own data are read
            once per process, until one of their files changes: every caller is given the same tables.

    Raises:
        DataProblems: With every problem found: file, row, column, value, rule and the way out.
    """
    if folder is not None:
        return _loaded(Path(folder))
    folder = project_root() / "data"
    return _own(folder, tuple(version(file) for file in sorted(folder.glob("*")) if file.is_file()))


@lru_cache(maxsize=1)
def _own(folder: Path, versions: tuple[Version, ...]) -> Dataset:
    return _loaded(folder)


def _loaded(folder: Path) -> Dataset:
    descriptor = _read_descriptor(folder)
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    problems = []
    texts = {}
    for name, resource in sorted(resources.items(), key=lambda one: _size(folder / one[1]["path"]), reverse=True):
        shown = f"data/{resource['path']}"
        text, found = read_text(folder / resource["path"], shown, resource["schema"])
        if text is not None:
            texts[name] = text
            found = schema.table_problems(text, shown, resource["schema"])
        problems += found
    study = read_study(descriptor)
    if len(texts) == len(resources):
        problems += rules.all_problems(texts, resources, study)
    if problems:
        raise DataProblems(problems)
    del text  # the tables are let go one by one
    _share_texts(texts, resources)
    tables = {}
    for name, resource in resources.items():
        tables[name] = schema.typed(texts.pop(name), resource["schema"], TEXTS if name == "codings" else ())
    return _dataset(study, descriptor, tables)


def _share_texts(texts: rules.Tables, resources: dict[str, dict[str, Any]]) -> None:
    """Let each cell that names a row of another table hold that row's own id, not a copy of it."""
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            column, target = key["fields"][0], key["reference"]
            known = texts[target["resource"]][target["fields"][0]].cat.categories
            cells = texts[name][column].cat
            places = np.append(known.get_indexer(cells.categories), -1).astype(np.int32)
            texts[name][column] = pd.Categorical.from_codes(places[cells.codes], known, validate=False)


def _size(file: Path) -> int:
    """Bytes of a file, 0 where there is none: the largest is read first, while nothing else fills the memory."""
    return file.stat().st_size if file.is_file() else 0


def _read_descriptor(folder: Path) -> dict[str, Any]:
    try:
        descriptor: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = "the file is missing. Run from the project's folder, or restore the file."
        raise DataProblems([Problem("data/datapackage.json", 0, "", message)]) from None
    except json.JSONDecodeError as error:
        message = f"is not valid JSON ({error.msg}). Correct the line, or restore the file."
        raise DataProblems([Problem("data/datapackage.json", error.lineno, "", message)]) from None
    return descriptor


def month(dates: pd.Series[str]) -> pd.Series[pd.Period]:
    """The month of each date as `Period[M]`; NaT where the date is not known to the month."""
    place, different = pd.factorize(dates)
    texts = pd.Series(different, dtype=object)
    known = texts.str.slice(0, 7).where(texts.str.len() >= len("YYYY-MM"))
    return pd.Series(spread_months(known, place), index=dates.index)


def year(dates: pd.Series[str]) -> pd.Series[int]:
    """The year of each date as Int64; NA where there is no date."""
    place, different = pd.factorize(dates)
    years = pd.to_numeric(pd.Series(different, dtype=object).str.slice(0, 4)).astype("Int64").array
    return pd.Series(years.take(place, allow_fill=True), index=dates.index)


def _dataset(study: Study, descriptor: dict[str, Any], tables: dict[str, pd.DataFrame]) -> Dataset:
    cases = tables.pop("cases").set_index("case_id").sort_index()
    for clock in ("joined", "left", "first_public"):
        cases[f"{clock}_month"] = month(cases[clock])
        cases[f"{clock}_year"] = year(cases[clock])
    regions = tables["countries"].set_index("country")["region"]
    cases["region"] = cases["country"].map(regions).fillna("not_reported")
    stories_per_case = tables["case_stories"].groupby("case_id").size()
    cases["n_stories"] = stories_per_case.reindex(cases.index, fill_value=0).astype(int)
    return Dataset(
        study=study,
        descriptor=descriptor,
        cases=cases,
        stories=tables.pop("stories").set_index("story_id"),
        case_stories=tables.pop("case_stories"),
        codings=tables.pop("codings"),
        tables=tables,
    )
