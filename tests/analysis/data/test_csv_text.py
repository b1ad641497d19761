"""The quick way to read a file gives what the patient way gives, and leaves to it what is unusual."""

import csv

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.data.csv_text import _patiently, _quickly
from analysis.data.schema import repeats

NAMES = ["a", "b", "c"]
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=5)
ROWS = st.lists(st.tuples(CELLS.filter(bool), CELLS, CELLS), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_both_ways_read_the_same_cells(tmp_path, rows):
    """Whatever the cells hold, commas, quotes and lines among it, both ways give the same texts, or leave it."""
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([NAMES, *rows])
    quick = _quickly(path, NAMES)
    assert quick is not None
    expected = pd.DataFrame([[cell or None for cell in row] for row in rows], columns=NAMES, dtype=object)
    for table in (quick, _patiently(path)):
        assert all(isinstance(kind, pd.CategoricalDtype) for kind in table.dtypes)
        texts = table.astype(object).where(table.notna(), None)
        assert texts.to_numpy().tolist() == expected.to_numpy().tolist()


@pytest.mark.parametrize(
    "text",
    [
        b"a,b\n1,2\n", b"b,a,c\n1,2,3\n", b"a,b,c\n1,2\n", b"a,b,c\n1,2,3,4\n", b"a,b,c\n1,2,3\n\n", b"",
        b"a,b,c\n\xff,2,3\n", b"\xef\xbb\xbfa,b,c\n1,2,3\n",
    ],
)  # fmt: skip
def test_the_quick_way_leaves_what_is_wrong_to_the_patient_one(tmp_path, text):
    """A wrong header, a ragged or empty line, a byte that is no UTF-8: the quick way gives no table."""
    path = tmp_path / "table.csv"
    path.write_bytes(text)
    assert _quickly(path, NAMES) is None


@given(st.lists(st.tuples(st.sampled_from(["x", "y", None]), st.sampled_from("pqrst")), max_size=12))
def test_repeats_are_those_that_pandas_finds(rows):
    """A combination of cells stands in more than one row exactly where pandas finds a duplicate."""
    table = pd.DataFrame(rows, columns=["one", "other"], dtype=object)
    wide = table.assign(third=range(len(rows))).astype(str).where(table.notna().all(axis=1), None)
    for frame in (table, wide):
        columns = [frame[name].astype("category") for name in ("one", "other")]
        assert repeats(columns) == bool(frame.duplicated(["one", "other"]).any())
