"""Voices: who may speak, in what order they are chosen, and what is printed of them."""

import pandas as pd
import pytest

from analysis.narratives.voices import candidates, chosen, show, words
from analysis.record.record import Record
from caught import caught
from data_rows import ROOT, core_rows, rows_of

ROW = {"supervised": 0, "undated": False, "age_unknown": False, "certainty": 0, "length": 5.0}


def rows(*given):
    """Candidates by case, country, form and what differs from the best; the narrative is `a`."""
    return pd.DataFrame(
        [
            {"narrative": "a", "case_id": case, "country": country, "variable": form, "number": number, **ROW, **other}
            for number, (case, country, form, other) in enumerate(given, 1)
        ]
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("A", "X", "f", {"supervised": 1}), ("B", "Y", "f", {})], ["B", "A"]),
        ([("A", "X", "f", {"age_unknown": True}), ("B", "Y", "f", {"certainty": 2})], ["B", "A"]),
        ([("A", "X", "f", {"length": 9.0}), ("B", "Y", "f", {})], ["B", "A"]),
        ([("A", "X", "f", {}), ("B", "Y", "f", {}), ("C", "Z", "g", {})], ["A", "C", "B"]),
        ([("A", "X", "f", {}), ("B", "X", "f", {}), ("A", "X", "g", {})], ["A"]),
        ([(case, case, "f", {}) for case in "ABCD"], ["A", "B", "C"]),
    ],
)
def test_the_best_speak_first(given, expected):
    """Liberty, age, length, a new form, one per country and person, and three at most."""
    assert chosen(rows(*given), ["a"])["case_id"].tolist() == expected


def test_nobody_speaks_for_two_narratives():
    """Who is all that one narrative has is left to it by the other, though that one comes first."""
    both = pd.concat([rows(("A", "X", "f", {}), ("B", "Y", "f", {})), rows(("A", "X", "g", {})).assign(narrative="b")])
    found = chosen(both, ["a", "b"])
    assert list(zip(found["narrative"], found["case_id"], strict=True)) == [("a", "B"), ("b", "A")]


def test_who_may_speak_follows_from_the_rows(dataset):
    """Each is an adult as far as known, coded 1 by both coders and by a decision that is clear, in the file itself."""
    codes = {(r["case_id"], r["coder"], r["variable"]): r for r in rows_of(ROOT, "codings.csv")}
    cases = {row["case_id"]: row for row in core_rows()}
    found = candidates(dataset)
    assert len(found) > 20
    for case, form, evidence in found[["case_id", "variable", "evidence"]].itertuples(index=False):
        assert {codes[case, coder, form]["value"] for coder in dataset.study.coders} == {"1"}
        decided = codes[case, dataset.study.final_coder, form]
        assert (decided["strength"], decided["evidence"]) == ("clear", evidence)
        assert cases[case]["minor_when_joined"] != "true"


def test_what_is_printed_of_a_voice(dataset):
    """Paraphrase, form, outlet, month, situation and number; a link where there is a table of cases; fewer are told."""
    voice = chosen(candidates(dataset), dataset.study.narrative_variables).head(1)
    row = voice.iloc[0]
    linked, plain = words(voice, dataset.study), words(voice, dataset.study, 1, linked=False)
    assert f'[Case {row["number"]}](#tbl-cases){{case="{row["case_id"]}"}}' in linked
    assert "One account, in paraphrase; no more fit the rule" in linked
    assert f"Case {row['number']}." in plain
    assert row["case_id"] not in plain
    for said in (row["evidence"], dataset.study.label(row["variable"]), row["outlet"]):
        assert said in plain
    assert words(voice.head(0), dataset.study).count("No account fits") == 1


def test_the_voices_are_recorded(dataset):
    """Three different people of three countries for each narrative, one of them on the first page, two in the brief."""
    cell, voices = caught(show, dataset), show(Record("any").cell("any"), dataset)
    country = dataset.core.set_index("number")["country"]
    assert voices["number"].is_unique
    for narrative, of_narrative in voices.groupby("narrative"):
        assert country[of_narrative["number"]].is_unique
        assert len(of_narrative) <= 3
        told = cell.passages[f"voices-{narrative.replace('_', '-')}"]
        assert [said in told for said in of_narrative["evidence"]] == [True] * len(of_narrative)
    assert [cell.passages[name].count("::: {.voice}") for name in ("voice-front", "voices-brief")] == [1, 2]
