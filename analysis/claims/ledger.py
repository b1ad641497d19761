"""The claims ledger read: each row as one typed entry, its range and its clocks resolved.

The kind of test follows from the words of a statement, by one rule for all of them:

- *How much* (`share`): none, hardly any, many, at least half, most, typically, overwhelmingly, a named fraction, and
  include. A share of the record is a fact about the record, so the estimate decides.
- *More or less* (`comparison`): more, less, more than as many, no more than as many. Of two groups one is always ahead,
  so the whole interval must lie on the side that the words name.
- *The greatest* (`maximum`): first, the most, largest, main, peak, one of the two most. The one named must beat its
  strongest rival; a tie counts against it.
- *No difference* (`no_difference`): as many. The whole interval must lie inside an equivalence margin, the range of the
  row: 0.8 to 1.25, as is customary for ratios.
- *Described* (`described`): a number of the people described, such as how many women or countries they are. Another
  list holds other people and cannot settle it, so it gets no verdict.

Source: Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6):657-680, for the margin and its test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.data.dataset import Dataset
from analysis.record.wording import Range

CLOCKS = {"left": ("left",), "first_public": ("first_public",), "both": ("left", "first_public"), "": ("",)}
OWN_WORDS = ("summary", "report")
DESCRIBED = "described"
WORDS = {
    "share": ("none", "hardly any", "many", "at least half", "most", "typically", "overwhelmingly", "include",
              "one third", "nearly two thirds", "almost 60%"),
    "comparison": ("more", "less", "more than as many", "no more than as many"),
    "maximum": ("first", "the most", "largest", "main", "peak", "one of the two most"),
    "no_difference": ("as many",),
    DESCRIBED: ("a number of those described",),
}  # fmt: skip
"""Kind of test to the words that ask for it."""
KIND = {words: kind for kind, several in WORDS.items() for words in several}


@dataclass(frozen=True)
class Entry:
    """A row of the ledger, under the names of its columns; what does not apply is an empty text.

    Attributes:
        arguments: What the quantity is given.
        test: The kind of test, a key of `WORDS`; empty when nothing tests the claim.
        allowed: The range, as the row alone states it; None when the claim gets no verdict.
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
        """Whether it is a statement of the summary or report themselves."""
        return self.where_stated in OWN_WORDS

    @property
    def described(self) -> bool:
        """Whether it only describes the 58."""
        return self.test == DESCRIBED


def ledger(dataset: Dataset) -> list[Entry]:
    """Every entry of the ledger, in its order; ValueError where a kind of test does not follow from the words."""
    rows = dataset.claims.astype(object).where(dataset.claims.notna(), None).to_dict("records")
    return [_entry({str(column): cell for column, cell in row.items()}, line) for line, row in enumerate(rows, 2)]


def _entry(row: dict[str, Any], line: int) -> Entry:
    low, high = row.pop("allowed_low"), row.pop("allowed_high")
    text: dict[str, Any] = {column: "" if cell is None else str(cell) for column, cell in row.items()}
    closed, given, kind = text.pop("closed"), text.pop("arguments"), KIND.get(text["wording"], "")
    if text["test"] != kind:
        raise ValueError(
            f'data/claims.csv, row {line} test: "{text["test"]}" does not go with the words "{text["wording"]}". Write '
            f'"{kind}", or words that ask for it, as analysis/claims/ledger.py lists them.'
        )
    return Entry(
        id=text.pop("claim_id"),
        arguments=dict(part.split("=", 1) for part in given.split(";") if part),
        allowed=None if low is None else Range(float(low), np.inf if high is None else float(high), closed),
        clocks=CLOCKS[text.pop("clocks")],
        **text,
    )
