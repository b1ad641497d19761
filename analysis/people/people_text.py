"""The words of the chapter on people, computed from the counts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.study import Span, Study
from analysis.people.flow import Flow
from analysis.people.reported import NOT_REPORTED, SUPERVISED, UNSUPERVISED
from analysis.record.figure_text import MINIMUM, FigureText
from analysis.record.formats import join_words, month, percent, percent_range, plural

KNOWN = {
    "reasons": "with reasons in the text retrieved",
    "left": "with a known month of leaving",
    "first_public": "with a known month made public",
}


def origins_text(table: pd.DataFrame, regions: Mapping[str, str], published: bool = False) -> FigureText:
    """The words of the chart of countries.

    Args:
        table: As `by_country` gives it; at least one country reported.
        regions: Region to its label.
        published: Whether the chart sets the 2015 report's counts beside ours.
    """
    known = table[(table["country"] != NOT_REPORTED) & (table["n"] > 0)]
    known = known.sort_values(["n", "name"], ascending=[False, True])
    n, missing = int(known["n"].sum()), int(table["n"].sum() - known["n"].sum())
    countries = plural(len(known), "country", "countries")
    most = int(known["n"].iloc[0])
    leaders, others = known[known["n"] == most], known[known["n"] < most]
    single = int((known["n"] == 1).sum())
    parts = [
        f"Core cases by country of nationality or of residence before joining, in broad regions (n = {n}).",
        f"One tile is one case; {single} of {countries} {'has' if single == 1 else 'have'} a single case.",
    ]
    if missing:
        parts.append(f"Open tile: country not reported ({missing}).")
    if published:
        parts.append("Right: the 2015 report’s own count, where the press printed one (– where none was).")
    parts.append(f"Numbers this small describe the accounts found, not everyone who left. {MINIMUM}")
    return FigureText(
        _origins_title(leaders, others, n), " ".join(parts), _origins_alt(leaders, others, regions, missing)
    )


def _origins_title(leaders: pd.DataFrame, others: pd.DataFrame, n: int) -> str:
    most = int(leaders["n"].iloc[0])
    each = " each" if len(leaders) > 1 else ""
    title = f"{join_words(leaders['name'])}: {most} of {plural(n, 'case')}{each} ({percent(most / n)})"
    if others.empty:
        return title
    rest = int(others["n"].sum())
    who = "the other comes" if rest == 1 else f"the other {rest} come"
    return f"{title}; {who} from {plural(len(others), 'country', 'countries')}"


def _origins_alt(leaders: pd.DataFrame, others: pd.DataFrame, regions: Mapping[str, str], missing: int) -> str:
    known = pd.concat([leaders, others])
    by_region = known.groupby("region", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    said = join_words(f"{regions[str(region)]} {n}" for region, n in by_region.items())
    each = " each" if len(leaders) > 1 else ""
    alt = f"By region: {said}. Most from {join_words(leaders['name'])} ({leaders['n'].iloc[0]}{each})"
    next_ones = others[others["n"] >= others["n"].nlargest(4).min()] if len(others) else others
    named = [f"{name} {n}" for name, n in zip(next_ones["name"], next_ones["n"], strict=True)]
    alt += f", then {join_words(named)}." if 0 < len(named) <= 6 else "."
    reported = f" {plural(len(known), 'country', 'countries')} in all"
    return alt + reported + (f"; not reported for {missing}." if missing else ".")


def flow_text(steps: Flow, reasons: Mapping[str, str], known: Mapping[str, int], extension: Span) -> FigureText:
    """The words of the flow chart.

    Args:
        steps: The counts.
        reasons: Reason for leaving a case out to its label.
        known: What is known of core cases to the number of them.
        extension: The months after the window in which later cases were made public.
    """
    title = f"Of {plural(steps.candidates, 'candidate')} looked at, {steps.core} are on the core list"
    caption = (
        f"From candidates to the core list, counted by person. Later cases ({steps.later}) meet the same rules but "
        f"were first public from {month(extension.start)} to {month(extension.end)}. Every candidate stays in the data "
        f"with the decision and its reason. {MINIMUM}"
    )
    left_out = [f"{reasons.get(reason, reason)}: {n}" for reason, n in steps.reasons.items()]
    said = f" ({'; '.join(left_out)})" if left_out else ""
    facts = join_words(f"{n} {label}" for label, n in known.items())
    alt = (
        f"{steps.candidates} candidates; {steps.excluded} left out{said}; {steps.eligible} meet the "
        f"rules; {steps.later} of them were made public later; {steps.core} form the core list. Of these: {facts}."
    )
    return FigureText(title, caption, alt)


def situation_text(table: pd.DataFrame, labels: Mapping[str, str], groups: Mapping[str, str]) -> FigureText:
    """The words of the chart of situations at disclosure.

    Args:
        table: Index `value`; `group`, `n`, `denominator`, `share`, `low`, `high`.
        labels: Situation to its label.
        groups: Group to its label.
    """
    denominator, total = int(table["denominator"].iloc[0]), int(table["n"].sum())
    by_group = table.groupby("group")["n"].sum()
    parts = [f"{by_group.get(group, 0)} were {label}" for group, label in groups.items()]
    title = f"Of {plural(denominator, 'case')} whose situation is reported, {'; '.join(parts)}"
    caption = (
        f"Situation of core cases when their account was made public. Shares with Wilson 95% intervals are of the "
        f"{denominator} of {total} cases in which it is reported. One tile is one case; the fill tells the groups "
        f"apart. {MINIMUM}"
    )
    rows = table[table.index != NOT_REPORTED]
    counts = [f"{labels[str(value)]} {n} ({percent(share)})" for value, n, share in rows[["n", "share"]].itertuples()]
    alt = f"Of {denominator} cases: {join_words(counts)}."
    alt += f" Not reported: {total - denominator}." if total > denominator else ""
    return FigureText(title, caption, alt)


def group_labels(study: Study, labels: Mapping[str, str]) -> dict[str, str]:
    """The groups of situations, each named by the situations in it: `in custody, on trial or ...`.

    Args:
        study: Says which situations are supervised.
        labels: Situation to its label.
    """
    groups = {SUPERVISED: study.supervised, UNSUPERVISED: study.unsupervised}
    return {
        name: " or ".join(join_words(labels[s] for s in group).rsplit(" and ", 1)) for name, group in groups.items()
    }


def share_cell(n: int, share: float, low: float, high: float) -> str:
    """A share as a table prints it: `61% (48–72%)`."""
    return f"{percent(share)} ({percent_range(low, high)})"


def since_words(extension: Span) -> str:
    """When later cases were made public: `first public September 2015 to December 2016`."""
    return f"first public {month(extension.start)} to {month(extension.end)}"


def people_caption(total: int) -> str:
    """The caption of the table of people, with n and what the shares are of."""
    return (
        f"What is reported of the {plural(total, 'case')} of the core list. Shares, with Wilson 95% intervals, are of "
        f"the cases in which the thing is reported; “not reported” is counted and has no share. {MINIMUM}"
    )
