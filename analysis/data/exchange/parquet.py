"""The tables as Parquet, with the types that the description gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def write_parquet(folder: Path, descriptor: dict[str, Any], target: Path) -> list[Path]:
    """Write one file a table.

    Args:
        folder: The data, good by its description.
        descriptor: The description of the data package.
        target: An existing folder.

    Returns:
        The files. Integers, numbers and truth values have their types; dates may be coarser than a day and stay text;
        an empty cell is null. Rows keep their order.
    """
    made = []
    with duckdb.connect() as database:
        for resource in descriptor["resources"]:
            types = {field["name"]: _TYPES.get(field["type"], "VARCHAR") for field in resource["schema"]["fields"]}
            rows = database.read_csv(
                str(folder / resource["path"]), header=True, dtype=types, na_values="", quotechar='"', parallel=False
            )
            made.append(target / f"{resource['name']}.parquet")
            rows.write_parquet(str(made[-1]))
    return made
