"""What the variants give to the prose: ranges, what holds in how many of them, and what turns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.formats import count, join_words, percent
from analysis.record.record import Record
from analysis.sensitivity.findings import Finding, one_or_range
from analysis.sensitivity.sensitivity import Holds
from analysis.sensitivity.specification import decapitalised, in_words
from analysis.sensitivity.variants import CHOICES


def record_grid(record: Record, results: Mapping[str, pd.DataFrame]) -> None:
    """Record the size of the grid: `sensitivity.variants`, `.levels`, `.ways`, `.single`, `.smallest_denominator`.

    `.ways` counts the variants that differ in more than the confidence level, which moves no share. `.single_method`,
    `.single_country` and `.single_level` tell what the single departures change.
    """
    first = next(iter(results.values()))
    single = first[first["departures"] == 1]
    changed = {choice: int((single[choice] != first[choice].iloc[0]).sum()) for choice in CHOICES}
    record.value("sensitivity.variants", len(first), unit="count")
    record.value("sensitivity.levels", first["level"].nunique(), unit="count")
    record.value("sensitivity.ways", len(first) // first["level"].nunique(), unit="count")
    record.value("sensitivity.single", len(single), unit="count")
    record.value("sensitivity.single_country", changed["without"], unit="count")
    record.value("sensitivity.single_level", changed["level"], unit="count")
    record.value("sensitivity.single_method", len(single) - changed["without"] - changed["level"], unit="count")
    least = min(int(frame["denominator"].min()) for frame in results.values())
    record.value("sensitivity.smallest_denominator", least, unit="count")


def record_findings(record: Record, found: Sequence[Finding]) -> None:
    """Record the ranges of findings: `sensitivity.<finding>.alone`, `.middle`, `.every`, `.bounds`, `.share`, `.of`."""
    for finding in found:
        name = f"sensitivity.{finding.id}"
        for part in ("alone", "middle", "every", "bounds"):
            limits = getattr(finding, part)
            record.value(f"{name}.{part}", limits, unit="interval", text=one_or_range(*limits))
        share = finding.share
        record.value(f"{name}.share", share.share, unit="share", n=share.n, denominator=share.denominator)
        record.value(f"{name}.of", f"{share.n} of {share.denominator}", unit="text")


def record_holds(record: Record, prefix: str, held: Holds, dataset: Dataset) -> None:
    """Record in how many variants a statement holds: `<prefix>.n`, `.share`, `.of`, `.single`, `.turned_by`.

    Args:
        record: The notebook's record.
        prefix: Such as `sensitivity.brutality.majority`.
        held: From `sensitivity.holds`.
        dataset: The case list, for names.
    """
    record.value(f"{prefix}.own", "holds" if held.own else "does not hold", unit="phrase")
    record.value(f"{prefix}.n", held.n, unit="count", n=held.n, denominator=held.variants)
    share = held.n / held.variants
    record.value(f"{prefix}.share", share, unit="share", n=held.n, denominator=held.variants, text=_floor(share))
    record.value(f"{prefix}.of", f"{count(held.n)} of {count(held.variants)}", unit="text")
    record.value(f"{prefix}.single", f"{count(held.n_single)} of {count(held.single)}", unit="text")
    turns = [decapitalised(in_words(turn.choice, turn.option, dataset)) for turn in held.turned_by]
    record.value(f"{prefix}.turned_by", join_words(turns) if turns else "no single choice", unit="phrase")


def _floor(share: float) -> str:
    """A percentage that never says 100% or 0% of something that is not quite all or nothing."""
    if 0.995 <= share < 1:
        return "more than 99%"
    return "less than 1%" if 0 < share < 0.005 else percent(share)
