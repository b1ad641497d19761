"""One or two people are somebody; nobody, and three or more, may be counted beside a second attribute."""

from analysis.record.small_cells import FEWER, counted, too_few


def test_one_and_two_are_withheld():
    """Nobody and three are said, one and two are not."""
    assert [too_few(n) for n in range(5)] == [False, True, True, False, False]
    assert [counted(n) for n in (0, 1, 2, 3, 1200)] == ["0", FEWER, FEWER, "3", "1,200"]
