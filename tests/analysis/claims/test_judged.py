"""What would turn a verdict: one code, a range in the ledger, a choice of the analysis, another rule."""

import numpy as np
import pytest
from analysis.sensitivity.grid import Grid

from analysis.claims.judged import judged, numbers, under_rule
from analysis.claims.verdicts import NOT_SUPPORTED, PARTLY, SUPPORTED
from analysis.data.dataset import load
from ledger_sample import judged_claims, variants


@pytest.fixture(scope="module")
def claims():
    """Every claim by name."""
    return judged_claims()


def change_claims(data_copy):
    """The claims of the copied data by name."""
    return {claim.id: claim for claim in judged(Grid(load(data_copy)))}


def test_one_code_turns_a_verdict_and_the_counts_follow(claims, data_copy, edit):
    """The one account of brutality against a minority, recoded: nothing refutes the claim, and no text was edited."""
    (case,) = claims["no_minorities"].readings[""].cases
    before = numbers([claim.verdict for claim in claims.values()])
    edit("codings.csv", {"case_id": case, "coder": "B", "variable": "victims_minorities"}, value="0")
    after = change_claims(data_copy)
    assert (claims["no_minorities"].verdict, claims["no_minorities"].margin) == (NOT_SUPPORTED, 1)
    assert after["no_minorities"].verdict == SUPPORTED
    counts = {"supported": before["supported"] + 1, "not_supported": before["not_supported"] - 1}
    assert numbers([claim.verdict for claim in after.values()]) == {**before, **counts}


def test_the_margin_is_the_number_of_cases_that_turn_the_verdict(claims, data_copy, edit):
    """One code less than the margin leaves the verdict, the margin turns it: seen by recoding the data."""
    claim = claims["brutality_half"]
    *most, last = claim.readings[""].cases[: claim.margin]
    for case in most:
        edit("codings.csv", {"case_id": case, "coder": "adjudicated", "variable": "brutality"}, value="0")
    nearly = change_claims(data_copy)["brutality_half"]
    assert (nearly.verdict, nearly.margin) == (claim.verdict, 1)
    assert nearly.readings[""].n[0] == claim.readings[""].n[0] - len(most)
    edit("codings.csv", {"case_id": last, "coder": "adjudicated", "variable": "brutality"}, value="0")
    assert change_claims(data_copy)["brutality_half"].verdict != claim.verdict


def test_a_range_moved_in_the_ledger_moves_the_verdict(claims, data_copy, edit):
    """The words are data: allow less, and the claim is no longer supported."""
    edit("claims.csv", {"claim_id": "brutality_half"}, allowed_low="0.75")
    assert claims["brutality_half"].verdict == SUPPORTED
    assert change_claims(data_copy)["brutality_half"].verdict == NOT_SUPPORTED


def test_variants_are_counted_over_the_whole_grid(claims):
    """As many variants as the grid has, and those with one departure among them; untested claims have none."""
    grid = variants()
    single = int((grid.variants["departures"] == 1).sum())
    for claim in claims.values():
        assert (claim.holds is not None) == claim.tested
        if claim.holds:
            assert (claim.holds.variants, claim.holds.single) == (len(grid), single)
            assert len(claim.holds.turned_by) == single - claim.holds.n_single


@pytest.mark.parametrize("claim", ["brutality_half", "in_2015", "mirror_defend", "seventeen_countries", "consistent"])
def test_a_choice_that_turns_a_verdict_turns_it_in_the_data_too(claims, data_copy, edit, claim):
    """Leaving Syria out turns a claim, of any kind, exactly when a case list without Syrians does."""
    turned = ("without", "SYR") in claims[claim].holds.turned_by
    edit("cases.csv", {"country": "SYR", "decision": "core"}, decision="excluded", reason="unverifiable")
    assert (change_claims(data_copy)[claim].verdict != claims[claim].verdict) is turned


def test_other_rules_judge_the_same_estimates(claims):
    """A stricter rule never raises a verdict, a milder one never lowers it, and each changes some."""
    order = [NOT_SUPPORTED, PARTLY, SUPPORTED]
    tested = [claim for claim in claims.values() if claim.tested]
    for rule, sign in (("strict", -1), ("lenient", 1)):
        steps = [order.index(under_rule(claim, rule)) - order.index(claim.verdict) for claim in tested]
        assert {np.sign(step) for step in steps} == {0, sign}
    assert under_rule(claims["brutality_half"], "strict") == PARTLY  # its interval begins below one half
    assert under_rule(claims["custody_moral"], "lenient") == PARTLY  # its interval reaches the other side of none
    assert under_rule(claims["hundreds"], "strict") == claims["hundreds"].verdict
