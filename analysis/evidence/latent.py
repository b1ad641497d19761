"""Coding error carried through: the shares as a latent class model of the coders has them, beside the decided ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.record.cell import Cell
from analysis.record.formats import count, join_words, lowered, percent, percent_range
from analysis.stats.bootstrap import percentile_interval
from analysis.stats.latent import DRAWS, PRIORS, Latent, leading, posteriors
from analysis.stats.pairs import leaders, narrative_pairs
from analysis.stats.uncertainty import LEVEL, share_of


@dataclass(frozen=True)
class Fitted:
    """The model of one set of coders over its cases: `found` has narrative to the label of the prior to the draws."""

    coders: tuple[str, ...]
    cases: pd.Index
    found: dict[str, dict[str, Latent]]

    def shares(self, narrative: str) -> list[float]:
        """The share of a narrative (0-1) in these cases under each prior, the main one first: the mean of the draws."""
        return [float(latent.counted.mean()) for latent in self.found[narrative].values()]

    def lead(self, names: frozenset[str]) -> list[float]:
        """How probable it is (0-1) that these narratives lead, under each prior."""
        of_prior = [{name: found[prior.label].share for name, found in self.found.items()} for prior in PRIORS]
        return [leading(shares, len(names)).get(names, 0.0) for shares in of_prior]


def ratings(data: Dataset, coders: Sequence[str], cases: pd.Index) -> dict[str, pd.DataFrame]:
    """Narrative to the codes of each coder: index `case_id`, a column a coder (1, 0, NA)."""
    variables = data.study.narrative_variables
    codes = {coder: data.coded(variables, coder, cases) for coder in coders}
    return {name: pd.DataFrame({coder: given[name] for coder, given in codes.items()}) for name in variables}


def fitted(data: Dataset) -> list[Fitted]:
    """The model of all coders, on cases coded in every edition, and of those of the last edition alone.

    The cases are those of the core list that reach reasons by the decision; of these, for all coders together, those to
    which at least one coder of each edition gave codes. Both fits have the same priors.
    """
    study, known = data.study, reached(data.coded(data.study.narrative_variables))
    everyone = tuple(coder for edition in study.editions for coder in edition.coders)
    in_all = known
    for edition in study.editions:
        codes = [data.coded(study.narrative_variables, coder, known).notna().all(axis=1) for coder in edition.coders]
        in_all = in_all.intersection(known[pd.concat(codes, axis=1).any(axis=1)])
    sets = [(everyone, in_all), (study.edition.coders, known)]
    return [Fitted(coders, cases, posteriors(ratings(data, coders, cases))) for coders, cases in sets]


def latent_table(data: Dataset, fits: Sequence[Fitted]) -> pd.DataFrame:
    """Each narrative's share with and without the model, a row per narrative and set of coders.

    Returns:
        Index `variable`, `coders`; of the same cases `n`, `denominator`, `share`, `low`, `high` (decided, Wilson);
        `latent` (mean of the draws under the main prior), `latent_low`, `latent_high` (chance and error of coding),
        `error_low`, `error_high` (error of coding alone), `least` and `most` (`latent` over the priors). Shares 0-1.
    """
    codes = data.coded(data.study.narrative_variables)
    rows = {}
    for name in data.study.narrative_variables:
        for fit in fits:
            main, shares = fit.found[name][PRIORS[0].label], fit.shares(name)
            row = {**share_of(codes.loc[fit.cases, name]).row, "latent": shares[0]}
            row |= dict(zip(("latent_low", "latent_high"), percentile_interval(main.share), strict=True))
            row |= dict(zip(("error_low", "error_high"), percentile_interval(main.counted), strict=True))
            rows[name, "".join(fit.coders)] = row | {"least": min(shares), "most": max(shares)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["variable", "coders"])


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the shares of all coders' model and how sure it is who leads, and the table `latent`; return the table."""
    study, codes = data.study, data.coded(data.study.narrative_variables)
    fits = fitted(data)
    table = latent_table(data, fits)
    main = fits[0]
    for name in study.narrative_variables:
        row: Any = table.loc[(name, "".join(main.coders))]
        cell.value(f"latent.{name}.share", row["latent"], unit="share")
        cell.value(f"latent.{name}.interval", (row["latent_low"], row["latent_high"]), unit="interval")
    lead = frozenset(leaders(codes, narrative_pairs(codes)))
    probable = [fit.lead(lead) for fit in fits]
    lowest = min(min(of_fit) for of_fit in probable)
    for name, share in (("probability", probable[0][0]), ("lowest", lowest)):
        cell.value(f"latent.leading.{name}", share, unit="share", text=nearly(share))
    both = "All coders: where both editions have codes; the first edition’s codebook differed. "
    both = both if len(study.editions) > 1 else ""
    priors = " or ".join(join_words(prior.label for prior in PRIORS).rsplit(" and ", 1))
    return cell.table(
        "latent",
        printed(table, study.narrative_labels),
        title="The shares with the error of coding carried through",
        caption="Share that voices each narrative, of core cases that reach reasons by the decision: decided codes "
        f"({percent(LEVEL)} Wilson interval), and a latent class model of the coders’ own codes (Dawid and Skene; "
        f"{count(DRAWS)} draws): the mean, the central {percent(LEVEL)} interval from chance and coding error "
        f"together, and from coding error alone. {both}Priors: a coder is {priors}; "
        "the first is the main one, the last column has the shares over all. With two coders the data alone cannot "
        "tell their errors apart, so the prior decides. That "
        f"{join_words(lowered(study.label(name)) for name in sorted(lead))} lead has a probability of "
        f"{nearly(probable[0][0])}, and of {nearly(lowest)} at the lowest over priors and sets of coders. Coders are "
        "assumed to err independently of each other; coders of one kind do not, so the intervals are too narrow.",
        align="llrrrrr",
        widths=[15, 16, 21, 8, 12, 13, 15],
        cases=fits[-1].cases,
        data=table,
    )


def nearly(probability: float) -> str:
    """A probability in print; one that rounds to certainty is said to be over 99%, which no count of draws can pass."""
    return "over 99%" if probability > 0.99 else percent(probability)


def printed(table: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """A row per narrative and set of coders of the `latent_table`."""
    rows = []
    of_narratives: Any = table.iterrows()
    for (name, coders), row in of_narratives:
        limits = percent_range(row["low"], row["high"])
        rows.append(
            {
                "Narrative": labels[name],
                "Coders (cases)": f"{', '.join(coders)} ({count(row['denominator'])})",
                "Decided": f"{count(row['n'])}, {percent(row['share'])} ({limits})",
                "Model": percent(row["latent"]),
                "95% interval": percent_range(row["latent_low"], row["latent_high"]),
                "Coding error alone": percent_range(row["error_low"], row["error_high"]),
                "Over all priors": " to ".join(dict.fromkeys(percent(row[end]) for end in ("least", "most"))),
            }
        )
    return pd.DataFrame(rows)
