"""Coding error carried through: whose codes of which cases, and shares that lie beside the decided ones."""

import pytest

from analysis.evidence import latent
from analysis.evidence.latent import fitted, latent_table, nearly, ratings
from analysis.stats.latent import PRIORS
from caught import caught


@pytest.fixture(scope="module")
def fits(dataset):
    """The model of all coders and of the last edition's."""
    return fitted(dataset)


def test_cases_are_those_that_the_coders_share(dataset, fits):
    """All coders: reached by the decision and coded in both editions; the second edition's: all that are reached."""
    codes = dataset.coded(dataset.study.narrative_variables)
    known = set(codes.index[codes.notna().all(axis=1)])
    everyone, last = fits
    assert set(last.cases) == known
    assert everyone.coders == tuple(coder for edition in dataset.study.editions for coder in edition.coders)
    variable = dataset.study.narrative_variables[0]
    own = ratings(dataset, everyone.coders, everyone.cases)[variable].notna()
    for edition in dataset.study.editions:
        assert own[list(edition.coders)].any(axis=1).all()
    rest = ratings(dataset, everyone.coders, dataset.core.index.intersection(known).difference(everyone.cases))
    assert not all(rest[variable][list(edition.coders)].notna().any(axis=1).any() for edition in dataset.study.editions)


def test_ratings_are_the_coders_own_codes(dataset):
    """Each column holds what its coder gave, for the cases asked."""
    coders = dataset.study.edition.coders
    variable = dataset.study.narrative_variables[1]
    found = ratings(dataset, coders, dataset.core.index)[variable]
    for coder in coders:
        assert found[coder].equals(dataset.coded([variable], coder)[variable].rename(coder))


def test_shares_with_and_without_the_model_stand_side_by_side(dataset, fits):
    """Decided counts are a plain count of the same cases; chance and error together are wider than error alone."""
    table, codes = latent_table(dataset, fits), dataset.coded(dataset.study.narrative_variables)
    assert len(table) == len(fits) * len(dataset.study.narratives)
    for (name, coders), row in table.iterrows():
        fit = next(one for one in fits if "".join(one.coders) == coders)
        assert (row["n"], row["denominator"]) == (codes.loc[fit.cases, name].sum(), len(fit.cases))
        assert row["error_low"] <= row["latent"] <= row["error_high"]
        assert row["latent_high"] - row["latent_low"] > row["error_high"] - row["error_low"]
        assert row["least"] <= row["latent"] <= row["most"]
        assert row["latent"] == pytest.approx(row["share"], abs=0.1)


def test_what_is_recorded_is_that_of_all_coders_under_the_main_prior(dataset, fits):
    """Shares come from the first set; the lowest probability that the same lead is at most the main one."""
    shown, table = caught(latent.show, dataset), latent_table(dataset, fits)
    for name in dataset.study.narrative_variables:
        assert shown.given[f"latent.{name}.share"] == table.loc[(name, "".join(fits[0].coders)), "latent"]
    lead = frozenset(dataset.coded(dataset.study.narrative_variables).sum().nlargest(2).index)
    every = [share for fit in fits for share in fit.lead(lead)]
    assert len(every) == len(fits) * len(PRIORS)
    assert shown.given["latent.leading.probability"] == fits[0].lead(lead)[0]
    assert shown.given["latent.leading.lowest"] == min(every)
    assert "too narrow" in shown.captions["latent"]


@pytest.mark.parametrize(("share", "said"), [(1.0, "over 99%"), (0.9951, "over 99%"), (0.99, "99%"), (0.5, "50%")])
def test_no_probability_is_said_to_be_certain(share, said):
    """Draws without exception do not prove that there is none."""
    assert nearly(share) == said
