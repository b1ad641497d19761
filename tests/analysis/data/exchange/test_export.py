"""The data in other programs' formats comes back as it was, and nothing in it runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook
from pyrefiqda import RefiCodebook, RefiProject

from analysis.data.dataset import load
from analysis.data.exchange import parquet, refi, workbook
from analysis.data.exchange.archive import files_of
from analysis.data.problems import DataProblems
from built_paper import run_paper
from data_rows import ROOT, read_rows, rows_of
from publish.written.data_package import write_package

DECIMAL = re.compile(r"\d+\.\d+")


@pytest.fixture(scope="module")
def book(few, some) -> bytes:
    """The data as a workbook."""
    return workbook.workbook(few, some.descriptor)


def written(value: object) -> str:
    """A cell as the file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_in(rows: list[dict[str, str]]) -> list[list[str]]:
    """Rows of a file, decimals without the zeros at their end."""
    return [[f"{float(cell):g}" if DECIMAL.fullmatch(cell) else cell for cell in row.values()] for row in rows]


def test_the_workbook_holds_every_cell_and_the_codebook_first(book, few, some):
    """Each table row by row as in its file; numbers are numbers; the codebook names every column."""
    read = load_workbook(io.BytesIO(book))
    assert read.sheetnames == ["codebook", *(one["name"] for one in some.descriptor["resources"])]
    for resource in some.descriptor["resources"]:
        rows = [[written(value) for value in row] for row in read[resource["name"]].iter_rows(values_only=True)]
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert rows[1:] == as_in(read_rows(few / resource["path"]))
        columns = {row[:2] for row in read["codebook"].iter_rows(min_row=2, values_only=True)}
        assert {(resource["name"], name) for name in rows[0]} <= columns
    assert isinstance(read["cases"]["B2"].value, int)


def test_a_workbook_made_twice_is_the_same(book, few, some):
    """No clock and no compression is in its bytes."""
    assert workbook.workbook(few, some.descriptor) == book


def test_no_cell_of_the_workbook_is_a_formula(book):
    """Text is text, whatever it begins with."""
    read = load_workbook(io.BytesIO(book))
    kinds = {cell.data_type for sheet in read for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"inlineStr", "s", "n", "b"}
    cell = read["cases"]["A2"]
    workbook.as_text(cell, "=1+1")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", ["=1+1", "+44 x", "-x", "@a", "＝A1", "'=A1", "=cmd|' /C calc'!A0"])
def test_a_cell_that_begins_as_a_formula_is_no_data(data_copy, edit, text):
    """So no file of the package, its zip or its Parquet can hold one."""
    line = edit("cases.csv", {"case_id": "AT-01"}, decision_note=text)
    with pytest.raises(DataProblems, match=rf"data/cases.csv:{line} decision_note: .*begins as a formula does"):
        load(data_copy)


def test_parquet_has_the_types_and_every_row(dataset, tmp_path):
    """Each table read back by SQL is the file's rows in order, with nulls, integers, decimals and truth values."""
    files = parquet.write_parquet(ROOT / "data", dataset.descriptor, tmp_path)
    assert [file.stem for file in files] == [one["name"] for one in dataset.descriptor["resources"]]
    for file, resource in zip(files, dataset.descriptor["resources"], strict=True):
        rows = duckdb.sql(f"SELECT * FROM '{file}'").fetchall()
        assert [[written(value) for value in row] for row in rows] == as_in(rows_of(ROOT, resource["path"]))
    types = dict(
        duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{tmp_path / 'cases.parquet'}')").fetchall()
    )
    assert (types["number"], types["minor_when_joined"], types["left"]) == ("BIGINT", "BOOLEAN", "VARCHAR")


def test_the_zip_is_the_files(tmp_path):
    """What is downloaded as a Data Package is each file as it stands."""
    write_package(ROOT, tmp_path / "package.zip")
    files = files_of((tmp_path / "package.zip").read_bytes())
    assert {"datapackage.json", "README.md", "LICENSE", "codings.csv"} <= set(files)
    assert all(content == (ROOT / "data" / name).read_bytes() for name, content in files.items())


def test_the_codebook_comes_back_from_refi(dataset, tmp_path):
    """Read by the library: each narrative with its forms below it, names and definitions."""
    (tmp_path / "a.qdc").write_bytes(refi.codebook(dataset))
    codes = {code.name: code for code in RefiCodebook.load(tmp_path / "a.qdc").codes.code}
    for narrative in dataset.study.narratives:
        below = {code.name: code.description for code in codes[narrative.label].code}
        forms = dataset.study.forms_of(narrative.variable)
        assert below == {form.label: f"{form.variable}: {form.definition}" for form in forms}


def test_codes_and_passages_come_back_from_refi(dataset, tmp_path):
    """Each passage behind a code of 1 is a selection of its account's text, coded by its coder with its code."""
    (tmp_path / "a.qdpx").write_bytes(refi.project(dataset))
    assert refi.project(dataset) == (tmp_path / "a.qdpx").read_bytes()
    read = RefiProject.load(tmp_path / "a.qdpx", str(tmp_path / "inside"))
    users = {user.guid: user.name for user in read.users.user}
    names = {}

    def named(codes):
        for code in codes:
            names[code.guid] = code.description.split(":")[0]
            named(code.code)

    named(read.code_book.codes.code)
    found = set()
    for text in read.sources.text_source:
        for one in text.plain_text_selection:
            said = text.plain_text_content[one.start_position : one.end_position]
            (coding,) = one.coding
            found.add((text.name, users[coding.creating_user], names[coding.code_ref.target_guid], said))
    asked = {one.variable for one in (*dataset.study.narratives, *dataset.study.forms, *dataset.study.joining_motives)}
    rows = [row for row in read_rows(ROOT / "data/codings.csv") if row["evidence"] and row["value"] == "1"]
    told = {(row["case_id"], row["coder"], row["variable"], " ".join(row["evidence"].split())) for row in rows}
    assert found == {row for row in told if row[2] in asked}
    assert {case.name for case in read.cases.case} == {row[0] for row in found}
    guids = [one.guid for text in read.sources.text_source for one in text.plain_text_selection]
    assert len(guids) == len(set(guids)) == len(found)


def test_hostile_text_is_only_text_in_refi(dataset):
    """Marks of XML in a passage stay what was written."""
    hostile = dataset.codings["evidence"].astype(object).mask(dataset.codings["evidence"].notna(), "<b>&amp; ]]> =1")
    made = refi.project(replace(dataset, codings=dataset.codings.assign(evidence=hostile.astype(object))))
    assert b"<b>" not in made
    assert b"&lt;b&gt;&amp;amp; ]]&gt; =1" in made
    assert pd.notna(hostile).any()


def test_the_command_writes_what_is_asked(tmp_path):
    """By default all formats, here two; each under the name of the package."""
    done = run_paper(ROOT, "data", "export", "--to", "refi", "--to", "zip", "--out", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    name = "open-defector-narratives"
    assert {file.name for file in (tmp_path / "new").iterdir()} == {f"{name}.qdc", f"{name}.qdpx", f"{name}-data.zip"}
