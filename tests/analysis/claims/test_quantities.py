"""The ledger tested: every claim has a verdict or a reason, and every number an oracle."""

from dataclasses import replace

import pytest

from analysis.claims.judged import published_code
from analysis.claims.ledger import WORDS, ledger
from analysis.claims.quantities import QUANTITIES, UNCODED, Reading, measured
from analysis.claims.verdicts import FITS, VERDICTS
from analysis.claims.written import reason
from analysis.data.dataset import load
from analysis.stats.measures import SHARE
from data_rows import ROOT, core_rows, rows_of


def test_every_claim_has_a_verdict_or_a_reason(claims):
    """No claim of the ledger is left without an answer, and none has both a quantity and a reason against one."""
    for claim in claims.values():
        assert claim.verdict in VERDICTS
        assert claim.tested or claim.entry.described or reason(claim)
        assert bool(claim.entry.quantity) != bool(claim.entry.untestable_reason), claim.id


def test_the_ledger_and_the_functions_name_each_other(dataset):
    """Every quantity of the ledger is a function, and no function lies idle."""
    assert {entry.quantity for entry in ledger(dataset)} - {""} == set(QUANTITIES)


def test_a_quantity_that_is_no_function_is_an_error(dataset):
    """A misspelt name is reported with the names there are."""
    entry = replace(ledger(dataset)[0], quantity="casses")
    with pytest.raises(ValueError, match=r'"casses" is no function\. Write one of .*cases'):
        measured(Reading(dataset, dataset.coded([]), ""), entry)


def test_a_quantity_said_to_look_at_no_code_needs_none(dataset):
    """What is counted once for all codings can be counted without codes; everything else cannot."""
    for entry in ledger(dataset):
        for clock in entry.clocks if entry.quantity else ():
            try:
                measured(Reading(dataset, dataset.coded([]), clock), entry)
            except KeyError:
                assert entry.quantity not in UNCODED
            else:
                assert entry.quantity in UNCODED


def test_a_kind_of_test_that_does_not_follow_from_the_words_is_refused(data_copy, edit):
    """The rule is one for all: the row is named, with the kind that its words ask for."""
    edit("claims.csv", {"claim_id": "life_material"}, test="comparison")
    with pytest.raises(ValueError, match=r'data/claims\.csv, row \d+ test: "comparison" .* Write "share"'):
        ledger(load(data_copy))


def test_the_data_package_states_the_rule_of_the_ledger(dataset):
    """Every word and every kind of the rule stands in the description of the column."""
    resource = next(one for one in dataset.descriptor["resources"] if one["name"] == "claims")
    field = next(one for one in resource["schema"]["fields"] if one["name"] == "test")
    assert set(dataset.value_labels("claims", "test")) == set(WORDS)
    fractions = ("one third", "nearly two thirds", "almost 60%")
    for kind, words in WORDS.items():
        assert f"({kind})" in field["description"]
        assert all(word in field["description"] for word in words if word not in fractions)


def test_the_same_words_allow_the_same_range(dataset):
    """Whoever moves the range of one claim moves its words as well, or is told; both stand in its row."""
    allowed = {}
    for entry in ledger(dataset):
        if entry.allowed:
            allowed.setdefault(entry.wording, set()).add(entry.allowed)
    assert len(allowed) > 10
    assert {words: found for words, found in allowed.items() if len(found) > 1} == {}


def test_what_describes_the_58_has_no_verdict_and_what_is_about_time_is_read_by_both_dates(claims):
    """Nothing about the 58 is judged; the clocks are never mixed, but one stands where the words name it."""
    described = [claim for claim in claims.values() if claim.entry.described]
    assert {"women", "seventeen_countries", "syrians"} < {claim.entry.id for claim in described}
    assert all(claim.estimate and not claim.tested and claim.entry.allowed is None for claim in described)
    timed = [claim for claim in claims.values() if claim.entry.topic == "time" and claim.entry.quantity]
    assert {claim.id for claim in timed if not claim.both_clocks} == {"almost_60_reported", "attention"}
    assert {claim.clock for claim in timed} == {"left", "first_public"}


def test_published_numbers_add_up_as_by_hand():
    """Totals, periods and countries of the 2015 report sum as they must; what is subtracted is marked."""
    found = {
        (row["quantity"], row["period_or_group"]): row
        for row in rows_of(ROOT, "published.csv")
        if row["unit"] == "count"
    }

    def value(*key):
        return int(found[key]["value"])

    assert value("gender", "male") + value("gender", "female") == value("cases", "all") == 58
    periods = [value("period", p) for p in ("2014_jan_aug", "2014_sep_dec", "2015_jan_may", "2015_jun_aug")]
    assert periods == [10, 12, 19, 17]
    assert sum(periods[:2]) == value("year", "2014") == 58 - value("year", "2015") == 22
    assert sum(periods[1:]) == value("since", "2014-09") == 48
    assert value("month", "2015-07") + value("month", "2015-06_and_2015-08") == periods[3]
    western = [value("country", code) for code in ("GBR", "AUS", "DEU", "FRA", "BEL", "CHE")]
    assert sum(western) == value("country_group", "western_europe_or_australia") == 9
    others = [value("country", code) for code in ("SYR", "SAU", "IDN", "TUN", "IND", "not_itemised")]
    assert sum(others) + sum(western) == 58
    derived = {key for key, row in found.items() if row["derived"] == "true"}
    assert derived == {key for key, row in found.items() if row["agreement"] == "derived"}
    assert {("year", "2014"), ("period", "2014_sep_dec"), ("period", "2015_jan_may")} <= derived


@pytest.mark.parametrize(
    ("claim", "n", "fits"),
    [("in_2015.left", 36, True), ("summer_2015.left", 17, True), ("almost_60_reported", 36, False)],
)
def test_the_words_of_2015_are_tested_against_the_numbers_of_2015(claims, dataset, claim, n, fits):
    """36 of 58 is nearly two thirds and not almost 60%; 17 of 58 may be called one third."""
    found = claims[claim]
    assert (found.published.n, found.published.denominator) == ((n,), (58,))
    assert found.published.value == n / 58
    assert (published_code(dataset, found.entry, SHARE) == FITS) is fits


def test_the_cases_of_an_estimate_are_those_that_it_counts(claims):
    """As many as the first outcome has, each on the core list; what they are is counted in `test_recomputed`."""
    core = {row["case_id"] for row in core_rows()}
    for claim in claims.values():
        if claim.estimate and claim.unit != "count":
            assert len(claim.estimate.cases) == claim.estimate.n[0]
            assert core.issuperset(claim.estimate.cases)
