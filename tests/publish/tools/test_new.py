"""A study of one's own: made by `paper new`, or changed from one, it builds, checks and passes its own tests."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from analysis.claims.judged import judged
from analysis.data.dataset import load
from analysis.data.problems import Lacking
from analysis.evidence import coders
from analysis.record.record import Record
from analysis.sensitivity.holding import share_range
from analysis.sensitivity.variants import Variants
from built_paper import run_paper
from data_rows import ROOT
from publish.cli import main


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
    checked = run_paper(study, "check")
    assert checked.returncode == 0, checked.stdout
    assert len(pypdfium2.PdfDocument(study / "_output/report.pdf")) == 3
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(study)]
    tested = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stdout


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
def test_commands_are_for_the_folder_of_the_study(study: Path, words: list[str], says: str) -> None:
    """What asks the rows, the record or the build answers of the study, and not of the folder of the program."""
    done = run_paper(study, *words)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout


ALWAYS_LACKING = {"claims.dumbbells", "claims.editions", "claims.which_first", "evidence.extension", "evidence.recall"}
ALWAYS_LACKING |= {"narratives.editions", "narratives.joining"}
TWO_CLOCKS = {"timeline.lag", "timeline.truncation", "timeline.when"}


def shows():
    """Every function of `analysis` that a cell of a notebook calls to show a finding, with its module."""
    for file in sorted((ROOT / "analysis").rglob("*.py")):
        if re.search(r"(?m)^def show", file.read_text("utf-8")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            module = importlib.import_module(name)
            own = [one for one in vars(module).values() if getattr(one, "__module__", "") == name]
            yield from ((name.partition(".")[2], one) for one in own if getattr(one, "__name__", "").startswith("show"))


@pytest.mark.parametrize(
    ("name", "lacks"), [("template", set()), ("examples/choir", TWO_CLOCKS), ("one clock", {"timeline.when"})]
)
def test_every_finding_serves_a_small_study_or_says_what_it_lacks(name: str, lacks: set[str], tmp_path: Path) -> None:
    """Each finding is shown of a study with a few rows, or one sentence says which rows or declaration are missing."""
    folder = Path(shutil.copytree(ROOT / ("template" if name == "one clock" else name) / "data", tmp_path / "data"))
    if name == "one clock":
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
        described["study"]["clocks"] = [one for one in described["study"]["clocks"] if one["field"] != "left"]
        (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    data = load(folder)
    variants = Variants(data)
    single = {narrative: share_range(shares, 1) for narrative, shares in variants.narratives.items()}
    given = {"data": data, "dataset": data, "variants": variants, "own": variants.own, "single": single}
    given |= {"agreed": coders.agreed(data), "claims": judged(variants)}
    refused = {}
    for module, show in shows():
        record = Record("evidence")
        try:
            show(record.cell("one"), **{one: given[one] for one in inspect.signature(show).parameters if one != "cell"})
        except Lacking as error:
            refused[module] = str(error)
    assert set(refused) == ALWAYS_LACKING | lacks
    said = r"data/[\w.]+( study\.\w+)?: no [^.]+\. Add it, or take this cell out of the notebook\."
    assert [one for one in refused.values() if not re.fullmatch(said, one)] == []


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
