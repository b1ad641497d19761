"""`paper check --quick` tells what the sources alone get wrong, and a build ends with the conclusions that it broke."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import tiny_paper
from publish.cli import main
from small_paper import small_paper
from tiny_paper import make_paper, write


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small paper with one recorded value, and nothing rendered."""
    root = small_paper(tmp_path_factory.mktemp("quick"), "")
    write(root / "analysis/n.ipynb", "{}")
    entry = {"n.all": {"value": 7, "text": "7", "unit": "count", "cases": [], "cell": "all"}}
    write(root / ".cache/records/n.json", json.dumps({"notebook": "n", "values": entry}))
    write(root / "figures/manifest.json", '{"figures": {}, "inputs": {}}')
    write(root / "_variables.yml", "n:\n  all: '7'\n")
    return root


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("All {{< var n.all >}} left. [So it is]{.conclusion when='n.all = 7'}.", "0 problems."),
        ("All {{< var n.al >}} left.", "report.qmd:5 n.al is not in _variables.yml. Did you mean n.all?"),
        ("It is so [@neuman2015].", "@neuman2015 is not in the bibliography. Did you mean @neumann2015?"),
        ("## Here {#sec-here}\n\nSee @sec-hre.", "@sec-hre names no section. Did you mean @sec-here?"),
        ("All 7 left.", "'7' is typed."),
        ('[So it is]{.conclusion when="n.all > 7"}.', 'report.qmd:5 "So it is" does not hold: n.all > 7 is asked'),
        ('[So it is]{.conclusion when="n.al = 7"}.', '"n.al", which is not recorded. Did you mean n.all?'),
    ],
)
def test_quick_checks(paper: Path, text: str, said: str) -> None:
    """Unknown names with the nearest known one, typed numbers and broken conclusions, without any output."""
    write(paper / "report.qmd", f'---\ntitle: "Small"\n---\n\n{text}\n')
    done = CliRunner().invoke(main, ["--root", str(paper), "check", "--quick"])
    assert said in done.output
    assert done.exit_code == ("0 problems" not in said)
    assert not (paper / "_output").exists()


def test_a_build_that_breaks_a_conclusion_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outputs are made, the message is that of the check, and the exit code is 1 until it is mended."""
    tiny_paper.stand_in(monkeypatch)
    root = make_paper(tmp_path / "paper")
    report = (root / "report.qmd").read_text("utf-8")
    write(root / "report.qmd", report + '\n[All left]{.conclusion when="alpha.n > 5"}.\n')
    for _ in range(2):  # also when nothing is left to do
        done = CliRunner().invoke(main, ["--root", str(root), "build", "--engine", "embedded"])
        assert 'report.qmd:7 "All left" does not hold: alpha.n > 5 is asked, and alpha.n is 2.' in done.output
        assert done.exit_code == 1
    assert (root / "_output/report.html").is_file()
    write(root / "report.qmd", report)
    assert CliRunner().invoke(main, ["--root", str(root), "build", "--engine", "embedded"]).exit_code == 0
