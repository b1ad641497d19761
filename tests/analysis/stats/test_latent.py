"""The latent class model of coders, against published data, direct maximisation, and made-up truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from analysis.stats.bootstrap import percentile_interval as interval
from analysis.stats.latent import PRIORS, Latent, Prior, leading, posteriors
from analysis.stats.uncertainty import wilson

# Five dentists on 3,869 X-rays of teeth, caries seen or not: how often each pattern from 00000 to 11111 occurred.
# Espeland and Handelman (1989), Biometrics 45(2):587-599.
COUNTS = [
    1880, 789, 43, 75, 23, 63, 8, 22, 188, 191, 17, 67, 15, 85, 8, 56,
    22, 26, 6, 14, 1, 20, 2, 17, 2, 20, 6, 27, 3, 72, 1, 100,
]  # fmt: skip
PATTERNS = [[int(digit) for digit in f"{number:05b}"] for number in range(32)]


def most_likely() -> np.ndarray:
    """Share, sensitivities and specificities by maximising the likelihood of the published counts directly."""
    patterns, counts = np.array(PATTERNS), np.array(COUNTS)

    def loss(logits):
        share, sensitivity, specificity = np.split(1 / (1 + np.exp(-logits)), [1, 6])
        yes = share * np.prod(np.where(patterns, sensitivity, 1 - sensitivity), axis=1)
        no = (1 - share) * np.prod(np.where(patterns, 1 - specificity, specificity), axis=1)
        return -counts @ np.log(yes + no)

    start = np.array([-1.4, *[0.5] * 5, *[2.0] * 5])
    return 1 / (1 + np.exp(-minimize(loss, start, method="BFGS").x))


def posterior(ratings: pd.DataFrame, prior: Prior, draws: int) -> Latent:
    """The draws of one code under one prior."""
    return posteriors({"one": ratings}, [prior], draws=draws)["one"][prior.label]


def test_the_dentists_are_judged_as_by_direct_maximisation():
    """With thousands of cases the draws lie where the likelihood of the published counts is greatest."""
    ratings = pd.DataFrame(np.repeat(PATTERNS, COUNTS, axis=0))
    found = posterior(ratings, Prior("flat", 1, 1), draws=400)
    expected = most_likely()
    means = np.concatenate([[found.share.mean()], found.sensitivity.mean(0), found.specificity.mean(0)])
    assert means == pytest.approx(expected, abs=0.03)
    assert 0.15 < found.share.mean() < 0.25


def test_coders_who_agree_on_all_cases_leave_little_doubt():
    """Where all coders always agree, the share is what they say, and the interval that of chance alone, nearly."""
    ratings = pd.DataFrame([[1, 1, 1, 1]] * 30 + [[0, 0, 0, 0]] * 30, dtype="Int8")
    found = posterior(ratings, PRIORS[0], draws=500)
    assert found.counted.mean() == pytest.approx(0.5, abs=0.01)
    assert interval(found.share) == pytest.approx(wilson(30, 60), abs=0.02)


def test_a_truth_that_was_made_up_lies_in_the_interval():
    """Codes drawn from known error rates give back the share they were drawn with; unreached codes do not bias it."""
    random = np.random.default_rng(7)
    truth = random.random(400) < 0.3
    codes = np.where(truth[:, None], random.random((400, 4)) < 0.85, random.random((400, 4)) < 0.08).astype(float)
    codes[random.random((400, 4)) < 0.25] = np.nan
    low, high = interval(posterior(pd.DataFrame(codes), PRIORS[0], draws=1000).counted)
    assert low <= truth.mean() <= high


def test_the_same_seed_gives_the_same_draws():
    """Results can be repeated to the last digit."""
    ratings = pd.DataFrame([[1, 0], [0, 0], [1, 1], [None, 1]], dtype="Int8")
    one, other = (posterior(ratings, PRIORS[1], draws=50) for _ in range(2))
    assert (one.share == other.share).all()


def test_codes_and_priors_side_by_side_are_fitted_each_by_itself():
    """Two codes under three priors: each lies where it lies alone, and a weaker prior leaves a wider interval."""
    few, many = (pd.DataFrame([[1, 1, 1]] * n + [[1, 0, 0], [0, 0, 1]] * 4 + [[0, 0, 0]] * (52 - n)) for n in (6, 40))
    together = posteriors({"few": few, "many": many}, draws=1500)
    assert list(together) == ["few", "many"]
    for name, ratings in (("few", few), ("many", many)):
        assert list(together[name]) == [prior.label for prior in PRIORS]
        for prior in PRIORS:
            alone = posterior(ratings, prior, draws=1500).share.mean()
            assert together[name][prior.label].share.mean() == pytest.approx(alone, abs=0.01)
        widths = [np.ptp(interval(one.counted)) for one in together[name].values()]
        assert widths[0] <= widths[-1]


def test_who_leads_is_counted_draw_by_draw():
    """The probability that a pair leads is the share of draws in which it does."""
    shares = {"a": np.array([0.9, 0.9, 0.1]), "b": np.array([0.8, 0.8, 0.8]), "c": np.array([0.1, 0.2, 0.7])}
    assert leading(shares) == {frozenset("ab"): pytest.approx(2 / 3), frozenset("bc"): pytest.approx(1 / 3)}
