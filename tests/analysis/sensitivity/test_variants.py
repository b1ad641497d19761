"""The variants: each change what it says, each share what a plain count gives, and nothing twice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data.dataset import load
from analysis.data.forms import resting_on
from analysis.narratives.codes import strict_codes
from analysis.sensitivity.choices import changes, codings, without_deception
from analysis.sensitivity.clusters import clusters
from analysis.sensitivity.variants import Variants


@pytest.fixture(scope="module")
def every(dataset):
    """Every change by choice and option, those too that move nothing."""
    return {(one.choice, one.option): one for one in changes(dataset, list(codings(dataset))[1:])}


@pytest.mark.parametrize(
    ("choice", "leaves_out"),
    [
        (
            "supervised",
            lambda cases: cases["status_at_disclosure"].isin(["in_custody", "on_trial", "under_state_media"]),
        ),
        ("minors", lambda cases: cases["minor_when_joined"].fillna(False)),
        ("single_story", lambda cases: cases["n_stories"] == 1),
        ("certain", lambda cases: cases["certainty"] == "low"),
    ],
)
def test_a_change_leaves_out_the_cases_it_names(dataset, every, choice, leaves_out):
    """A group of cases goes, and no other case."""
    lost = ~every[choice, ""].stays
    assert list(lost) == list(leaves_out(dataset.core).astype(bool))
    assert lost.any()


def test_countries_outlets_and_languages_go_one_at_a_time(dataset, every):
    """A country's own cases; of an outlet or a language the cases of which all known stories are of it."""
    countries = {option: one.stays for (choice, option), one in every.items() if choice == "country"}
    assert set(countries) == set(dataset.core["country"].dropna())
    for country, stays in countries.items():
        assert set(dataset.core.index[~stays]) == set(dataset.core.index[dataset.core["country"] == country])
    told = dataset.case_stories.merge(dataset.stories, left_on="story_id", right_index=True).groupby("case_id")
    for choice in ("outlet", "language"):
        known = told[choice].agg(lambda given: set(given.dropna()))
        for (kind, option), one in every.items():
            if kind == choice:
                only = {case for case in dataset.core.index if known.get(case) == {option}}
                assert set(dataset.core.index[~one.stays]) == only != set()


def test_without_coerced_members_an_unknown_motive_stays(dataset, every):
    """The cases with that motive go; a case without a known motive stays."""
    codes, stays = dataset.coded([dataset.study.coerced])[dataset.study.coerced], every["coerced", ""].stays
    assert not stays[codes.eq(1).fillna(False)].any()
    assert stays[codes.isna()].all()


def test_the_clock_of_leaving_keeps_departures_inside_the_window(dataset, every):
    """On the clock of leaving a case stays only when its date of leaving lies in the window."""
    stays, months = every["clock", ""].stays, dataset.core["left_month"]
    inside, known = months.map(lambda month: month in dataset.study.window), months.notna()
    assert list(stays[known]) == list(inside[known])
    assert not stays[dataset.core["left"].isna()].any()


def test_cases_that_share_a_story_are_one_cluster(dataset, every):
    """Two cases with a common story are together, those without are apart, and one of each cluster stays."""
    found, links = clusters(dataset), dataset.case_stories
    core = links[links["case_id"].isin(found.index)]
    shared = core.groupby("story_id")["case_id"].agg(list)
    assert all(len(set(found[cases])) == 1 for cases in shared)
    alone = set(found.index) - {case for cases in shared if len(cases) > 1 for case in cases}
    assert not found[sorted(alone)].duplicated().any()
    assert every["cluster", ""].stays.sum() == found.nunique() < len(found)


def test_the_codings_are_those_of_whom_they_name(dataset):
    """Strict codes lie below broad ones; the first edition's are its decision, with its second coder's forms."""
    names, found = dataset.study.narrative_variables, codings(dataset)
    assert (found["strict"][names].fillna(0) <= found["broad"][names].fillna(0)).all(axis=None)
    first, second, final = (dataset.coded(names, coder) for coder in dataset.study.coders)
    pd.testing.assert_frame_equal(found["strict"][names], strict_codes(final, first, second))
    pd.testing.assert_frame_equal(found["first"][names], dataset.coded(names, "adjudicated"))
    form = ["victims_minorities"]
    pd.testing.assert_frame_equal(found["first"][form], dataset.coded(form, "B"))


def test_without_borderline_decisions_clear_forms_make_the_narratives(dataset):
    """Each form that is 1 and borderline becomes 0 and no other code changes; a narrative needs a clear form."""
    study, found = dataset.study, codings(dataset)
    own, clear = found[study.final_coder], found["clear"]
    rows = dataset.codings[(dataset.codings["coder"] == study.final_coder) & (dataset.codings["value"] == 1)]
    pairs = rows.loc[rows["strength"] == "borderline", ["case_id", "variable"]].itertuples(index=False, name=None)
    forms = [form.variable for form in study.forms]
    doubted = {(case, form) for case, form in pairs if case in own.index and form in forms}
    changed = {(case, form) for form in forms for case in own.index[(own[form] != clear[form]).fillna(False)]}
    assert changed == doubted != set()
    for narrative in study.narrative_variables:
        mine = [form.variable for form in study.forms_of(narrative)]
        voiced = clear[mine].eq(1).any(axis=1) & clear[study.reach].eq(1)
        assert (clear[narrative].eq(1).fillna(False) == voiced.fillna(False)).all()


def test_deception_alone_turns_its_cases_and_no_others(dataset):
    """Not counting deception alone sets those cases to 0 and touches nothing else."""
    study, own = dataset.study, codings(dataset)[dataset.study.final_coder]
    narrative, changed = study.narrative_of(study.deception), without_deception(own, dataset)
    moved = own.index[(own[narrative] != changed[narrative]).fillna(False)]
    assert set(moved) == set(own.index[resting_on(own, study, study.deception)]) != set()
    pd.testing.assert_frame_equal(own.drop(columns=narrative), changed.drop(columns=narrative))


@settings(max_examples=20)
@given(data=st.data())
def test_a_variant_gives_what_a_plain_count_gives(dataset, variants, data):
    """Any variant's n and denominator are those of a filter and a count, written the slow way."""
    name = data.draw(st.sampled_from(dataset.study.narrative_variables))
    each = [variants.own, *variants.single, *variants.pairs]
    place = data.draw(st.integers(0, len(each) - 1))
    row, codes = variants.narratives[name].iloc[place], each[place].codes[name]
    assert (row["n"], row["denominator"]) == (codes.eq(1).sum(), codes.notna().sum())
    assert row["changes"] == len(each[place].changes)


def test_no_two_variants_are_the_same(variants):
    """A change that moves nothing is no variant, nor one that gives what another gives; pairs answer two choices."""
    each = [variants.own, *variants.single, *variants.pairs]
    numbers = {id(one.frame): one.frame.fillna(9).to_numpy(dtype=int) for one in each}
    results = {(one.stays.tobytes(), numbers[id(one.frame)][one.stays].tobytes()) for one in each}
    assert len(results) == len(each)
    assert all(len(one.changes) == 1 for one in variants.single)
    assert all(len({change.choice for change in one.changes}) == 2 for one in variants.pairs)
    labels = [one.label for one in each[1:]]
    assert len(labels) == len(set(labels))


def test_a_change_without_effect_is_no_variant(variants, data_copy, edit):
    """With no minor on the list, leaving minors out is none."""
    edit("cases.csv", {"minor_when_joined": "true"}, minor_when_joined="false")
    without = [one.label for one in Variants(load(data_copy)).single]
    assert "Without minors" in [one.label for one in variants.single]
    assert "Without minors" not in without


def test_shares_of_values_that_rest_on_no_code(dataset, variants):
    """A value per case is counted over the cases that stay; unknown ones are in no denominator."""
    values = pd.Series(1, index=dataset.core.index, dtype="Int64").mask(dataset.core["country"].isna())
    found = variants.shares(values=values)
    each = [variants.own, *variants.single, *variants.pairs]
    known = [dataset.cases.loc[one.codes.index, "country"].notna().sum() for one in each]
    assert list(found["denominator"]) == known
    assert np.isnan(found.loc[found["denominator"] == 0, "share"]).all()
