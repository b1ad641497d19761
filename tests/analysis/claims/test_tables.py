"""What is printed and recorded of the claims: tables, figure, values, and the ledger for the page."""

import json
import math
from collections import Counter
from dataclasses import replace

import pytest

from analysis.claims import bands, page, tables, values
from analysis.claims.judged import Estimate, under_rule
from analysis.claims.quantities import QUANTITIES
from analysis.claims.tables import TABLES, caption, frame, of_table, printed
from analysis.claims.verdicts import NOT_SUPPORTED, NOT_TESTABLE, PARTLY, RULES, SUPPORTED, THIN
from analysis.claims.written import reason
from analysis.record.legible import faults
from analysis.record.style import marks_of
from caught import caught
from ledger_sample import case_list, judged_claims, rows


@pytest.fixture(scope="module")
def dataset():
    """The case list."""
    return case_list()


@pytest.fixture(scope="module")
def claims():
    """Every claim by name."""
    return judged_claims()


@pytest.fixture(scope="module")
def nothing(claims):
    """A claim whose quantity has no case to count."""
    none = {"readings": {"": Estimate(math.nan, 0.0, 1.0, (0,), (0,))}, "fits": {"": THIN}, "verdict": NOT_TESTABLE}
    return replace(claims["brutality_half"], margin=None, holds=None, **none)


def test_every_claim_stands_in_one_table(claims, dataset):
    """Tested claims in one of three tables, the rest in the table of reasons, none twice."""
    everything = list(claims.values())
    listed = [claim.id for name in TABLES for claim in of_table(everything, name)]
    assert len(listed) == len(set(listed))
    cell = caught(tables.show_untested, everything)
    without = cell.tables["claims-untested"]
    assert len(listed) + len(without) == len(everything)
    assert (without["Why it is not testable"].str.len() > 10).all()
    assert cell.captions["claims-untested"].startswith(f"The {len(without)} of {len(everything)} statements")
    shown = caught(tables.show, everything, dataset).tables
    assert {name: len(table) for name, table in shown.items()} == {
        name: len(of_table(everything, name)) for name in TABLES
    }


def test_the_tables_print_the_numbers_of_the_claims(claims):
    """Counts, range, published number, variants and margin of a claim, as text."""
    claim = claims["brutality_half"]
    (row,) = printed([claim]).to_dict("records")
    estimate = claim.readings[""]
    assert f"({estimate.n[0]} of {estimate.denominator[0]}; " in row["Our list (95% interval)"]
    assert (row["Words allow"], row["2015 numbers"]) == ("50% or more", "at least 50%")
    assert (row["Turns"], row["Stands in"]) == (str(claim.margin), f"{claim.holds.n_single} of {claim.holds.single}")


def test_a_claim_with_nothing_to_count_says_so(nothing, dataset):
    """Where no case is known the table, the record and the page say it in words, and no number is made up."""
    assert reason(nothing) == "Too few cases: nothing to count (0 of 0)."
    assert caught(values.show, [nothing], dataset).texts["claims.brutality_half.of"] == "0 of 0"
    (shown,) = page.rows([nothing], dataset)
    assert shown["readings"][0]["value"] is None


def test_a_reading_too_thin_is_drawn_as_such(claims):
    """A claim tested on one clock and too thin on the other is drawn with both, and the key names the look."""
    claim = claims["in_2015"]
    fits = {clock: THIN if clock == "left" else fit for clock, fit in claim.fits.items()}
    named = [
        [text.get_text() for text in bands.chart([one], "Title").legends[0].get_texts()]
        for one in (claim, replace(claim, fits=fits))
    ]
    assert [any("too few cases" in text for text in texts) for texts in named] == [False, True]


@pytest.mark.parametrize("name", ["women", "western"])
def test_a_percentage_never_seems_to_stand_on_the_end_of_its_range(claims, name):
    """Where whole percentages would hide on which side an estimate lies, as many decimals are printed as it takes."""
    (row,) = printed([claims[name]]).to_dict("records")
    shown = float(row["Our list (95% interval)"].split("%")[0])
    low, high = (float(end) for end in row["Words allow"].rstrip("%").split("–"))
    estimate, allowed = claims[name].readings[""], claims[name].entry.allowed
    assert (low <= shown <= high) == (allowed.low <= estimate.value <= allowed.high)


def test_a_share_that_compares_two_groups_is_explained_where_one_is_printed(claims):
    """The captions say that such a share is of the cases in exactly one of the two, and only where one is shown."""
    plain = claims["brutality_half"]
    leads = [name for name in QUANTITIES if name.endswith("_lead")]
    assert leads
    for quantity, explained in ((plain.entry.quantity, False), *((name, True) for name in leads)):
        shown = [plain, replace(plain, entry=replace(plain.entry, quantity=quantity))]
        captions = [caption(shown, about) for about in TABLES.values()] + [bands.words(shown).caption]
        assert {"exactly one of the two" in said for said in captions} == {explained}


def test_a_frame_has_a_row_for_every_reading(claims):
    """The numbers behind the tables: one row per claim and clock."""
    everything = list(claims.values())
    numbers = frame(everything)
    assert len(numbers) == sum(max(len(claim.readings), 1) for claim in everything)
    row = numbers[(numbers["claim"] == "in_2015") & (numbers["clock"] == "left")].iloc[0]
    assert row["value"] == claims["in_2015"].readings["left"].value


def test_the_texts_of_the_figure_count_what_it_shows(claims):
    """Title, caption and alternative text follow from the verdicts, and the alternative text names every statement."""
    shown = bands.drawn(list(claims.values()))
    text = bands.words(shown)
    found = Counter(claim.verdict for claim in shown)
    assert text.title == (
        f"Our list supports {found[SUPPORTED]} of {len(shown)} statements of 2015, {found[PARTLY]} in part, "
        f"and does not support {found[NOT_SUPPORTED]}"
    )
    assert all(claim.entry.short in text.alt for claim in shown)
    turned = [replace(claim, verdict=PARTLY) for claim in shown]
    assert bands.words(turned).title.startswith("Our list supports 0 of")
    assert text.alt != text.caption


def test_the_chart_marks_every_reading_and_can_be_read(claims, dataset):
    """A dot and a band for each reading of the drawn claims, no words over each other, too small or outside."""
    chart = caught(bands.show, list(claims.values()), dataset).drawings["claims"]
    readings = sum(len(claim.readings) for claim in bands.drawn(list(claims.values())))
    assert len(marks_of(chart)) == 2 * readings
    assert faults(chart) == []


def test_the_record_holds_what_the_prose_may_use(claims, dataset):
    """Totals by set, topic and rule, every verdict, numbers by clock where there are two; no name lies in another."""
    everything = list(claims.values())
    texts = caught(values.show, everything, dataset).texts
    assert texts["claims.n_total"] == str(len(claims))
    own = [claim for claim in everything if claim.entry.where_stated in ("summary", "report")]
    assert texts["claims.own.n_supported"] == str(sum(claim.verdict == SUPPORTED for claim in own))
    time = [claim for claim in own if claim.entry.topic == "time" and claim.tested]
    assert texts["claims.own.time.n_tested"] == str(len(time))
    for rule in RULES:
        changed = sum(under_rule(claim, rule) != claim.verdict for claim in everything)
        assert texts[f"claims.rule.{rule}.n_changed"] == str(changed)
    assert {name: texts[f"claims.{name}.verdict"] for name in claims} == {n: c.verdict for n, c in claims.items()}
    for clock, reading in claims["in_2015"].readings.items():
        assert texts[f"claims.in_2015.{clock}.estimate"] == f"{reading.value:.0%}"
    (counted,) = claims["once_enthusiastic"].readings.values()
    assert texts["claims.once_enthusiastic.of"] == f"{counted.n[0]} of {counted.denominator[0]}"
    assert "claims.hundreds.of" not in texts
    assert not [name for name in texts if any(other.startswith(f"{name}.") for other in texts)]


def test_published_counts_go_on_record_as_the_table_has_them(claims, dataset):
    """Every count of 2015 that the prose may ask for is there under its quantity and group."""
    texts = caught(values.show, list(claims.values()), dataset).texts
    counts = [row for row in rows("published.csv") if row["unit"] == "count" and row["quantity"] in values.PUBLISHED]
    assert sum(name.startswith("published.") and name.endswith(".n") for name in texts) == len(counts)
    (total,) = (row["value"] for row in counts if (row["quantity"], row["period_or_group"]) == ("year", "2015"))
    assert texts["published.year.year_2015.n"] == total
    assert texts["published.year.year_2015.share"] == f"{int(total) / 58:.0%}"


def test_the_page_gets_every_claim_as_it_is_printed(claims, dataset):
    """The ledger for the page: same verdicts, texts and margins, open ends empty, and JSON can hold it."""
    found = {row["id"]: row for row in page.rows(list(claims.values()), dataset)}
    assert list(found) == list(claims)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    for name, row in found.items():
        assert (row["verdict"], row["margin"]) == (claims[name].verdict, claims[name].margin)
        assert row["readings"] or row["reason"]
    assert [reading["label"] for reading in found["in_2015"]["readings"]] == ["by leaving", "by publication"]
    assert found["at_least_58"]["allowed"] == {"low": 58, "high": None, "text": "58 or more"}
    assert found["brutality_half"]["stands"]["of"] == claims["brutality_half"].holds.single
