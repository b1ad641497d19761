"""The ids of many cases: a shim, until every chapter gives lists or texts of ids."""

from __future__ import annotations

from collections.abc import Iterable


class Ids(list[str]):
    """Ids in order."""

    def __init__(self, ids: Iterable[str] | str) -> None:
        super().__init__(sorted(ids.split() if isinstance(ids, str) else ids))
