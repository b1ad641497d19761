"""What is printed and recorded of the claims: tables, figure, values, and the ledger for the page."""

import json
import math
from collections import Counter
from dataclasses import replace

import pytest

from analysis.claims.claims import Estimate
from analysis.claims.claims_chart import claims_chart, drawn
from analysis.claims.claims_data import claims_data
from analysis.claims.claims_record import record_claim, record_numbers, record_rules
from analysis.claims.claims_tables import (
    TABLES,
    claims_frame,
    leads_caption,
    of_table,
    untested_caption,
    untested_table,
    verdict_caption,
    verdict_table,
)
from analysis.claims.claims_text import figure_text, own_claims
from analysis.claims.quantities import QUANTITIES
from analysis.claims.verdicts import NOT_SUPPORTED, NOT_TESTABLE, PARTLY, SUPPORTED, THIN
from analysis.record.legible import faults
from analysis.record.record import Record
from analysis.record.style import marks_of
from ledger_sample import case_list, judged_claims, variants, with_variants
from publish.written.values import facets


@pytest.fixture(scope="module")
def dataset():
    """The case list."""
    return case_list()


@pytest.fixture(scope="module")
def claims():
    """Every claim by name."""
    return judged_claims()


@pytest.fixture(scope="module")
def held():
    """The variants, and some claims of every kind with them."""
    return variants(), with_variants()


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


def test_a_claim_with_nothing_to_count_says_so(claims, dataset):
    """Where no case is known the table, the record and the page say it in words, and no number is made up."""
    nothing = Estimate(math.nan, 0.0, 1.0, (0,), (0,))
    claim = replace(
        claims["brutality_half"], estimates={"": nothing}, fits={"": THIN}, verdict=NOT_TESTABLE, margin=None
    )
    assert untested_table([claim])["Why it is not testable"].item() == "Too few cases: nothing to count (0 of 0)."
    record = Record("claims")
    record_claim(record, claim, dataset)
    values = facets(record.entries)
    assert values["claims.brutality_half.says"]["text"] == "nothing to count (0 of 0)"
    assert "claims.brutality_half.estimate" not in values
    (shown,) = claims_data([claim], dataset)
    assert shown["readings"][0]["value"] is None


def test_a_reading_too_thin_is_drawn_as_such(claims):
    """A claim tested on one clock and too thin on the other is drawn with both, and the key names the look."""
    claim = claims["in_2015"]
    fits = {clock: THIN if clock == "left" else fit for clock, fit in claim.fits.items()}
    named = [
        [text.get_text() for text in claims_chart([one], "Title").legends[0].get_texts()]
        for one in (claim, replace(claim, fits=fits))
    ]
    assert [any("too few cases" in text for text in texts) for texts in named] == [False, True]


def test_a_percentage_never_seems_to_stand_on_the_end_of_its_range(claims):
    """Where whole percentages would hide on which side an estimate lies, as many decimals are printed as it takes."""
    for claim in (claims["women"], claims["western"]):
        (row,) = verdict_table([claim]).to_dict("records")
        shown = float(row["Our list (95% interval)"].split("%")[0])
        low, high = (float(end) for end in row["Words allow"].rstrip("%").split("–"))
        estimate, allowed = claim.readings[""], claim.entry.allowed
        assert (low <= shown <= high) == (allowed.low <= estimate.value <= allowed.high)


def test_a_share_that_compares_two_groups_is_explained_where_one_is_printed(claims):
    """The captions say that such a share is of the cases in exactly one of the two, and only where one is shown."""
    plain = claims["brutality_half"]
    leads = [name for name in QUANTITIES if name.endswith("_lead")]
    assert leads
    for quantity, explained in ((plain.entry.quantity, False), *((name, True) for name in leads)):
        shown = [plain, replace(plain, entry=replace(plain.entry, quantity=quantity))]
        captions = [verdict_caption(shown, "About"), figure_text(shown).caption, leads_caption(shown)]
        assert {"exactly one of the two" in caption for caption in captions} == {explained}


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
    values = facets(record.entries)
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
