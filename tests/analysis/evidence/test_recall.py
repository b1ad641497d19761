"""What second looks say of the list, against the numbers that the evidence gives in print."""

import pandas as pd
import pytest

from analysis.evidence import recall
from analysis.evidence.recall import recall_table
from analysis.stats.lower_bound import chao1
from caught import caught


def test_a_sweep_is_a_second_capture_and_a_name_is_not():
    """74 listed, 49 met, 46 of them listed: 79 cases with an error of 1.7; names give a share alone."""
    looks = {"capture": ["sweep", "named"], "pool": "core", "kind": ["sweep", "named"], "label": "Look"}
    table = recall_table(pd.DataFrame({**looks, "listed": 74, "met": [49, 62], "met_listed": [46, 59]}))
    assert table.loc["sweep", ["estimate", "se"]].tolist() == pytest.approx([79, 1.7], abs=0.3)
    assert table.loc["named", "share"] == 59 / 62
    assert pd.isna(table.loc["named", "estimate"])


def test_each_second_look_is_printed_and_recorded(dataset):
    """A row per look without a gap; whole numbers of cases; shares of those met."""
    shown = caught(recall.show, dataset)
    printed = shown.tables["recall"]
    assert len(printed) == len(dataset.recall)
    assert "nan" not in printed.to_csv().lower()
    for row in dataset.recall.itertuples():
        assert shown.texts[f"recall.{row.capture}.of"] == f"{row.met_listed} of {row.met}"
        assert (f"recall.{row.capture}.estimate" in shown.texts) == (row.kind == "sweep")
        if row.kind == "sweep":
            assert int(shown.texts[f"recall.{row.capture}.estimate"]) >= row.met


def test_the_lower_bound_is_written_in_whole_cases(dataset):
    """Estimate and interval of the core list are whole numbers; the cases seen once are named."""
    shown, (estimate, low, high) = caught(recall.show, dataset), chao1(dataset.core["n_stories"])
    assert shown.texts["coverage.core.interval"] == f"{low:.0f} to {high:.0f}"
    assert shown.texts["coverage.core.estimate"] == f"{estimate:.0f}"
    links = dataset.case_stories["case_id"].value_counts().reindex(dataset.core.index)
    assert shown.cases["coverage.core.once"] == sorted(links.index[links == 1])
