"""The figure, the statements and the table of the sensitivity: sound for any data, and what the variants say."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.evidence.coders import agreement_table
from analysis.record.style import marks_of
from analysis.sensitivity import findings, holding, specification
from analysis.sensitivity.clusters import clusters
from analysis.sensitivity.holding import apart, upper_half
from analysis.sensitivity.variants import Variants
from analysis.stats.bootstrap import clustered_interval
from caught import assert_sound, caught


@pytest.mark.parametrize("value", ["as coded", 1, 0], ids=str)
def test_the_figure_holds_for_any_data(dataset, value):
    """As coded, or everybody or nobody: the chart is drawn, can be read, and no text says nan."""
    codings = dataset.codings
    if value != "as coded":
        codes = codings["value"].mask(codings["value"].notna(), value)
        codes = codes.mask((codings["variable"] == dataset.study.reach) & codings["value"].notna(), 1)
        codings = codings.assign(value=codes)
    assert_sound(specification.show, Variants(replace(dataset, codings=codings)))


def test_a_tick_is_a_single_change_and_the_outliers_are_named(dataset, variants):
    """One mark for our own choices and one a change, on each strip; the alternative text names lowest and highest."""
    cell = caught(specification.show, variants)
    alt = cell.words["specification"].alt
    for name, shares in variants.narratives.items():
        start = f"mark-{name}-".replace("_", "-")
        marks = [mark for mark in marks_of(cell.drawings["specification"]) if mark.startswith(start)]
        single = shares[(shares["changes"] == 1) & shares["share"].notna()]
        assert len(marks) == 1 + len(single)
        for row in (single.loc[single["share"].idxmin()], single.loc[single["share"].idxmax()]):
            assert row["label"].lower()[1:] in alt.lower()


def test_the_upper_narratives_stand_above_the_widest_gap():
    """The split falls where two neighbouring shares lie furthest apart."""
    shares = dict(zip("abcd", (0.2, 0.6, 0.55, 0.25), strict=True))
    assert upper_half({name: pd.DataFrame({"share": [share]}) for name, share in shares.items()}) == ["b", "c"]


def test_narratives_are_apart_where_each_is_above_each_other():
    """The least of the upper ones is above the greatest of the others; equal or unknown shares answer no."""
    shares = {"a": [0.6, 0.6, 0.5, None], "b": [0.5, 0.3, 0.5, None], "c": [0.4, 0.4, 0.5, None]}
    results = {name: pd.DataFrame({"share": values}, dtype=float) for name, values in shares.items()}
    assert list(apart(results, ["a", "b"])) == [True, False, False, False]
    assert list(apart(results, ["a"])) == [True, True, False, False]


def test_what_stays_goes_on_record(dataset, variants):
    """Numbers of variants, ranges, and in how many of them something stays, by another count."""
    texts = caught(holding.show, variants).texts
    assert texts["sensitivity.single.n"] == str(len(variants.single))
    assert texts["sensitivity.pairs.n"] == f"{len(variants.pairs):,}"
    shares = {name: frame["share"] for name, frame in variants.narratives.items()}
    for name, frame in variants.narratives.items():
        single = frame.loc[frame["changes"] == 1, "share"]
        assert texts[f"sensitivity.{name}.single.low"] == f"{single.min():.0%}"
        assert texts[f"sensitivity.{name}.single.high"] == f"{single.max():.0%}"
        others = pd.DataFrame({other: values for other, values in shares.items() if other != name}).max(axis=1)
        leads = (frame["share"] > others)[frame["changes"] == 1].sum()
        assert texts[f"sensitivity.{name}.leads.single"] == f"{leads} of {len(single)}"
    upper = upper_half(variants.narratives)
    ahead = apart(variants.narratives, upper)[1:]
    n = len(variants.single)
    assert texts["sensitivity.apart.single"] == f"{ahead[:n].sum()} of {n}"
    assert texts["sensitivity.apart.pairs"] == f"{ahead[n:].sum()} of {len(variants.pairs)}"


def test_findings_carry_what_the_parts_say(dataset, variants):
    """Count, bounds, agreement and ranges of a finding are those of its own outcome, and no cell says nan."""
    table, study = findings.findings(variants), dataset.study
    for _, row in table.iterrows():
        assert row["bounds_low"] <= row["share"] <= row["bounds_high"]
        assert row["clustered_low"] <= row["share"] <= row["clustered_high"]
        assert row["pairs_low"] <= row["single_low"] <= row["share"] <= row["single_high"] <= row["pairs_high"]
    agreed = agreement_table(dataset, study.edition, study.narrative_variables)
    together = clusters(dataset)
    for name in study.narrative_variables:
        own = variants.narratives[name].iloc[0]
        assert tuple(table.loc[name, ["n", "denominator"]]) == (own["n"], own["denominator"])
        limits = clustered_interval(variants.own.codes[name], together)
        assert tuple(table.loc[name, ["clustered_low", "clustered_high"]]) == limits
        assert table.loc[name, "kappa"] == agreed.loc[(name, "kappa"), "value"]
    printed = caught(findings.show, variants).tables["findings"]
    assert list(printed["Cases"]) == [f"{n} of {of}" for n, of in zip(table["n"], table["denominator"], strict=True)]
    assert "nan" not in printed.to_csv()


def test_a_finding_is_not_varied_by_its_own_cases(variants):
    """Leaving supervised accounts out would make their share none by definition, so that it is not tried."""
    assert findings.findings(variants).loc["supervised", "single_low"] > 0


def test_a_range_of_one_number_is_one_number():
    """Two shares that print alike are printed once; what no variant gives is a dash."""
    assert findings.one_or_range(0.51, 0.514) == "51%"
    assert findings.one_or_range(0.2, 0.4) == "20–40%"
    assert findings.one_or_range(float("nan"), float("nan")) == "–"
