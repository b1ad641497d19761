"""The first edition beside the second: the list, reasons reached, and each narrative, on both lists."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Edition
from analysis.record.cell import Cell
from analysis.record.formats import count, join_words, of
from analysis.stats.uncertainty import Share, share_of

LISTED, REACHED = "listed", "reached"


def edition_table(data: Dataset) -> pd.DataFrame:
    """What each edition decided, on its own core list and, of ours, on the list of each other edition.

    Returns:
        One row per quantity (`listed`, `reached`, each narrative) and column of print: `quantity`, `codes` (whose
        decision), `on` (whose list), `n`, `denominator` (of `reached` the list, of a narrative the accounts reached; of
        `listed` missing), `share`, `low`, `high` (0-1, Wilson 95%).
    """
    study = data.study
    earlier = [one for one in study.editions if one != study.edition]
    columns = [(one, one) for one in earlier] + [(study.edition, one) for one in earlier]
    rows = []
    for whose, on in [*columns, (study.edition, study.edition)]:
        codes = data.coded(study.narrative_variables, whose.final, data.core_of(on))
        shares: dict[str, Share] = {REACHED: share_of(codes.notna().all(axis=1).astype("Int64"))}
        shares |= {str(name): share_of(codes[name]) for name in codes}
        listed = {"quantity": LISTED, "codes": whose.id, "on": on.id, "n": len(codes)}
        rows += [listed, *({**listed, "quantity": name, **share.row} for name, share in shares.items())]
    return pd.DataFrame(rows)


def printed(table: pd.DataFrame, labels: dict[str, str], editions: dict[str, Edition]) -> pd.DataFrame:
    """The `edition_table` as text: a row a quantity (in the order of `labels`), a column for codes and list."""
    columns: dict[str, list[str]] = {}
    for (codes, on), rows in table.groupby(["codes", "on"], sort=False):
        head = editions[str(codes)].label + ("" if codes == on else f", list of the {editions[str(on)].label.lower()}")
        found = rows.set_index("quantity").loc[list(labels)]
        columns[head] = [
            count(n) if pd.isna(known) else of(int(n), int(known))
            for n, known in found[["n", "denominator"]].to_numpy()
        ]
    return pd.DataFrame({"": list(labels.values()), **columns})


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the table `editions`, and give it as printed."""
    study, table = data.study, edition_table(data)
    if len(study.editions) == 1:
        raise Lacking(
            "data/datapackage.json study.editions", "no edition stands beside the one that the paper rests on"
        )
    labels = {LISTED: "Core cases", REACHED: "Reasons reached", **study.narrative_labels}
    editions = {one.id: one for one in study.editions}
    shown = printed(table, labels, editions)
    coded = join_words(f"{one.label.lower()} by {one.coded}" for one in study.editions)
    return cell.table(
        "editions",
        shown,
        title="The first edition beside the second",
        caption="What each edition decided, counted anew from its codes: core cases, those whose text reaches reasons, "
        f"and among these the cases that voice each narrative. The codes differ in kind ({coded}) and in rule.",
        align="l" + "r" * (len(shown.columns) - 1),
        widths=[20, *[24] * (len(shown.columns) - 1)],
        data=table,
        cases=data.core.index,
    )
