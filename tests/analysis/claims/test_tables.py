"""What is printed and recorded of the claims: tables, figure, values, and the ledger for the page; and no score."""

import json
import math
from dataclasses import replace

import pytest

from analysis.claims import claim_tiles, dumbbells, editions, page, tables, values, which_first
from analysis.claims.judged import Estimate
from analysis.claims.severity import Severity
from analysis.claims.tables import TABLES, caption, frame, of_table, printed
from analysis.claims.verdicts import NOT_TESTABLE
from analysis.claims.written import reason
from analysis.record.formats import FEW
from analysis.record.style import marks_of
from caught import assert_sound, caught
from data_rows import ROOT, rows_of
from publish.checks.tallies import found


@pytest.fixture(scope="module")
def nothing(claims):
    """A claim whose quantity has no case to count."""
    none = {"estimate": Estimate(math.nan, 0.0, 1.0, (0,), (0,)), "verdict": NOT_TESTABLE}
    return replace(claims["brutality_half"], margin=None, stands=None, severity=None, **none)


def test_every_claim_stands_in_one_table(claims, dataset):
    """Tested claims in one of three tables, the described in one, the rest in the table of reasons, none twice."""
    everything = list(claims.values())
    listed = [claim.id for name in TABLES for claim in of_table(everything, name)]
    assert len(listed) == len(set(listed))
    cell = caught(tables.show_untested, everything)
    without = cell.tables["claims-untested"]
    described = caught(tables.show_described, everything, dataset).tables["claims-described"]
    assert len(listed) + len(without) + len(described) == len(everything)
    assert (without["Why it is not testable"].str.len() > 10).all()
    shown = caught(tables.show, everything, dataset).tables
    assert {name: len(table) for name, table in shown.items()} == {
        name: len(of_table(everything, name)) for name in TABLES
    }


def test_the_tables_print_the_numbers_of_the_claims(claims):
    """Counts, range, failing results with their power, both p-values and margin of a claim, as text."""
    (row,) = printed([claims["brutality_half"]]).to_dict("records")
    claim = claims["brutality_half"]
    n, of, last = claim.estimate.n[0], claim.estimate.denominator[0], claim.severity.failing[-1]
    assert f"({n} of {of}; " in row["Our list (95% interval)"]
    assert (row["Words allow"], row["Turns"]) == ("50% or more", str(claim.margin))
    assert row["Fails at (power)"] == f"0–{last} of {of} ({claim.severity.power:.0%})"
    (row,) = printed([claims["mirror_defend"]]).to_dict("records")
    assert row["p; corrected"] == f"{claims['mirror_defend'].p:.2f}; {claims['mirror_defend'].p_holm:.2f}"
    assert row["Verdict"] == claims["mirror_defend"].verdict


def test_a_claim_that_could_hardly_fail_or_pass_is_marked(claims, dataset):
    """In the tables beside its verdict, in the record by their number, on the page by a mark."""
    claim = claims["brutality_half"]
    hardly = replace(claim, severity=Severity(0.1, 1.0, could_pass=True, failing=(0,)))
    never = replace(claims["four_narratives"], severity=Severity(0.9, 1.0, could_pass=False, failing=(0,)))
    assert list(printed([hardly, never])["Verdict"]) == ["supported; could hardly fail", "supported; could not pass"]
    assert caught(values.show, [hardly, never], dataset).texts["claims.could_hardly_fail.n"] == "1"
    assert [row["hardly"] for row in page.rows([hardly, never], dataset)] == [True, False]


def test_a_claim_with_nothing_to_count_says_so(nothing, dataset):
    """Where no case is known the table, the record and the page say it in words, and no number is made up."""
    assert reason(nothing) == "Too few cases: nothing to count (0 of 0)."
    assert caught(values.show, [nothing], dataset).texts["claims.brutality_half.of"] == "0 of 0"
    (shown,) = page.rows([nothing], dataset)
    assert shown["readings"][0]["value"] is None


def test_a_percentage_never_seems_to_stand_on_the_end_of_its_range(claims):
    """Where whole percentages would hide on which side an estimate lies, as many decimals are printed as it takes."""
    (row,) = printed([claims["summer_2015.first_public"]]).to_dict("records")
    shown = float(row["Our list (95% interval)"].split("%")[0])
    low, high = (float(end) for end in row["Words allow"].rstrip("%").split("–"))
    estimate, allowed = claims["summer_2015.first_public"].estimate, claims["summer_2015.first_public"].entry.allowed
    assert (low <= shown <= high) == (allowed.low <= estimate.value <= allowed.high)


def test_a_maximum_is_explained_where_one_is_printed(claims):
    """The captions say what such a share is, and only where one is shown; the numbers have a row a claim and clock."""
    plain, greatest = claims["brutality_half"], claims["august_peak.left"]
    for chosen, explained in (([plain], False), ([plain, greatest], True)):
        assert ("a tie" in "".join(caption(chosen, name) for name in TABLES)) is explained
        assert frame(chosen)["value"].tolist() == [claim.estimate.value for claim in chosen]


def test_the_figure_shows_printed_numbers_only(claims, dataset):
    """A hollow and a filled dot for each share that was printed; the title names the greatest distance."""
    cell = assert_sound(dumbbells.show, list(claims.values()), dataset)
    shown = dumbbells.pairs(list(claims.values()))
    assert all(claim.entry.published_id for claim, _, _ in shown)
    assert len(marks_of(cell.drawings["claims"])) == 2 * len(shown)
    furthest = max(shown, key=lambda pair: abs(pair[1].value - pair[2].value))[0]
    assert furthest.short in cell.words["claims"].title
    assert all(claim.short in cell.words["claims"].alt for claim, _, _ in shown)


def test_every_tested_claim_has_one_tile_under_its_verdict(claims, dataset):
    """Each tested claim once: under its verdict, apart where the clocks differ or it could hardly fail."""
    everything = list(claims.values())
    cell = assert_sound(claim_tiles.show, everything, dataset)
    shown = claim_tiles.statements(everything)
    tested = [several[0].entry.id for members in shown.values() for several in members]
    assert sorted(tested) == sorted({claim.entry.id for claim in everything if claim.tested})
    assert len(marks_of(cell.drawings["claim-tiles"])) == len(tested)
    for group, members in shown.items():
        for several in members:
            assert any(claim.hardly for claim in several) == (group == claim_tiles.HARDLY)
            if group not in (claim_tiles.HARDLY, claim_tiles.DIFFERS):
                assert {claim.verdict.capitalize() for claim in several} == {group}


def test_which_is_first_is_drawn_against_the_rival_that_decides(claims, dataset, variants):
    """The counts are those of the verdict; a pair of few cases has no bar; the title names who is ahead."""
    everything, own = list(claims.values()), variants.own
    cell = assert_sound(which_first.show, everything, dataset, own)
    found = which_first.races(everything, dataset, own)
    assert {race.claim.id for race in found} == {claim.id for claim in everything if claim.entry.test == "maximum"}
    for race in found:
        (n,), (of,) = race.claim.estimate.n, race.claim.estimate.denominator
        assert race.n == (n, of - n)
        assert race.names[0] != race.names[1]
        assert (race.claim.short in cell.words["which-first"].title) == (race.claim.verdict == "supported")
    drawn = sum(n > 0 for race in found if sum(race.n) >= FEW for n in race.n)
    assert len(marks_of(cell.drawings["which-first"])) == drawn


def test_nothing_that_is_printed_or_recorded_makes_a_score(claims, dataset, variants):
    """No value counts good verdicts, and no title, caption or alternative text does."""
    everything = list(claims.values())
    cells = [caught(one, everything, dataset) for one in (values.show, tables.show, dumbbells.show, claim_tiles.show)]
    cells.append(caught(editions.show, everything, variants))
    cells.append(caught(which_first.show, everything, dataset, variants.own))
    said = [text for cell in cells for words in cell.words.values() for text in vars(words).values()]
    said += [text for cell in cells for text in cell.captions.values()]
    assert said
    assert [problem for text in said for problem in found(text)] == []
    assert not [name for cell in cells for name in cell.texts if "support" in name or "partly" in name]


def test_the_record_holds_what_the_prose_may_use(claims, dataset):
    """Totals that add up, every verdict under its claim or its clock, numbers by clock; no name lies in another."""
    texts = caught(values.show, list(claims.values()), dataset).texts
    sizes = [int(texts[f"claims.{name}"]) for name in ("n_tested", "n_described", "n_untestable")]
    assert sum(sizes) == int(texts["claims.n_total"]) == len({claim.entry.id for claim in claims.values()})
    judged = {name: claim for name, claim in claims.items() if not claim.entry.described}
    assert {name: texts[f"claims.{name}.verdict"] for name in judged} == {n: c.verdict for n, c in judged.items()}
    assert "claims.women.verdict" not in texts
    for clock in ("left", "first_public"):
        estimate = claims[f"in_2015.{clock}"].estimate
        assert texts[f"claims.in_2015.{clock}.estimate"] == f"{estimate.value:.0%}"
    counted = claims["once_enthusiastic"].estimate
    assert texts["claims.once_enthusiastic.of"] == f"{counted.n[0]} of {counted.denominator[0]}"
    assert "claims.hundreds.of" not in texts
    assert not [name for name in texts if any(other.startswith(f"{name}.") for other in texts)]


def test_published_counts_go_on_record_as_the_table_has_them(claims, dataset):
    """Every count of 2015 that the prose may ask for is there under its quantity and group."""
    texts = caught(values.show, list(claims.values()), dataset).texts
    counts = [
        row for row in rows_of(ROOT, "published.csv") if row["unit"] == "count" and row["quantity"] in values.PUBLISHED
    ]
    assert sum(name.startswith("published.") and name.endswith(".n") for name in texts) == len(counts)
    (total,) = (row["value"] for row in counts if (row["quantity"], row["period_or_group"]) == ("year", "2015"))
    assert texts["published.year.year_2015.n"] == total
    assert texts["published.year.year_2015.share"] == f"{int(total) / 58:.0%}"


def test_the_page_gets_every_claim_as_it_is_printed(claims, dataset):
    """The ledger for the page: same verdicts, texts and margins, open ends empty, and JSON can hold it."""
    shown = {row["id"]: row for row in page.rows(list(claims.values()), dataset)}
    assert list(shown) == list(claims)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    for name, row in shown.items():
        said = "described" if claims[name].entry.described else claims[name].verdict
        assert (row["verdict"], row["margin"]) == (said, claims[name].margin)
        assert row["readings"] or row["reason"]
    assert shown["in_2015.left"]["readings"][0]["label"] == "by leaving"
    assert shown["growing.left"]["allowed"] == {"low": 1, "high": None, "text": "above 1"}
    assert shown["brutality_half"]["stands"]["of"] == claims["brutality_half"].stands[1]
