"""The case list loads whole, or every problem is named with its place and the way out."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from analysis.data.__main__ import main as command
from analysis.data.dataset import load
from analysis.data.problems import DataProblems
from data_rows import rows_of


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataProblems) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_no_identifier_is_read_as_a_number(root):
    """Neither one that there is nor one that its column would let in: a spreadsheet leaves it as it stands."""
    for resource in json.loads((root / "data/datapackage.json").read_text("utf-8"))["resources"]:
        for field in resource["schema"]["fields"]:
            if field.get("constraints", {}).get("unique") and field["type"] == "string":
                form = re.compile(field["constraints"].get("pattern", "http.*"))
                assert not any(map(form.fullmatch, ("1335240123", "13352401e5", "10", "1E5")))
                for row in rows_of(root, resource["path"]):
                    with pytest.raises(ValueError, match="could not convert"):
                        float(row[field["name"]])


def test_decisions_partition_the_candidates(root):
    """Core, later and excluded together are every row of cases.csv, counted by the csv module."""
    data = load(root / "data")
    expected = Counter(row["decision"] for row in rows_of(root, "cases.csv"))
    assert {"core": len(data.core), "later": len(data.later), "excluded": len(data.excluded)} == expected


def test_wide_codes_are_those_of_the_file(root):
    """Any cases and variables, in the order asked for: the cells of the file; what is missing is NA and never 0."""
    data = load(root / "data")
    rows = rows_of(root, "codings.csv")
    written = {(row["case_id"], row["coder"], row["variable"]): row["value"] for row in rows}
    cases = data.cases.index.insert(0, "unknown")
    coded = [(coder, edition.coded) for edition in data.study.editions for coder in edition.everyone]
    of = {"forms": [form.variable for form in data.study.forms], "narratives": data.study.narrative_variables}
    for coder, kind in coded:
        variables = ["eligible_left_is", *of[kind], "no_such_code"]
        expected = [[written.get((case, coder, name)) or None for name in variables] for case in cases]
        wide = data.coded(variables, coder, cases).astype("string").astype(object)
        assert (list(wide.columns), list(wide.index)) == (variables, list(cases))
        assert wide.where(wide.notna(), None).to_numpy().tolist() == expected
        given_to = {row["case_id"] for row in rows if row["coder"] == coder}
        assert set(data.cases.index[data.given_to(coder)]) == given_to
    names = data.study.narrative_variables
    assert data.coded(names).equals(data.coded(names, data.study.final_coder, data.core.index))


def test_the_package_is_valid_for_frictionless(root):
    """A reviewer's own tool, frictionless, accepts the data package."""
    report = frictionless.validate(str(root / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_the_schema_is_held_as_frictionless_holds_it(data_copy, edit):
    """Cells that break type, form, enum, need, uniqueness or link are those that the reviewer's own tool names."""
    edit("cases.csv", {"case_id": "AT-01"}, minor_when_joined="yes", country="AUX", joined="2014-00", gender="")
    edit("stories.csv", {"story_id": "s5ee1d9d017"}, language="german", url="")
    edit("recruits.csv", {"estimate_id": "F01"}, low="many", accessed="2016-13-01")
    first = edit("published.csv", {"published_id": "P01"}, unit="cases")
    edit("published.csv", {"published_id": "P02"}, published_id="P01", value="1,5")
    report = frictionless.validate(str(data_copy / "datapackage.json"))
    theirs = {(row, column) for row, column in report.flatten(["rowNumber", "fieldName"]) if column}
    with pytest.raises(DataProblems) as caught:
        load(data_copy)
    ours = {(problem.row, problem.column) for problem in caught.value.problems}
    links = {(row, "country") for row, kind in report.flatten(["rowNumber", "type"]) if kind == "foreign-key"}
    twin = {(first, "published_id")}  # we name both rows that share an id, frictionless the later one
    assert ours == theirs | links | twin
    assert links


def test_a_form_is_coded_only_where_reasons_are_reached(data_copy, edit):
    """Of an account that a coder says reaches no reasons, each form coded is named with its line."""
    forms = {form.variable for form in load(data_copy).study.forms}
    edit("codings.csv", {"case_id": "AT-01", "coder": "C", "variable": "reached"}, value="0")
    rows = enumerate(rows_of(data_copy.parent, "codings.csv"), start=2)
    given = [
        line for line, row in rows if (row["case_id"], row["coder"]) == ("AT-01", "C") and row["variable"] in forms
    ]
    named = [message for message in problems_of(data_copy) if "who reached no reasons. Empty the code" in message]
    assert [message.split(" ")[0] for message in named] == [f"data/codings.csv:{line}" for line in given]


def test_a_case_without_a_story_dated_in_its_months_is_a_warning(root, data_copy, edit, monkeypatch, capsys):
    """Core in the window, later after it, by the csv module; `paper data check` calls the data good and names each."""
    shutil.copytree(root / "data", data_copy, dirs_exist_ok=True)
    dates = {row["story_id"]: row["published"] for row in rows_of(root, "stories.csv")}
    months = {
        "core": pd.period_range("2014-01", "2015-08", freq="M"),
        "later": pd.period_range("2015-09", "2016-12", freq="M"),
    }
    told = Counter()
    for link in rows_of(root, "case_stories.csv"):
        date = dates[link["story_id"]]
        meant = {date[:7]} if len(date) >= 7 else {f"{date}-{month:02d}" for month in range(1, 13)}
        for decision, span in months.items():
            told[link["case_id"], decision] += meant <= set(span.astype(str))
    expected = {row["case_id"] for row in rows_of(root, "cases.csv") if not told[row["case_id"], row["decision"]]}
    expected -= {row["case_id"] for row in rows_of(root, "cases.csv") if row["decision"] == "excluded"}
    data = load(data_copy)
    assert set(data.undated.index) == expected == {warning.message.split()[0] for warning in data.warnings}
    (story,) = data.case_stories.loc[data.case_stories["case_id"] == "EG-01", "story_id"]
    edit("stories.csv", {"story_id": story}, published="")
    line = edit("cases.csv", {"case_id": "EG-01"}, country="EGY")
    monkeypatch.setenv("ODN_ROOT", str(data_copy.parent))
    assert command() == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("The data is good: ")
    assert f"[{len(expected) + 1} of this kind: lines " in said[2]
    assert command("data check", '{"form": "json"}') == 0
    (group,) = json.loads(capsys.readouterr().out)["warnings"]
    assert len(group["rows"]) == len(expected) + 1
    assert line in group["rows"]


def test_all_problems_come_at_once(data_copy, edit):
    """Three mistakes in three files are three messages of one error."""
    edit("cases.csv", {"case_id": "AT-01"}, gender="m")
    edit("stories.csv", {"story_id": "s5ee1d9d017"}, language="english")
    edit("codings.csv", {"case_id": "AU-01", "coder": "B", "variable": "brutality"}, value="yes")
    files = {message.split(":")[0] for message in problems_of(data_copy)}
    assert {"data/cases.csv", "data/stories.csv", "data/codings.csv"} <= files


def test_lines_are_those_of_the_file_when_cells_hold_line_breaks(data_copy, edit):
    """Below a description of three lines, a wrong cell is named with the line that an editor shows."""
    edit("cases.csv", {"case_id": "AT-01"}, description="one\ntwo\nthree")
    row = edit("cases.csv", {"case_id": "SY-01"}, gender="m")
    shown = (data_copy / "cases.csv").read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(shown, start=1) if text.startswith("SY-01"))
    assert line == row + 2
    assert any(message.startswith(f"data/cases.csv:{line} gender:") for message in problems_of(data_copy))


def test_a_damaged_file_stops_the_rules_between_tables_only(data_copy, edit):
    """With one file missing the others are still held against their schemas, and nothing else is said of it."""
    (data_copy / "stories.csv").unlink()
    edit("cases.csv", {"case_id": "AT-01"}, gender="m", left="2016")
    assert [message.split(":")[0] for message in problems_of(data_copy)] == ["data/cases.csv", "data/stories.csv"]


def test_the_project_s_data_are_those_of_its_folder(data_copy, edit, monkeypatch):
    """Without a folder `load` reads the project's own data, as they are on disk now."""
    monkeypatch.setenv("ODN_ROOT", str(data_copy.parent))
    assert load().cases.loc["AT-01", "certainty"] == "medium"
    edit("cases.csv", {"case_id": "AT-01"}, certainty="low")
    assert load().cases.loc["AT-01", "certainty"] == "low"


def test_a_broken_description_is_named(data_copy):
    """A datapackage.json that is not JSON is named with its line."""
    (data_copy / "datapackage.json").write_text("{\n  oops", encoding="utf-8")
    assert "data/datapackage.json:2" in problems_of(data_copy)[0]


def test_month_precision_comes_from_the_text(root):
    """Months of the first-public clock equal the first seven characters of the cells, by the csv module."""
    data = load(root / "data")
    expected = Counter(r["first_public"][:7] for r in rows_of(root, "cases.csv") if len(r["first_public"]) >= 7)
    months = data.cases["first_public_month"].dropna().astype(str)
    assert Counter(months) == expected
    assert isinstance(data.cases["first_public_month"].dtype, pd.PeriodDtype)


def test_the_study_is_described_in_the_data(root):
    """Narratives, periods and window come from datapackage.json, not from code."""
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    study = load(root / "data").study
    assert study.narrative_variables == [code["variable"] for code in descriptor["study"]["narratives"]]
    assert [str(period.start) for period in study.periods] == [p["start"] for p in descriptor["study"]["periods"]]
    assert pd.Period("2015-08", "M") in study.window
    assert pd.Period("2015-09", "M") not in study.window
    assert pd.NaT not in study.window
