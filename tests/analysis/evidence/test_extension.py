"""The later cases beside the core list, both by the decided codes."""

import pandas as pd

from analysis.data.dataset import load
from analysis.evidence import extension
from analysis.evidence.extension import extension_table, voiced_again, words
from caught import assert_sound
from data_rows import read_rows, write_rows


def test_a_narrative_nobody_voices_later_is_not_voiced_again(dataset, data_copy):
    """Set to 0 in every later case, a narrative is no longer among those voiced again."""
    study = dataset.study
    name = study.narrative_variables[0]
    assert study.label(name).lower() in voiced_again(extension_table(dataset))
    rows, forms = read_rows(data_copy / "codings.csv"), {form.variable for form in study.forms_of(name)}
    for row in rows:
        if row["case_id"] in dataset.later.index and row["coder"] == study.final_coder and row["variable"] in forms:
            row |= {"value": row["value"] and "0", "evidence": "", "story_id": "", "reason": "It is another form."}
    write_rows(data_copy / "codings.csv", rows)
    assert study.label(name).lower() not in voiced_again(extension_table(load(data_copy)))


def test_the_title_says_what_is_gone(dataset):
    """A narrative that no later case voices is named, and a corrected change too."""
    columns = {"label": ["One", "Two"], "p": 0.5, "p_holm": [1.0, 0.01]}
    for side in ("in", "out"):
        columns |= {f"{side}_n": [0, 4], f"{side}_denominator": 10, f"{side}_share": [0.0, 0.4]}
        columns |= {f"{side}_low": 0.0, f"{side}_high": 0.7}
    table = pd.DataFrame({"difference": 0.0, **columns}, index=["a", "b"])
    title = words(table, dataset.study, 4).title
    assert title == "One is not voiced again after August 2015; the share changes on two (40% to 40%)"


def test_the_figure_is_sound_and_counts_the_later_cases(dataset):
    """The cases on record are those of the later list."""
    assert assert_sound(extension.show, dataset).texts["extension.cases"] == str(len(dataset.later))
