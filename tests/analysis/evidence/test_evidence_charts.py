"""The charts, words and tables of the evidence: readable, named mark by mark, the same bytes, right for any data."""

import re

import pandas as pd
import pytest

from analysis.evidence.agreement_chart import agreement_chart
from analysis.evidence.attention import rates_in, recruit_rates_in, rise
from analysis.evidence.attention_chart import attention_chart
from analysis.evidence.coders import agreement_table, pools
from analysis.evidence.comparison_chart import comparison_chart
from analysis.evidence.evidence_tables import agreement_print, coverage_print, missing_print, reading_print
from analysis.evidence.evidence_text import (
    access_text,
    agreement_text,
    attention_text,
    extension_text,
    group_names,
    limits,
    ratio_line,
)
from analysis.evidence.extension import extension_table
from analysis.evidence.missing import known_fields, missing_in, missingness, reading_groups, shares_by_reading
from analysis.people.reported import access_of
from analysis.record.formats import decimal, percent
from analysis.record.legible import faults
from analysis.record.style import marks_of, svg_bytes
from analysis.sensitivity.findings import finding, findings_frame, findings_table, one_or_range, outcomes
from analysis.sensitivity.sensitivity import Grid, narrative_outcome
from analysis.sensitivity.sensitivity_text import specification_text, upper_half
from analysis.sensitivity.specification import choice_rows
from analysis.sensitivity.specification_chart import specification_chart
from analysis.stats.groups import compare
from analysis.stats.lower_bound import chao1
from analysis.stats.rates import rate, rate_ratio
from analysis.timeline.dating import years_of

NAMES = ("agreement", "access", "extension", "attention", "specification")
CLOCKS = ("first_public", "left")


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


CHANGES = (all_voiced, none_voiced, nothing_known)


def two_groups(dataset, codes):
    """The comparison of supervised and free accounts."""
    access = access_of(dataset.core, dataset.study)
    supervised = (access == "supervised").astype("boolean").mask(access == "not_reported")
    names = group_names(supervised, dataset.study, dataset.value_labels("cases", "status_at_disclosure"))
    return compare(codes, supervised, dataset.study.narratives), names


def drawn(dataset, name, change=as_coded):
    """One chart of the chapter with its words, from the project's data or a change of all its codes."""
    study = dataset.study
    labels = {code.variable: code.label for code in study.narratives}
    if name == "agreement":
        tables = [agreement_table(dataset, study.narrative_variables, pools(dataset)[p]) for p in ("all", "unhinted")]
        text = agreement_text(*tables, labels)
        return agreement_chart(*tables, labels, text.title), text
    if name == "access":
        table, names = two_groups(dataset, change(dataset.coded(study.narrative_variables)))
        text = access_text(table, names)
        return comparison_chart(table, names, text.title), text
    if name == "extension":
        table = extension_table(dataset)
        text = extension_text(table, study.window, study.extension.end)
        return comparison_chart(table, {"in": "later", "out": "core"}, text.title), text
    if name == "attention":
        clocks = {clock: study.clocks[clock] for clock in CLOCKS}
        years = years_of(study.window)
        monthly = {clock: rates_in(dataset.core, clock, study.periods, study.window) for clock in clocks}
        recruits = {clock: recruit_rates_in(dataset, clock, study.periods, "high") for clock in clocks}
        yearly = {clock: rise(rates_in(dataset.core, clock, years, study.window)) for clock in clocks}
        text = attention_text(yearly, monthly, study.periods, years, clocks, ["Syria", "Iraq"])
        line = ratio_line(yearly, years)
        return attention_chart(monthly, recruits, study.periods, clocks, (line, line), text.title), text
    grid = Grid(dataset)
    results = {variable: grid.evaluate(lambda reading, v=variable: change(reading.codes[v])) for variable in labels}
    rows = {variable: choice_rows(frame, dataset) for variable, frame in results.items()}
    text = specification_text(results, labels)
    return specification_chart(results, rows, labels, text.title), text


@pytest.fixture(scope="module")
def charts(dataset):
    """Every chart of the chapter with its words and its file as first drawn."""
    made = {name: drawn(dataset, name) for name in NAMES}
    return {name: (figure, text, svg_bytes(figure)) for name, (figure, text) in made.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_can_be_read(charts, name):
    """No text overlaps another, none is smaller than the least size, and colours have contrast."""
    assert faults(charts[name][0]) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_is_named_and_carries_its_numbers(charts, name):
    """Each mark has an id of its own and a label with a number, and the id stands in the SVG."""
    figure, _, file = charts[name]
    made = file.decode()
    marks = marks_of(figure)
    assert len(marks) == len(set(marks.values())) >= 8
    for mark_id, label in marks.items():
        assert re.fullmatch(r"mark-[a-z0-9-]+", mark_id)
        assert re.search(r"\d", label)
        assert made.count(f'id="{mark_id}"') == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_the_same_bytes_each_time(dataset, charts, name):
    """Drawn twice from the same data, a chart is the same file."""
    assert svg_bytes(drawn(dataset, name)[0]) == charts[name][2]


@pytest.mark.parametrize("name", NAMES)
def test_words_are_whole(charts, name):
    """A title has no full stop, caption and alt text end with one and differ, and the alt text has numbers."""
    text = charts[name][1]
    assert not text.title.endswith(".")
    assert text.caption.endswith(".")
    assert text.alt.endswith(".")
    assert text.alt != text.caption
    assert re.search(r"\d", text.alt)
    assert "nan" not in text.title + text.caption + text.alt


@pytest.mark.parametrize("name", ["access", "specification"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_charts_and_words_hold_for_any_data(dataset, name, change):
    """Everybody, nobody or nothing known: the chart is drawn, can be read, and no text says nan."""
    figure, text = drawn(dataset, name, change)
    assert faults(figure) == []
    assert "nan" not in text.title + text.caption + text.alt


def test_the_alt_text_of_access_gives_both_groups_numbers(dataset, charts):
    """Each group's share of each narrative stands in the alt text as the chart shows it."""
    table, _ = two_groups(dataset, dataset.coded(dataset.study.narrative_variables))
    for _, row in table.iterrows():
        for side in ("in", "out"):
            shown = f"{percent(row[f'{side}_share'])} ({int(row[f'{side}_n'])} of {int(row[f'{side}_denominator'])}"
            assert shown in charts["access"][1].alt


def test_the_title_of_access_follows_the_correction(dataset):
    """It names a difference as one only when its corrected p is below 5%."""
    table, names = two_groups(dataset, dataset.coded(dataset.study.narrative_variables))
    assert "outlasts the correction" in access_text(table.assign(p_holm=0.2), names).title
    certain = access_text(table.assign(p_holm=[0.01, 1, 1, 1]), names).title
    assert certain.startswith(f"Supervised and free accounts differ on {table['label'].iloc[0].lower()}")


def test_the_title_of_agreement_names_best_and_worst(dataset):
    """The narratives with the highest and the lowest kappa are named with it."""
    labels = {code.variable: code.label for code in dataset.study.narratives}
    table = agreement_table(dataset, dataset.study.narrative_variables, pools(dataset)["all"])
    kappa = table.xs("kappa", level="coefficient")["value"]
    title = agreement_text(table, table, labels).title
    assert f"best on {labels[kappa.idxmax()].lower()} (kappa {decimal(kappa.max())})" in title
    assert f"least on {labels[kappa.idxmin()].lower()} ({decimal(kappa.min())})" in title


def test_the_title_of_the_extension_says_what_is_gone():
    """A narrative that no later case voices is named, and a corrected change too."""
    columns = {"label": ["One", "Two"], "p": 0.5, "p_holm": [1.0, 0.01]}
    for side in ("in", "out"):
        columns |= {f"{side}_n": [0, 4], f"{side}_denominator": 10, f"{side}_share": [0.0, 0.4]}
        columns |= {f"{side}_low": 0.0, f"{side}_high": 0.7}
    table = pd.DataFrame({"difference": 0.0, **columns}, index=["a", "b"])
    month = pd.Period("2015-08", "M")
    from analysis.data.study import Span

    title = extension_text(table, Span("w", "w", month, month), month + 16).title
    assert title == "One is not voiced again after August 2015; the share of two changes"


def test_the_title_of_attention_turns_with_the_data(dataset):
    """Departures that rise as well are joined by and; too few cases are said to be too few."""
    study = dataset.study
    years, clocks = years_of(study.window), {clock: study.clocks[clock] for clock in CLOCKS}
    monthly = {clock: rates_in(dataset.core, clock, study.periods, study.window) for clock in clocks}

    def title(public, left):
        yearly = {"first_public": rate_ratio(*public), "left": rate_ratio(*left)}
        return attention_text(yearly, monthly, study.periods, years, clocks, ["Syria"]).title

    up, down, none = (rate(20, 10), rate(10, 10)), (rate(5, 10), rate(10, 10)), (rate(5, 10), rate(0, 10))
    assert title(up, up).endswith("and 2.0 times as many dated departures")
    assert title(up, down).endswith("but 0.5 times as many dated departures")
    assert "too few dated cases" in title(up, none)


def test_a_ratio_without_upper_limit_says_so():
    """An infinite limit is written in words."""
    assert limits(rate_ratio(rate(3, 1), rate(0, 1))).endswith("to no limit")


def test_the_upper_narratives_stand_above_the_widest_gap():
    """The split falls where two neighbouring shares lie furthest apart."""
    results = {
        name: pd.DataFrame({"share": [share]}) for name, share in zip("abcd", (0.2, 0.6, 0.55, 0.25), strict=True)
    }
    assert upper_half(results) == ["b", "c"]


def test_findings_carry_what_the_parts_say(dataset):
    """Count, bounds, agreement and ranges of a finding are those of its own outcome."""
    grid = Grid(dataset)
    agreed = agreement_table(dataset, dataset.study.narrative_variables, pools(dataset)["all"])
    found = [finding(grid, name, agreed) for name in outcomes(dataset)]
    for f in found:
        assert f.bounds[0] <= f.share.share <= f.bounds[1]
        assert f.every[0] <= f.alone[0] <= f.share.share <= f.alone[1] <= f.every[1]
    name = dataset.study.narrative_variables[0]
    own = grid.evaluate(narrative_outcome(name)).iloc[0]
    assert (found[0].share.n, found[0].share.denominator) == (own["n"], own["denominator"])
    assert found[0].kappa == agreed.loc[(name, "kappa"), "value"]
    printed = findings_table(found)
    assert list(printed["Cases"]) == [f"{f.share.n} of {f.share.denominator}" for f in found]
    assert "nan" not in printed.to_csv()
    assert list(findings_frame(found)["n"]) == [f.share.n for f in found]


def test_a_range_of_one_number_is_one_number():
    """Two shares that print alike are printed once."""
    assert one_or_range(0.51, 0.514) == "51%"
    assert one_or_range(0.2, 0.4) == "20–40%"


def test_tables_print_every_row_without_a_gap(dataset):
    """Agreement, missing fields, reading and coverage print a row per thing counted and never nan."""
    study = dataset.study
    names = {code.variable: code.label for code in study.narratives}
    agreed = agreement_table(dataset, list(names), pools(dataset)["core"])
    known = known_fields(dataset, dataset.core)
    overall, over_time = missingness(known), missing_in(known, dataset.core["first_public"], study.periods)
    groups = reading_groups(dataset, dataset.core)
    reading = shares_by_reading(dataset.coded(list(names)), groups, study.narratives)
    once = chao1(dataset.core["n_stories"])
    tables = {
        len(names): agreement_print(agreed, agreed, names),
        len(overall): missing_print(overall, over_time, study.periods),
        sum(len(members) for members in groups.values()): reading_print(reading, study.narratives),
        1: coverage_print({"core": once, "outlets": once}),
        2: coverage_print({"core": once, "all": once}),
    }
    for rows, table in tables.items():
        assert len(table) == rows
        assert "nan" not in table.to_csv().lower()
        assert (table != "").all(axis=None)
