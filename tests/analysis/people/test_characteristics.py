"""The table of people counts each characteristic in full, and the record has what the prose says of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.data.dataset import Dataset
from analysis.people.characteristics import counts, printed, show, without_small_cells
from analysis.people.reported import NOT_REPORTED, tally
from analysis.record.small_cells import FEWER
from caught import caught
from data_rows import core_rows


def test_each_characteristic_is_counted_in_full(dataset: Dataset) -> None:
    """In each characteristic counts and what is withheld sum to the core list; no value is shown that nobody has."""
    table = counts(dataset)
    sums = table.groupby("characteristic")["n"].sum()
    hidden = table[table["n"].isna()].groupby("characteristic").size().reindex(sums.index, fill_value=0)
    left = len(dataset.core) - sums
    assert ((hidden <= left) & (left <= 2 * hidden)).all()
    assert (table["n"].dropna() > 0).all()
    assert table["label"].notna().all()
    text = printed(table)
    assert text["Cases"].tolist() == [FEWER if pd.isna(n) else str(n) for n in table["n"]]
    bare = table["value"].eq(NOT_REPORTED) | table["n"].isna()
    assert (text["Share of those reported (95% interval)"].eq("–") == bare).all()


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 2, "c": 1}, {"a": 5, "b or c": 3}),
        ({"a": 5, "b": 2}, {"a": 5, "b": None}),
        ({"a": 5, "b": 1, "c": 1}, {"a": 5, "b": None, "c": None}),
        ({"a": 5, "b": 3, NOT_REPORTED: 1}, {"a": 5, "b": 3, NOT_REPORTED: 1}),
    ],
)
def test_values_of_one_or_two_people_are_joined_or_not_counted(
    sizes: dict[str, int], shown: dict[str, int | None]
) -> None:
    """Together they are one row where they have three; else the number is missing, with its share and interval."""
    table = tally(pd.Series([value for value, n in sizes.items() for _ in range(n)])).reset_index()
    found = without_small_cells(table.assign(label=table["value"]))
    numbers = dict(zip(found["value"], found["n"], strict=True))
    assert {value: None if pd.isna(n) else n for value, n in numbers.items()} == shown
    assert found.loc[found["n"].isna(), ["share", "low", "high"]].isna().all(axis=None)
    joined = found[found["value"] == "b or c"]
    assert joined["share"].tolist() == [3 / 8] * len(joined)


def test_what_is_recorded_is_counted_in_the_file(dataset: Dataset, root: Path) -> None:
    """Gender, combat and age: unknown values are in neither count, and the cases are those counted."""
    cell, rows = caught(show, dataset), core_rows(root)
    asked = {"gender.male": ("gender", "male"), "gender.female": ("gender", "female")}
    asked |= {"role.combat": ("role", "combat"), "minors": ("minor_when_joined", "true")}
    for name, (field, value) in asked.items():
        said, share = Counter(row[field] or NOT_REPORTED for row in rows), cell.shares[f"people.{name}"]
        assert (share.n, share.denominator) == (said[value], len(rows) - said[NOT_REPORTED])
        assert cell.cases[f"people.{name}"] == sorted(row["case_id"] for row in rows if row[field] == value)
