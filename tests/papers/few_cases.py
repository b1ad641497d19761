"""The data package of the project with a few of its cases, small enough to be spoiled and loaded a hundred times."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data_rows import ROOT, Rows, read_rows, write_rows

CASES = ("AF-01", "AL-01", "AT-01", "AU-01", "BE-01", "CH-01", "DE-01", "DE-02", "EG-01", "FR-22", "SY-01", "XX-01")


def few_cases(folder: Path) -> Path:
    """Write `data/` with these cases and all that belongs to them into a folder; give its path."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    for file in ("cases.csv", "case_stories.csv", "codings.csv", "facts.csv"):
        write_rows(data / file, [row for row in read_rows(data / file) if row["case_id"] in CASES])
    told = {row["story_id"] for row in read_rows(data / "case_stories.csv")}
    write_rows(data / "stories.csv", [row for row in read_rows(data / "stories.csv") if row["story_id"] in told])
    return data


def text_of(rows: Rows, separator: str = ",") -> str:
    """Rows as the text of a file, with another sign between the cells."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _sorted_alone(column: str, downwards: bool = False) -> Callable[[Rows], Rows]:
    def sort(rows: Rows) -> Rows:
        cells = sorted((row[column] for row in rows), reverse=downwards)
        return [{**row, column: cell} for row, cell in zip(rows, cells, strict=True)]

    return sort


def _other_order(rows: Rows) -> Rows:
    return [dict(reversed(row.items())) for row in rows]


def _other_names(**names: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{names.get(name, name): cell for name, cell in row.items()} for row in rows]


SAVED: dict[str, Callable[[Rows], str | bytes]] = {
    "with semicolons": lambda rows: text_of(rows, ";"),
    "with tabs": lambda rows: text_of(rows, "\t"),
    "with bars": lambda rows: text_of(rows, "|"),
    "with sep=,": lambda rows: "sep=,\n" + text_of(rows),
    "with sep=;": lambda rows: "sep=;\r\n" + text_of(rows, ";").replace("\n", "\r\n"),
    "as Latin-1": lambda rows: text_of(rows).encode("latin-1", "replace"),
    "as another code page": lambda rows: text_of(rows).encode().replace(b",", b",\x81", 1),
    "as UTF-16": lambda rows: text_of(rows).encode("utf-16"),
    "as half of UTF-16": lambda rows: text_of(rows).encode("utf-16")[:-1],
    "with a BOM": lambda rows: text_of(rows).encode("utf-8-sig"),
    "with CRLF": lambda rows: text_of(rows).replace("\n", "\r\n"),
    "with columns in another order": lambda rows: text_of(_other_order(rows)),
    "with capitals in the header": lambda rows: text_of(_other_names(case_id="Case_ID ", country="COUNTRY")(rows)),
    "with empty columns": lambda rows: "".join(f"{line},,\n" for line in text_of(rows).splitlines()),
    "without a header": lambda rows: text_of(rows).partition("\n")[2],
    "without its last column": lambda rows: text_of([dict(list(row.items())[:-1]) for row in rows]),
    "with empty rows": lambda rows: text_of(rows) + "," * (len(rows[0]) - 1) + "\n\n",
    "with one row twice": lambda rows: text_of([*rows, rows[-1]]),
    "without its last row": lambda rows: text_of(rows[:-1]),
    "empty": lambda _: "",
    "with a header alone": lambda rows: text_of(rows).partition("\n")[0] + "\n",
    "cut in a cell": lambda rows: text_of(rows).rstrip("\n") + ',"cut',
    "with an open quote": lambda rows: text_of(rows) + '"open',
    "with a comma too many": lambda rows: text_of(rows).replace("\n", ",x\n", 2).replace(",x\n", "\n", 1),
    "with a merge left open": lambda rows: text_of(rows) + "<<<<<<< HEAD\n",
}
"""Ways in which a file may come back from elsewhere."""


def spoil(data: Path, given: dict[str, Any]) -> int:
    """Spoil one file of a package as an entry of `tests/bad_data/inputs.toml` says; give the line of the first change.

    Args:
        data: The folder of the package.
        given: `file`; and `where` with `cells`, or `saved`, or `old` with `new`, or `sorted`, or `renamed`, or `gone`.
    """
    path = data / given["file"]
    if "old" in given:
        text = path.read_text("utf-8")
        assert given["old"] in text, given
        path.write_text(text.replace(given["old"], given["new"], 1), "utf-8")
        return text[: text.index(given["old"])].count("\n") + 1
    if given.get("gone") is True:
        path.unlink()
        return 0
    rows = read_rows(path)
    if "saved" in given:
        saved = SAVED[given["saved"]](rows)
        path.write_bytes(saved if isinstance(saved, bytes) else saved.encode())
        return len(rows) + 1
    where = given.get("where", given.get("gone", {}))
    hits = [at for at, row in enumerate(rows) if all(row[name] == cell for name, cell in where.items())]
    assert hits, given
    if "cells" in given:
        for at in hits:
            rows[at] |= given["cells"]
    elif "gone" in given:
        rows = [row for at, row in enumerate(rows) if at not in hits]
    elif "sorted" in given:
        rows = _sorted_alone(given["sorted"], given.get("downwards", False))(rows)
    else:
        rows = _other_names(**given["renamed"])(rows)
    write_rows(path, rows)
    return hits[0] + 2
