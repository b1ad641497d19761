"""The table of people counts each characteristic in full, and the record has what the prose says of them."""

import pandas as pd
import pytest

from analysis.people.characteristics import counts, printed, without_small_cells
from analysis.people.reported import NOT_REPORTED, tally
from analysis.record.small_cells import FEWER


def test_each_characteristic_is_counted_in_full(dataset):
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
def test_values_of_one_or_two_people_are_joined_or_not_counted(sizes, shown):
    """Together they are one row where they have three; else the number is missing, with its share and interval."""
    table = tally(pd.Series([value for value, n in sizes.items() for _ in range(n)])).reset_index()
    found = without_small_cells(table.assign(label=table["value"]))
    numbers = dict(zip(found["value"], found["n"], strict=True))
    assert {value: None if pd.isna(n) else n for value, n in numbers.items()} == shown
    assert found.loc[found["n"].isna(), ["share", "low", "high"]].isna().all(axis=None)
    joined = found[found["value"] == "b or c"]
    assert joined["share"].tolist() == [3 / 8] * len(joined)
