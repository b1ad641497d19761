"""Delays that are seen only when they end in time: how they are distributed, and what that hides."""

from __future__ import annotations

import numpy as np

from analysis.stats.uncertainty import Counts, Numbers, divide


def delay_distribution(delay: Counts, room: Counts, n: Counts) -> Numbers:
    """The share of delays that are no longer than 0, 1, 2, ... when a delay is seen only if it fits into its room.

    Product-limit estimate in reverse time: from the longest delay down, each length s takes away the share that ends at
    s among those that are at most s long and had room for s. It assumes that a delay does not depend on when it begins,
    and it can say nothing of delays longer than the largest room: it is the distribution of those up to it.

    Args:
        delay: Length of each kind of delay, whole and not negative, array (kinds,).
        room: The longest length with which each kind would have been seen, at least `delay`; else a ValueError.
        n: Cases of each kind, array (kinds,), or (draws, kinds) for many lists at once.

    Returns:
        Shares (0-1), array (lengths,) or (draws, lengths), for lengths from 0 to the largest room; never falling.

    Source: Lynden-Bell (1971), Monthly Notices of the Royal Astronomical Society 155:95-118; Kalbfleisch and Lawless
    (1989), Journal of the American Statistical Association 84(406):360-372.
    """
    if ((delay < 0) | (delay > room)).any():
        raise ValueError("A delay is seen only when it fits into its room. Leave the others out.")
    length = np.arange(int(room.max()) + 1)
    ending = n @ (delay[:, None] == length)
    at_risk = n @ ((delay[:, None] <= length) & (length <= room[:, None]))
    kept = 1 - np.nan_to_num(divide(ending, at_risk))  # where nobody could end, nobody did
    beyond = np.cumprod(kept[..., ::-1], axis=-1)[..., ::-1]  # from s on, at each s
    return np.concatenate([beyond[..., 1:], np.ones((*beyond.shape[:-1], 1))], axis=-1)


def untruncated(delay: Counts, room: Counts, n: Counts) -> Numbers:
    """How many began, for each kind of case, where `n` were seen: as many as its room would have let through.

    Args and errors as for `delay_distribution`, whose assumption it shares. NaN where nothing of a kind was seen, or
    where the list says nothing of how many fit into its room.

    Source: as for `delay_distribution`; the weights are those of Horvitz and Thompson (1952), Journal of the American
    Statistical Association 47(260):663-685.
    """
    return divide(n, delay_distribution(delay, room, n)[..., room])
