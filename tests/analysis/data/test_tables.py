"""A file is read cell by cell as the csv module writes it, each row with its line; what is wrong with it is named."""

import csv

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.data.tables import read_text, typed

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
        (b"", "table.csv:1: the header is . It must be a, b, c."),
        (b"b,a,c\n1,2,3\n", "table.csv:1: the header is b, a, c. It must be a, b, c."),
        (b"\xef\xbb\xbfa,b,c\n1,2,3\n", "table.csv:1: begins with a byte order mark. Save it as UTF-8 without one"),
        (b"a,b,c\n1,2\n", "table.csv:2: 2 cells where the header has 3. Check commas and quotes."),
        (b'a,b,c\n"1\n1",2,3\n1,2,3,4\n', "table.csv:4: 4 cells where the header has 3. Check commas and quotes."),
        (b"a,b,c\n1,2,3\n\n", "table.csv:3: 0 cells where the header has 3. Check commas and quotes."),
        (b"a,b,c\n\xff,2,3\n", "table.csv:2: is not UTF-8. Save the file as CSV in that encoding."),
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
    (problem,) = map(str, problems)
    assert problem.startswith(says)


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
