"""What would turn a verdict: one code, a range in the ledger, a choice of the analysis, another rule."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.claims.claims import judged, stands, under_rule
from analysis.claims.claims_text import numbers
from analysis.claims.verdicts import NOT_SUPPORTED, PARTLY, SUPPORTED
from analysis.data.dataset import load
from analysis.record.wording import Range
from ledger_sample import judged_claims, variants, with_variants


@pytest.fixture(scope="module")
def claims():
    """Every claim by name."""
    return judged_claims()


@pytest.fixture(scope="module")
def held():
    """The variants, and some claims of every kind with them."""
    return variants(), with_variants()


def change_claims(data_copy):
    """The claims of the copied data by name."""
    return {claim.id: claim for claim in judged(load(data_copy))}


def test_one_code_turns_a_verdict_and_the_counts_follow(claims, data_copy, edit):
    """The one account of brutality against a minority, recoded: nothing refutes the claim, and no text was edited."""
    (case,) = claims["no_minorities"].readings[""].cases
    before = numbers(list(claims.values()))
    edit("codings.csv", {"case_id": case, "coder": "B", "variable": "victims_minorities"}, value="0")
    after = change_claims(data_copy)
    assert (claims["no_minorities"].verdict, claims["no_minorities"].margin) == (NOT_SUPPORTED, 1)
    assert after["no_minorities"].verdict == SUPPORTED
    assert numbers(list(after.values())) == {
        **before,
        "supported": before["supported"] + 1,
        "not_supported": before["not_supported"] - 1,
        "firm": before["firm"],
    }


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


def test_the_first_variant_gives_the_paper_s_own_verdict(held):
    """The grid's own row repeats the verdict that was computed without it, for each kind of claim."""
    _, claims = held
    assert [name for name, claim in claims.items() if not claim.holds.own] == []


def test_variants_are_counted_over_the_whole_grid(held):
    """As many variants as the grid has, and those with one departure among them."""
    grid, claims = held
    single = int((grid.variants["departures"] == 1).sum())
    for claim in claims.values():
        assert (claim.holds.variants, claim.holds.single) == (len(grid), single)
        assert len(claim.holds.turned_by) == single - claim.holds.n_single


def test_a_choice_that_turns_a_verdict_turns_it_in_the_data_too(claims, held, data_copy, edit):
    """Leaving Syria out turns the claim on brutality; so does a case list without Syrians."""
    _, with_variants = held
    assert ("without", "SYR") in [(t.choice, t.option) for t in with_variants["brutality_half"].holds.turned_by]
    edit("cases.csv", {"country": "SYR", "decision": "core"}, decision="excluded", reason="unverifiable")
    assert change_claims(data_copy)["brutality_half"].verdict != claims["brutality_half"].verdict


def test_a_claim_that_nothing_tests_has_no_variants(claims, held):
    """Asking for them is an error, not a count of nothing."""
    with pytest.raises(ValueError, match="has no quantity"):
        stands(claims["hundreds"], held[0])


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


def test_a_firm_claim_is_one_whose_interval_cannot_leave_the_range(claims):
    """Firm when both limits lie inside; widen the range and it is, narrow it and it is not."""
    claim = claims["four_narratives"]
    assert claim.firm
    narrow = replace(claim.entry, allowed=Range(0.95, 1.0))
    assert not replace(claim, entry=narrow).firm
