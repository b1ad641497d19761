"""The later cases beside the core list, both by the decided codes."""

import pandas as pd

from analysis.data.dataset import load
from analysis.evidence import extension
from analysis.evidence.extension import extension_table, voiced_again, words
from caught import assert_sound


def test_a_narrative_nobody_voices_later_is_not_voiced_again(data_copy, edit):
    """Set to 0 in every later case, a narrative is no longer among those voiced again."""
    before = load(data_copy)
    name = before.study.narrative_variables[0]
    assert before.study.label(name).lower() in voiced_again(extension_table(before))
    codes, decides = before.coded(before.study.coded_variables, cases=before.later.index), before.study.final_coder
    silent = {"value": "0", "evidence": "", "story_id": "", "reason": "It is another form."}
    for form in before.study.forms_of(name):
        for case in codes.index[codes[form.variable].eq(1).fillna(False)]:
            edit("codings.csv", {"case_id": case, "coder": decides, "variable": form.variable}, **silent)
    assert before.study.label(name).lower() not in voiced_again(extension_table(load(data_copy)))


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
