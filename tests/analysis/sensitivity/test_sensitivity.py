"""The variants: every combination once, each filter what it says, each share what a plain count gives."""

import math
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.dataset import load
from analysis.narratives.codes import strict_codes
from analysis.sensitivity.sensitivity import Grid, Turn, departure, holds, narrative_outcome
from analysis.sensitivity.specification import EACH_COUNTRY, apart, choice_rows, in_words, leads, share_range
from analysis.sensitivity.variants import CHOICES, Variant, codes_under, keeps, kept, options, variants
from analysis.stats.uncertainty import share_of, wilson


@pytest.fixture(scope="module")
def grid(dataset):
    """The grid of the project's data."""
    return Grid(dataset)


@pytest.fixture(scope="module")
def results(dataset, grid):
    """The narratives under every variant."""
    return {name: grid.evaluate(narrative_outcome(name)) for name in dataset.study.narrative_variables}


def test_the_variants_are_every_combination_once(dataset, grid):
    """Their number is the product of the options, no two are alike, and the first is the paper's own."""
    found = list(variants(dataset))
    assert len(found) == len(set(found)) == len(grid) == math.prod(len(o) for o in options(dataset).values())
    assert found[0] == Variant()
    assert tuple(options(dataset)) == CHOICES


def test_every_country_of_the_list_is_left_out_in_turn(dataset):
    """The countries left out are those of the core list, and leaving one out loses exactly its cases."""
    countries = options(dataset)["without"][1:]
    assert set(countries) == set(dataset.core["country"].dropna())
    for country in countries:
        lost = dataset.core.index[~kept(dataset, Variant(without=country))]
        assert set(lost) == set(dataset.core.index[dataset.core["country"] == country])


@pytest.mark.parametrize(
    ("choice", "leaves_out"),
    [
        (
            "supervised",
            lambda cases: cases["status_at_disclosure"].isin(["in_custody", "on_trial", "under_state_media"]),
        ),
        ("minors", lambda cases: cases["minor_when_joined"].fillna(False)),
        ("single_story", lambda cases: cases["n_stories"] == 1),
        ("low_certainty", lambda cases: cases["certainty"] == "low"),
        ("hinted", lambda cases: cases["description_hinted_at"].fillna("").str.contains("narrative")),
    ],
)
def test_a_choice_leaves_out_the_cases_it_names(dataset, choice, leaves_out):
    """Setting a choice to False loses the cases that it names and no other."""
    lost = ~kept(dataset, Variant(**{choice: False}))
    assert list(lost) == list(leaves_out(dataset.core).astype(bool))
    assert lost.any()


def test_coerced_members_are_those_the_adjudicated_code_names(dataset):
    """Without coerced members the cases with that motive go; a case without a known motive stays."""
    codes = dataset.coded([dataset.study.coerced])[dataset.study.coerced]
    stays = kept(dataset, Variant(coerced=False))
    assert not stays[codes.eq(1).fillna(False)].any()
    assert stays[codes.isna()].all()


def test_the_clock_of_leaving_keeps_departures_inside_the_window(dataset):
    """On the clock of leaving a case stays only when its date of leaving lies in the window."""
    stays = kept(dataset, Variant(clock="left"))
    months = dataset.core["left_month"]
    window = dataset.study.window
    inside = months.map(lambda month: month in window)
    known = months.notna()
    assert list(stays[known]) == list(inside[known])
    assert not stays[dataset.core["left"].isna()].any()


def test_strict_lies_below_adjudicated_broad_above_strict(dataset):
    """No code is 1 under the strict rule and 0 under the broad one, and the strict codes are the narratives' own."""
    names = dataset.study.narrative_variables
    strict, broad = codes_under(dataset, "strict")[names], codes_under(dataset, "broad")[names]
    assert (strict.fillna(0) <= broad.fillna(0)).all(axis=None)
    first, second, final = (dataset.coded(names, coder) for coder in dataset.study.coders)
    pd.testing.assert_frame_equal(strict, strict_codes(final, first, second))


def test_a_variable_of_one_coder_is_the_same_under_every_coding(dataset):
    """The finer forms were coded by the second coder alone, so no coding rule moves them."""
    form = dataset.study.details[0].variables[0].variable
    for coding in options(dataset)["coding"]:
        pd.testing.assert_series_equal(codes_under(dataset, coding)[form], dataset.coded([form], "B")[form])


def test_deception_alone_turns_its_cases_and_no_others(dataset):
    """Not counting deception alone sets the named cases to 0 and touches nothing else."""
    narrative = dataset.study.deception_narrative
    counted, not_counted = (codes_under(dataset, "adjudicated", flag) for flag in (True, False))
    moved = counted.index[(counted[narrative] != not_counted[narrative]).fillna(False)]
    assert set(moved) <= set(dataset.study.deception_alone)
    assert (not_counted.loc[moved, narrative] == 0).all()
    others = [name for name in counted if name != narrative]
    pd.testing.assert_frame_equal(counted[others], not_counted[others])


@given(data=st.data())
def test_the_grid_gives_what_a_plain_count_gives(dataset, grid, results, data):
    """Any variant's n, denominator and interval are those of a filter and a count, written the slow way."""
    name = data.draw(st.sampled_from(dataset.study.narrative_variables))
    row = data.draw(st.integers(0, len(grid) - 1))
    found = results[name].iloc[row]
    variant = Variant(**{choice: found[choice] for choice in CHOICES})
    codes = codes_under(dataset, variant.coding, bool(variant.deception_alone))[name][kept(dataset, variant)]
    share = share_of(codes, variant.level)
    assert (found["n"], found["denominator"]) == (share.n, share.denominator)
    assert (found["low"], found["high"]) == pytest.approx(wilson(share.n, share.denominator, variant.level), abs=1e-12)


def test_the_grid_is_in_the_order_of_the_variants(dataset, grid):
    """Row by row the table of variants names the same choices as the variants themselves."""
    for row, variant in zip(
        grid.variants.iloc[::997].itertuples(index=False), list(variants(dataset))[::997], strict=True
    ):
        assert tuple(row)[: len(CHOICES)] == tuple(asdict(variant).values())


def test_departures_count_the_choices_that_differ(grid):
    """One row has no departure, and single departures are one less than the options of each choice."""
    departures = grid.variants["departures"]
    assert (departures == 0).sum() == 1
    assert (departures == 1).sum() == sum(len(found) - 1 for found in grid.options.values())
    assert departures.max() == len(grid.options)


def test_a_filter_never_adds_cases(results):
    """A denominator under any variant of the same coding is at most that of keeping every case."""
    for frame in results.values():
        most = frame[(frame["departures"] == 0) | ((frame["departures"] == 1) & (frame["coding"] != "adjudicated"))]
        limits = most.set_index("coding")["denominator"]
        assert (frame["denominator"] <= frame["coding"].map(limits)).all()


def test_the_level_moves_the_interval_and_nothing_else(results):
    """Shares are the same at every level, and a higher level gives a wider interval."""
    frame = next(iter(results.values()))
    levels = sorted(frame["level"].unique())
    narrow, wide = (frame[frame["level"] == level].reset_index(drop=True) for level in (levels[0], levels[-1]))
    np.testing.assert_array_equal(narrow["share"], wide["share"])
    assert ((wide["high"] - wide["low"]) > (narrow["high"] - narrow["low"])).all()


def test_holds_counts_and_names_what_turns_a_claim(results):
    """A rule that fails exactly without one country is held by all others and turned by that choice."""
    frame = next(iter(results.values()))
    country = frame["without"].unique()[1]
    found = holds(frame, lambda table: table["without"] != country)
    assert found.own
    assert found.n == (frame["without"] != country).sum()
    assert found.turned_by == (Turn("without", country),)
    assert (found.n_single, found.single) == (found.single - 1, (frame["departures"] == 1).sum())


def test_a_rule_that_fails_for_us_is_turned_by_what_makes_it_hold(results):
    """When the paper's own choices do not satisfy a rule, the turning choices are those that do."""
    frame = next(iter(results.values()))
    found = holds(frame, lambda table: ~table["minors"])
    assert not found.own
    assert found.turned_by == (Turn("minors", False),)


def test_a_share_that_is_not_known_satisfies_no_rule(results):
    """A missing share counts as not holding."""
    frame = next(iter(results.values())).assign(share=np.nan)
    assert holds(frame, lambda table: table["share"] > 0).n == 0


def test_a_row_with_two_departures_is_no_single_choice(results):
    """Asking for the departure of a row that differs twice is refused."""
    frame = next(iter(results.values()))
    with pytest.raises(ValueError, match="differs in 2 choices"):
        departure(frame[frame["departures"] == 2].iloc[0], frame.iloc[0])


def test_nobody_voicing_anything_gives_no_share(data_copy, edit):
    """With one narrative never voiced its share is 0 under every variant in which any case is left."""
    before = load(data_copy)
    name = before.study.narrative_variables[0]
    for coder in ("A", "B", "adjudicated"):
        edit("codings.csv", {"coder": coder, "variable": name, "value": "1"}, value="0")
    shares = Grid(load(data_copy)).evaluate(narrative_outcome(name))["share"]
    assert shares.dropna().eq(0).all()
    assert shares.iloc[0] == 0


def test_leading_and_set_apart_are_about_the_shares(results):
    """A narrative leads where its share is above all others, and a set is apart where its least is."""
    names = list(results)
    shares = pd.DataFrame({name: frame["share"] for name, frame in results.items()})
    ahead = leads(results, names[1])["ahead"] > 0
    assert (ahead == (shares[names[1]] > shares.drop(columns=names[1]).max(axis=1))).all()
    gap = apart(results, names[1:3])["gap"]
    assert gap.iloc[0] == pytest.approx(shares[names[1:3]].iloc[0].min() - shares[[names[0], names[3]]].iloc[0].max())


def test_the_rows_of_the_figure_are_the_single_departures(dataset, results):
    """One row for our own choices, one per choice departing alone, one for all countries; levels have none."""
    frame = next(iter(results.values()))
    rows = choice_rows(frame, dataset)
    single = frame[(frame["departures"] == 1) & (frame["level"] == frame["level"].iloc[0])]
    assert len(rows) == 2 + (single["without"] == "").sum()
    countries = single[single["without"] != ""]["share"]
    last = rows.iloc[-1]
    assert last["label"] == EACH_COUNTRY
    assert (last["spread_low"], last["spread_high"]) == (countries.min(), countries.max())


def test_ranges_nest(results):
    """One departure moves a share no further than any number of them, and the middle no further than all."""
    for frame in results.values():
        alone, middle, every = (
            share_range(frame, alone=True),
            share_range(frame, alone=False, middle=0.9),
            share_range(frame, alone=False),
        )
        assert every[0] <= alone[0] <= alone[1] <= every[1]
        assert every[0] <= middle[0] <= middle[1] <= every[1]


def test_every_option_has_words(dataset):
    """Each option but the paper's own can be named in a sentence."""
    named = [in_words(choice, option, dataset) for choice, found in options(dataset).items() for option in found[1:]]
    assert len(named) == len(set(named))
    assert all(named)


def test_selections_start_with_keeping_everybody(dataset):
    """The paper's own option of every selecting choice keeps the whole core list."""
    for choice, keep in keeps(dataset).items():
        assert keep(getattr(Variant(), choice)).all()
