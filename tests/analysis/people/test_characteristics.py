"""The table of people counts each characteristic in full, and the record has what the prose says of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from analysis.data.dataset import Dataset
from analysis.people.characteristics import counts, printed, show
from analysis.people.reported import NOT_REPORTED
from caught import caught
from dated_cases import core_rows


def test_each_characteristic_is_counted_in_full(dataset: Dataset) -> None:
    """Within every characteristic the counts sum to the core list, and nobody is shown who is not there."""
    table = counts(dataset)
    assert set(table.groupby("characteristic")["n"].sum()) == {len(dataset.core)}
    assert (table["n"] > 0).all()
    assert table["label"].notna().all()
    text = printed(table)
    assert text["Cases"].tolist() == [str(n) for n in table["n"]]
    assert (text["Share of those reported (95% interval)"].eq("–") == table["value"].eq(NOT_REPORTED)).all()


def test_what_is_recorded_is_counted_in_the_file(dataset: Dataset, root: Path) -> None:
    """Gender, combat and age: unknown values are in neither count, and the cases are those counted."""
    cell, rows = caught(show, dataset), core_rows(root)
    asked = {"gender.male": ("gender", "male"), "gender.female": ("gender", "female")}
    asked |= {"role.combat": ("role", "combat"), "minors": ("minor_when_joined", "true")}
    for name, (field, value) in asked.items():
        said, share = Counter(row[field] or NOT_REPORTED for row in rows), cell.shares[f"people.{name}"]
        assert (share.n, share.denominator) == (said[value], len(rows) - said[NOT_REPORTED])
        assert cell.cases[f"people.{name}"] == sorted(row["case_id"] for row in rows if row[field] == value)
