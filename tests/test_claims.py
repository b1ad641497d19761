"""The ledger tested: every claim has a verdict or a reason, every number an oracle, every verdict a price."""

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.attention import rates_in, years_of
from analysis.charts.claims import claims_chart, drawn
from analysis.charts.legible import faults
from analysis.charts.style import marks_of
from analysis.claims import judged, stands, under_rule
from analysis.claims_data import claims_data
from analysis.claims_record import record_claim, record_numbers, record_rules
from analysis.claims_tables import (
    TABLES,
    claims_frame,
    of_table,
    reason,
    untested_caption,
    untested_table,
    verdict_table,
)
from analysis.claims_text import figure_text, numbers, own_claims
from analysis.dataset import load
from analysis.ledger import ledger, quantity_of
from analysis.quantities import QUANTITIES
from analysis.rates import rate_ratio
from analysis.record import Record
from analysis.sensitivity import Grid
from analysis.verdicts import FITS, NOT_SUPPORTED, PARTLY, SUPPORTED, VERDICTS
from analysis.wording import RULES, Range

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dataset():
    """The case list."""
    return load(ROOT / "data")


@pytest.fixture(scope="module")
def claims(dataset):
    """Every claim by name."""
    return {claim.id: claim for claim in judged(dataset)}


@pytest.fixture(scope="module")
def held(dataset, claims):
    """Some claims of every kind with their variants."""
    grid = Grid(dataset)
    names = ("brutality_half", "in_2015", "growing", "mirror_defend", "seventeen_countries", "consistent")
    return grid, {name: replace(claims[name], holds=stands(claims[name], grid)) for name in names}


def rows(name):
    """A table as the csv module reads it, no pandas and no analysis."""
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def coded(variable, coder="adjudicated"):
    """Case to code of the core cases with a code."""
    core = {row["case_id"] for row in rows("cases.csv") if row["decision"] == "core"}
    found = [row for row in rows("codings.csv") if row["coder"] == coder and row["variable"] == variable]
    return {row["case_id"]: int(row["value"]) for row in found if row["case_id"] in core and row["value"]}


def core_rows():
    """The core cases as the csv module reads them."""
    return [row for row in rows("cases.csv") if row["decision"] == "core"]


# The ledger


def test_every_claim_has_a_verdict_or_a_reason(claims):
    """No claim of the ledger is left without an answer, and none has both a quantity and a reason against one."""
    for claim in claims.values():
        assert claim.verdict in VERDICTS
        assert claim.tested or reason(claim)
        assert bool(claim.entry.quantity) != bool(claim.entry.reason), claim.id


def test_the_ledger_and_the_functions_name_each_other(dataset):
    """Every quantity of the ledger is a function, and no function lies idle."""
    assert {entry.quantity for entry in ledger(dataset)} - {""} == set(QUANTITIES)


def test_a_quantity_that_is_no_function_is_an_error(dataset):
    """A misspelt name is reported with the names there are."""
    entry = replace(ledger(dataset)[0], quantity="casses")
    with pytest.raises(ValueError, match=r'"casses" is no function\. Write one of .*cases'):
        quantity_of(dataset, entry)


def test_the_ranges_of_the_ledger_are_those_of_the_words(dataset):
    """Wherever the words have a rule, the ledger allows what the rule allows, ends included."""
    bound = [entry for entry in ledger(dataset) if entry.wording in RULES]
    assert len(bound) > 10
    for entry in bound:
        rule = RULES[entry.wording]
        expected = (pytest.approx(rule.low, abs=1e-6), pytest.approx(rule.high, abs=1e-6), rule.closed)
        assert (entry.allowed.low, entry.allowed.high, entry.allowed.closed) == expected, entry.id


def test_a_range_of_five_points_lies_around_the_published_share(claims):
    """Where the report gives a number of 58, the range is five points on both sides of it, and not below none."""
    around = [c for c in claims.values() if c.entry.wording == "within five points" and c.published]
    assert len(around) >= 5
    for claim in around:
        published = claim.published.n[0] / claim.published.denominator[0]
        ends = (max(0.0, published - 0.05), published + 0.05)
        assert (claim.entry.allowed.low, claim.entry.allowed.high) == pytest.approx(ends, abs=1e-6)


def test_a_claim_about_time_is_read_by_both_dates(claims):
    """The two clocks are never mixed: what is said of when is read on each, except where the words name one."""
    timed = [claim for claim in claims.values() if claim.entry.topic == "time" and claim.entry.quantity]
    assert {claim.id for claim in timed if len(claim.readings) == 1} == {"almost_60_reported", "attention"}
    assert all(set(claim.readings) <= {"left", "first_public"} for claim in timed)


# The published numbers


def test_published_numbers_add_up_as_by_hand():
    """Totals, periods and countries of the 2015 report sum as they must; what is subtracted is marked."""
    found = {(row["quantity"], row["period_or_group"]): row for row in rows("published.csv") if row["unit"] == "count"}

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
    [("in_2015", 36, True), ("summer_2015", 17, True), ("almost_60_reported", 36, False)],
)
def test_the_words_of_2015_are_tested_against_the_numbers_of_2015(claims, claim, n, fits):
    """36 of 58 is nearly two thirds and not almost 60%; 17 of 58 may be called one third."""
    published = claims[claim].published
    assert (published.n, published.denominator) == ((n,), (58,))
    assert published.value == n / 58
    assert (claims[claim].published_fit == FITS) is fits


def test_the_published_growth_is_a_ratio_of_months(claims):
    """36 cases in eight months against 22 in twelve is 2.45 times as many a month."""
    assert claims["growing"].published.value == pytest.approx((36 / 8) / (22 / 12))


# Our list, by other means


def shares():
    """Claim, clock, numerator and denominator, counted with the csv module."""
    core = core_rows()
    known = [row for row in core if row["country"]]
    brutality, infighting, life = (coded(name) for name in ("brutality", "infighting", "quality_of_life"))
    corruption = coded("corruption")
    seen = {case for case, value in coded("brutality", "B").items() if value}
    minorities = {case: v for case, v in coded("victims_minorities", "B").items() if case in seen}
    mission, pressed = coded("suicide_mission", "B"), coded("joining_coerced_or_local_necessity")
    material = coded("joining_material_or_adventure")
    second = [case for case in infighting if infighting[case] != corruption[case]]
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
    yield "infighting_persistent", "", sum(infighting[case] for case in second), len(second)
    yield "life_material", "", sum(joined_for), len(joined_for)
    yield "in_2015", "left", sum(date.startswith("2015") for date in left), len(left)
    yield "in_2015", "first_public", sum(row["first_public"].startswith("2015") for row in core), len(core)
    for clock, dates in months.items():
        yield "summer_2015", clock, sum(date in summer for date in dates), len(dates)


@pytest.mark.parametrize(("claim", "clock", "n", "denominator"), list(shares()))
def test_estimates_are_those_of_another_count(claims, claim, clock, n, denominator):
    """Numerators and denominators against a count with the csv module."""
    estimate = claims[claim].readings[clock]
    assert (estimate.n, estimate.denominator) == ((n,), (denominator,))
    assert estimate.value == n / denominator
    assert len(estimate.cases) == n


def test_a_contrast_compares_two_groups_of_the_same_cases(claims):
    """Those who joined to defend Sunnis against the others, counted by hand from the codings."""
    motive, voiced = coded("joining_defend_sunnis"), coded("infighting")
    both = {member: [voiced[case] for case in motive if motive[case] == member and case in voiced] for member in (1, 0)}
    estimate = claims["mirror_defend"].readings[""]
    assert estimate.n == (sum(both[1]), sum(both[0]))
    assert estimate.denominator == (len(both[1]), len(both[0]))
    assert estimate.value == pytest.approx(np.mean(both[1]) - np.mean(both[0]))


def test_growth_is_that_of_the_chapter_on_attention(claims, dataset):
    """Counts and exact interval of the last year against the first, on both clocks, as `attention.rates_in` has them."""
    window = dataset.study.window
    for clock, estimate in claims["growing"].readings.items():
        earlier, later = rates_in(dataset.core, clock, years_of(window), window)
        expected = rate_ratio(later, earlier)
        assert (estimate.n[0], estimate.denominator[0] - estimate.n[0]) == (later.n, earlier.n)
        found = (estimate.value, estimate.low, estimate.high)
        assert found == pytest.approx((expected.ratio, expected.low, expected.high))


def test_a_year_alone_counts_in_no_span_that_cuts_it(claims):
    """Spans that split 2014 are read only by dates known to the month, so that no year tips the balance."""
    months = [row["left"][:7] for row in core_rows() if len(row["left"]) >= 7]
    later, earlier = (
        sum(start <= m <= end for m in months) for start, end in (("2014-09", "2015-08"), ("2014-01", "2014-08"))
    )
    estimate = claims["faster_since_september"].readings["left"]
    assert (estimate.n[0], estimate.denominator[0]) == (later, later + earlier)


def test_countries_are_counted_once_each(claims):
    """The number of different countries of the core list."""
    assert claims["seventeen_countries"].readings[""].value == len({r["country"] for r in core_rows()} - {""})


# What a change of one case does


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


# Variants


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


# What is printed


def test_every_claim_stands_in_one_table(claims):
    """Tested claims in one of three tables, the rest in the table of reasons, none twice."""
    everything = list(claims.values())
    tables = [claim.id for name in TABLES for claim in of_table(everything, name)]
    assert len(tables) == len(set(tables))
    without = untested_table(everything)
    assert len(tables) + len(without) == len(everything)
    assert (without["Why it is not testable"].str.len() > 10).all()
    assert untested_caption(everything).startswith(f"The {len(without)} of {len(everything)} statements")


def test_the_tables_print_the_numbers_of_the_claims(claims):
    """Counts, range, published number and margin of a claim, as text."""
    (row,) = verdict_table([claims["brutality_half"]]).to_dict("records")
    estimate = claims["brutality_half"].readings[""]
    assert f"({estimate.n[0]} of {estimate.denominator[0]}; " in row["Our list (95% interval)"]
    assert (row["Words allow"], row["2015 numbers"]) == ("50% or more", "at least 50%")
    assert row["Turns"] == str(claims["brutality_half"].margin)


def test_a_percentage_never_seems_to_stand_on_the_end_of_its_range(claims):
    """Where whole percentages would hide on which side an estimate lies, as many decimals are printed as it takes."""
    for claim in (claims["women"], claims["western"]):
        (row,) = verdict_table([claim]).to_dict("records")
        shown = float(row["Our list (95% interval)"].split("%")[0])
        low, high = (float(end) for end in row["Words allow"].rstrip("%").split("–"))
        estimate, allowed = claim.readings[""], claim.entry.allowed
        assert (low <= shown <= high) == (allowed.low <= estimate.value <= allowed.high)


def test_a_frame_has_a_row_for_every_reading(claims):
    """The numbers behind the tables: one row per claim and clock."""
    everything = list(claims.values())
    frame = claims_frame(everything)
    assert len(frame) == sum(max(len(claim.readings), 1) for claim in everything)
    row = frame[(frame["claim"] == "in_2015") & (frame["clock"] == "left")].iloc[0]
    assert row["value"] == claims["in_2015"].readings["left"].value


def test_the_texts_of_the_figure_count_what_it_shows(claims):
    """Title, caption and alternative text follow from the verdicts, and the alternative text names every statement."""
    shown = drawn(own_claims(list(claims.values())))
    text = figure_text(shown)
    found = Counter(claim.verdict for claim in shown)
    assert text.title == (
        f"Our list supports {found[SUPPORTED]} of {len(shown)} statements of 2015, {found[PARTLY]} in part, "
        f"and does not support {found[NOT_SUPPORTED]}"
    )
    assert all(claim.entry.short in text.alt for claim in shown)
    turned = [replace(claim, verdict=PARTLY) for claim in shown]
    assert figure_text(turned).title.startswith("Our list supports 0 of")
    assert text.alt != text.caption


def test_the_chart_marks_every_reading_and_can_be_read(claims):
    """A dot and a band for each reading, no words over each other, too small or outside."""
    shown = drawn(own_claims(list(claims.values())))
    chart = claims_chart(shown, figure_text(shown).title)
    readings = sum(len(claim.readings) for claim in shown)
    assert len(marks_of(chart)) == 2 * readings
    assert faults(chart) == []


def test_the_record_holds_what_the_prose_may_use(claims, held, dataset):
    """Verdict always; numbers by clock where there are two; a reason where there is no verdict; each name once."""
    record = Record("claims")
    record_numbers(record, list(claims.values()))
    record_rules(record, list(claims.values()))
    for claim in {**claims, **held[1]}.values():
        record_claim(record, claim, dataset)
    values = record._values
    assert values["claims.n_total"]["value"] == len(claims)
    assert values["claims.in_2015.left.estimate"]["value"] == claims["in_2015"].readings["left"].value
    assert values["claims.brutality_half.verdict"] | {"text": ""} == {
        **values["claims.hundreds.verdict"],
        "value": claims["brutality_half"].verdict,
        "text": "",
    }
    assert values["claims.hundreds.reason"]["text"]
    assert "claims.hundreds.estimate" not in values
    assert values["claims.brutality_half.variants.single"]["text"] == values["claims.brutality_half.stands"]["text"]
    leaves = set(values)
    assert not [name for name in leaves if any(other.startswith(f"{name}.") for other in leaves)]


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


def test_the_page_gets_every_claim_as_it_is_printed(claims, held, dataset):
    """The ledger for the page: same verdicts, texts and margins, open ends empty, and JSON can hold it."""
    chosen = {**claims, **held[1]}
    found = {row["id"]: row for row in claims_data(list(chosen.values()), dataset)}
    assert list(found) == list(claims)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    for name, row in found.items():
        assert (row["verdict"], row["margin"]) == (claims[name].verdict, claims[name].margin)
        assert row["readings"] or row["reason"]
    assert [reading["label"] for reading in found["in_2015"]["readings"]] == ["by leaving", "by publication"]
    assert found["at_least_58"]["allowed"] == {"low": 58, "high": None, "text": "58 or more"}
    assert found["brutality_half"]["stands"]["of"] == held[1]["brutality_half"].holds.single


def test_a_firm_claim_is_one_whose_interval_cannot_leave_the_range(claims):
    """Firm when both limits lie inside; widen the range and it is, narrow it and it is not."""
    claim = claims["four_narratives"]
    assert claim.firm
    narrow = replace(claim.entry, allowed=Range(0.95, 1.0))
    assert not replace(claim, entry=narrow).firm
