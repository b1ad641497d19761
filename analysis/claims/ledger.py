"""The claims ledger read: each row as one typed entry, its range and its clocks resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.data.dataset import Dataset
from analysis.record.wording import Range

CLOCKS = {"left": ("left",), "first_public": ("first_public",), "both": ("left", "first_public"), "": ("",)}
OWN_WORDS = ("summary", "report")


@dataclass(frozen=True)
class Entry:
    """A row of the ledger, under the names of its columns; what does not apply is an empty text.

    Attributes:
        arguments: What the quantity is given.
        allowed: The range, as the row alone states it; None when nothing tests the claim.
        clocks: By which dates it is read; one empty name when it is not about time.
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
    untestable_reason: str
    url: str

    @property
    def own(self) -> bool:
        """Whether it is a statement of the 2015 summary or report themselves."""
        return self.where_stated in OWN_WORDS


def ledger(dataset: Dataset) -> list[Entry]:
    """Every entry of the ledger, in its order."""
    rows = dataset.claims.astype(object).where(dataset.claims.notna(), None).to_dict("records")
    return [_entry({str(column): cell for column, cell in row.items()}) for row in rows]


def _entry(row: dict[str, Any]) -> Entry:
    low, high = row.pop("allowed_low"), row.pop("allowed_high")
    text: dict[str, Any] = {column: "" if cell is None else str(cell) for column, cell in row.items()}
    closed, given = text.pop("closed"), text.pop("arguments")
    return Entry(
        id=text.pop("claim_id"),
        arguments=dict(part.split("=", 1) for part in given.split(";") if part),
        allowed=Range(float(low), np.inf if high is None else float(high), closed) if text["quantity"] else None,
        clocks=CLOCKS[text.pop("clocks")],
        **text,
    )
