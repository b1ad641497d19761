"""Which numbers of the chapter on people go on record, and under which names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.data.study import Study
from analysis.people.flow import Flow
from analysis.people.reported import NOT_REPORTED, country_group, flags
from analysis.record import formats
from analysis.record.record import Record
from analysis.record.share_record import record_share
from analysis.stats.uncertainty import share_of


def record_field(record: Record, prefix: str, values: pd.Series[str], wanted: Iterable[str]) -> None:
    """Record each value of a field as a share of the cases in which it is reported, and how many are not.

    Args:
        record: The notebook's record.
        prefix: Such as `people.role`; each value goes below it, and `not_reported`.
        values: One value per case; missing and `not_reported` both mean not reported. At least one is reported.
        wanted: Every value to record, also when nobody has it.
    """
    for value in wanted:
        if value == NOT_REPORTED:
            continue
        coded = flags(values, [value])
        record_share(record, f"{prefix}.{value.lower()}", share_of(coded), coded.index[coded == 1])
    missing = values.index[values.isna() | (values == NOT_REPORTED)]
    record.value(
        f"{prefix}.not_reported", len(missing), unit="count", n=len(missing), denominator=len(values), cases=missing
    )


def record_minors(record: Record, cases: pd.DataFrame) -> None:
    """Record under `people.minors` who was under 18 when joining, of those of whom a text says."""
    coded = cases["minor_when_joined"].astype("Int64")
    record_share(record, "people.minors", share_of(coded), coded.index[coded == 1])
    record.value("people.minors.not_reported", int(coded.isna().sum()), unit="count", denominator=len(coded))


def record_countries(record: Record, table: pd.DataFrame, cases: pd.DataFrame, countries: pd.DataFrame) -> None:
    """Record under `people.countries` how many there are, which leads, and every group that the data names.

    Args:
        record: The notebook's record.
        table: As `by_country` gives it.
        cases: Cases with `country`.
        countries: Index `country`; `name`, `region`, and one column of true and false per group.
    """
    known = table[(table["country"] != NOT_REPORTED) & (table["n"] > 0)]
    most = int(known["n"].max())
    leaders = sorted(known.loc[known["n"] == most, "name"])
    record.value("people.countries.all", len(known), unit="count")
    record.value("people.countries.single", int((known["n"] == 1).sum()), unit="count", denominator=len(known))
    record.value("people.countries.regions", known["region"].nunique(), unit="count")
    record.value("people.countries.first", formats.join_words(leaders), unit="text", n=most)
    groups = countries.columns.difference(["name", "region"])
    for group in groups:
        coded = country_group(cases, countries, group)
        record_share(record, f"people.group.{group}", share_of(coded), coded.index[coded == 1])


def record_situation_groups(record: Record, cases: pd.DataFrame, study: Study) -> None:
    """Record under `people.situation_group` the share supervised and not, of cases whose situation is reported."""
    for name, statuses in (("supervised", study.supervised), ("unsupervised", study.unsupervised)):
        coded = flags(cases["status_at_disclosure"], statuses)
        record_share(record, f"people.situation_group.{name}", share_of(coded), coded.index[coded == 1])


def record_flow(record: Record, steps: Flow, known: Mapping[str, int]) -> None:
    """Record the counts of the flow under `people.flow`, and of what is known of the core under `people.known`."""
    for name in ("candidates", "excluded", "eligible", "later", "core"):
        record.value(f"people.flow.{name}", getattr(steps, name), unit="count", denominator=steps.candidates)
    for reason, n in steps.reasons.items():
        record.value(f"people.flow.reason.{reason}", n, unit="count", denominator=steps.excluded)
    for name, n in known.items():
        record.value(f"people.known.{name}", int(n), unit="count", denominator=steps.core)


def record_stories(record: Record, stories: pd.DataFrame, links: pd.DataFrame, core: pd.DataFrame) -> None:
    """Record under `people.stories` how many there are, for all cases and for the core, with languages and outlets.

    Args:
        record: The notebook's record.
        stories: Index `story_id`; `outlet`, `language`.
        links: `case_id`, `story_id`.
        core: The core list.
    """
    of_core = stories.loc[sorted(set(links.loc[links["case_id"].isin(core.index), "story_id"]))]
    for name, rows in (("all", stories), ("core", of_core)):
        record.value(f"people.stories.{name}", len(rows), unit="count")
        record.value(f"people.stories.{name}_languages", rows["language"].nunique(), unit="count")
        record.value(f"people.stories.{name}_outlets", rows["outlet"].nunique(), unit="count")
