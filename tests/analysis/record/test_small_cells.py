"""One or two people are somebody; nobody, and three or more, may be counted beside a second attribute."""

import pandas as pd

from analysis.record.record import Record
from analysis.record.small_cells import FEWER, counted, out_of, too_few, withheld
from analysis.stats.uncertainty import Share


def test_one_and_two_are_withheld():
    """Nobody and three are said, one and two are not, neither as a part nor as a whole."""
    assert [too_few(n) for n in range(5)] == [False, True, True, False, False]
    assert [counted(n) for n in (0, 1, 2, 3, 1200)] == ["0", FEWER, FEWER, "3", "1,200"]
    assert [out_of(*pair) for pair in ((0, 9), (2, 33), (0, 2))] == ["0 of 9", f"{FEWER} of 33", FEWER]


def test_what_follows_from_a_small_cell_is_withheld_with_it():
    """The share and the cases of its row go, other rows and other columns stay."""
    table = pd.DataFrame({"n": [2, 5], "share": [0.1, 0.5], "cases": ["XX-01 XX-02", "XX-03"], "of": [20, 10]})
    found = withheld(table, ("n", "share", "cases"))
    assert found.loc[0].isna().to_dict() == {"n": True, "share": True, "cases": True, "of": False}
    assert found.loc[1].to_dict() == table.loc[1].to_dict()


def test_a_crossed_share_has_its_numbers_for_comparison_and_no_text_that_tells_them():
    """Nor its cases; a share of enough people, or of one attribute, keeps both."""
    record = Record("people")
    cell = record.cell("one")
    cell.share("small.crossed", Share.of(2, 33), ["XX-01", "XX-02"], crossed=True)
    cell.share("small.enough", Share.of(3, 33), ["XX-01"], crossed=True)
    cell.share("small.alone", Share.of(2, 33), ["XX-01"])
    hidden, enough, alone = (record.entries[f"small.{name}"] for name in ("crossed", "enough", "alone"))
    assert hidden["n"] == 2
    assert hidden["cases"] == []
    assert hidden["text"] == {
        "n": FEWER,
        "denominator": "33",
        **dict.fromkeys(("of", "share", "interval"), f"{FEWER} of 33"),
    }
    assert [entry["text"]["of"] for entry in (enough, alone)] == ["3 of 33", "2 of 33"]
    assert "withheld" in hidden
    assert "withheld" not in enough | alone
