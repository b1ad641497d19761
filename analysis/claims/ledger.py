"""The claims ledger read: each row as one typed entry, its range and its clocks resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.claims.outcomes import Quantity, parse_arguments
from analysis.claims.quantities import QUANTITIES
from analysis.data.dataset import Dataset
from analysis.record.wording import Range

CLOCKS = {"left": ("left",), "first_public": ("first_public",), "both": ("left", "first_public"), "": ("",)}


@dataclass(frozen=True)
class Entry:
    """A row of the ledger.

    Attributes:
        id: The claim's name, after which its values are named.
        topic: people, time, narratives or argument.
        short: Name in charts and tables.
        claim: The statement in our own words.
        where_stated: summary, report, press or criticism.
        stated_by: Who states it.
        sources_differ: How sources differ, or empty.
        quantity: Name of the quantity that tests it, or empty.
        arguments: What the quantity is given.
        population: Which cases are counted.
        test: share, comparison or compatible; empty when nothing tests it.
        wording: The words whose range is allowed.
        allowed: The range; None when nothing tests it.
        clocks: By which dates it is read; one empty name when it is not about time.
        published_id: The published number, or empty.
        reason: Why nothing tests it, or empty.
        url: One page that states it.
    """

    id: str
    topic: str
    short: str
    claim: str
    where_stated: str
    stated_by: str
    sources_differ: str
    quantity: str
    arguments: dict[str, str]
    population: str
    test: str
    wording: str
    allowed: Range | None
    clocks: tuple[str, ...]
    published_id: str
    reason: str
    url: str


def ledger(dataset: Dataset) -> list[Entry]:
    """Every entry of the ledger, in its order."""
    rows = dataset.claims.astype(object).where(dataset.claims.notna(), None).to_dict("records")
    return [_entry({str(column): cell for column, cell in row.items()}) for row in rows]


def _entry(row: dict[str, Any]) -> Entry:
    text = {column: "" if cell is None else str(cell) for column, cell in row.items()}
    high = np.inf if row["allowed_high"] is None else float(row["allowed_high"])
    allowed = Range(float(row["allowed_low"]), high, text["closed"]) if text["quantity"] else None
    same = ("topic", "short", "claim", "where_stated", "stated_by", "sources_differ", "quantity", "population", "test")
    return Entry(
        id=text["claim_id"],
        **{column: text[column] for column in same},
        arguments=parse_arguments(text["arguments"]),
        wording=text["wording"],
        allowed=allowed,
        clocks=CLOCKS[text["clocks"]],
        published_id=text["published_id"],
        reason=text["untestable_reason"],
        url=text["url"],
    )


def quantity_of(dataset: Dataset, entry: Entry) -> Quantity:
    """The quantity that an entry names, with its arguments.

    Raises:
        ValueError: When no function has the name.
    """
    if entry.quantity not in QUANTITIES:
        known = ", ".join(sorted(QUANTITIES))
        raise ValueError(f'data/claims.csv quantity: "{entry.quantity}" is no function. Write one of {known}.')
    return QUANTITIES[entry.quantity](dataset, entry.arguments)


def published_row(dataset: Dataset, entry: Entry) -> dict[str, Any] | None:
    """The published number of an entry as the table has it (`value`, `denominator`, `unit`, ...), or None."""
    if not entry.published_id:
        return None
    rows = dataset.published[dataset.published["published_id"] == entry.published_id]
    return {str(column): cell for column, cell in rows.iloc[0].items()}
