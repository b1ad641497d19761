"""What charts are made of: tiles that do not meet, and a finding broken between words only."""

import pytest

from analysis.people import origins, situation
from analysis.record.style import wrapped
from analysis.record.tiles import block, column, row
from analysis.timeline import lag, when
from caught import assert_sound
from dated_cases import other_lists


def test_cells_of_tiles_do_not_meet():
    """A column, a row and a block hold as many cells as cases, no two the same."""
    for cells in (column(3, 5, base=2), row(1, 4, base=1), block(0, 23, 7)):
        assert len(set(cells)) == len(cells)
    assert column(3, 2, base=2) == [(3, 2.5), (3, 3.5)]
    assert block(0, 23, 7)[-1] == (3, 1.5)


def test_a_finding_is_broken_between_words_only():
    """No word is lost or split; a wider page needs no more lines."""
    text = "At least half of the cases dated on both clocks were public within two months of leaving"
    narrow, wide = wrapped(text, 150), wrapped(text, 450)
    assert " ".join(narrow) == " ".join(wide) == text
    assert len(narrow) > len(wide)
    assert wrapped("Extraordinarily", 5) == ["Extraordinarily"]


@pytest.mark.parametrize("name", ["every third", "twice", "the undated kept"])
@pytest.mark.parametrize("finding", [when, lag, origins, situation], ids=lambda one: one.__name__.rsplit(".")[-1])
def test_charts_of_tiles_bear_another_list(dataset, finding, name):
    """They are sound for a third of the list, for one twice as long, and for another mix of dates."""
    assert assert_sound(finding.show, other_lists(dataset)[name]).drawings
