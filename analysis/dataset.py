"""The case list, loaded and validated: one call returns typed tables or says all that is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import rules, schema
from analysis.problems import DataProblems, Problem
from analysis.study import Study, read_study


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
        codings: Long: `case_id`, `coder`, `variable`, `value` (Int64; NA: the text does not reach it),
            `evidence`, `story_id`.
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
        """Codes in wide form: index `case_id`, one Int64 column per variable, NA undetermined or not coded.

        Args:
            variables: The variables wanted, in the order wanted.
            coder: Whose codes; the adjudicated ones by default.
            cases: The case ids wanted; the core list by default.
        """
        index = self.core.index if cases is None else cases
        rows = self.codings[self.codings["coder"] == (coder or self.study.final_coder)]
        rows = rows[rows["variable"].isin(list(variables))]
        wide = rows.pivot(index="case_id", columns="variable", values="value")
        wide = wide.reindex(index=index, columns=list(variables))
        return wide.astype("Int64").rename_axis(columns=None)

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
        folder: The folder with `datapackage.json`; by default `data/` of the project.

    Raises:
        DataProblems: With every problem found: file, row, column, value, rule and the way out.
    """
    folder = project_root() / "data" if folder is None else Path(folder)
    descriptor = _read_descriptor(folder)
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    problems = []
    texts = {}
    for name, resource in resources.items():
        shown = f"data/{resource['path']}"
        found = schema.header_problems(folder / resource["path"], shown, resource["schema"])
        if not found:
            texts[name] = schema.read_table(folder / resource["path"])
            found = schema.table_problems(texts[name], shown, resource["schema"])
        problems += found
    study = read_study(descriptor)
    if len(texts) == len(resources):
        problems += rules.all_problems(texts, resources, study)
    if problems:
        raise DataProblems(problems)
    tables = {name: schema.typed(text, resources[name]["schema"]) for name, text in texts.items()}
    return _dataset(study, descriptor, tables)


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
    known = dates.str.slice(0, 7).where(dates.str.len() >= len("YYYY-MM"))
    return pd.Series(pd.PeriodIndex(known, freq="M"), index=dates.index)


def year(dates: pd.Series[str]) -> pd.Series[int]:
    """The year of each date as Int64; NA where there is no date."""
    return pd.to_numeric(dates.str.slice(0, 4)).astype("Int64")


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
