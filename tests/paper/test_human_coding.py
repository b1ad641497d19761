"""The whole loop: a blind sheet, a human's answers, their import, and the agreement in a rendered paper."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from analysis.data.__main__ import main as command
from analysis.data.dataset import load
from analysis.evidence import coder_agreement, coders
from analysis.record.record import Record
from built_paper import page, words
from data_rows import core_rows
from human_coder import fill
from publish.base.states import FigureSet
from publish.checks.conclusions import unfounded
from publish.checks.rendered import Rendered
from publish.engine import engine
from publish.written import values
from small_paper import small_paper
from written_codes import written_codes

PAPER = """---
title: "One table"
abstract: "Who agrees."
---

[No human coder has reviewed the codes yet.]{.conclusion when="coders.human.n = 0"}
{{< var coders.human.sentence >}}

{{< include figures/evidence/_coder-agreement.qmd >}}
"""
ACCOUNTS, TURNED = 30, 5


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    """A small paper with the project's data and one table, as the project that commands work on."""
    folder = small_paper(tmp_path / "paper")
    (folder / "report.qmd").write_text(PAPER, "utf-8")
    (folder / "_variables.yml").unlink()
    shutil.rmtree(folder / "figures")
    shutil.copytree(root / "data", folder / "data")
    shutil.copy(root / "README.md", folder)
    monkeypatch.setenv("ODN_ROOT", str(folder))
    return folder


def rendered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table recorded from the project's data, and the paper made with it."""
    monkeypatch.setenv("ODN_STAGE", str(project))
    data, record = load(), Record("evidence")
    coder_agreement.show(record.cell("agreement-table"), data, coders.agreed(data))
    record.save()
    values.merge(project, [FigureSet("evidence", project, "evidence")])
    engine.render(project, targets=("html",), engine="embedded", say=None)


def test_a_human_codes_blind_and_stands_in_the_paper(project, monkeypatch, capsys):
    """Sheet, answers, import: rows with the kappa counted by hand from the file, and the old sentence found wrong."""

    def said(words, code=0, **asked):
        assert command(f"coding {words}", json.dumps(asked)) == code
        return "".join(capsys.readouterr())

    sheet = project / "coding-E.xlsx"
    ask = {"coder": "E", "kind": "human", "sample": ACCOUNTS, "seed": 1, "out": str(sheet)}
    assert f"{ACCOUNTS} accounts to code; 0 of {ACCOUNTS} are coded" in said("sheet", **ask)
    assert "is there already" in said("sheet", code=2, **ask)

    fill(sheet, load(project / "data"), turned=TURNED)
    taken = said("import", file=str(sheet))
    assert f"Accounts: {ACCOUNTS} new" in taken
    places = re.findall(r"(\S+):\d+: says that no human coder has reviewed the codes. Correct it.", taken)
    assert set(places) == {"README.md", "data/datapackage.json"}
    sheet.unlink()
    assert f"Nothing is left for E: all {ACCOUNTS} accounts are coded" in said("sheet", **ask)
    status = said("status")
    assert f"E (human): {ACCOUNTS} of {len(core_rows())} core" in status
    assert f"decided ({ACCOUNTS} in common)" in status
    differ = said("disagreements", coder=None, other=None)
    assert differ.startswith(f"E and decided: {TURNED} differences in {ACCOUNTS} accounts of both")

    rendered(project, monkeypatch)
    table = [[words(cell) for cell in row.select("td")] for row in page(project, "report").select("tbody tr")]
    (printed,) = [row for row in table if row[:2] == ["E (human), decided", "Infighting"]]
    codes = written_codes(project)
    both = (
        {case: codes[by, case, "infighting"] for coder, case, _ in codes if coder == "E"} for by in ("E", "decided")
    )
    pairs = [pair for pair in zip(*(given.values() for given in both), strict=True) if "" not in pair]
    same = sum(one == other for one, other in pairs) / len(pairs)
    chance = (
        sum(sum(one == value for one, _ in pairs) * sum(other == value for _, other in pairs) for value in "01")
        / len(pairs) ** 2
    )
    assert printed[2] == str(len(pairs))
    assert printed[4].startswith(f"{(same - chance) / (1 - chance):.2f} (")
    assert "Human coders (E) have coded" in words(page(project, "report"))
    (wrong,) = unfounded(Rendered(project, {"report": None}))
    assert "No human coder has reviewed the codes yet" in wrong
