"""Where the numbers of a page's text come from: cell, numerator, denominator, interval and cases of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def provenance(root: Path, names: Iterable[str]) -> dict[str, Any]:
    """What is on record of values, and the sets of cases that they rest on, each once.

    Args:
        root: The project's root, with `figures/*/values.json`.
        names: Values as the documents name them: `narratives.brutality.share` is a facet of `narratives.brutality`.

    Returns:
        `values`: one row a record, with `name`, `notebook`, `cell`, `cases` (place of its set) and, of a share, `n`,
        `of` and `interval` (0-1), unless it is too small to be printed. `sets`: lists of case ids.
    """
    asked = {stem for name in names for stem in (name, name.rpartition(".")[0])}
    places: dict[tuple[str, ...], int] = {}
    rows = []
    for file in sorted((root / "figures").glob("*/values.json")):
        record = json.loads(file.read_text("utf-8"))
        for name, entry in sorted(record["values"].items()):
            if name not in asked:
                continue
            row = {"name": name, "notebook": record["notebook"], "cell": entry["cell"]}
            row["cases"] = places.setdefault(tuple(entry["cases"] or ()), len(places))
            if "denominator" in entry and not entry.get("withheld"):
                interval = [round(end, 4) for end in entry["interval"] or ()]
                row |= {"n": entry["n"], "of": entry["denominator"], "interval": interval}
            rows.append(row)
    return {"values": rows, "sets": [list(ids) for ids in places]}
