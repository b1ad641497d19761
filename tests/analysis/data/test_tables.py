"""A file is read cell by cell as the csv module writes it, each row with its line; what is wrong with it is named."""

import csv
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.data.tables import put, read_text, settle, typed

NAMES = ["a", "b", "c"]
SCHEMA = {"fields": [{"name": name, "type": "string"} for name in NAMES]}
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=5)
ROWS = st.lists(st.tuples(CELLS.filter(bool), CELLS, CELLS), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_cells_and_lines_are_those_that_were_written(tmp_path, rows):
    """Whatever the cells hold, commas, quotes and lines among it, the texts return, each row with its first line."""
    path, lines = tmp_path / "table.csv", []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(NAMES)
        for row in rows:
            file.flush()
            lines.append(path.read_bytes().count(b"\n") + 1)
            writer.writerow(row)
    table, problems = read_text(path, "table.csv", SCHEMA)
    assert not problems
    expected = [[cell or None for cell in row] for row in rows]
    assert table.astype(object).where(table.notna(), None).to_numpy().tolist() == expected
    assert list(table.index) == lines


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "table.csv: the file is missing. Restore it from the last commit."),
        (b"", "table.csv:1: is empty. Restore it from the last commit."),
        (b"a,b\n1,2\n", "table.csv:1: the header lacks c. It must be a, b, c."),
        (b"1,2,3\n", "table.csv:1: has no header. It must be a, b, c."),
        (b"a,b,c\n1,2\n", "table.csv:2: 2 cells where the header has 3. Check commas and quotes."),
        (b'a,b,c\n"1\n1",2,3\n1,2,3,4\n', "table.csv:4: 4 cells where the header has 3. Check commas and quotes."),
        (b"a,b,c\n\x81,2,3\n", "table.csv:2: is not UTF-8. Save the file as CSV in that encoding."),
        (b'a,b,c\n1,2,"3\n', "table.csv:2: cannot be read as CSV (unexpected end of data). Correct quotes and commas."),
    ],
)
def test_a_damaged_file_is_named(tmp_path, text, says):
    """A file that is missing, has another header, a ragged row, a wrong byte or an open quote is named as such."""
    path = tmp_path / "table.csv"
    if text is not None:
        path.write_bytes(text)
    table, problems = read_text(path, "table.csv", SCHEMA)
    assert table is None
    assert str(problems[0]) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xef\xbb\xbfa,b,c\n1,2,3\n4,,6\n", None),
        (b"a,b,c\r\n1,2,3\r\n4,,6\r\n", None),
        (b"a;b;c\n1;2;3\n4;;6\n", "table.csv:1: has semicolons between its cells, where commas are due."),
        (b"a\tb\tc\n1\t2\t3\n4\t\t6\n", "table.csv:1: has tabs between its cells, where commas are due."),
        (b"sep=,\na,b,c\n1,2,3\n4,,6\n", 'table.csv:1: begins with "sep=,", a line for one spreadsheet.'),
        (b"b,a,c\n2,1,3\n,4,6\n", "table.csv:1: has its columns in another order."),
        (b"A, b,c\n1,2,3\n4,,6\n", "table.csv:1: has names of columns with capitals or spaces."),
        (b"a,b,c,,\n1,2,3,,\n4,,6,,\n", "table.csv:1: has empty columns at its right."),
        (b"a,b,c\n1,2,3\n\n4,,6\n,,\n", "table.csv:3: is an empty row."),
        ("a,b,c\n1,2,3\n4,,6\n".encode("utf-16"), "table.csv:1: is UTF-16, where UTF-8 is due."),
        (
            "a,b,c\n1,2,3\né,,6\n".encode("latin-1"),
            'table.csv:3: is Latin-1 (or Windows-1252), where UTF-8 is due: see its "é".',
        ),
    ],
)
def test_what_a_spreadsheet_did_is_told_and_read_all_the_same(tmp_path, text, says):
    """What loses nothing is no problem; of the rest the cause is named, and the cells are those that were meant."""
    path = tmp_path / "table.csv"
    path.write_bytes(text)
    table, problems = read_text(path, "table.csv", SCHEMA)
    assert table.astype(object).fillna("").replace("é", "4").to_numpy().tolist() == [["1", "2", "3"], ["4", "", "6"]]
    assert [str(one) for one in problems[:1]] == ([f"{says} `paper data fix` mends it."] if says else [])


def test_types_keep_what_is_missing():
    """Integers, numbers and booleans keep their empty cells as NA; a coded integer takes one byte."""
    kinds = {"code": "integer", "many": "integer", "part": "number", "said": "boolean", "text": "string"}
    schema = {"fields": [{"name": name, "type": kind} for name, kind in kinds.items()]}
    schema["fields"][0]["constraints"] = {"enum": [0, 1]}
    cells = {"code": ["1", None], "many": ["300", None], "part": ["0.5", None], "said": ["false", None]}
    table = typed(pd.DataFrame({**cells, "text": ["x", None]}, dtype=object, index=[2, 5]), schema)
    assert [str(kind) for kind in table.dtypes] == ["Int8", "Int64", "Float64", "boolean", "object"]
    assert table.iloc[0].tolist() == [1, 300, 0.5, False, "x"]
    assert table.iloc[1].isna().all()
    assert list(table.index) == [0, 1]


@pytest.mark.parametrize("moment", range(5))
def test_a_change_of_several_files_is_made_whole_or_not_at_all(tmp_path, monkeypatch, moment):
    """Killed before or between any two of its steps, it leaves all files as they were or, once they are read, all new.

    What it left is in nobody's way: the next change is made.
    """
    files, move, moved = ("a.csv", "b.csv", "c.csv"), Path.replace, []

    def killed(self: Path, target: Path) -> Path:
        if len(moved) == moment:
            raise KeyboardInterrupt
        moved.append(target)
        return move(self, target)

    put(tmp_path, dict.fromkeys(files, "old"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt) if moment <= len(files) else nullcontext():
            put(tmp_path, dict.fromkeys(files, "new"))
    settle(tmp_path)
    assert {(tmp_path / name).read_text() for name in files} == {"new" if moment else "old"}
    put(tmp_path, {"a.csv": "newer"})
    assert (tmp_path / "a.csv").read_text() == "newer"
    assert sorted(one.name for one in tmp_path.iterdir()) == [*files]
