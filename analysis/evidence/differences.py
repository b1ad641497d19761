"""What the coders' differences were: of retrieval, of reading or of rule, and how clear their decision was."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.record.formats import count, percent, plural

ALL, NONE = "all", "none"
BORDERLINE = "borderline"


def decided_differences(data: Dataset) -> pd.DataFrame:
    """The forms on which the two coders differ: they gave different values, or one gave a value and the other none.

    Returns:
        One row per form and core or later case that more than one read, columns `case_id`, `variable`, `narrative`
        (`none` where the form makes none of them), `difference` (its kind), `strength` (NA where the decision states
        none) and `one_reached` (whether one coder alone reached reasons in that case).
    """
    study, cases = data.study, data.core.index.union(data.later.index).difference([*data.study.edition.alone])
    forms = [form.variable for form in study.forms]
    one, other = (data.coded(forms, coder, cases) for coder in study.edition.coders)
    differ = one.ne(other).fillna(False) | (one.isna() != other.isna())
    pairs = differ.melt(ignore_index=False, var_name="variable").set_index("variable", append=True)["value"]
    pairs = pairs.sort_index().rename_axis(["case_id", "variable"])
    decided = data.codings[data.codings["coder"] == study.final_coder].set_index(["case_id", "variable"])
    rows = decided.loc[pairs.index[pairs], ["difference", "strength"]].reset_index()
    reach = pd.DataFrame(
        {coder: data.coded([study.reach], coder, cases)[study.reach] for coder in study.edition.coders}
    )
    alone = cases[reach.eq(1).fillna(False).sum(axis=1).eq(1)]
    narrative = [study.narrative_of(variable) or NONE for variable in rows["variable"]]
    return rows.assign(narrative=narrative, one_reached=rows["case_id"].isin(alone))


def differences_table(rows: pd.DataFrame, kinds: list[str], narratives: list[str]) -> pd.DataFrame:
    """How many of the `decided_differences` there were of each kind, in the order of kinds and narratives.

    Index the narratives, `none` (forms outside them) and `all`; `n`, a column a kind, and `borderline`: counts.
    """
    table = pd.crosstab(rows["narrative"], rows["difference"]).reindex([*narratives, NONE], fill_value=0)
    table = table.reindex(columns=kinds, fill_value=0)
    strength = rows.groupby("narrative")["strength"].agg(lambda given: given.eq(BORDERLINE).sum())
    table[BORDERLINE] = strength.reindex(table.index, fill_value=0).astype(int)
    table.insert(0, "n", table[kinds].sum(axis=1))
    table.loc[ALL] = table.sum()
    return table.rename_axis(columns=None)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the differences in all by kind, and the table `differences`; return the table."""
    study, rows = data.study, decided_differences(data)
    labels = data.value_labels("codings", "difference")
    table = differences_table(rows, list(labels), study.narrative_variables)
    for name, number in table.loc[ALL].items():
        found = rows if name == "n" else rows[rows["difference"].eq(str(name)) | rows["strength"].eq(str(name))]
        key = ALL if name == "n" else name
        cell.value(f"differences.{key}.n", number, unit="count", cases=found["case_id"].unique())
    names = {**study.narrative_labels, NONE: "Forms outside the narratives", ALL: "All forms"}
    printed = table.map(count).rename(columns=lambda kind: "Differences" if kind == "n" else kind.capitalize())
    printed.insert(0, "Forms of", [names[str(name)] for name in table.index])
    said = "; ".join(f"{kind}: {meaning}" for kind, meaning in labels.items())
    cells, accounts = rows["one_reached"].sum(), rows.loc[rows["one_reached"], "case_id"].nunique()
    share = f"{count(cells)} of {count(len(rows))} ({percent(cells / len(rows))})" if len(rows) else "none"
    return cell.table(
        "differences",
        printed,
        title="What the coders’ differences were",
        caption=f"Forms to which coders {' and '.join(study.edition.coders)} gave different codes, or one a code and "
        f"the other none, in {plural(len(data.core) + len(data.later), 'core or later case')}, by the kind that the "
        f"third coder saw ({said}). {share} stand in {plural(accounts, 'account')} of which one coder alone reached "
        "the reasons, so that each form differs. Borderline: the third coder called the decision borderline; strength "
        f"was stated for {count(rows['strength'].notna().sum())} of the differences.",
        align="l" + "r" * len(table.columns),
        widths=[30, *[14] * len(table.columns)],
        cases=rows["case_id"].unique(),
        data=table,
    )
