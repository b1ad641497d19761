"""The ids of many cases, held as one text: half a million of them behind every number would fill the memory."""

from __future__ import annotations

from collections.abc import Iterable


class Ids:
    """Ids in order, none of which holds a space.

    Args:
        ids: In any order; or a text with the ids in order, separated by spaces, as tables of shares have it.
    """

    def __init__(self, ids: Iterable[str] | str) -> None:
        self.text = ids if isinstance(ids, str) else " ".join(sorted(ids))

    def __len__(self) -> int:
        """How many there are."""
        return self.text.count(" ") + 1 if self.text else 0
