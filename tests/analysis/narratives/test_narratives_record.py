"""What the chapter on narratives puts on record: the same names whatever the codes, and the numbers of the file."""

import csv
import json

import pandas as pd
import pytest

from analysis.narratives.combinations import numbers_voiced, patterns
from analysis.narratives.details import detail_between, detail_table, forms_seen
from analysis.narratives.groups_record import (
    record_between,
    record_details,
    record_joining,
    record_motives,
    record_subgroups,
)
from analysis.narratives.joining import joining_leaving, motive_table
from analysis.narratives.narratives import narrative_table
from analysis.narratives.narratives_record import (
    record_combinations,
    record_counted,
    record_deception,
    record_narratives,
    record_pairs,
    slug,
)
from analysis.narratives.subgroups import contrasts, dimensions, subgroup_table
from analysis.record.record import Record
from analysis.stats.pairs import leaders, narrative_pairs
from analysis.stats.uncertainty import Share, share_of


def all_values(dataset, folder, monkeypatch, change=lambda codes: codes):
    """Every value of the chapter, as its file holds them, from the project's codes or a change of them."""
    monkeypatch.setenv("ODN_FIGURES", str(folder))
    study, record = dataset.study, Record("narratives")
    final, first, second = (change(dataset.coded(study.narrative_variables, c)) for c in ("adjudicated", "A", "B"))
    labels = {code.variable: code.label for code in study.narratives}
    record_narratives(record, narrative_table(final, first, second, study.narratives), final, first, second)
    name = study.deception_narrative
    record_deception(record, name, final[name], study.deception_alone)
    pairs = narrative_pairs(final)
    record_pairs(record, pairs, leaders(final, pairs), labels)
    record_combinations(record, final, patterns(final), numbers_voiced(final), labels)
    motives = change(dataset.coded(study.joining_variables))
    record_motives(record, motives, motive_table(motives, study.joining_motives))
    record_joining(record, joining_leaving(motives, final, study.mirrors))
    forms = change(dataset.coded([code.variable for detail in study.details for code in detail.variables], "B"))
    record_details(record, detail_table(forms, second, study.details), forms_seen(forms, second, study.details))
    inside = dataset.core["country"].eq("SYR")
    form, narrative = forms["corruption_foreigner_privilege"], second["corruption"]
    record_between(record, "details.between", detail_between(form, narrative, inside), "inside", "outside")
    divided = dimensions(
        dataset.core, study, dataset.value_labels("countries", "region"), dataset.value_labels("cases", "gender")
    )
    record_subgroups(record, subgroup_table(final, divided), contrasts(final, divided), labels)
    record.save()
    return json.loads((folder / "narratives.values.json").read_text(encoding="utf-8"))["values"]


@pytest.mark.parametrize("everyone", [0, 1])
def test_the_names_do_not_depend_on_the_codes(dataset, tmp_path, monkeypatch, everyone):
    """Prose that names a value still finds it when nobody, or everybody, voices everything."""
    as_coded = all_values(dataset, tmp_path / "as-coded", monkeypatch)
    changed = all_values(dataset, tmp_path / "changed", monkeypatch, lambda codes: codes.mask(codes.notna(), everyone))
    assert set(changed) == set(as_coded)
    assert not [name for name, value in changed.items() if "nan" in value["text"].lower()]


def test_values_carry_the_counts_of_the_file(dataset, root, tmp_path, monkeypatch):
    """Each narrative's share, counts and cases equal those of the rows of the file, counted by hand."""
    values = all_values(dataset, tmp_path, monkeypatch)
    core = set(dataset.core.index)
    with (root / "data/codings.csv").open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["coder"] == "adjudicated" and r["case_id"] in core]
    for variable in dataset.study.narrative_variables:
        codes = {row["case_id"]: row["value"] for row in rows if row["variable"] == variable}
        voiced = sorted(case for case, value in codes.items() if value == "1")
        known = sum(value != "" for value in codes.values())
        value = values[f"narratives.{variable}.share"]
        assert (value["n"], value["denominator"], value["cases"]) == (len(voiced), known, voiced)
        assert value["value"] == pytest.approx(len(voiced) / known)
        assert values[f"narratives.{variable}.of"]["text"] == f"{len(voiced)} of {known}"
        both = values[f"narratives.{variable}.strict.n"]["value"]
        either = values[f"narratives.{variable}.broad.n"]["value"]
        assert both <= either


def test_without_deception_alone_the_share_loses_just_those_cases(dataset, tmp_path, monkeypatch):
    """The two counts of the doubted narrative differ by the cases that rest on deception alone."""
    values = all_values(dataset, tmp_path, monkeypatch)
    prefix = f"narratives.{dataset.study.deception_narrative}"
    resting = values[f"{prefix}.deception_alone.n"]
    assert set(resting["cases"]) <= set(dataset.study.deception_alone)
    assert values[f"{prefix}.n"]["value"] - values[f"{prefix}.without_deception_alone.n"]["value"] == resting["value"]
    assert values[f"{prefix}.denominator"] == values[f"{prefix}.without_deception_alone.denominator"]


def test_a_share_of_nothing_is_said_not_to_be_known(tmp_path, monkeypatch):
    """With a denominator of 0 the share and its interval read `not known`, the counts 0."""
    monkeypatch.setenv("ODN_FIGURES", str(tmp_path))
    record = Record("narratives")
    record_counted(record, "x.nothing", Share(0, 0, 0.0, 1.0))
    record_counted(record, "x.something", share_of(pd.Series([1, 0], dtype="Int64")))
    record.save()
    values = json.loads((tmp_path / "narratives.values.json").read_text(encoding="utf-8"))["values"]
    names = ("n", "denominator", "share", "interval", "of")
    assert [values[f"x.nothing.{name}"]["text"] for name in names] == ["0", "0", "not known", "not known", "0 of 0"]
    assert {name.split(".")[-1] for name in values if name.startswith("x.something")} == set(names)


def test_a_slug_is_a_part_of_a_name():
    """Blanks, hyphens and capitals become what a value's name allows."""
    assert slug("South and South-East Asia") == "south_and_south_east_asia"
