"""What would turn a verdict: one code, a range in the ledger, a choice of the analysis; and what the editions give."""

import pandas as pd
import pytest

from analysis.claims import editions
from analysis.claims.judged import Court, meaningful
from analysis.claims.ledger import ledger
from analysis.claims.verdicts import NOT_SUPPORTED, NOT_TESTABLE, SUPPORTED
from analysis.data.dataset import load
from analysis.sensitivity.variants import Variants, edition_list
from analysis.stats.groups import holm
from caught import caught
from data_rows import case_list


def changed_verdict(data_copy, claim):
    """The verdict on a claim by the copied data."""
    dataset = load(data_copy)
    entry = next(one for one in ledger(dataset) if one.id == claim.entry.id)
    return Court(dataset, [Variants(dataset).own]).verdicts(entry, claim.clock)[0]


def test_one_code_turns_a_verdict(claims, data_copy, edit):
    """The accounts of brutality against minorities, recoded: nothing refutes the claim, and no text was edited."""
    counted = claims["no_minorities"].estimate.cases
    assert (claims["no_minorities"].verdict, claims["no_minorities"].margin) == (NOT_SUPPORTED, len(counted))
    story = case_list().case_stories.groupby("case_id")["story_id"].first()
    for case in counted:
        edit("codings.csv", {"case_id": case, "coder": "decided", "variable": "victims_minorities"}, value="0",
             evidence="", story_id="", reason="It is another form.")  # fmt: skip
        edit("codings.csv", {"case_id": case, "coder": "decided", "variable": "victims_unspecified"}, value="1",
             evidence="It was voiced.", reason="So it is.", story_id=story[case])  # fmt: skip
    assert changed_verdict(data_copy, claims["no_minorities"]) == SUPPORTED


def test_a_range_moved_in_the_ledger_moves_the_verdict(claims, data_copy, edit):
    """The words are data: allow less, and the claim is no longer supported."""
    edit("claims.csv", {"claim_id": "brutality_half"}, allowed_low="0.75")
    assert claims["brutality_half"].verdict == SUPPORTED
    assert changed_verdict(data_copy, claims["brutality_half"]) == NOT_SUPPORTED


def test_a_claim_about_time_has_a_verdict_on_each_clock(claims):
    """Two clocks, two verdicts, each that of its own estimate; one clock, one name without it."""
    for claim in claims.values():
        assert claim.id == (f"{claim.entry.id}.{claim.clock}" if claim.both_clocks else claim.entry.id)
    both = [claim for claim in claims.values() if claim.both_clocks]
    assert {claim.clock for claim in both} == {"left", "first_public"}
    assert claims["growing.left"].verdict != claims["growing.first_public"].verdict
    assert claims["attention"].clock == "left"


def test_every_p_value_is_corrected_with_all_others_and_agrees_with_its_verdict(claims):
    """One family: all tests of the ledger that have a p-value; of how much there is none. Supported: at most 5%."""
    tested = {name: claim for name, claim in claims.items() if claim.tested}
    assert all((claim.p is None) == (claim.entry.test == "share") for claim in tested.values())
    p = pd.Series({name: claim.p for name, claim in tested.items() if claim.p is not None})
    assert {name: claims[name].p_holm for name in p.index} == pytest.approx(holm(p).to_dict())
    assert p[[name for name in p.index if claims[name].verdict == SUPPORTED]].max() <= 0.05


def test_a_choice_that_turns_a_verdict_turns_it_in_the_data_too(claims, data_copy, edit, variants):
    """Leaving Germany out gives a claim, of any kind, the verdict that a case list without Germans does."""
    (without,) = [one for one in variants.single if one.changes[0].option == "DEU"]
    edit("cases.csv", {"country": "DEU", "decision": "core"}, decision="excluded", reason="unverifiable")
    dataset, chosen = load(data_copy), ("brutality_half", "syrians_first", "mirror_defend", "consistent")
    court, judged = Court(dataset, [Variants(dataset).own]), Court(case_list(), [without])
    for claim in map(claims.get, chosen):
        entry = next(one for one in ledger(dataset) if one.id == claim.entry.id)
        assert court.verdicts(entry, claim.clock) == judged.verdicts(claim.entry, claim.clock), claim.id


@pytest.mark.parametrize(
    ("claim", "clock", "choice", "option", "runs"),
    [
        ("in_2015", "left", "clock", "", False),
        ("custody_moral", "", "supervised", "", False),
        ("once_enthusiastic", "", "coerced", "", False),
        ("syrians_first", "", "country", "SYR", False),
        ("growing", "left", "coding", "strict", False),
        ("brutality_half", "", "supervised", "", True),
        ("brutality_half", "", "coding", "strict", True),
    ],
)
def test_a_change_that_chooses_by_the_claim_itself_is_not_run(claims, claim, clock, choice, option, runs, variants):
    """Dates for time, supervision for custody, coercion for enthusiasm, Syria for Syrians, codes for what has none."""
    changes = {(one.changes[0].choice, one.changes[0].option): one.changes for one in variants.single}
    entry = next(one.entry for one in claims.values() if one.entry.id == claim)
    assert meaningful(entry, clock, changes[choice, option]) is runs
    assert claims["custody_moral"].stands[1] == len(changes) - 1


def test_the_editions_differ_by_codes_alone_and_then_by_cases_alone(claims):
    """The first column has the first edition's codes and list, the second its list, the third our verdicts."""
    dataset = case_list()
    found = editions.verdicts(list(claims.values())).set_index("claim")
    first, same = edition_list(dataset, "first"), edition_list(dataset, "decided")
    assert list(first.codes.index) == list(same.codes.index)
    assert not set(first.codes.index) & {"FR-21", "NO-02", "GB-01"}
    assert set(first.codes.index) < set(dataset.core.index)
    assert not (found["moved"] & found["uncoded"]).any()
    assert (found["moved"] == (found["first"] != found["same_list"])).all()
    assert all(found.loc[name, "now"] == claim.verdict for name, claim in claims.items() if claim.tested)
    assert not (found[["first", "same_list", "now"]] == NOT_TESTABLE).all(axis=1).any()


def test_the_first_edition_counts_what_it_had(claims):
    """Its decided codes and the forms of its second coder: as its own paper printed them."""
    court = Court(case_list(), [edition_list(case_list(), "first")])
    printed = {"brutality_half": ([36], [59]), "no_minorities": ([1], [36]), "leaders_conduct": ([6], [32]),
               "mirror_defend": ([7, 1], [21, 24]), "once_enthusiastic": ([14], [54])}  # fmt: skip
    for name, counts in printed.items():
        _, n, denominator, _ = court.counts(claims[name].entry, "")
        assert (n[:, 0].tolist(), denominator[:, 0].tolist()) == counts, name


def test_what_moved_goes_on_record_by_name(claims, variants):
    """As many names as the table has other verdicts, none when nothing moved."""
    for chosen in (list(claims.values()), [claims["brutality_half"]]):
        moved = editions.verdicts(chosen).query("moved")["short"]
        texts = caught(editions.show, chosen, variants).texts
        assert texts["claims.moved.n"] == str(len(moved))
        assert (texts["claims.moved.names"] == "none") == moved.empty
        assert all(f"“{short}”" in texts["claims.moved.names"] for short in moved)
