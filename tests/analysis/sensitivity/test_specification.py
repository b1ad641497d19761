"""The figure, the statements and the table of the sensitivity: sound for any data, and what the variants say."""

from dataclasses import replace

import pandas as pd
import pytest
from analysis.sensitivity.grid import Grid

from analysis.evidence.coders import agreement_table
from analysis.sensitivity import findings, holding, specification
from analysis.sensitivity.holding import apart, part_of, upper_half
from analysis.sensitivity.specification import EACH_COUNTRY, choice_rows
from caught import assert_sound, caught


@pytest.fixture(scope="module")
def grid(dataset):
    """The grid of the project's data."""
    return Grid(dataset)


@pytest.mark.parametrize("value", [None, "as coded", 1, 0], ids=str)
def test_the_figure_holds_for_any_data(dataset, value):
    """As coded, or everybody, nobody or nothing known: the chart is drawn, can be read, and no text says nan."""
    changed, codings = replace(dataset), dataset.codings
    if value != "as coded":
        known = codings["value"].notna() & codings["variable"].isin(dataset.study.narrative_variables)
        codes = codings["value"].mask(known, pd.NA if value is None else value)
        changed = replace(dataset, codings=codings.assign(value=codes))
    if value is not None:
        assert_sound(specification.show, Grid(changed))
    else:
        assert "nan" not in str(caught(specification.show, Grid(changed)).words)


def test_the_rows_of_the_figure_are_the_single_departures(dataset, grid):
    """One row for our own choices, one per choice departing alone, one for all countries; levels have none."""
    frame = next(iter(grid.narratives.values()))
    rows = choice_rows(frame, dataset)
    single = frame[(frame["departures"] == 1) & (frame["level"] == frame["level"].iloc[0])]
    assert len(rows) == 2 + (single["without"] == "").sum()
    countries = single[single["without"] != ""]["share"]
    last = rows.iloc[-1]
    assert last["label"] == EACH_COUNTRY
    assert (last["spread_low"], last["spread_high"]) == (countries.min(), countries.max())


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


@pytest.mark.parametrize(
    ("n", "text"), [(80_000, "100%"), (79_999, "more than 99%"), (40_000, "50%"), (1, "less than 1%"), (0, "0%")]
)
def test_nearly_all_is_never_written_as_all(n, text):
    """Only all variants are 100% and only none is 0%."""
    assert part_of(n, 80_000) == text


def test_what_holds_goes_on_record_with_what_turns_it(dataset, grid):
    """A majority's share, single changes and turning choices are those of another count."""
    texts = caught(holding.show, grid).texts
    for name, frame in grid.narratives.items():
        single = frame[frame["departures"] == 1]
        holds, own = single["share"] > 0.5, frame["share"].iloc[0] > 0.5
        assert texts[f"sensitivity.{name}.majority.single"] == f"{holds.sum()} of {len(single)}"
        turned = (holds != own).sum()
        assert (texts[f"sensitivity.{name}.majority.turned_by"] == "no single choice") == (turned == 0)
        share = (frame["share"] > 0.5).mean()
        assert texts[f"sensitivity.{name}.majority.share"] in (f"{share:.0%}", "more than 99%", "less than 1%")
    leader = max(grid.narratives, key=lambda name: grid.narratives[name]["share"].iloc[0])
    assert texts[f"sensitivity.{leader}.leads.share"] != "0%"


def test_findings_carry_what_the_parts_say(dataset, grid):
    """Count, bounds, agreement and ranges of a finding are those of its own outcome, and no cell says nan."""
    table, study = findings.findings(grid), dataset.study
    for _, row in table.iterrows():
        assert row["bounds_low"] <= row["share"] <= row["bounds_high"]
        assert row["every_low"] <= row["alone_low"] <= row["share"] <= row["alone_high"] <= row["every_high"]
    agreed = agreement_table(dataset, study.edition, study.narrative_variables)
    for name in study.narrative_variables:
        own = grid.narratives[name].iloc[0]
        assert tuple(table.loc[name, ["n", "denominator"]]) == (own["n"], own["denominator"])
        assert table.loc[name, "kappa"] == agreed.loc[(name, "kappa"), "value"]
    printed = caught(findings.show, grid).tables["findings"]
    assert list(printed["Cases"]) == [f"{n} of {of}" for n, of in zip(table["n"], table["denominator"], strict=True)]
    assert "nan" not in printed.to_csv()


def test_a_range_of_one_number_is_one_number():
    """Two shares that print alike are printed once."""
    assert findings.one_or_range(0.51, 0.514) == "51%"
    assert findings.one_or_range(0.2, 0.4) == "20–40%"
