"""The shares of the narratives: counted again without pandas, and by rules that hold for any codes."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.narratives import at_a_glance
from analysis.narratives.shares import chart, narrative_table, readings, with_ranges, words
from analysis.narratives.ways_of_counting import caption, printed
from analysis.record.legible import faults
from analysis.record.style import NARROW_WIDTH, TEXT_WIDTH, marks_of
from analysis.stats.pairs import leaders, narrative_pairs
from caught import assert_sound, n_tiles
from two_narratives import CODES, two

SINGLE = dict.fromkeys(("infighting", "brutality", "corruption", "quality_of_life"), (0.1, 0.6))
CELL = st.sampled_from([0, 1, None])
OTHERS = ("first", "second", "strict", "broad", "either", "edition")


@pytest.fixture(scope="module")
def table(dataset):
    """The table of the project's own data."""
    return narrative_table(readings(dataset), dataset.study.narratives)


@given(st.lists(st.tuples(*[CELL] * 4), min_size=1, max_size=25))
def test_every_share_lies_in_its_interval_and_its_bounds(rows):
    """Low <= share <= high and bounds_low <= share <= bounds_high, wherever a share exists."""
    codes = pd.DataFrame(rows, columns=[*"abab"]).astype("Int64")
    table = narrative_table({"decided": codes.iloc[:, :2], "other": codes.iloc[:, 2:]}, CODES)
    known = table[table["denominator"] > 0]
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).all()
    assert ((known["bounds_low"] <= known["share"] + 1e-12) & (known["share"] <= known["bounds_high"] + 1e-12)).all()


def alike(codes):
    """Codes on which every reading agrees."""
    return dict.fromkeys(("decided", *OTHERS), codes)


def words_of(codes):
    """The words of the figure, both coders agreeing with the adjudicator."""
    table = with_ranges(narrative_table(alike(codes), CODES), {"a": (0.25, 0.75), "b": (float("nan"), float("nan"))})
    return words(table, leaders(codes, narrative_pairs(codes)))


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
    """Alt: n, denominator, interval and the range of other readings, where there is one. Caption: reached of all."""
    text = words_of(two(both=1, only_a=2, neither=1, unknown=1))
    assert text.alt.startswith("Apples: 3 of 4 (95% interval 30–95%); other readings 25–75%. Bread and salt: 1 of 4 (")
    assert text.alt.endswith("%).")
    assert "4 of 5 people" in text.caption


@pytest.mark.parametrize("width", [TEXT_WIDTH, NARROW_WIDTH])
@pytest.mark.parametrize("small", [True, False])
def test_the_chart_has_a_tile_per_person_and_every_number_of_its_table(table, width, small):
    """As many tiles as people reach reasons, filled as many as voice; the labels hold the counts and the range."""
    drawn = (at_a_glance.chart if small else chart)(with_ranges(table, SINGLE), "Title", width)
    marks = marks_of(drawn)
    assert faults(drawn) == []
    for variable, row in table.iterrows():
        name = str(variable).replace("_", "-")
        assert n_tiles(drawn, f"{name}-voiced") == row["n"]
        assert n_tiles(drawn, f"{name}-other") == row["denominator"] - row["n"]
        assert f"{row['n']} of {row['denominator']}" in marks[f"mark-{name}-voiced"]
        assert small or marks[f"mark-{name}-range"].endswith("other readings 10–60%")


def test_the_small_figure_is_as_high_as_it_may_be(dataset):
    """45 mm in print, whatever it shows; sound at both widths."""
    (drawn,) = assert_sound(at_a_glance.show, dataset).drawings.values()
    assert drawn.get_figheight() * 25.4 == pytest.approx(45, abs=0.1)


def test_the_table_of_all_ways_of_counting_prints_what_was_counted():
    """Counts and ranges, the most frequent narrative first; the caption gives the denominators."""
    table = narrative_table(alike(two(both=1, only_a=12, neither=3, unknown=2)), CODES)
    shown = printed(table, {"strict": "Both coders", "edition": "First edition"})
    assert shown.columns.tolist() == ["Counted", "Apples", "Bread and salt"]
    assert shown["Apples"].tolist() == ["13 of 16, 81%", "57–93%", "13 of 16, 81%", "13 of 16, 81%", "72–83%"]
    assert shown["Bread and salt"].iloc[[0, -1]].tolist() == ["1 of 16, 6%", "6–17%"]
    assert "16 of 18 core cases" in caption(table)
