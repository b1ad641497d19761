"""The verdicts on codes that the rules were not written with: the first edition's codes, the second's, the list now."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.claims.judged import Claim
from analysis.claims.quantities import UNCODED
from analysis.claims.verdicts import NOT_TESTABLE
from analysis.claims.written import NONE
from analysis.data.problems import Lacking
from analysis.record.cell import Cell
from analysis.record.formats import count, join_words, out_of
from analysis.sensitivity.choices import earlier_edition
from analysis.sensitivity.variants import Variants, edition_list

WIDTHS = (30, 16, 16, 16, 12)


def show(cell: Cell, claims: Sequence[Claim], variants: Variants) -> pd.DataFrame:
    """Record the table `claims-editions`, `claims.moved.n` and `claims.moved.names`; return the table as printed."""
    dataset = variants.dataset
    earlier, now = earlier_edition(dataset), dataset.study.edition
    if earlier is None:
        raise Lacking(
            "data/datapackage.json study.editions", "no edition stands before the one that the paper rests on"
        )
    numbers = verdicts(claims)
    moved, core = numbers[numbers["moved"]], dataset.core.index
    cell.value("claims.moved.n", len(moved), unit="count", cases=core)
    names = join_words(f"“{short}”" for short in moved["short"]) if len(moved) else "none"
    cell.value("claims.moved.names", names, unit="phrase", cases=core)
    sizes = {
        "first": len(edition_list(dataset, earlier.id).codes),
        "now": len(core),
        "grown": int((numbers["same_list"] != numbers["now"]).sum()),
        "uncoded": int(numbers["uncoded"].sum()),
    }
    stands = {claim.id: out_of(*claim.stands) if claim.stands else NONE for claim in claims}
    columns = {
        "Statement": numbers["short"],
        f"{earlier.label}’s codes": numbers["first"],
        f"{now.label}’s codes": numbers["same_list"] + numbers["moved"].map({True: " (moved)", False: ""}),
        "List now": numbers["now"],
        "Single changes": [stands[name] for name in numbers["claim"]],
    }
    printed = pd.DataFrame(columns)
    first, second = earlier.label.lower(), now.label.lower()
    return cell.table(
        "claims-editions",
        printed,
        title="The verdicts on codes that the rules were not written with",
        caption=(
            f"The verdict on each of {count(len(numbers))} readings of the claims (claims about time have two), "
            "by one rule and one set of ranges: on the codes "
            f"and the core list of the {first} ({sizes['first']} cases), on the codes of the {second} and the same "
            f"cases, and on the list as it is now ({sizes['now']}). Ranges were set with the codes of the {first} in "
            "view; the kinds of test, with the test of a maximum and the margin of no difference, were written down "
            f"after the {second}. Moved: another verdict than on the first codes ({count(len(moved))}); "
            f"{count(sizes['grown'])} differ between the last two columns, by cases alone. {count(sizes['uncoded'])} "
            "statements rest on no code and cannot move with the codes. Dates and facts are those of now throughout. "
            "Single changes: those of method in which the verdict on the list now stands, of those that have a meaning "
            "for the statement."
        ),
        widths=WIDTHS,
        cases=core,
        data=numbers.drop(columns="uncoded"),
    )


def verdicts(claims: Sequence[Claim]) -> pd.DataFrame:
    """The verdict on every tested claim by edition.

    Returns:
        A row for every claim that has a verdict on any of the three: `claim`, `short`; `first` (codes and list of the
        earlier edition), `same_list` (our codes, its list), `now`; `moved` (whether the first two differ); `uncoded`
        (whether it rests on no code).
    """
    rows = []
    for claim in claims:
        if {*claim.earlier, claim.verdict} != {NOT_TESTABLE}:
            first, same = claim.earlier
            row = {"claim": claim.id, "short": claim.short, "first": first, "same_list": same, "now": claim.verdict}
            rows.append({**row, "moved": first != same, "uncoded": claim.entry.quantity in UNCODED})
    return pd.DataFrame(rows)
