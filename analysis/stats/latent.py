"""What coders who err say about the truth: a latent class model of their codes, with priors, by Gibbs sampling."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED, WARM_UP, DRAWS = 20261127, 500, 4000
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """What is held of coders before their codes are seen, as the two counts of a Beta distribution.

    Attributes:
        label: Its name in print.
        right: As if a coder had been right so many times, on cases that voice and on cases that do not.
        wrong: As if a coder had been wrong so many times.
    """

    label: str
    right: float
    wrong: float


PRIORS = (
    Prior("right nine times in ten", 9, 1),
    Prior("right three times in four", 3, 1),
    Prior("hardly better than chance", 1.2, 1),
)
"""The priors that are tried; the first is the main one. The share itself has the uniform prior."""


@dataclass(frozen=True)
class Latent:
    """Draws from the posterior of one code.

    Attributes:
        share: The share of cases that voice it in truth, a draw each (0-1).
        sensitivity: Of cases that voice it, the share that a coder codes 1: draws by coders (0-1).
        specificity: Of cases that do not, the share that a coder codes 0: draws by coders (0-1).
    """

    share: Numbers
    sensitivity: Numbers
    specificity: Numbers

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The central interval of the share that holds `level` of the draws."""
        low, high = np.quantile(self.share, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)


def posterior(ratings: pd.DataFrame, prior: Prior = PRIORS[0], seed: int = SEED, draws: int = DRAWS) -> Latent:
    """The truth behind codes of several coders who err independently of each other, given it.

    Args:
        ratings: One row a case, one column a coder: 1, 0, or NA where a coder did not reach the case.
        prior: What is held of each coder before.
        seed: Starts the random numbers.
        draws: How many draws are kept, after `WARM_UP` that are not.

    Returns:
        The share is of the cases of `ratings`: the drawn truths counted, so that it is about these cases alone.

    Source: Dawid and Skene (1979), Applied Statistics 28(1):20-28, for the model; Joseph, Gyorkos and Coupal (1995),
    American Journal of Epidemiology 141(3):263-272, for its sampling with Beta priors.
    """
    codes = ratings.to_numpy(dtype=float, na_value=np.nan)
    said_yes, said_no = (codes == 1).astype(float), (codes == 0).astype(float)
    random = np.random.default_rng(seed)
    truth = np.nanmean(np.where(np.isnan(codes).all(axis=1, keepdims=True), 0.5, codes), axis=1) >= 0.5
    kept = []
    for draw in range(WARM_UP + draws):
        share = random.beta(1 + truth.sum(), 1 + (~truth).sum())
        sensitivity = random.beta(prior.right + said_yes[truth].sum(0), prior.wrong + said_no[truth].sum(0))
        specificity = random.beta(prior.right + said_no[~truth].sum(0), prior.wrong + said_yes[~truth].sum(0))
        yes = np.log(share) + said_yes @ np.log(sensitivity) + said_no @ np.log1p(-sensitivity)
        no = np.log1p(-share) + said_yes @ np.log1p(-specificity) + said_no @ np.log(specificity)
        truth = random.random(len(codes)) < 1 / (1 + np.exp(no - yes))
        if draw >= WARM_UP:
            kept.append((truth.mean(), sensitivity, specificity))
    shares, sensitivities, specificities = zip(*kept, strict=True)
    return Latent(np.array(shares), np.array(sensitivities), np.array(specificities))


def leading(shares: dict[str, Numbers], n: int = 2) -> dict[frozenset[str], float]:
    """How probable it is that these and no others lead.

    Args:
        shares: Name to the draws of its share, as many for each.
        n: How many lead.

    Returns:
        Each set of names that leads in some draw, to the share of draws (0-1) in which it does; most probable first.
    """
    names = list(shares)
    order = np.argsort(-np.column_stack([shares[name] for name in names]), axis=1, kind="stable")[:, :n]
    sets = Counter(frozenset(names[place] for place in row) for row in order)
    return {leaders: count / len(order) for leaders, count in sets.most_common()}
