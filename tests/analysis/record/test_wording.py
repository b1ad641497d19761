"""Words for shares stay inside their ranges, and every share has words."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.record.wording import FRACTIONS, RULES, Range, WordingError, allows, in_words, phrase, require

SHARES = st.floats(0, 1, allow_nan=False)


@pytest.mark.parametrize(
    ("words", "share", "allowed"),
    [
        ("nearly two thirds", 36 / 58, True),
        ("nearly two thirds", 33 / 58, False),  # nearer to one half
        ("nearly two thirds", 2 / 3, False),
        ("two thirds", 36 / 58, True),
        ("one third", 17 / 58, True),
        ("one third", 16 / 58, False),  # nearer to a quarter
        ("almost 60%", 34 / 58, True),
        ("almost 60%", 36 / 58, False),
        ("at least half", 29 / 58, True),
        ("at least half", 28 / 58, False),
        ("most", 29 / 58, False),
        ("most", 30 / 58, True),
        ("a minority", 0.0, False),
        ("none", 0.0, True),
        ("none", 1 / 1000, False),
        ("few", 0.15, True),
        ("few", 0.16, False),
        ("hardly any", 0.0, True),
        ("many", 0.15, False),
        ("almost all", 1.0, False),
        ("almost all", 0.91, True),
        ("about half", 0.45, True),
        ("about half", 0.55, False),
        ("about six in ten", 0.61, True),
    ],
)
def test_a_phrase_fits_only_inside_its_range(words, share, allowed):
    """Hand-made shares on both sides of the ends, the published ones among them."""
    assert allows(words, share) is allowed


@given(SHARES)
def test_every_share_has_a_phrase_that_it_may_be_called(share):
    """Whatever the share, the words chosen for it are allowed for it."""
    assert allows(phrase(share), share)


@given(SHARES, SHARES, SHARES)
def test_words_that_take_a_side_need_the_whole_interval_on_it(share, one, other):
    """`most` and `a minority` are said only when the interval lies beyond one half, and the share with it."""
    low, high = min(share, one, other), max(share, one, other)
    words = phrase(share, (low, high))
    assert allows(words, share)
    if words == "most":
        assert low > 0.5
    if words == "a minority":
        assert high < 0.5


@given(SHARES)
def test_no_share_is_about_two_everyday_fractions(share):
    """`about a quarter`, `about one third`, ... exclude each other, and so do the numbers in ten."""
    for family in ([f"about {name}" for name in FRACTIONS], [words for words in RULES if words.endswith("in ten")]):
        assert sum(allows(words, share) for words in family) <= 1


@given(SHARES)
def test_nearly_a_fraction_is_nearer_to_it_than_to_the_one_below(share):
    """The distance decides, as the rule says."""
    for (_, below), (name, value) in itertools.pairwise(FRACTIONS.items()):
        if allows(f"nearly {name}", share):
            assert share <= value + 1e-5
            assert abs(share - value) <= abs(share - below) + 1e-4


def test_every_rule_says_why():
    """A range without a reason or upside down is not a rule."""
    assert [words for words, rule in RULES.items() if not rule.reason or rule.low > rule.high] == []


def test_a_phrase_that_no_longer_fits_is_an_error_that_says_what_does():
    """The message gives the range, the share and the words that fit now."""
    with pytest.raises(WordingError, match=r'"most" stands for above 50% to 100%.*40.0%.*Write "about four in ten"'):
        require("most", 0.4)
    assert require("most", 0.6) == "most"


def test_a_phrase_without_a_rule_is_an_error():
    """Words that nobody bound to a range cannot be used."""
    with pytest.raises(KeyError, match="No rule knows 'a good many'"):
        allows("a good many", 0.5)


def test_a_number_that_is_no_share_has_no_phrase():
    """61 is not a share; 0.61 is."""
    with pytest.raises(ValueError, match="is not a share"):
        phrase(61)


@pytest.mark.parametrize(
    ("closed", "low", "high"),
    [("both", True, True), ("left", True, False), ("right", False, True), ("neither", False, False)],
)
def test_the_ends_of_a_range_belong_to_it_as_stated(closed, low, high):
    """Each way of closing, at both ends; NaN lies nowhere and an open top has no end."""
    half = Range(0.25, 0.75, closed)
    assert (0.25 in half, 0.75 in half) == (low, high)
    assert 0.5 in half
    assert list(Range(1.0, np.inf, "left").holds(np.array([np.nan, 0.5, 1.0, np.inf]))) == [False, False, True, True]


@pytest.mark.parametrize(("number", "words"), [(0, "none"), (1, "one"), (10, "ten"), (11, "11"), (1200, "1,200")])
def test_small_counts_are_written_in_words(number, words):
    """None, one to ten; digits beyond."""
    assert in_words(number) == words
