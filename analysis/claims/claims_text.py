"""The texts about the ledger as a whole, each computed: how many claims the record supports, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.claims.claims import Claim
from analysis.claims.claims_tables import OWN_WORDS, leads_caption
from analysis.claims.claims_words import CLOCK_WORDS, digits_of, written_value
from analysis.claims.verdicts import NOT_SUPPORTED, NOT_TESTABLE, PARTLY, SUPPORTED
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, join_words


def own_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of the 2015 summary and report themselves, tested or not."""
    return [claim for claim in claims if claim.entry.where_stated in OWN_WORDS]


def numbers(claims: Sequence[Claim]) -> dict[str, int]:
    """How many claims there are: `total`, `tested`, `supported`, `partly`, `not_supported`, `untestable`, `firm`."""
    given = Counter(claim.verdict for claim in claims)
    return {
        "total": len(claims),
        "tested": len(claims) - given[NOT_TESTABLE],
        "supported": given[SUPPORTED],
        "partly": given[PARTLY],
        "not_supported": given[NOT_SUPPORTED],
        "untestable": given[NOT_TESTABLE],
        "firm": sum(claim.verdict == SUPPORTED and claim.firm for claim in claims),
    }


def figure_text(claims: Sequence[Claim]) -> FigureText:
    """Title, caption and alt text of the figure.

    Args:
        claims: The claims that are drawn, all with a verdict.
    """
    by_verdict = {
        verdict: [c for c in claims if c.verdict == verdict] for verdict in (SUPPORTED, PARTLY, NOT_SUPPORTED)
    }
    found = {verdict: len(chosen) for verdict, chosen in by_verdict.items()}
    title = (
        f"Our list supports {count(found[SUPPORTED])} of {count(len(claims))} statements of 2015, "
        f"{count(found[PARTLY])} in part, and does not support {count(found[NOT_SUPPORTED])}"
    )
    clocks = sum(len(claim.readings) > 1 for claim in claims)
    caption = (
        f"The statements of the 2015 summary and report that can be tested on a share, a difference or a ratio "
        f"({len(claims)}; those on counts are in the tables). Band: what the words allow. Dot and line: our list, with "
        f"its 95% interval; beside them the counts. {count(clocks)} statements about time are read by the date of "
        f"leaving and by the date of publication. {leads_caption(claims)}Our list is not the list of the 58."
    )
    parts = []
    for verdict, chosen in by_verdict.items():
        if chosen:
            told = [f"{claim.entry.short} ({_values(claim)})" for claim in chosen]
            parts.append(f"{verdict.capitalize()}: {'; '.join(told)}.")
    return FigureText(title, caption, " ".join(parts))


def _values(claim: Claim) -> str:
    """The estimates of a claim without counts and intervals: `27% by leaving and 51% by publication`."""
    told = {clock: written_value(claim.unit, e.value, digits_of(claim)) for clock, e in claim.readings.items()}
    return join_words(f"{text} by {CLOCK_WORDS[clock]}" if clock else text for clock, text in told.items())


def listed(claims: Sequence[Claim], verdict: str) -> str:
    """The short names of the claims with a verdict, separated by semicolons; `none` when there is none."""
    names = [claim.entry.short for claim in claims if claim.verdict == verdict]
    return "; ".join(names) if names else "none"
