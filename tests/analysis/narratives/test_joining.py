"""Joining motives against narratives: counted again row by row, tested again, and told as the tests have it."""

import math

import pandas as pd
import pytest
from scipy.stats import hypergeom

from analysis.narratives.joining import joining_leaving, show, words
from caught import caught
from two_narratives import LABELS, two


@pytest.fixture(scope="module")
def cells(dataset):
    """Every pair of the project's own data."""
    study = dataset.study
    motives, narratives = (dataset.coded(v) for v in (study.joining_variables, study.narrative_variables))
    return joining_leaving(motives, narratives, study.mirrors)


def codes_of(**columns):
    """Codes in columns, as the dataset gives them."""
    return pd.DataFrame(columns).astype("Int64")


def test_fishers_test_sums_the_tables_no_likelier_than_the_one_seen(cells):
    """Each p equals the hypergeometric sum over all tables with the same margins."""
    for cell in cells.itertuples():
        tables = hypergeom(cell.denominator, cell.narrative_n, cell.motive_n)
        seen = tables.pmf(cell.both)
        likelihoods = [tables.pmf(k) for k in range(cell.motive_n + 1)]
        assert cell.p == pytest.approx(sum(p for p in likelihoods if p <= seen * (1 + 1e-7)))


def test_the_claimed_links_that_are_told_are_on_record(dataset, cells):
    """Each link's three shares and its corrected p are those of its cell."""
    cell, study = caught(show, dataset), dataset.study
    for link in cells[cells["mirror"] & cells["motive"].isin(study.told)].itertuples():
        name = f"joining.{link.narrative}.{link.motive.removeprefix('joining_')}"
        shares = [cell.shares[f"{name}.{part}"].share for part in ("with", "without", "voicers")]
        assert shares == pytest.approx([link.share, link.without, link.voicers])
        assert cell.given[f"{name}.p_mirror"] == link.p_holm_mirrors
    assert cell.given["joining.mirrors.tested"] == len(study.mirrors)


def test_claimed_links_are_adjusted_among_themselves():
    """With one link claimed its adjusted p is its p; the others have none; all cells count in `p_holm`."""
    motives = codes_of(m=[1, 1, 1, 0, 0, 0, None], o=[0, 1, 0, 1, 0, 1, 1])
    narratives = codes_of(x=[1, 1, 1, 0, 0, 0, 1], y=[0, 1, 1, 0, 1, 0, 1])
    cells = joining_leaving(motives, narratives, [("m", "x")])
    mirror = cells[cells["mirror"]].iloc[0]
    assert mirror["p"] == pytest.approx(0.1)  # 1 of the 20 ways to choose 3 of 6, both ends
    assert mirror["p_holm_mirrors"] == pytest.approx(0.1)
    assert mirror["p_holm"] == pytest.approx(0.4)
    assert cells.loc[~cells["mirror"], "p_holm_mirrors"].isna().all()


def test_a_motive_that_nobody_states_has_no_share():
    """The share among nobody is missing, its interval is everything, and the test says nothing."""
    cell = joining_leaving(codes_of(m=[0, 0, None]), codes_of(x=[1, 0, 1]), []).iloc[0]
    assert math.isnan(cell["share"])
    assert (cell["low"], cell["high"], cell["p"]) == (0, 1, 1)


def title(motive, narratives, mirrors):
    """The title over one motive against the two narratives."""
    cells = joining_leaving(codes_of(m=motive), narratives.reset_index(drop=True), mirrors)
    return words(cells, {"m": "Money"}, LABELS, len(motive)).title


@pytest.mark.parametrize(
    ("stated", "claimed", "expected"),
    [
        ([1] * 10 + [0] * 10, "a", " holds: apples, voiced by 10 of 10 with the motive and 0 of 10 without"),
        (
            [1] * 6 + [0] * 4 + [1] * 5 + [0] * 5,
            "a",
            " cannot be told from chance: apples, voiced by 6 of 11 with the motive and 4 of 9 without",
        ),
        ([0] * 10 + [1] * 10, "a", " cannot be told from chance: the counts do not point that way"),
        ([0] * 20, "a", "s between joining and leaving cannot be tested on these accounts"),
        ([1] * 10 + [0] * 10, "", "Joining motives and narratives, side by side"),
    ],
)
def test_the_title_follows_the_adjusted_test(stated, claimed, expected):
    """A link that holds, one that chance could bring, one the other way round, one untestable, and none claimed."""
    assert title(stated, two(only_a=10, neither=10), [("m", name) for name in claimed]).endswith(expected)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (0, "One of the two claimed links between joining and leaving holds: apples, "),
        (10, "Two of the two claimed links between joining and leaving hold, clearest for apples, "),
    ],
)
def test_the_title_counts_the_links_that_hold(other, expected):
    """Of two links one or both hold; the clearest is told with its counts."""
    codes = codes_of(a=[1] * 10 + [0] * 10, b=[1] * other + [0] * 9 + [1] * (11 - other))
    assert title([1] * 10 + [0] * 10, codes, [("m", "a"), ("m", "b")]).startswith(expected)
