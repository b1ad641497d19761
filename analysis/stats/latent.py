"""What coders who err say about the truth: a latent class model of their codes, with priors, by Gibbs sampling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.stats.uncertainty import Numbers

SEED, WARM_UP, DRAWS = 20261127, 200, 2500


@dataclass(frozen=True)
class Prior:
    """What is held of coders before their codes are seen, as the two counts of a Beta distribution.

    As if a coder had been `right` and `wrong` so many times, on cases that voice and on cases that do not; `label` is
    its name in print.
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
        share: The share behind the cases, a draw each (0-1): holds chance too, as a Wilson interval does.
        counted: The share of these cases alone that voice it in truth, a draw each (0-1).
        sensitivity: Of cases that voice it, the share that a coder codes 1: draws by coders (0-1).
        specificity: Of cases that do not, the share that a coder codes 0: draws by coders (0-1).
    """

    share: Numbers
    counted: Numbers
    sensitivity: Numbers
    specificity: Numbers


def posteriors(
    ratings: Mapping[str, pd.DataFrame], priors: Sequence[Prior] = PRIORS, draws: int = DRAWS
) -> dict[str, dict[str, Latent]]:
    """The truth behind codes of several coders who err independently of each other, given it.

    Args:
        ratings: Name of a code to its ratings: one row a case, one column a coder, 1, 0, or NA where a coder did not
            reach the case. Each code has the same cases and coders, and is fitted by itself.
        priors: What is held of each coder before; all fits are made side by side.
        draws: How many draws are kept, after `WARM_UP` that are not.

    Returns:
        Name to the label of the prior to the draws.

    Source: Dawid and Skene (1979), Applied Statistics 28(1):20-28, for the model; Joseph, Gyorkos and Coupal (1995),
    American Journal of Epidemiology 141(3):263-272, for its sampling with Beta priors.
    """
    right, wrong = (
        np.array(counts)[:, None, None] for counts in zip(*((p.right, p.wrong) for p in priors), strict=True)
    )
    codes = np.stack([given.to_numpy(dtype=float, na_value=np.nan) for given in ratings.values()])
    given = np.concatenate([codes == 1, codes == 0], axis=2).astype(float)  # name, case, coders who say yes and no
    all_yes, all_no = np.split(given.sum(axis=1), 2, axis=1)
    random = np.random.default_rng(SEED)
    cases, coders = codes.shape[1:]
    majority = given[..., :coders].sum(axis=2) >= given[..., coders:].sum(axis=2)
    truth = np.broadcast_to(majority, (len(priors), *majority.shape))  # prior, name, case
    kept = []
    for draw in range(WARM_UP + draws):
        voiced = truth.sum(axis=2)
        seen = (truth[..., None, :] @ given)[..., 0, :]  # prior, name, coders who say yes and no
        hits, misses = seen[..., :coders], seen[..., coders:]
        share = random.beta(1 + voiced, 1 + cases - voiced)
        sensitivity = random.beta(right + hits, wrong + misses)
        specificity = random.beta(right + (all_no - misses), wrong + (all_yes - hits))
        weights = np.log(np.concatenate([sensitivity / (1 - specificity), (1 - sensitivity) / specificity], axis=2))
        odds = (given @ weights[..., None])[..., 0] + np.log(share / (1 - share))[..., None]
        truth = random.random(odds.shape) < 1 / (1 + np.exp(-odds))
        if draw >= WARM_UP:
            kept.append((share, truth.mean(axis=2), sensitivity, specificity))
    found = [np.stack(of_draws) for of_draws in zip(*kept, strict=True)]
    return {
        name: {prior.label: Latent(*(draws[:, at, place] for draws in found)) for at, prior in enumerate(priors)}
        for place, name in enumerate(ratings)
    }


def leading(shares: dict[str, Numbers], n: int = 2) -> dict[frozenset[str], float]:
    """How probable it is that so many names and no others lead, from draws of each name's share.

    Each set of names that leads in some draw, to the share of draws (0-1) in which it does; most probable first.
    """
    names = list(shares)
    order = np.argsort(-np.column_stack([shares[name] for name in names]), axis=1, kind="stable")[:, :n]
    sets = Counter(frozenset(names[place] for place in row) for row in order)
    return {leaders: count / len(order) for leaders, count in sets.most_common()}
