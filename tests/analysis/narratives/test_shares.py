"""The shares of the narratives: counted again without pandas, and by rules that hold for any codes."""

import csv
from collections import Counter, defaultdict

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.narratives.shares import chart, codes_by_coder, narrative_table, show, words
from analysis.narratives.ways_of_counting import caption, printed
from analysis.record.style import marks_of
from analysis.stats.pairs import leaders, narrative_pairs
from caught import caught
from two_narratives import CODES, two

CELL = st.sampled_from([0, 1, None])


@pytest.fixture(scope="module")
def counted(root):
    """Codes of the core cases, read with the csv module: coder, variable, case to text."""
    with (root / "data/cases.csv").open(encoding="utf-8", newline="") as lines:
        core = {row["case_id"] for row in csv.DictReader(lines) if row["decision"] == "core"}
    codes = defaultdict(dict)
    with (root / "data/codings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["case_id"] in core:
                codes[row["coder"], row["variable"]][row["case_id"]] = row["value"]
    return core, codes


@pytest.fixture(scope="module")
def table(dataset):
    """The table of the project's own data."""
    return narrative_table(*codes_by_coder(dataset), dataset.study.narratives)


@pytest.fixture(scope="module")
def shown(dataset):
    """What the finding records of the project's own data."""
    return caught(show, dataset)


def test_the_table_counts_what_the_file_holds(table, counted):
    """Counts, denominators and coder variants equal those of a Counter over the rows of the file."""
    core, codes = counted
    for variable, row in table.iterrows():
        final, first, second = (codes[coder, variable] for coder in ("adjudicated", "A", "B"))
        values = Counter(final.values())
        assert (row["n"], row["denominator"]) == (values["1"], values["1"] + values["0"])
        assert row["all_cases"] == len(core)
        known = [case for case in core if final.get(case)]
        assert row["strict_n"] == sum(first.get(c) == "1" and second.get(c) == "1" for c in known)
        assert row["broad_n"] == sum(first.get(c) == "1" or second.get(c) == "1" for c in known)
        for name, coder in (("first", first), ("second", second)):
            alone = Counter(coder.values())
            assert (row[f"{name}_n"], row[f"{name}_denominator"]) == (alone["1"], alone["1"] + alone["0"])
        assert row["cases"].split() == sorted(case for case, value in final.items() if value == "1")
        missing = len(core) - row["denominator"]
        assert row["bounds_low"] == pytest.approx(values["1"] / len(core))
        assert row["bounds_high"] == pytest.approx((values["1"] + missing) / len(core))
        assert row["rank"] == 1 + (table["n"] > row["n"]).sum()


@given(st.lists(st.tuples(*[CELL] * 6), min_size=1, max_size=25))
def test_every_share_lies_in_its_interval_and_its_bounds(rows):
    """Low <= share <= high, bounds_low <= share <= bounds_high and strict <= broad, wherever a share exists."""
    codes = pd.DataFrame(rows, columns=[*"ababab"]).astype("Int64")
    table = narrative_table(codes.iloc[:, :2], codes.iloc[:, 2:4], codes.iloc[:, 4:], CODES)
    known = table[table["denominator"] > 0]
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert ((known["bounds_low"] <= known["share"] + 1e-12) & (known["share"] <= known["bounds_high"] + 1e-12)).all()
    assert (known["strict_n"] <= known["broad_n"]).all()


def test_what_is_recorded_is_the_table(shown, table, counted):
    """Each narrative's shares, cases and bounds are those of its row; reached and none those of the file."""
    for name, row in table.iterrows():
        prefix = f"narratives.{name}"
        for reading, n in (("", "n"), (".strict", "strict_n"), (".broad", "broad_n")):
            share = shown.shares[f"{prefix}{reading}"]
            assert (share.n, share.denominator) == (row[n], row["denominator"])
            assert len(shown.cases[f"{prefix}{reading}"]) == share.n
        assert shown.cases[prefix] == row["cases"].split()
        for end in ("bounds_low", "bounds_high"):
            assert shown.given[f"{prefix}.{end}"] == row[end]
    core, codes = counted
    known = {case: [codes["adjudicated", name].get(case) for name in table.index] for case in core}
    known = {case: values for case, values in known.items() if all(values)}
    reached, none = shown.shares["narratives.reached"], shown.shares["narratives.none"]
    assert (reached.n, reached.denominator) == (len(known), len(core))
    assert (none.n, none.denominator) == (sum("1" not in values for values in known.values()), len(known))


def test_without_deception_alone_the_share_loses_just_those_cases(shown, dataset):
    """The two counts of the doubted narrative differ by the cases that rest on deception alone."""
    name = f"narratives.{dataset.study.deception_narrative}"
    resting, without = shown.shares[f"{name}.deception_alone"], shown.shares[f"{name}.without_deception_alone"]
    assert set(shown.cases[f"{name}.deception_alone"]) <= set(dataset.study.deception_alone)
    assert shown.shares[name].n - without.n == resting.n > 0
    assert shown.shares[name].denominator == without.denominator
    assert resting.denominator == shown.shares[name].n


def words_of(codes):
    """The words of the figure, both coders agreeing with the adjudicator."""
    return words(narrative_table(codes, codes, codes, CODES), leaders(codes, narrative_pairs(codes)))


@pytest.mark.parametrize(
    ("codes", "title"),
    [
        (two(only_a=18, neither=2), "Apples (90%) was voiced most often, bread and salt (0%) less often"),
        (
            two(both=3, only_a=1, neither=4),
            "No narrative can be set apart from the others: apples (50%) and bread and salt (38%)",
        ),
        (two(neither=5), "No account that gives reasons voices any of the narratives"),
        (two(unknown=2), "No account that gives reasons voices any of the narratives"),
    ],
)
def test_the_title_names_a_lead_only_where_the_paired_test_shows_one(codes, title):
    """A lead, no separation, nobody voicing, nobody reached: each has its own sentence."""
    assert words_of(codes).title == title


def test_the_alt_text_carries_every_count_and_the_caption_the_denominators():
    """Alt: n, denominator, interval, coders and bounds per narrative. Caption: reached of all."""
    text = words_of(two(both=1, only_a=2, neither=1, unknown=1))
    apples = "Apples: 3 of 4 (95% interval 30–95%); both coders 3 of 4, at least one 3 of 4; bounds 60–80%."
    assert text.alt.startswith(apples)
    assert "4 of 5 core cases" in text.caption


def test_the_chart_carries_every_number_of_its_table(table):
    """The labels of a narrative hold its share, both ends of the interval, both coder variants and the bounds."""
    marks = marks_of(chart(table, "Title"))
    for variable, row in table.iterrows():
        said = " ".join(label for mark, label in marks.items() if str(variable).replace("_", "-") in mark)
        for n in (row["n"], row["strict_n"], row["broad_n"]):
            assert f"({n} of {row['denominator']})" in said
        for share in (row["low"], row["high"], row["bounds_low"], row["bounds_high"]):
            assert f"{int(share * 100 + 0.5)}" in said


def test_the_table_of_all_ways_of_counting_prints_what_was_counted():
    """Counts and ranges, most frequent first; the caption gives the denominators."""
    codes = two(both=1, only_a=12, neither=3, unknown=2)
    table = narrative_table(codes, codes, codes, CODES)
    assert printed(table)["Narrative"].tolist() == ["Apples", "Bread and salt"]
    assert printed(table)["Voiced"].tolist() == ["13 of 16, 81%", "1 of 16, 6%"]
    assert printed(table)["Bounds"].tolist() == ["72–83%", "6–17%"]
    assert "16 of 18 core cases" in caption(table)
