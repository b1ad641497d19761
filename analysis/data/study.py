"""What is studied: window, clocks, periods, coders and codes, as `datapackage.json` describes them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

PLAIN = ("hint_that_names_a_code", "coerced", "local_region")
"""The parts of the description that are taken as they are; a study that lacks one has no such thing."""


@dataclass(frozen=True)
class Code:
    """A variable of the codings with its names in print."""

    variable: str
    label: str
    short: str = ""
    definition: str = ""


@dataclass(frozen=True)
class Narrative(Code):
    """A narrative with what its forms are called together, such as `Victims of the brutality voiced`."""

    forms: str = ""


@dataclass(frozen=True)
class Form(Code):
    """A narrow question that a coder answers; its narrative is empty where it belongs to none of them."""

    narrative: str = ""


@dataclass(frozen=True)
class Detail:
    """The forms of one narrative, with what they are called together."""

    narrative: str
    label: str
    variables: tuple[Form, ...]


@dataclass(frozen=True)
class Coder:
    """Someone who coded, or a decision on what two coders coded.

    Attributes:
        id: The name in the data: letters that are nobody's own name.
        label: What was done, in a few words.
        kind: `human` or `automated`.
        compared_with: For a coder outside the editions, the coders and decisions to be set beside.
    """

    id: str
    label: str
    kind: str
    compared_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One coding of the whole list: two coders, blind to each other, and who decides.

    Attributes:
        id: Its name in the data.
        label: Its name in print.
        coders: The two coders.
        final: The coder that stands for the decision.
        coded: `forms` (narratives are computed) or `narratives` (coded whole).
        later: Core cases that it had as later than the window.
        alone: Cases that one reader added and decided; what the coders have of them is not decided yet.
        seen_by_second: Column of the cases that is filled where the second coder had the case; empty: he had them all.
    """

    id: str
    label: str
    coders: tuple[str, str]
    final: str
    coded: str
    later: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    seen_by_second: str = ""

    @property
    def everyone(self) -> tuple[str, str, str]:
        """Both coders and the decision."""
        return (*self.coders, self.final)


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
    """The study as its data package describes it; the code knows a set of narratives, not these.

    Of its parts `told` are the motives whose mirror the prose tells, and `unspecific` the forms that name nothing of
    their own: they stand last, whatever their number.
    """

    window: Span
    extension: Span
    periods: tuple[Span, ...]
    clocks: dict[str, str]
    editions: tuple[Edition, ...]
    edition: Edition
    every_coder: tuple[Coder, ...]
    narratives: tuple[Narrative, ...]
    forms: tuple[Form, ...]
    reach: str
    joining_motives: tuple[Code, ...]
    eligibility: tuple[Code, ...]
    supervised: tuple[str, ...]
    unsupervised: tuple[str, ...]
    hint_that_names_a_code: str
    coerced: str
    local_region: str
    deception: str
    mirrors: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    unspecific: tuple[str, ...]

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
    def first_coder(self) -> str:
        """The first coder of the edition that the paper rests on."""
        return self.edition.coders[0]

    @property
    def second_coder(self) -> str:
        """The second coder of the edition that the paper rests on."""
        return self.edition.coders[1]

    @property
    def final_coder(self) -> str:
        """Whose codes are the decision of the edition that the paper rests on."""
        return self.edition.final

    @property
    def coders(self) -> tuple[str, str, str]:
        """First coder, second coder and decision of the edition that the paper rests on."""
        return self.edition.everyone

    @property
    def further_coders(self) -> tuple[Coder, ...]:
        """The coders who belong to no edition, such as a human who codes the list again; they code forms."""
        of_editions = {coder for edition in self.editions for coder in edition.everyone}
        return tuple(one for one in self.every_coder if one.id not in of_editions)

    @property
    def coders_of_forms(self) -> set[str]:
        """The coders and decisions that answer forms, from which narratives are computed."""
        of_editions = {coder for edition in self.editions if edition.coded == "forms" for coder in edition.everyone}
        return of_editions | {coder.id for coder in self.further_coders}

    @property
    def coded_variables(self) -> list[str]:
        """What every case is coded for in the edition that the paper rests on: forms and reach, or narratives."""
        if self.edition.coded == "forms":
            return [self.reach, *(form.variable for form in self.forms)]
        return self.narrative_variables

    @property
    def details(self) -> tuple[Detail, ...]:
        """The forms by narrative, in the order of the study."""
        return tuple(Detail(one.variable, one.forms, self.forms_of(one.variable)) for one in self.narratives)

    def forms_of(self, narrative: str) -> tuple[Form, ...]:
        """The forms that make a narrative; with an empty text those that make none."""
        return tuple(form for form in self.forms if form.narrative == narrative)

    def narrative_of(self, form: str) -> str:
        """The narrative that a form makes, empty for one that makes none; KeyError for an unknown form."""
        return {one.variable: one.narrative for one in self.forms}[form]

    def label(self, variable: str) -> str:
        """The label of any variable of the study; KeyError for an unknown one."""
        codes = [*self.narratives, *self.forms, *self.joining_motives, *self.eligibility]
        return {code.variable: code.label for code in codes}[variable]
