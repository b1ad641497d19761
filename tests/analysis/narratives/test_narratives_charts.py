"""The charts of the narratives: readable, named mark by mark, the same bytes each time, for any data."""

import re

import pandas as pd
import pytest

from analysis.narratives.codes import reached
from analysis.narratives.combinations import numbers_voiced, patterns
from analysis.narratives.combinations_chart import combinations_chart
from analysis.narratives.details import detail_table, forms_seen
from analysis.narratives.details_chart import details_chart
from analysis.narratives.groups_text import details_text, joining_text, subgroups_text
from analysis.narratives.joining import joining_leaving
from analysis.narratives.joining_chart import joining_chart
from analysis.narratives.narratives import narrative_table
from analysis.narratives.narratives_chart import narratives_chart
from analysis.narratives.narratives_text import combinations_text, narratives_text
from analysis.narratives.subgroups import contrasts, dimensions, subgroup_table
from analysis.narratives.subgroups_chart import subgroups_chart
from analysis.record.legible import faults
from analysis.record.style import marks_of, svg_bytes
from analysis.stats.pairs import leaders, narrative_pairs

NAMES = ("narratives", "combinations", "joining", "details", "subgroups")


def as_coded(codes):
    """The codes as they are."""
    return codes


def all_voiced(codes):
    """Everybody voices everything."""
    return codes.mask(codes.notna(), 1)


def none_voiced(codes):
    """Nobody voices anything."""
    return codes.mask(codes.notna(), 0)


def nothing_known(codes):
    """No account reaches reasons."""
    return codes.mask(codes.notna(), pd.NA)


CHANGES = (as_coded, all_voiced, none_voiced, nothing_known)


def drawn(dataset, name, change):
    """One chart of the chapter with its words, from the project's data or a change of all its codes."""
    study = dataset.study
    labels = {code.variable: code.label for code in study.narratives}
    final, first, second = (
        change(dataset.coded(study.narrative_variables, coder)) for coder in ("adjudicated", "A", "B")
    )
    if name == "narratives":
        table = narrative_table(final, first, second, study.narratives)
        text = narratives_text(table, leaders(final, narrative_pairs(final)), len(reached(final)))
        return narratives_chart(table, text.title), text
    if name == "combinations":
        found = patterns(final)
        text = combinations_text(found, numbers_voiced(final), labels)
        return combinations_chart(found, labels, text.title), text
    if name == "joining":
        cells = joining_leaving(change(dataset.coded(study.joining_variables)), final, study.mirrors)
        motives = {code.variable: code.short for code in study.joining_motives}
        text = joining_text(cells, motives, labels, len(final))
        return joining_chart(cells, motives, labels, text.title), text
    if name == "details":
        forms = change(dataset.coded([code.variable for detail in study.details for code in detail.variables], "B"))
        table = detail_table(forms, second, study.details)
        text = details_text(table, forms_seen(forms, second, study.details), labels)
        return details_chart(table, labels, text.title), text
    names = (dataset.value_labels("countries", "region"), dataset.value_labels("cases", "gender"))
    divided = dimensions(dataset.core, study, *names)
    table, titles = subgroup_table(final, divided), {dimension.id: dimension.label for dimension in divided}
    text = subgroups_text(table, contrasts(final, divided), labels, titles)
    return subgroups_chart(table, titles, labels, text.title), text


@pytest.fixture(
    scope="module",
    params=[(name, change) for name in NAMES for change in CHANGES],
    ids=lambda pair: f"{pair[0]}-{pair[1].__name__}",
)
def chart_with_words(dataset, request):
    """Each chart and its words, drawn once from the data and once from each change of it."""
    return drawn(dataset, *request.param)


def test_every_chart_can_be_read_whatever_the_codes(chart_with_words):
    """No words overlap, leave the page, are too small or too faint, in the data and at its extremes."""
    assert faults(chart_with_words[0]) == []


def test_no_words_of_a_chart_show_a_missing_number(chart_with_words):
    """Title, caption, alt text and labels never print a missing value, and alt is not the caption."""
    chart, text = chart_with_words
    for words in (text.title, text.caption, text.alt, *marks_of(chart).values()):
        assert words
        assert not re.search(r"\bnan\b|<NA>|\bNA\b", words)
    assert text.alt != text.caption
    assert not text.title.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_the_same_bytes_each_time_and_names_its_marks(dataset, name):
    """Two drawings are equal to the byte; each named mark is one element with a number in its label."""
    chart, again = (drawn(dataset, name, as_coded)[0] for _ in range(2))
    svg = svg_bytes(chart)
    assert svg == svg_bytes(again)
    assert marks_of(chart)
    for mark, label in marks_of(chart).items():
        assert svg.decode().count(f'id="{mark}"') == 1
        assert re.search(r"\d", label.split(":")[-1])


def test_the_narratives_chart_carries_every_number_of_its_table(dataset):
    """The labels of a narrative hold its share, both ends of the interval, both coder variants and the bounds."""
    chart, _ = drawn(dataset, "narratives", as_coded)
    study = dataset.study
    codes = [dataset.coded(study.narrative_variables, coder) for coder in study.coders]
    table = narrative_table(codes[2], codes[0], codes[1], study.narratives)
    for variable, row in table.iterrows():
        said = " ".join(label for mark, label in marks_of(chart).items() if str(variable).replace("_", "-") in mark)
        for n in (row["n"], row["strict_n"], row["broad_n"]):
            assert f"({n} of {row['denominator']})" in said
        for share in (row["low"], row["high"], row["bounds_low"], row["bounds_high"]):
            assert f"{int(share * 100 + 0.5)}" in said
