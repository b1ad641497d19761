"""The words of the chapter on narratives: right for leads, ties, single accounts and nothing at all."""

import pandas as pd
import pytest

from analysis.data.study import Code, Detail
from analysis.narratives.codes import reached
from analysis.narratives.combinations import numbers_voiced, patterns
from analysis.narratives.details import detail_table, forms_seen
from analysis.narratives.groups_text import details_text, joining_text, subgroups_text
from analysis.narratives.joining import joining_leaving
from analysis.narratives.narratives import narrative_table
from analysis.narratives.narratives_tables import pairs_table, shares_caption, shares_table
from analysis.narratives.narratives_text import (
    combinations_text,
    listed,
    narratives_text,
    pairs_text,
)
from analysis.narratives.subgroups import Dimension, contrasts, subgroup_table
from analysis.record.formats import lowered
from analysis.record.wording import in_words
from analysis.stats.pairs import leaders, narrative_pairs

LABELS = {"a": "Apples", "b": "Bread and salt"}
CODES = tuple(Code(name, label) for name, label in LABELS.items())


def two(both=0, only_a=0, only_b=0, neither=0, unknown=0):
    """Codes of two narratives with these counts."""
    rows = [(1, 1)] * both + [(1, 0)] * only_a + [(0, 1)] * only_b + [(0, 0)] * neither + [(None, None)] * unknown
    index = pd.Index([f"C-{number:02}" for number in range(len(rows))], name="case_id")
    return pd.DataFrame(rows, columns=["a", "b"], index=index).astype("Int64")


def narratives_words(codes):
    """The words of the narratives figure, both coders agreeing with the adjudicator."""
    table = narrative_table(codes, codes, codes, CODES)
    return narratives_text(table, leaders(codes, narrative_pairs(codes)), len(reached(codes)))


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
    assert narratives_words(codes).title == title


def test_the_alt_text_carries_every_count_and_the_caption_the_denominators():
    """Alt: n, denominator, interval, coders and bounds per narrative. Caption: reached of all."""
    text = narratives_words(two(both=1, only_a=2, neither=1, unknown=1))
    assert (
        "Apples: 3 of 4, 75% (95% interval 30–95%); both coders 3 of 4, at least one 3 of 4; bounds 60–80%." in text.alt
    )
    assert "4 of 5 core cases" in text.caption


@pytest.mark.parametrize(
    ("codes", "title"),
    [
        (two(both=3, only_a=1), "More accounts voice several narratives than only one: 3 against 1, of 4"),
        (two(both=1, only_a=2, neither=1), "More accounts voice only one narrative than several: 2 against 1, of 4"),
        (two(both=2, only_b=2), "As many accounts voice several narratives as voice only one: 2 each, of 4"),
        (two(unknown=3), "No account gives reasons"),
    ],
)
def test_the_combinations_title_says_which_is_more(codes, title):
    """Several, one, a tie, and nobody reached."""
    assert combinations_text(patterns(codes), numbers_voiced(codes), LABELS).title == title


def test_the_combinations_words_agree_in_number():
    """One account `gives` reasons, and its pattern is told in words."""
    codes = two(only_b=1)
    text = combinations_text(patterns(codes), numbers_voiced(codes), LABELS)
    assert text.caption.startswith("The 1 account that gives reasons")
    assert "Most frequent: bread and salt alone (1)." in text.alt
    assert "One of 4 possible patterns occur" in text.caption


def joining_title(motive, narratives, mirrors):
    """The title over one motive against the two narratives."""
    cells = joining_leaving(pd.DataFrame({"m": motive}).astype("Int64"), narratives.reset_index(drop=True), mirrors)
    return joining_text(cells, {"m": "Money"}, LABELS, len(motive)).title


def test_the_joining_title_follows_the_adjusted_test():
    """A link that holds, one that chance could bring, one the other way round, none claimed, and one untestable."""
    codes = two(only_a=10, neither=10)
    stated = [1] * 10 + [0] * 10
    claimed = [("m", "a")]
    subject = "The claimed link between joining and leaving"
    counts = "apples, voiced by 10 of 10 with the motive and 0 of 10 without"
    assert joining_title(stated, codes, claimed) == f"{subject} holds: {counts}"
    weak = [1] * 6 + [0] * 4 + [1] * 5 + [0] * 5
    counts = "apples, voiced by 6 of 11 with the motive and 4 of 9 without"
    assert joining_title(weak, codes, claimed) == f"{subject} cannot be told from chance: {counts}"
    other_way = joining_title([0] * 10 + [1] * 10, codes, claimed)
    assert other_way == f"{subject} cannot be told from chance: the counts do not point that way"
    assert joining_title(stated, codes, []) == "Joining motives and narratives, side by side"
    assert "cannot be tested" in joining_title([0] * 20, codes, claimed)


@pytest.mark.parametrize(
    ("other", "title"),
    [
        (0, "One of the two claimed links between joining and leaving holds: apples, "),
        (10, "Two of the two claimed links between joining and leaving hold, clearest for apples, "),
    ],
)
def test_the_joining_title_counts_the_links_that_hold(other, title):
    """Of two links one or both hold; the clearest is told with its counts."""
    codes = pd.DataFrame({"a": [1] * 10 + [0] * 10, "b": [1] * other + [0] * 9 + [1] * (11 - other)}).astype("Int64")
    assert joining_title([1] * 10 + [0] * 10, codes, [("m", "a"), ("m", "b")]).startswith(title)


def test_the_details_title_names_the_commonest_form_and_its_ties():
    """One lead, two that tie, three that tie, and none named."""
    groups = (Detail("d", "a", "Forms", tuple(Code(name, name.upper()) for name in "pqr")),)
    narratives = two(only_a=3)

    def title(**forms):
        details = pd.DataFrame(forms, index=narratives.index).astype("Int64")
        table = detail_table(details, narratives, groups)
        return details_text(table, forms_seen(details, narratives, groups), LABELS).title

    assert title(p=[1, 1, 0], q=[1, 0, 0], r=[0, 0, 0]) == "Most often named: p (2 of 3)"
    assert title(p=[1, 0, 0], q=[0, 1, 0], r=[0, 0, 0]) == "Most often named: p and q (1 of 3 each)"
    assert title(p=[1, 0, 0], q=[0, 1, 0], r=[0, 0, 1]) == "Most often named: three forms alike (1 of 3 each)"
    assert title(p=[0, 0, 0], q=[0, 0, 0], r=[0, 0, 0]) == "No form of any narrative was named"


def groups_title(codes, groups, order):
    """The title of the figure of groups for one division."""
    divided = [Dimension("d", "Division", pd.Series(groups, index=codes.index, dtype="string"), order)]
    words = subgroups_text(subgroup_table(codes, divided), contrasts(codes, divided), LABELS, {"d": "Division"})
    return words.title


def test_the_groups_title_names_a_difference_only_where_it_holds_after_adjustment():
    """A difference that holds, none that does, and nothing to compare."""
    codes = two(only_a=12, neither=12)
    halves = ["north"] * 12 + ["south"] * 12
    title = "Apples is voiced more often in the group “north” than in the others (100% against 0%)"
    assert groups_title(codes, halves, ("north", "south")) == title
    mixed = groups_title(codes, ["north", "south"] * 12, ("north", "south"))
    assert mixed == "No group stands apart: of 2 comparisons, none holds once their number is counted"
    assert groups_title(codes, ["north"] * 24, ("north",)) == "No two groups can be compared"


def test_the_tables_print_what_was_counted():
    """The printed tables hold counts, ranges and p-values; their captions the denominators and the verdicts."""
    codes = two(both=1, only_a=12, neither=3, unknown=2)
    table = narrative_table(codes, codes, codes, CODES)
    printed = shares_table(table)
    assert printed["Narrative"].tolist() == ["Apples", "Bread and salt"]
    assert printed["Voiced"].tolist() == ["13 of 16, 81%", "1 of 16, 6%"]
    assert "16 of 18 core cases" in shares_caption(table)
    pairs = narrative_pairs(codes)
    row = pairs_table(pairs, LABELS).iloc[0]
    assert row.tolist()[2:] == [12, 0, "< 0.001", 1, "0.8", "1.00"]
    assert "Frequencies differ in one of 1, and none go together" in pairs_text(pairs)


def test_small_words():
    """Counts as words, labels inside sentences, and lists."""
    assert [in_words(0), in_words(3), in_words(24)] == ["none", "three", "24"]
    assert [lowered("Quality of life"), lowered("IS fighters"), lowered("")] == ["quality of life", "IS fighters", ""]
    assert [listed([]), listed(["One", "Two"])] == ["none of them", "one and two"]
