"""A study of one's own: made by `paper new`, or changed from one, it builds, checks and passes its own tests."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from click.testing import CliRunner

from analysis.data.__main__ import main as do
from built_paper import run_paper
from data_rows import ROOT
from publish.base.git import asked
from publish.cli import main, rows
from tiny_paper import committed


def made(folder: Path) -> Path:
    """A new study in a folder."""
    done = CliRunner().invoke(main, ["new", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module", params=["new", *sorted(one.name for one in (ROOT / "examples").iterdir())])
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study far from the program, built by its own command: a new one, or a copy of an example."""
    folder = tmp_path_factory.mktemp("away") / "some-study"
    if request.param == "new":
        made(folder)
    else:
        shutil.copytree(ROOT / "examples" / request.param, folder)
    done = run_paper(folder, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_study_passes_every_check_and_its_own_tests(study: Path) -> None:
    """The paper has three pages, every check is good, and the tests that lie with the study pass."""
    make = ["make", "-s", "test", f"BIN={Path(sys.executable).parent}"]
    done = subprocess.run(
        make, cwd=study, env=os.environ | {"PYTHONPATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(pypdfium2.PdfDocument(study / "_output/report.pdf")) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["data", "check"], "The data is good"),
        (["coding", "status"], "of 5 core"),
        (["values", "strict"], "analysis/narratives.ipynb"),
        (["trace", "XA-01"], "data/codings.csv:"),
        (["build"], "0 steps ran"),
    ],
)
@pytest.mark.parametrize("study", ["new"], indirect=True)
def test_commands_are_for_the_folder_of_the_study(study: Path, words: list[str], says: str) -> None:
    """What asks the rows, the record or the build answers of the study, and not of the folder of the program."""
    done = run_paper(study, *words)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout


FORM = """decision = "core"
reason = "ok"
certainty = "high"
description = "Woman from the Example Coast, office role"
country = "XAA"
gender = "female"
role = "office"
left_basis = "not_reported"
first_public = "2021-04"
status_at_disclosure = "free"
[[stories]]
url = "https://example.org/stories/seven"
outlet = "Sample Post"
published = "2021-04"
language = "en"
[codes]
reached = 1
rules_unfair = {evidence = "Says that the rules changed each week", story = 1}
"""
# What the examples name of the paper, and what a new study has in its place.
IN_A_STUDY = {
    "brutality": "rules", "57%": "50%", "These two messages lead": "More object to the rules than to the work",
    "SY-01": "XA-01", "v1.0.0": "HEAD", "1.0.0": "0.1.0", "--coder C --with D": "--coder A --with B",
    "withdraw XX-01": "withdraw XX-01 --yes", "../my-study": "../their-study", "--seed 1": "--seed 1 --out other.xlsx",
}  # fmt: skip
ELSEWHERE = {  # the example that no study can run: where a test runs the command
    "paper watch": "publish/tools/test_watch.py",
    "paper watch --port 0": "publish/tools/test_watch.py",
    "paper links": "analysis/data/exchange/test_links.py",
    "paper links --most 20 --pause 10": "analysis/data/exchange/test_links.py",
    "paper case add": "analysis/data/test_authoring.py",
    "paper verify": "publish/tools/test_verify.py",  # the example of a release proves the same
    "paper release 1.0.0": "publish/tools/test_release.py",  # the next example does the same
}


@pytest.fixture(scope="module")
def at_hand(study: Path) -> Path:
    """The study as an author has it: committed and built, and nothing is left to commit."""
    done = run_paper(committed(study), "build")
    assert done.returncode == 0, done.stderr
    assert asked(study, "status", "--porcelain") == ""
    return study


def examples():
    """Each example of each help, without the remark behind it."""
    commands = list(main.commands.values())
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        for line in (command.help or "").partition("Examples:")[2].splitlines():
            if line.strip().startswith("paper "):
                yield re.split(" {3,}", line.strip())[0]


def of_rows_here(command: list[str], **_: object) -> SimpleNamespace:
    """Stands in for the process of `analysis` that a command starts: the same work, in this one."""
    return SimpleNamespace(returncode=do(*command[-2:]))


@pytest.mark.parametrize("example", [one for one in examples() if one not in ELSEWHERE])
@pytest.mark.parametrize("study", ["new"], indirect=True)
def test_each_example_of_the_help_runs(at_hand: Path, monkeypatch: pytest.MonkeyPatch, example: str) -> None:
    """Typed as it stands, with names of the study in place of the paper's, an example ends with 0."""
    line = example
    for old, new in IN_A_STUDY.items():
        line = line.replace(old, new)
    monkeypatch.chdir(at_hand)
    monkeypatch.setenv("ODN_ROOT", str(at_hand))
    monkeypatch.setattr(rows, "subprocess", SimpleNamespace(run=of_rows_here))
    Path("case.toml").write_text(FORM, "utf-8")
    before = ["paper coding sheet --coder E"] if "import" in line else []
    for typed in [*before, *line.partition(" > ")[0].split(" && ")]:
        done = CliRunner().invoke(main, shlex.split(typed)[1:])
        assert done.exit_code == 0, done.output
    asked(at_hand, "checkout", "-q", ".")
    asked(at_hand, "clean", "-fdq")
    Path("coding-E.xlsx").unlink(missing_ok=True)


def test_what_no_study_can_run_is_an_example_and_tested_elsewhere() -> None:
    """Each example that is left out is one of the help, and the test of its command is there."""
    assert set(ELSEWHERE) <= set(examples())
    assert all((ROOT / "tests" / file).is_file() for file in ELSEWHERE.values())


def test_the_invented_rows_can_be_taken_out_and_questions_renamed(tmp_path: Path) -> None:
    """A person withdraws from a new study too; a question that was renamed in one file alone is named."""
    folder = made(tmp_path / "my-study")
    gone = run_paper(folder, "case", "withdraw", "XA-01", "--yes", "--no-build")
    assert gone.returncode == 0, gone.stderr
    codings = folder / "data/codings.csv"
    codings.write_text(codings.read_text("utf-8").replace("decided,work_hard", "decided,work_long"), "utf-8")
    says = '"work_long" (rows: 4) is no question of the study.'
    assert says in run_paper(folder, "data", "check").stderr


def test_the_program_is_a_dependency_and_no_copy(tmp_path: Path) -> None:
    """A new study holds no module of the program; it bears the name of its folder, and finds the clone beside it."""
    folder = made(tmp_path / "my-study")
    assert {file.parent.name for file in folder.rglob("*.py")} == {"tests"}
    assert not (folder / "theme/palette.yml").exists()
    assert (folder / ".commit").read_text("utf-8") == "$Format:%H$\n"
    assert "/.commit export-subst" in (folder / ".gitattributes").read_text("utf-8")
    assert 'name = "my-study"' in (folder / "pyproject.toml").read_text("utf-8")
    assert "new-study" not in "".join(file.read_text("utf-8") for file in folder.rglob("*.*") if file.is_file())
    source = (folder / "pyproject.toml").read_text("utf-8").split('path = "')[1].split('"')[0]
    assert (folder / source).resolve() == ROOT


@pytest.mark.parametrize(("name", "says"), [("My Study", "cannot be the name"), ("full", "is not empty")])
def test_a_study_is_made_in_an_empty_folder_with_a_name(tmp_path: Path, name: str, says: str) -> None:
    """Any other folder is refused, and stays as it is."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("kept", "utf-8")
    done = CliRunner().invoke(main, ["new", str(tmp_path / name)])
    assert done.exit_code == 2
    assert says in done.output
    assert [file.name for file in tmp_path.rglob("*")] == ["full", "notes.txt"]


def test_a_file_of_ones_own_look_is_left_alone(tmp_path: Path) -> None:
    """What `theme/.gitignore` names stays; what it does not name is brought anew from the program."""
    from publish.written.theme import OWN, bring_theme

    folder = made(tmp_path / "my-study")
    (folder / OWN).write_text(f"{(folder / OWN).read_text('utf-8')}!palette.yml\n", "utf-8")
    for name in ("palette.yml", "page/paper.css"):
        (folder / "theme" / name).parent.mkdir(exist_ok=True)
        (folder / "theme" / name).write_text("own", "utf-8")
    bring_theme(folder)
    assert (folder / "theme/palette.yml").read_text("utf-8") == "own"
    assert (folder / "theme/page/paper.css").read_bytes() == (ROOT / "theme/page/paper.css").read_bytes()
