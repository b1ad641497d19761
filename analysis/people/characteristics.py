"""Who the people on the list are: what is reported of each, counted, in one table."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.people.reported import NOT_REPORTED, flags, tally
from analysis.record.cell import MINIMUM, Cell
from analysis.record.formats import percent, percent_range, plural
from analysis.record.small_cells import FEWER, LEAST, too_few
from analysis.stats.uncertainty import Share, share_of

FIELDS = {  # in the order of the table
    "gender": "Gender",
    "age": "Age when joining",
    "region": "Region",
    "role": "Main role in IS",
    "status_at_disclosure": "Situation when made public",
    "certainty": "Certainty of inclusion",
}


def counts(data: Dataset) -> pd.DataFrame:
    """Counts and shares of every characteristic of the core list, one row per value that somebody has.

    Returns:
        Columns `characteristic`, `value`, `label`, `n` (missing, as its share, where too small to be printed),
        `denominator` (cases in which it is reported), `share`, `low`, `high` (0-1, Wilson 95%). The most frequent value
        first, but for the certainty, which has an order of its own.
    """
    cases = data.core.assign(age=data.core["minor_when_joined"].map({True: "minor", False: "adult"}).astype(object))
    labels = {"age": {"adult": "18 or over", "minor": "under 18"}, "region": data.value_labels("countries", "region")}
    parts = []
    for field, name in FIELDS.items():
        named = labels.get(field) or data.value_labels("cases", field)
        table = tally(cases[field], named if field == "certainty" else None)
        table = table[table["n"] > 0].reset_index()
        table.insert(0, "characteristic", name)
        table.insert(2, "label", table["value"].map({**named, NOT_REPORTED: "not reported"}))
        parts.append(without_small_cells(table))
    return pd.concat(parts, ignore_index=True).astype({"n": "Int64"})


def without_small_cells(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of one characteristic without numbers of one or two people.

    Values that so few have are one row where together they have enough; else `n` and what follows from it is missing.
    """
    several = table[table["n"].map(too_few) & (table["value"] != NOT_REPORTED)]
    if len(several) > 1 and several["n"].sum() >= LEAST:
        joined = {"value": " or ".join(several["value"]), "label": " or ".join(several["label"])}
        share = Share.of(int(several["n"].sum()), int(several["denominator"].iloc[0])).row
        row = several.head(1).assign(**joined, **share)
        kept = table.drop(several.index)
        last = kept["value"] == NOT_REPORTED
        table = pd.concat([kept[~last], row, kept[last]], ignore_index=True)
    hidden = table["n"].map(too_few) & (table["value"] != NOT_REPORTED)
    return table.assign(**{name: table[name].mask(hidden) for name in ("n", "share", "low", "high")})


def printed(counted: pd.DataFrame) -> pd.DataFrame:
    """The `counts` as the paper prints them, each characteristic named once; a dash where there is no share."""
    shares = [
        f"{percent(share)} ({percent_range(low, high)})" if share == share else "–"
        for share, low, high in counted[["share", "low", "high"]].itertuples(index=False)
    ]
    columns = {
        "Characteristic": counted["characteristic"].mask(counted["characteristic"].duplicated(), ""),
        "Reported as": counted["label"],
        "Cases": [FEWER if pd.isna(n) else str(n) for n in counted["n"]],
        "Share of those reported (95% interval)": shares,
    }
    return pd.DataFrame(columns)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record `people.gender.<gender>`, `people.minors` and `people.role.combat`; give the table `people`."""
    core = data.core
    coded = {f"people.gender.{gender}": flags(core["gender"], [gender]) for gender in ("male", "female")}
    coded["people.role.combat"] = flags(core["role"], ["combat"])
    coded["people.minors"] = core["minor_when_joined"].astype("Int64")
    for name, values in coded.items():
        cell.share(name, share_of(values), values.index[values == 1])
    counted = counts(data)
    return cell.table(
        "people",
        printed(counted),
        title="What is reported of the people on the core list",
        caption=f"What is reported of the {plural(len(core), 'case')} of the core list. Shares, with Wilson 95% "
        "intervals, are of the cases in which the thing is reported; “not reported” is counted and has no share. "
        f"Values that {FEWER} people have are joined, or not counted. " + MINIMUM,
        align="llrr",
        widths=[24, 28, 8, 24],
        data=counted,
        cases=core.index,
    )
