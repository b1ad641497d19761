"""Where coding stands, where two coders differ, and how exact an agreement a number of accounts would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import nan, sqrt
from statistics import NormalDist

import pandas as pd

from analysis.data.dataset import Dataset

LEVEL = 0.95
ASSUMED = (0.4, 0.6, 0.8)
"""Kappas for which the precision is told."""


def status(data: Dataset) -> Iterator[str]:
    """One line a coder: kind, accounts coded on each list, and with whom how many accounts are shared."""
    study = data.study
    beside = {
        coder: [other for other in one.coders if other != coder] for one in study.editions for coder in one.coders
    }
    for one in study.every_coder:
        given = data.cases.index[data.given_to(one.id)]
        counts = [
            f"{len(given.intersection(cases.index))} of {len(cases)} {name}"
            for name, cases in (("core", data.core), ("later", data.later), ("excluded", data.excluded))
            if name != "excluded" or len(given.intersection(cases.index))
        ]
        shared = [
            f"{other} ({len(given.intersection(data.cases.index[data.given_to(other)]))} in common)"
            for other in one.compared_with or beside.get(one.id, [])
        ]
        who = f"; compared with {', '.join(shared)}" if shared else ""
        yield f"{one.id} ({one.kind}): {', '.join(counts)}{who}"


def disagreements(data: Dataset, one: str, other: str) -> Iterator[str]:
    """The codes in which two coders differ, side by side: account and form, then each coder's code and passage.

    A code against none (not reached, unclear) is a difference too. Accounts that only one of them coded are left out.
    """
    study = data.study
    both = data.cases.index[data.given_to(one) & data.given_to(other)]
    labels = {study.reach: "reach of reasons", **{form.variable: form.label for form in study.forms}}
    codes = {coder: data.coded(list(labels), coder, both) for coder in (one, other)}
    told = data.codings.dropna(subset="evidence").set_index(["coder", "case_id", "variable"])["evidence"].to_dict()
    width = max(len(one), len(other))
    for case in both:
        for variable, label in labels.items():
            given = {coder: codes[coder].at[case, variable] for coder in codes}
            if len({str(value) for value in given.values()}) > 1:
                yield f"{case} {label} ({variable})"
                for coder, value in given.items():
                    shown = "no code" if value is pd.NA else str(value)
                    yield f"  {coder:{width}}  {shown:7}  {told.get((coder, case, variable), '')}".rstrip()


def half_width(kappa: float, share: float, n: float) -> float:
    """Half the length of the interval of Cohen's kappa to be expected, large-sample; NaN where kappa is not defined.

    Args:
        kappa: The kappa assumed.
        share: The share (0-1) of codes of 1 by either coder.
        n: The number of accounts that both can code.

    Source: Cohen (1960), Educational and Psychological Measurement 20(1):37-46, standard error of kappa.
    """
    chance = share**2 + (1 - share) ** 2
    if not n or chance == 1:
        return nan
    observed = chance + kappa * (1 - chance)
    error = sqrt(observed * (1 - observed) / n) / (1 - chance)
    return NormalDist().inv_cdf((1 + LEVEL) / 2) * error


def precision(data: Dataset, samples: Sequence[int]) -> pd.DataFrame:
    """How exactly kappa of a human coder with the decision would be known, by number of core accounts coded.

    Args:
        data: The case list; gives how often reasons are reached and each narrative is voiced by the decision.
        samples: Numbers of core accounts.

    Returns:
        A row a sample and narrative (and reach): `accounts`, `code`, `n` that are expected to be coded by both, and
        half the 95% interval for each kappa of `ASSUMED`.
    """
    study = data.study
    codes = data.coded([study.reach, *study.narrative_variables])
    rows = []
    for accounts in samples:
        for name, given in codes.items():
            n = accounts * float(given.notna().mean())
            widths = {f"kappa {kappa}": half_width(kappa, float(given.mean()), n) for kappa in ASSUMED}
            rows.append({"accounts": accounts, "code": name, "n": round(n), **widths})
    return pd.DataFrame(rows)
