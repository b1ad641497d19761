"""Agreement of the coders, against published worked examples and exact properties."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.stats.agreement import agreement, cohen_kappa, gwet_ac1, krippendorff_alpha, pair_table, percent_agreement
from analysis.stats.bootstrap import percentile_interval, resampled_counts

NA = None
TABLES = st.lists(st.integers(0, 30), min_size=9, max_size=9).map(lambda cells: np.array(cells, float).reshape(3, 3))
PAIRS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=60)


def rated(*coders):
    """Ratings with a column per coder."""
    return pd.DataFrame({f"coder{i}": pd.Series(values, dtype="Int64") for i, values in enumerate(coders)})


def coincidences(ratings):
    """Pairs of values within cases, both ways round, a case weighing as many as it has values: Krippendorff's way."""
    values = sorted({value for value in ratings.to_numpy().ravel() if pd.notna(value)})
    table = pd.DataFrame(0.0, values, values)
    for row in ratings.itertuples(index=False):
        known = [value for value in row if pd.notna(value)]
        for one, other in itertools.permutations(known, 2):
            table.loc[one, other] += 1 / (len(known) - 1)
    return table.to_numpy()


@pytest.mark.parametrize(
    ("table", "percent", "kappa", "ac1"),
    [
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.70, 0.492, None),
        ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], 0.89, 0.7964, 0.8493),
        ([[118, 5], [2, 0]], 0.944, -0.0234, 0.9408),
    ],
    ids=["Cohen (1960), table 2", "Gwet's abstractors (irrCAC, table cont3x3abstractors)", "Gwet (2008), a rare value"],
)
def test_coefficients_give_the_values_that_were_printed(table, percent, kappa, ac1):
    """Cohen's 200 cases, 140 agreed; Gwet's two tables, in one of which kappa breaks down and AC1 stays high."""
    counted = np.array(table, float)
    assert percent_agreement(counted) == pytest.approx(percent)
    assert cohen_kappa(counted) == pytest.approx(kappa, abs=5e-4)
    assert ac1 is None or gwet_ac1(counted) == pytest.approx(ac1, abs=5e-5)


@pytest.mark.parametrize(
    ("ratings", "alpha"),
    [
        (rated([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]), 0.095),
        (rated([0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0], [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3]), 0.692),
        (
            rated(
                [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
                [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
                [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
                [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
            ),
            0.743,
        ),
    ],
    ids=["binary, two coders", "nominal, two coders", "nominal, four coders, values missing"],
)
def test_alpha_gives_the_values_that_krippendorff_printed(ratings, alpha):
    """Krippendorff (2011), examples A, B and C: 0.095, 0.692 and 0.743."""
    assert krippendorff_alpha(coincidences(ratings)) == pytest.approx(alpha, abs=5e-4)


@given(TABLES)
def test_kappa_is_that_of_statsmodels(table):
    """On any table with two values at least, kappa equals the library's."""
    assume((table.sum(axis=0) > 0).sum() > 1 or (table.sum(axis=1) > 0).sum() > 1)
    assert cohen_kappa(table) == pytest.approx(cohens_kappa(table, return_results=False), abs=1e-12)


@given(TABLES)
def test_coefficients_do_not_mind_which_coder_comes_first(table):
    """Turning the table over changes no coefficient."""
    assume(table.sum() > 1)
    for coefficient in (percent_agreement, cohen_kappa, gwet_ac1):
        assert coefficient(table.T) == pytest.approx(coefficient(table), nan_ok=True)


@given(st.lists(st.integers(0, 1), min_size=2, max_size=50))
def test_identical_coders_agree_perfectly(codes):
    """Coders who never differ score 1 wherever a coefficient is defined, and AC1 always is."""
    table = pair_table(rated(codes, codes))
    assert percent_agreement(table) == 1
    assert gwet_ac1(table) == pytest.approx(1)
    varied = len(set(codes)) == 2
    for coefficient in (cohen_kappa(table), krippendorff_alpha(coincidences(rated(codes, codes)))):
        assert coefficient == pytest.approx(1) if varied else np.isnan(coefficient)


@given(PAIRS)
def test_alpha_of_two_coders_needs_only_their_table(pairs):
    """With two coders and nothing missing, the coincidences are the cross table and its transpose."""
    first, second = zip(*pairs, strict=True)
    table = pair_table(rated(first, second))
    crossed = pd.crosstab(np.array(first), np.array(second)).reindex(index=[0, 1], columns=[0, 1], fill_value=0)
    np.testing.assert_array_equal(table, crossed)
    alpha = krippendorff_alpha(coincidences(rated(first, second)))
    assert krippendorff_alpha(table + table.T) == pytest.approx(alpha, nan_ok=True)


def test_a_resample_draws_as_many_cases_as_there_are():
    """Every resample holds as many cases as the list, none of a kind that the list lacks; the seed decides which."""
    counts = np.array([[12, 3], [0, 15]])
    drawn = resampled_counts(counts, draws=200)
    assert (drawn.sum(axis=(1, 2)) == 30).all()
    assert (drawn[:, 1, 0] == 0).all()
    np.testing.assert_array_equal(drawn, resampled_counts(counts, draws=200))
    assert not np.array_equal(drawn, resampled_counts(counts, draws=200, seed=1))


def test_resampling_counts_is_resampling_cases():
    """Drawing cases one by one with replacement gives counts of the same means and covariances."""
    counts = np.array([[12, 3], [5, 10]])
    kinds = np.repeat(np.arange(4), counts.ravel())
    one_by_one = np.random.default_rng(1).choice(kinds, size=(20_000, len(kinds)))
    naive = np.stack([(one_by_one == kind).sum(axis=1) for kind in range(4)], axis=1)
    drawn = resampled_counts(counts, draws=20_000).reshape(-1, 4)
    np.testing.assert_allclose(drawn.mean(axis=0), naive.mean(axis=0), atol=0.1)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(naive.T), atol=0.25)


@given(PAIRS, st.randoms())
def test_the_order_of_the_cases_moves_no_interval(pairs, chance):
    """Intervals depend on what the two coders said, not on the order in which the cases are listed."""
    mixed = chance.sample(pairs, len(pairs))
    either = [agreement(rated(*zip(*one, strict=True))) for one in (pairs, mixed)]
    pd.testing.assert_frame_equal(*either)


def test_the_interval_leaves_out_resamples_without_a_value():
    """Undefined resamples do not move the percentiles; with none defined there is no interval."""
    replicates = np.array([*np.linspace(0, 1, 101), np.nan, np.nan])
    assert percentile_interval(replicates, 0.9) == pytest.approx((0.05, 0.95))
    assert np.isnan(percentile_interval(np.array([np.nan]), 0.9)).all()


def test_the_interval_of_percent_agreement_is_near_the_binomial_one():
    """Of 100 cases with 80 agreed, the bootstrap interval is that of a binomial share: about 0.72 to 0.88."""
    result = agreement(rated([0, 1] * 50, [0, 1] * 40 + [1, 0] * 10)).loc["percent"]
    assert result["value"] == pytest.approx(0.8)
    assert result["low"] == pytest.approx(0.72, abs=0.011)
    assert result["high"] == pytest.approx(0.88, abs=0.011)


def test_no_case_coded_by_both_is_no_agreement():
    """Without a case that both coded the question has no answer, and says so."""
    with pytest.raises(ValueError, match="no agreement to measure"):
        agreement(rated([], []))
