"""The ledger tested: every claim has a verdict or a reason, and every number an oracle."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from analysis.claims.judged import published_code
from analysis.claims.ledger import WORDS, ledger
from analysis.claims.quantities import QUANTITIES, UNCODED, Reading, measured
from analysis.claims.verdicts import FITS, VERDICTS
from analysis.claims.written import reason
from analysis.data.dataset import load
from analysis.evidence.attention import rates_in
from analysis.stats.measures import SHARE
from analysis.stats.rates import rate_ratios
from analysis.timeline.dating import years_of
from data_rows import ROOT, core_rows, rows_of
from ledger_sample import coded, judged_claims


@pytest.fixture(scope="module")
def claims():
    """Every claim by name."""
    return judged_claims()


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


def test_a_claim_that_describes_the_58_has_no_range_and_no_verdict(claims):
    """Numbers of the 58 are set beside ours; nothing about them is judged."""
    described = [claim for claim in claims.values() if claim.entry.described]
    assert {"women", "seventeen_countries", "syrians"} < {claim.entry.id for claim in described}
    assert all(claim.estimate and not claim.tested and claim.entry.allowed is None for claim in described)


def test_a_claim_about_time_is_read_by_both_dates(claims):
    """The two clocks are never mixed: what is said of when is read on each, except where the words name one."""
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


def test_the_published_growth_is_a_ratio_of_months(claims):
    """36 cases in eight months against 22 in twelve is 2.45 times as many a month."""
    assert claims["growing.left"].published.value == pytest.approx((36 / 8) / (22 / 12))


def shares():
    """Claim, clock, numerator and denominator, counted with the csv module."""
    core = core_rows()
    known = [row for row in core if row["country"]]
    brutality, infighting, life = (coded(name) for name in ("brutality", "infighting", "quality_of_life"))
    seen = {case for case, value in brutality.items() if value}
    minorities = {case: v for case, v in coded("victims_minorities").items() if case in seen}
    mission, pressed = coded("refused_mission"), coded("joining_coerced_or_local_necessity")
    material = coded("joining_material_or_adventure")
    first = min(([infighting[case] for case in infighting if infighting[case] != rival[case]]
                 for rival in (brutality, coded("corruption"), life)), key=np.mean)  # fmt: skip
    joined_for = [material[case] for case, voiced in life.items() if voiced and case in material]
    left = [row["left"] for row in core if row["left"]]
    months = {clock: [row[clock][:7] for row in core if len(row[clock]) >= 7] for clock in ("left", "first_public")}
    summer = ("2015-06", "2015-07", "2015-08")
    yield "women", "", sum(row["gender"] == "female" for row in core), len(core)
    yield "syrians", "", sum(row["country"] == "SYR" for row in known), len(known)
    yield "indonesia_tunisia", "", sum(row["country"] in ("IDN", "TUN") for row in known), len(known)
    yield "once_enthusiastic", "", sum(pressed.values()), len(pressed)
    yield "brutality_half", "", sum(brutality.values()), len(brutality)
    yield "infighting_most", "", sum(infighting.values()), len(infighting)
    yield "no_minorities", "", sum(minorities.values()), len(minorities)
    yield "suicide_missions", "", sum(mission.values()), len(mission)
    yield "infighting_first", "", sum(first), len(first)
    yield "life_material", "", sum(joined_for), len(joined_for)
    yield "in_2015", "left", sum(date.startswith("2015") for date in left), len(left)
    yield "in_2015", "first_public", sum(row["first_public"].startswith("2015") for row in core), len(core)
    for clock, dates in months.items():
        yield "summer_2015", clock, sum(date in summer for date in dates), len(dates)


@pytest.mark.parametrize(("claim", "clock", "n", "denominator"), list(shares()))
def test_estimates_are_those_of_another_count(claims, claim, clock, n, denominator):
    """Numerators and denominators against a count with the csv module."""
    found = claims[claim if claim in claims else f"{claim}.{clock}"]
    estimate = found.estimate
    assert (estimate.n, estimate.denominator) == ((n,), (denominator,))
    assert estimate.value == n / denominator
    assert len(estimate.cases) == n


def test_a_contrast_compares_two_groups_of_the_same_cases(claims):
    """Those who joined to defend Sunnis against the others, counted by hand from the codings."""
    motive, voiced = coded("joining_defend_sunnis"), coded("infighting")
    both = {member: [voiced[case] for case in motive if motive[case] == member and case in voiced] for member in (1, 0)}
    estimate = claims["mirror_defend"].estimate
    assert estimate.n == (sum(both[1]), sum(both[0]))
    assert estimate.denominator == (len(both[1]), len(both[0]))
    assert estimate.value == pytest.approx(np.mean(both[1]) - np.mean(both[0]))


def test_growth_is_that_of_the_chapter_on_attention(claims, dataset):
    """Counts and exact interval of the last year against the first, on both clocks, as `attention.rates_in` has it."""
    window = dataset.study.window
    for clock in ("left", "first_public"):
        estimate = claims[f"growing.{clock}"].estimate
        earlier, later = rates_in(dataset.core, clock, years_of(window), window)
        assert (estimate.n[0], estimate.denominator[0] - estimate.n[0]) == (later[0], earlier[0])
        assert (estimate.value, estimate.low, estimate.high) == pytest.approx(rate_ratios(*later, *earlier))


def test_a_year_alone_counts_in_no_span_that_cuts_it(claims):
    """Spans that split 2014 are read only by dates known to the month, so that no year tips the balance."""
    months = [row["left"][:7] for row in core_rows() if len(row["left"]) >= 7]
    later, earlier = (
        sum(start <= m <= end for m in months) for start, end in (("2014-09", "2015-08"), ("2014-01", "2014-08"))
    )
    estimate = claims["faster_since_september.left"].estimate
    assert (estimate.n[0], estimate.denominator[0]) == (later, later + earlier)


def test_countries_are_counted_once_each(claims):
    """The number of different countries of the core list."""
    assert claims["seventeen_countries"].estimate.value == len({r["country"] for r in core_rows()} - {""})


def test_the_greatest_is_tested_against_its_strongest_rival(claims):
    """August 2015 against the busiest other month, Syrians against the next country: counted by hand."""
    months = Counter(row["first_public"] for row in core_rows() if len(row["first_public"]) == 7)
    august = months.pop("2015-08")
    estimate = claims["august_peak.first_public"].estimate
    assert (estimate.n, estimate.denominator) == ((august,), (august + max(months.values()),))
    countries = Counter(row["country"] for row in core_rows() if row["country"])
    syrians = countries.pop("SYR")
    estimate = claims["syrians_first"].estimate
    assert (estimate.n, estimate.denominator) == ((syrians,), (syrians + max(countries.values()),))
