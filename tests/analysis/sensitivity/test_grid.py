"""The variants: every combination once, each choice what it says, each share what a plain count gives."""

import math

import numpy as np
import pandas as pd
import pytest
from analysis.sensitivity.grid import Grid, holds, share_range, show
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.dataset import load
from analysis.narratives.codes import strict_codes
from analysis.sensitivity.choices import codings, in_words, selections
from analysis.stats.uncertainty import share_of
from caught import caught


@pytest.fixture(scope="module")
def grid(dataset):
    """The grid of the project's data."""
    return Grid(dataset)


def test_the_variants_are_every_combination_once(grid):
    """Their number is the product of the options, no two are alike, and the first has the first option of each."""
    variants = grid.variants[list(grid.options)]
    assert len(variants) == len(grid) == math.prod(map(len, grid.options.values()))
    assert not variants.duplicated().any()
    assert variants.iloc[0].to_dict() == {choice: options[0] for choice, options in grid.options.items()}


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
    """Setting a choice to False loses the cases that it names and no other; keeping them loses none."""
    masks = selections(dataset)[choice]
    lost = ~masks[False]
    assert list(lost) == list(leaves_out(dataset.core).astype(bool))
    assert lost.any()
    assert masks[True].all()


def test_every_country_of_the_list_is_left_out_in_turn(dataset):
    """The countries left out are those of the core list, and leaving one out loses exactly its cases."""
    everyone, *countries = selections(dataset)["without"].items()
    assert (everyone[0], everyone[1].all()) == ("", True)
    assert {country for country, _ in countries} == set(dataset.core["country"].dropna())
    for country, stays in countries:
        assert set(dataset.core.index[~stays]) == set(dataset.core.index[dataset.core["country"] == country])


def test_coerced_members_are_those_the_final_code_names(dataset):
    """Without coerced members the cases with that motive go; a case without a known motive stays."""
    codes = dataset.coded([dataset.study.coerced])[dataset.study.coerced]
    stays = selections(dataset)["coerced"][False]
    assert not stays[codes.eq(1).fillna(False)].any()
    assert stays[codes.isna()].all()


def test_the_clock_of_leaving_keeps_departures_inside_the_window(dataset):
    """On the clock of leaving a case stays only when its date of leaving lies in the window."""
    stays = selections(dataset)["clock"]["left"]
    months = dataset.core["left_month"]
    inside = months.map(lambda month: month in dataset.study.window)
    known = months.notna()
    assert list(stays[known]) == list(inside[known])
    assert not stays[dataset.core["left"].isna()].any()


def test_strict_codes_lie_below_broad_ones(dataset):
    """No code is 1 under the strict rule and 0 under the broad one, and the strict codes are the narratives' own."""
    names = dataset.study.narrative_variables
    found = codings(dataset)
    strict, broad = found["strict", True][names], found["broad", True][names]
    assert (strict.fillna(0) <= broad.fillna(0)).all(axis=None)
    first, second, final = (dataset.coded(names, coder) for coder in dataset.study.coders)
    pd.testing.assert_frame_equal(strict, strict_codes(final, first, second))


def test_a_variable_of_one_coder_is_the_same_under_every_coding(dataset):
    """The finer forms were coded by the second coder alone, so no coding rule moves them."""
    form = dataset.study.details[0].variables[0].variable
    own = dataset.coded([form], dataset.study.second_coder)[form]
    for codes in codings(dataset).values():
        pd.testing.assert_series_equal(codes[form], own)


def test_deception_alone_turns_its_cases_and_no_others(dataset):
    """Not counting deception alone sets the named cases to 0 and touches nothing else."""
    narrative, found = dataset.study.deception_narrative, codings(dataset)
    counted, not_counted = (found[dataset.study.final_coder, flag] for flag in (True, False))
    moved = counted.index[(counted[narrative] != not_counted[narrative]).fillna(False)]
    assert set(moved) <= set(dataset.study.deception_alone)
    assert (not_counted.loc[moved, narrative] == 0).all()
    pd.testing.assert_frame_equal(counted.drop(columns=narrative), not_counted.drop(columns=narrative))


@given(data=st.data())
def test_the_grid_gives_what_a_plain_count_gives(dataset, grid, data):
    """Any variant's n, denominator and interval are those of a filter and a count, written the slow way."""
    name = data.draw(st.sampled_from(dataset.study.narrative_variables))
    found = grid.narratives[name].iloc[data.draw(st.integers(0, len(grid) - 1))]
    stays = np.all([masks[found[choice]] for choice, masks in selections(dataset).items()], axis=0)
    codes = codings(dataset)[found["coding"], found["deception_alone"]][name]
    share = share_of(codes[stays], found["level"])
    assert (found["n"], found["denominator"]) == (share.n, share.denominator)
    assert (found["low"], found["high"]) == pytest.approx(share.interval, abs=1e-12)


def test_departures_count_the_choices_that_differ(grid):
    """One row has no departure, single departures are one less than the options of each choice and name it."""
    variants = grid.variants
    assert (variants["departures"] == 0).sum() == 1
    expected = {choice: len(found) - 1 for choice, found in grid.options.items()}
    assert variants.loc[variants["departures"] == 1, "changed"].value_counts().to_dict() == expected
    assert (variants.loc[variants["departures"] != 1, "changed"] == "").all()
    assert variants["departures"].max() == len(grid.options)


def test_the_level_moves_the_interval_and_nothing_else(grid):
    """Shares are the same at every level, and a higher level gives a wider interval."""
    frame = next(iter(grid.narratives.values()))
    levels = sorted(frame["level"].unique())
    narrow, wide = (frame[frame["level"] == level].reset_index(drop=True) for level in (levels[0], levels[-1]))
    np.testing.assert_array_equal(narrow["share"], wide["share"])
    assert ((wide["high"] - wide["low"]) > (narrow["high"] - narrow["low"])).all()


@pytest.mark.parametrize("own", [True, False])
def test_holds_counts_and_names_what_turns_a_statement(grid, own):
    """A statement that fails exactly without one country, or its contrary, is turned by that choice and no other."""
    variants = grid.variants
    country = grid.options["without"][1]
    answers = (variants["without"] != country).to_numpy() == own
    found = holds(variants, answers)
    assert (found.n, found.variants) == (answers.sum(), len(grid))
    assert found.turned_by == (("without", country),)
    assert (found.n_single, found.single) == (found.single - 1 if own else 1, (variants["departures"] == 1).sum())


def test_nobody_voicing_anything_gives_no_share(data_copy, edit, dataset):
    """With one narrative never voiced its share is 0 under every variant in which any case is left."""
    name = dataset.study.narrative_variables[0]
    for coder in dataset.study.coders:
        edit("codings.csv", {"coder": coder, "variable": name, "value": "1"}, value="0")
    shares = Grid(load(data_copy)).narratives[name]["share"]
    assert shares.dropna().eq(0).all()
    assert shares.iloc[0] == 0


def test_ranges_nest(grid):
    """One departure moves a share no further than any number of them, and the middle no further than all."""
    for frame in grid.narratives.values():
        alone, middle, every = share_range(frame, alone=True), share_range(frame, middle=0.9), share_range(frame)
        assert every[0] <= alone[0] <= alone[1] <= every[1]
        assert every[0] <= middle[0] <= middle[1] <= every[1]


def test_every_option_has_words(grid, dataset):
    """Each option but the paper's own can be named in a sentence, and none like another."""
    named = [in_words(choice, option, dataset) for choice, found in grid.options.items() for option in found[1:]]
    assert len(named) == len(set(named))
    assert all(named)


def test_the_size_of_the_grid_goes_on_record(grid):
    """Variants are ways times levels, and single departures are of method, country or level."""
    size = {name.split(".")[1]: int(text.replace(",", "")) for name, text in caught(show, grid).texts.items()}
    assert size["variants"] == len(grid) == size["ways"] * size["levels"]
    assert size["single"] == size["single_method"] + size["single_country"] + size["single_level"]
    assert size["single"] == (grid.variants["departures"] == 1).sum()
