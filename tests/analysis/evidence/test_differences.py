"""Differences of the coders, against a plain count of the rows."""

import pandas as pd

from analysis.data.dataset import load
from analysis.evidence import differences
from analysis.evidence.differences import decided_differences
from caught import caught


def plain(dataset) -> pd.DataFrame:
    """The rows of both coders side by side, for the forms of core and later cases, where they are not the same."""
    study, rows = dataset.study, dataset.codings.astype({"case_id": object, "coder": object, "variable": object})
    rows = rows[rows["variable"].isin([form.variable for form in study.forms])]
    rows = rows[rows["case_id"].isin(dataset.core.index.union(dataset.later.index))]
    wide = rows[rows["coder"].isin(study.coders)].pivot(index=["case_id", "variable"], columns="coder", values="value")
    one, other = (wide[coder].astype(float).fillna(-1) for coder in study.edition.coders)
    return wide[one != other]


def test_every_difference_is_counted_once_with_its_kind(dataset):
    """The rows on which the coders differ are those of a plain comparison, and each has a kind."""
    found = decided_differences(dataset)
    assert set(zip(found["case_id"], found["variable"], strict=True)) == set(plain(dataset).index)
    assert found["difference"].notna().all()


def test_kinds_add_up_and_are_recorded(dataset):
    """Retrieval, reading and rule make all differences; the narratives and the other forms make all of each kind."""
    shown = caught(differences.show, dataset)
    n = {
        name: int(shown.texts[f"differences.{name}.n"])
        for name in ("all", "retrieval", "reading", "rule", "borderline")
    }
    assert n["all"] == len(plain(dataset)) == n["retrieval"] + n["reading"] + n["rule"]
    printed = shown.tables["differences"].set_index("Forms of").astype(int)
    assert (printed.iloc[:-1].sum() == printed.iloc[-1]).all()
    assert list(printed.iloc[-1]) == [n["all"], n["retrieval"], n["reading"], n["rule"], n["borderline"]]


def test_a_difference_removed_from_the_data_is_counted_no_more(data_copy, edit):
    """Coding a form as the other coder did makes one difference less."""
    before = load(data_copy)
    pairs = plain(before)
    one, other = before.study.edition.coders
    case, form = pairs[pairs.notna().all(axis=1)].index[0]
    link = before.case_stories.set_index("case_id")["story_id"].loc[[case]].iloc[0]
    said = {"value": "1", "evidence": "x", "story_id": link}
    said = said if pairs.loc[(case, form), other] else {"value": "0", "evidence": "", "story_id": ""}
    edit("codings.csv", {"case_id": case, "coder": one, "variable": form}, **said)
    assert len(decided_differences(load(data_copy))) == len(pairs) - 1
