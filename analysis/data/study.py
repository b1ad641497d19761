"""What is studied: window, clocks, periods, coders and codes, as `datapackage.json` describes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

PLAIN = ("suicide_mission", "hint_that_names_a_code", "coerced", "local_region", "deception_narrative")
"""The parts of the description that are taken as they are."""


@dataclass(frozen=True)
class Code:
    """A variable of the codings with its names in print."""

    variable: str
    label: str
    short: str = ""
    definition: str = ""


@dataclass(frozen=True)
class Detail:
    """A set of finer codes below one narrative."""

    prefix: str
    narrative: str
    label: str
    variables: tuple[Code, ...]


@dataclass(frozen=True)
class Span:
    """A run of whole months, both ends included, as `Period[M]`."""

    id: str
    label: str
    start: pd.Period
    end: pd.Period

    def __contains__(self, month: object) -> bool:
        """Whether a month lies in the span; an unknown month (NaT) does not."""
        return isinstance(month, pd.Period) and self.start <= month <= self.end

    @property
    def months(self) -> pd.PeriodIndex:
        """Every month of the span, in order."""
        return pd.period_range(self.start, self.end, freq="M")


@dataclass(frozen=True)
class Study:
    """The study as its data package describes it; the code knows a set of narratives, not these."""

    window: Span
    extension: Span
    periods: tuple[Span, ...]
    clocks: dict[str, str]
    first_coder: str
    second_coder: str
    final_coder: str
    narratives: tuple[Code, ...]
    joining_motives: tuple[Code, ...]
    eligibility: tuple[Code, ...]
    details: tuple[Detail, ...]
    suicide_mission: str
    supervised: tuple[str, ...]
    unsupervised: tuple[str, ...]
    hint_that_names_a_code: str
    coerced: str
    local_region: str
    deception_narrative: str
    deception_alone: tuple[str, ...]
    mirrors: tuple[tuple[str, str], ...]

    @property
    def narrative_variables(self) -> list[str]:
        """The variables of the narratives, in the order of the study."""
        return [code.variable for code in self.narratives]

    @property
    def narrative_labels(self) -> dict[str, str]:
        """Each narrative's variable to its label in print, in the order of the study."""
        return {code.variable: code.label for code in self.narratives}

    @property
    def joining_variables(self) -> list[str]:
        """The variables of the joining motives, in the order of the study."""
        return [code.variable for code in self.joining_motives]

    @property
    def coders(self) -> tuple[str, str, str]:
        """First coder, second coder, adjudicated."""
        return self.first_coder, self.second_coder, self.final_coder

    def label(self, variable: str) -> str:
        """The label of any variable of the study; KeyError for an unknown one."""
        codes = [*self.narratives, *self.joining_motives, *self.eligibility]
        codes += [code for detail in self.details for code in detail.variables]
        return {code.variable: code.label for code in codes}[variable]


def _span(id_: str, label: str, start: str, end: str) -> Span:
    return Span(id_, label, pd.Period(start, "M"), pd.Period(end, "M"))


def _codes(described: list[dict[str, str]]) -> tuple[Code, ...]:
    return tuple(Code(**code) for code in described)


def read_study(descriptor: dict[str, Any]) -> Study:
    """The study that a data package descriptor describes under its `study` property.

    Raises KeyError when a part of the description is missing, ValueError when a month is none.
    """
    study = descriptor["study"]
    window = study["window"]
    after = pd.Period(window["end"], "M") + 1
    return Study(
        window=_span("window", "Window", window["start"], window["end"]),
        extension=_span("extension", "After the window", str(after), window["extension_end"]),
        periods=tuple(_span(p["id"], p["label"], p["start"], p["end"]) for p in study["periods"]),
        clocks={clock["field"]: clock["label"] for clock in study["clocks"]},
        first_coder=study["coders"]["first"],
        second_coder=study["coders"]["second"],
        final_coder=study["coders"]["final"],
        narratives=_codes(study["narratives"]),
        joining_motives=_codes(study["joining_motives"]),
        eligibility=_codes(study["eligibility"]),
        details=tuple(Detail(**{**group, "variables": _codes(group["variables"])}) for group in study["details"]),
        supervised=tuple(study["status_groups"]["supervised"]),
        unsupervised=tuple(study["status_groups"]["unsupervised"]),
        deception_alone=tuple(study["deception_alone"]),
        mirrors=tuple((pair["motive"], pair["narrative"]) for pair in study["mirrors"]),
        **{name: study[name] for name in PLAIN},
    )
