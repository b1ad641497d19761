"""A filled-in sheet on its way into the data: what is taken over, what is wrong with file, sheet and cell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from math import isnan
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from analysis.data.authoring.case import new_case
from analysis.data.coding import commands, compare, merge
from analysis.data.coding.answers import read_answers
from analysis.data.coding.sheet import ACCOUNTS, HOW, blank_sheet, pool
from analysis.data.dataset import load
from analysis.data.problems import DataProblems
from data_rows import ROOT, read_rows
from human_coder import PASSAGE, declare, fill, joined

N = 6


@pytest.fixture(scope="module")
def sheet(tmp_path_factory, some) -> Path:
    """The sheet of a few accounts, filled in with the decision's codes, to be left as it is."""
    path = tmp_path_factory.mktemp("sheet") / "coding-E.xlsx"
    coder = merge.declared(some.study, "E", "human")
    blank_sheet(some, coder, pool(some, 1, N)).save(path)
    fill(path, some)
    return path


@pytest.fixture
def filled(sheet, tmp_path) -> Path:
    """A private copy of it."""
    return Path(shutil.copy(sheet, tmp_path))


def take(folder: Path, path: Path) -> str:
    """Import a sheet into a folder of data; what is told of it."""
    data = load(folder)
    answers = read_answers(path, data)
    merge.write(folder, merge.merged(folder, answers, merge.declared(data.study, answers.coder, answers.kind)))
    return merge.told(data, answers)


def test_the_codes_come_back_as_they_were_written(data_copy, filled):
    """Reach, every form, passage and story of each account; all other lines of the file stay."""
    before = (data_copy / "codings.csv").read_text("utf-8").splitlines()
    assert take(data_copy, filled).startswith(f"Accounts: {N} new, 0 changed, 0 as they were")
    data, after = load(data_copy), (data_copy / "codings.csv").read_text("utf-8").splitlines()
    rows = [row for row in read_rows(data_copy / "codings.csv") if row["coder"] == "E"]
    assert [line for line in after if ",E," not in line] == before
    assert len(after) - len(before) == len(rows) == N * (1 + len(data.study.forms))
    names = [data.study.reach, *(form.variable for form in data.study.forms)]
    cases = pool(data, 1, N)
    assert data.coded(names, "E", cases).equals(data.coded(names, "decided", cases))
    assert {(row["evidence"], bool(row["story_id"])) for row in rows if row["value"] == "1"} == {
        ("", False),
        (PASSAGE, True),
    }
    assert data.human_coders == ("E",)


def test_a_sheet_is_taken_over_again_while_the_work_goes_on(data_copy, filled, some):
    """Rows not finished stay out and are named; a change replaces what was there; the same again changes no byte."""
    book = load_workbook(filled)
    names = [cell.value for cell in book[ACCOUNTS][1]]
    finished = book[ACCOUNTS].cell(N + 1, 1 + names.index("finished"))
    finished.value = None
    book.save(filled)
    assert f"Not finished, and not taken over: row {N + 1}." in take(data_copy, filled)
    finished.value = "yes"
    book.save(filled)
    assert take(data_copy, filled).startswith(f"Accounts: 1 new, 0 changed, {N - 1} as they were")
    same = {name: (data_copy / name).read_bytes() for name in ("codings.csv", "datapackage.json")}
    take(data_copy, filled)
    assert same == {name: (data_copy / name).read_bytes() for name in same}
    fill(filled, some, turned=1)
    assert take(data_copy, filled).startswith(f"Accounts: 0 new, 1 changed, {N - 1} as they were")
    assert not [one for one in data_copy.iterdir() if one.name.startswith(".")]


def test_a_sheet_with_nothing_finished_changes_nothing(data_copy, some, tmp_path, monkeypatch, capsys):
    """No coder is declared who has not coded, and no sentence is called wrong."""
    before = {file.name: file.read_bytes() for file in data_copy.iterdir()}
    blank_sheet(some, merge.declared(some.study, "E", "human"), pool(some, 1, 1)).save(tmp_path / "E.xlsx")
    monkeypatch.setenv("ODN_ROOT", str(data_copy.parent))
    assert commands.take(str(tmp_path / "E.xlsx")) == 0
    said = capsys.readouterr().out
    assert ("no row says yes under finished" in said, "Correct it" in said) == (True, False)
    assert before == {file.name: file.read_bytes() for file in data_copy.iterdir()}


def test_the_coders_of_an_edition_code_a_case_that_was_added_later(tmp_path, monkeypatch):
    """One after the other, each with a sheet; the kinds of difference are asked for once it is no longer `alone`."""
    folder = Path(shutil.copytree(ROOT / "template/data", tmp_path / "data"))
    monkeypatch.setenv("ODN_ROOT", str(tmp_path))
    given = {"decision": "core", "reason": "ok", "certainty": "low", "country": "XAA", "gender": "male"}
    given |= {"description": "Man from the Example Coast, craft role", "role": "craft", "left_basis": "not_reported"}
    given |= {"status_at_disclosure": "free", "first_public": "2020-06", "codes": {"reached": 1}}
    given["stories"] = [{"url": "https://example.org/later", "published": "2020-06"}]
    case, texts = new_case(folder, load(folder), given)
    merge.write(folder, texts)
    for coder, turned in (("A", 0), ("B", 1)):
        assert commands.sheet(coder, "automated", None, 1, str(tmp_path / f"{coder}.xlsx")) == 0
        fill(tmp_path / f"{coder}.xlsx", load(folder), turned=turned)
        assert commands.take(str(tmp_path / f"{coder}.xlsx")) == 0
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert described["study"]["editions"][0].pop("alone") == [case]
    (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    with pytest.raises(DataProblems, match=f"A and B differ on {case} rules_unfair, and the kind of difference"):
        load(folder)


def test_the_lists_of_a_coder_add_up(dataset):
    """Accounts by list, excluded ones too where there are any: no coder shares more accounts than were coded."""
    rows = read_rows(ROOT / "data/codings.csv")
    for line in compare.status(dataset):
        coder, counts = line.split(" ")[0], re.findall(r"(\d+) of \d+ (?:core|later|excluded)", line)
        assert sum(map(int, counts)) == len({row["case_id"] for row in rows if row["coder"] == coder})


FORM = "infighting_other_rebels"


@pytest.mark.parametrize(
    ("row", "column", "text", "cell", "says"),
    [
        (2, FORM, "2", "{}2", '"2" is none of 1, 0 and ?. Choose one of them.'),
        (2, FORM, "=1+1", "{}2", '"=1+1" is a formula or an error. Write the answer itself.'),
        (3, "reached", "yes", "{}3", '"yes" is none of 1, 0 and none.'),
        (3, "reached", None, "{}3", "is empty, but the row is finished."),
        (None, "from story", None, "", "is empty, but "),
        (2, "finished", "ja", "{}2", '"ja" is not yes.'),
        (2, "account", "ZZ-99", "{}2", '"ZZ-99" is no account of the list. Restore the column account.'),
        (1, FORM, "form", "{}1", f'"form" stands where "{FORM}" must.'),
        (None, "passage", None, "", "is empty, but "),
        (None, "passage", "bad \u202e text", "", "turns its direction"),
        (None, "from story", "s000000000", "", '"s000000000" is no story of '),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(filled, few, row, column, text, cell, says):
    """File, sheet, cell, what stands there and the way out; nothing is taken over: one package serves all sheets."""
    book = load_workbook(filled)
    sheet = book[ACCOUNTS]
    at = next(one for one in sheet[1] if one.value == column)
    if row is None:  # the first passage, in whichever row
        at = next(one for line in sheet.iter_rows(min_row=2) for one in line if one.value == PASSAGE)
        row = at.row
        at = at.offset(0, 1) if column == "from story" else at
    sheet.cell(row, at.column, text)
    if text is None:
        sheet.cell(row, at.column).value = None
    book.save(filled)
    before = (few / "codings.csv").read_bytes()
    with pytest.raises(DataProblems) as found:
        take(few, filled)
    place = f"{filled.name}, sheet {ACCOUNTS}, cell {(cell or '{}' + str(row)).format(at.column_letter)}: "
    assert [one for one in map(str, found.value.problems) if one.startswith(place) and says in one]
    assert (few / "codings.csv").read_bytes() == before


def test_what_is_no_sheet_is_said(tmp_path, filled, some):
    """A file that is no workbook, one of another make, and one that lost its coder."""
    (tmp_path / "a.xlsx").write_text("no workbook")
    book = load_workbook(filled)
    for row in book[HOW].iter_rows():
        row[0].value = None
    book.save(tmp_path / "b.xlsx")
    book.remove(book[ACCOUNTS])
    book.save(tmp_path / "c.xlsx")
    for name, says in (("a", "cannot be read"), ("b", "does not say whose it is"), ("c", "has no sheet Accounts")):
        with pytest.raises(DataProblems, match=says):
            read_answers(tmp_path / f"{name}.xlsx", some)


def choices(sheet: Any, cell: str) -> list[str]:
    """What the drop-down of a cell offers."""
    return [rule.formula1 for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_saves_the_sheet_without_a_difference(filled, some, tmp_path):
    """Opened and saved by another program: the same answers, cells, links and drop-downs."""
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"), str(filled)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = tmp_path / "saved" / filled.name
    assert vars(read_answers(saved, some)) == vars(read_answers(filled, some))
    one, other = (load_workbook(path)[ACCOUNTS] for path in (filled, saved))
    for row in one.iter_rows():
        for cell in row:
            same = other[cell.coordinate]
            assert str(same.value) == str(cell.value)
            targets = [unquote(link.target) if (link := it.hyperlink) else None for it in (same, cell)]
            assert targets[0] == targets[1]
    for cell in one[2]:
        rules = [
            [rule.formula1 for rule in s.data_validations.dataValidation if cell.coordinate in rule.sqref]
            for s in (one, other)
        ]
        assert rules[0] == rules[1]


@pytest.mark.parametrize(
    ("coder", "says"),
    [
        ({"id": "F", "label": "", "kind": "human"}, "F is compared with nobody. Name in compared_with"),
        ({"id": "F", "label": "", "kind": "robot", "compared_with": ["C"]}, 'F is of the kind "robot". Write human or'),
        ({"id": "F", "label": "", "kind": "human", "compared_with": ["Z"]}, "F is compared with Z, who is no other"),
    ],
)
def test_a_coder_who_is_not_described_whole_is_a_message(data_copy, coder, says):
    """Compared with nobody, of no kind, or with someone unknown."""
    declare(data_copy, **coder)
    with pytest.raises(DataProblems, match=says):
        load(data_copy)


def test_an_unknown_coder_is_one_message(data_copy, edit):
    """All rows of a coder whom the study does not name: counted, with the first line and the way out."""
    line = edit("codings.csv", {"coder": "C"}, coder="Q")
    with pytest.raises(DataProblems) as found:
        load(data_copy)
    (said,) = [str(one) for one in found.value.problems if '"Q"' in str(one)]
    assert said.startswith(f"data/codings.csv:{line} coder: ")
    assert "is not a coder of the study. Say in study.coders of data/datapackage.json who it is" in said


def test_a_coder_who_shares_no_account_is_a_warning(data_copy, monkeypatch, capsys):
    """Declared, but without codes: nothing is compared, and both the check and the status say so."""
    declare(data_copy, id="F", label="", kind="human", compared_with=["C"])
    said = [str(one) for one in load(data_copy).warnings if one.column == "study.coders"]
    assert said == ["data/datapackage.json study.coders: F and C have no account in common yet, so nothing compares."]
    monkeypatch.setenv("ODN_ROOT", str(data_copy.parent))
    assert commands.status() == 0
    assert said[0] in capsys.readouterr().out


def test_disagreements_stand_side_by_side(dataset):
    """None with one's own codes; between the coders of the edition as many as their rows differ."""
    human = joined(dataset, dataset.core.index)
    assert list(compare.disagreements(human, "E", "decided")) == []
    names = [dataset.study.reach, *(form.variable for form in dataset.study.forms)]
    one, other = (dataset.coded(names, coder, dataset.cases.index).fillna(9) for coder in dataset.study.edition.coders)
    lines = list(compare.disagreements(dataset, *dataset.study.edition.coders))
    assert sum(line[0] != " " for line in lines) == int((one != other).sum().sum()) == len(lines) // 3


def test_the_precision_of_kappa_is_that_of_its_formula():
    """Half of all codes 1, kappa 0.6 and n = 100: 1.96 times the root of 0.8 * 0.2 / 100, over 0.5."""
    assert isnan(compare.half_width(0.6, 1.0, 4))  # all say the same: kappa is not defined
    assert compare.half_width(0.6, 0.5, 100) == pytest.approx(1.95996 * 0.04 / 0.5, abs=1e-4)


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    """As `head` does: the pipe is closed at once, and nothing is said of it."""
    asked = ["coding disagreements", json.dumps({"coder": "A", "other": "B"})]
    with subprocess.Popen(
        [sys.executable, "-m", "analysis.data", *asked], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as one:
        assert one.stdout
        one.stdout.close()
        assert one.stderr
        assert one.stderr.read() == ""
    assert one.returncode == 0
