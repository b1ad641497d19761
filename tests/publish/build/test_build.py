"""The build runs what has to run and nothing else, says why, and is never satisfied with half an output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import tiny_paper
from publish.base import imports
from publish.base.problems import EngineMissing
from publish.build.build import build, explain, one_at_a_time
from publish.build.progress import Progress
from publish.engine import engine
from publish.notebooks import notebooks
from tiny_paper import ALPHA, ALPHA_END, write, write_notebook

NOTEBOOKS = {"notebook alpha", "notebook beta"}
PAGES = {"page alpha", "page beta"}
TEXTS = {"text of report", "text of brief"}
REPORT = {"text of report", "report.body", "report.html", "report.pdf", "delivery"}
PAGES_OF_PAPER = {"report.html", "brief.html", "delivery"}
STYLED = {"report.html", "brief.html"}  # made again only where their bodies came out otherwise
PRINTS = {"report.pdf", "brief.pdf", "delivery"}
RENDERED = TEXTS | {"report.body", "brief.body"} | PAGES_OF_PAPER | PRINTS
MANIFEST = RENDERED | {"values and figures"}  # it names the code that figures were made with
EVERYTHING = NOTEBOOKS | PAGES | RENDERED | {"values and figures", "data package", "colophon", "address"}
OF_DATA = EVERYTHING - PAGES - {"address"}


def run(root: Path) -> Progress:
    """Build; give back what was said."""
    progress = Progress(quiet=True)
    build(root, progress=progress)
    return progress


def append(name: str, text: str = "\n") -> Callable[[Path], None]:
    """An edit that adds text to the end of a file."""

    def edit(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that replaces text in a file."""

    def edit(root: Path) -> None:
        content = (root / name).read_text(encoding="utf-8")
        assert old in content
        (root / name).write_text(content.replace(old, new), encoding="utf-8")

    return edit


def removed(name: str) -> Callable[[Path], None]:
    """An edit that removes a file."""
    return lambda root: (root / name).unlink()


INPUTS = [
    ("prose", append("report.qmd", "A word.\n"), REPORT | {"values and figures"}),
    ("part of any document", append("_part.qmd", "A word.\n"), RENDERED - PAGES_OF_PAPER | {"values and figures"}),
    ("references", append("references.bib", "@misc{a}\n"), RENDERED),
    ("configuration", append("_quarto.yml", "lang: en-GB\n"), RENDERED | {"address"}),
    ("bibliography's style", append("chicago.csl", "<style/>\n"), RENDERED - TEXTS),
    ("style sheet of the page", append("theme/page/paper.css", "a { color: red }\n"), PAGES_OF_PAPER),
    ("script of the page", append("theme/page/scripts/start.js", "start();\n"), PAGES_OF_PAPER),
    ("template of the print", append("theme/print/typst-show.typ", "// more\n"), PRINTS),
    ("new filter", append("theme/filters/new.lua", "return {}\n"), RENDERED - TEXTS),
    ("rule of style for the prose", append("theme/prose/house.yml", "a: b\n"), set()),
    ("data that no result turns on", replaced("data/cases.csv", "A,x", "A,z"), OF_DATA),
    ("data", append("data/cases.csv", "C,z\n"), OF_DATA),
    ("data that nobody names", append("data/more.csv", "a\n1\n"), set()),
    ("schema", append("data/datapackage.json"), OF_DATA),
    ("note beside the data", append("data/LICENSE", "More.\n"), {"data package", "delivery"}),
    (
        "notebook's prose",
        replaced("analysis/alpha.ipynb", 'more"', 'more\\nOf rows."'),
        {"notebook alpha", "page alpha"} | MANIFEST - STYLED,
    ),
    (
        "notebook's title",
        replaced("analysis/alpha.ipynb", "# Alpha & more", "# Alpha & less"),
        {"notebook alpha", "page alpha"} | MANIFEST - STYLED,
    ),
    (
        "notebook's result",
        replaced("analysis/alpha.ipynb", "{n} rows", "{n} lines"),
        {"notebook alpha", "page alpha", "values and figures"} | RENDERED - STYLED,
    ),
    ("module of one notebook", append("analysis/spread.py", "# more\n"), {"notebook beta"} | MANIFEST - PAGES_OF_PAPER),
    ("module of both, through another", append("analysis/count.py", "# more\n"), NOTEBOOKS | MANIFEST - PAGES_OF_PAPER),
    ("module of none", append("analysis/unused.py", "# more\n"), set()),
    ("chart style", append("analysis/charts.mplstyle", "axes.grid: true\n"), NOTEBOOKS),
    ("palette", append("theme/palette.yml", "red: red\n"), NOTEBOOKS | PAGES | RENDERED - TEXTS),
    ("font", append("theme/fonts/One.ttf", "more\n"), NOTEBOOKS | PRINTS),
    ("lock file", append("uv.lock", "# more\n"), NOTEBOOKS | PAGES | RENDERED - PAGES_OF_PAPER),
    (
        "notebook that came",
        lambda root: write_notebook(
            root, "gamma", ["# G", "from analysis.keep import record", 'record("gamma", {"gamma.x": 1}, {})']
        ),
        {"notebook gamma", "page gamma", "values and figures"} | RENDERED - STYLED,
    ),
    ("notebook that went", removed("analysis/beta.ipynb"), {"values and figures"} | RENDERED - STYLED),
    ("output that went", removed("_output/report.pdf"), {"delivery"}),
    ("output edited by hand", append("_output/report.html", "x"), {"delivery"}),
    ("figure that went", removed("figures/alpha/alpha.svg"), {"notebook alpha"}),
    ("figure edited by hand", append("figures/alpha/alpha.svg", "x"), {"notebook alpha"}),
    ("values edited by hand", append("figures/beta/values.json", " "), {"values and figures"}),
    ("variables edited by hand", append("_variables.yml", "x: y\n"), {"values and figures"}),
    ("list of a notebook that went", removed(".cache/records/beta.json"), {"notebook beta"}),
    ("manifest that went", removed("figures/manifest.json"), {"values and figures"}),
]


def test_second_build_starts_nothing(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build with nothing to do starts no notebook and no renderer, parses no source and reads no file again."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("was started")

    time.sleep(0.2)  # a file that was written a moment ago is read again
    assert run(paper).ran == []
    monkeypatch.setattr(notebooks, "execute", never)
    monkeypatch.setattr(engine, "render", never)
    monkeypatch.setattr(imports, "_names_in", never)
    monkeypatch.setattr("hashlib.file_digest", never)
    said = run(paper)
    assert set(said.fresh) == EVERYTHING
    assert said.ran == []


def test_second_build_imports_nothing_heavy(paper: Path) -> None:
    """A build with nothing to do waits for no table, chart, page or YAML library."""
    code = "import sys\nfrom pathlib import Path\nfrom publish.build.build import build\n"
    heavy = "{'pandas', 'matplotlib', 'IPython', 'lxml', 'yaml'}"
    code += f"done = build(Path(sys.argv[1]))\nprint(len(done.ran), {heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code, str(paper)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 set()"


@pytest.mark.parametrize(("most", "first"), [("alone", "notebook alpha"), ("spread", "notebook beta")])
def test_what_reads_most_runs_first(paper: Path, most: str, first: str) -> None:
    """Of two notebooks that could run, the one with more to read does."""
    (paper / "analysis" / "alone.py").write_text("", encoding="utf-8")
    write_notebook(paper, "alpha", ["# Alpha", "from analysis import alone", *ALPHA, ALPHA_END])
    append("analysis/spread.py")(paper)
    append(f"analysis/{most}.py", "#" * 10_000)(paper)
    progress = Progress(quiet=True)
    build(paper, jobs=1, progress=progress)
    assert next(name for name in progress.ran if name in NOTEBOOKS) == first


@pytest.mark.parametrize(("edit", "expected"), [case[1:] for case in INPUTS], ids=[case[0] for case in INPUTS])
def test_each_input_reruns_what_depends_on_it(paper: Path, edit: Callable[[Path], None], expected: set[str]) -> None:
    """Each class of input makes exactly the expected steps run, and afterwards everything is fresh."""
    edit(paper)
    foretold = {name for name, why in explain(paper).items() if why}
    said = run(paper)
    assert said.failed == {}
    assert set(said.ran) == expected
    assert expected <= foretold
    assert run(paper).ran == []


def test_engine_version_is_an_input(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the renderer renders again."""
    (paper.parent / "typst-99.0.dist-info").mkdir()
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(paper.parent))
    assert RENDERED - PAGES_OF_PAPER | {"colophon"} <= set(run(paper).ran)


def test_a_quarto_too_old_is_told_when_everything_is_fresh(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build with nothing to do does not pass for one that Quarto has made."""
    program = paper.parent / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.3.450\n", encoding="utf-8")
    program.chmod(0o755)
    assert run(paper).ran == []
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    with pytest.raises(EngineMissing, match=r"Quarto 1\.3\.450 .* is older than"):
        build(paper, engine="quarto", progress=Progress(quiet=True))


def test_asking_for_the_engine_that_is_used_anyway_runs_nothing(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Quarto, `--engine embedded` after `auto` has nothing to do; a Quarto that appears renders again."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert build(paper, "embedded", progress=Progress(quiet=True)).ran == []
    monkeypatch.setattr("shutil.which", lambda _: sys.executable)
    assert "the engine changed" in explain(paper, "auto")["report.body"]
    assert explain(paper, "embedded")["report.html"] == []


def test_a_file_with_its_old_date_is_still_read(paper: Path) -> None:
    """Freshness goes by content: a changed file whose date was set back is not taken for fresh."""
    file = paper / "report.qmd"
    stat = file.stat()
    file.write_text(file.read_text().replace("tiny", "TINY"), encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert set(run(paper).ran) == REPORT | {"values and figures"}


def test_a_new_date_alone_runs_nothing(paper: Path) -> None:
    """Touching every file without changing it runs nothing."""
    for file in paper.rglob("*"):
        if file.is_file():
            os.utime(file, ns=(1, 1))
    assert run(paper).ran == []


def test_says_why(paper: Path) -> None:
    """The reason names what changed, and what a step is made from when that changed."""
    append("data/cases.csv", "C,z\n")(paper)
    said = run(paper)
    assert said.why["notebook alpha"] == ["data/cases.csv changed"]
    assert said.why["values and figures"] == [
        "data/cases.csv changed",
        "figures of alpha changed",
        "figures of beta changed",
    ]
    assert "_variables.yml changed" in said.why["report.body"]


CHECK = """
import sys
from pathlib import Path

if "bad" in Path("data/cases.csv").read_text():
    sys.exit("data/cases.csv:4 country: bad is no country.")
print("The data is good.")
"""


def test_data_are_checked_before_anything_is_computed(paper: Path) -> None:
    """A project's own check stops the build with its message, and no notebook has run; mended, everything runs."""
    write(paper / "analysis/data/__main__.py", CHECK)
    append("data/cases.csv", "C,bad\n")(paper)
    said = run(paper)
    assert said.failed == {"data check": "data/cases.csv:4 country: bad is no country."}
    assert not any(name.startswith(("notebook", "values")) for name in said.ran)
    replaced("data/cases.csv", "bad", "z")(paper)
    said = run(paper)
    assert not said.failed
    assert said.ran.index("data check") < said.ran.index("notebook alpha")


def test_explain_names_removed_inputs_and_writes_nothing(paper: Path) -> None:
    """`--explain` says that a file is gone, what follows from it, and leaves every file as it was."""
    (paper / "theme" / "page" / "paper.css").unlink()
    before = {file: file.stat().st_mtime_ns for file in paper.rglob("*")}
    why = explain(paper)
    assert why["report.html"] == ["theme/page/paper.css is gone"]
    assert why["delivery"] == [f"{name} runs first" for name in sorted(PAGES_OF_PAPER - {"delivery"})]
    assert why["notebook alpha"] == []
    assert {file: file.stat().st_mtime_ns for file in paper.rglob("*")} == before


def test_figures_that_are_no_longer_made_go(paper: Path) -> None:
    """A figure that its notebook stopped making goes, and all of a notebook that went; a person's own file stays."""
    end = ALPHA_END.replace('{"alpha": f"{n} rows"}', '{"other": "x"}')
    write_notebook(paper, "alpha", ["# Alpha", *ALPHA, end])
    (paper / "analysis" / "beta.ipynb").unlink()
    (paper / "_output" / "own.html").touch()
    run(paper)
    assert {file.name for file in (paper / "figures").rglob("*.svg")} == {"other.svg"}
    assert set(json.loads((paper / "figures/manifest.json").read_text())["figures"]) == {"other"}
    assert not (paper / "_output/notebooks/beta.html").exists()
    assert (paper / "_output" / "own.html").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("alpha.n", "analysis/beta.ipynb: records the value alpha.n, which analysis/alpha.ipynb records too"),
        ("alpha.n.more", "analysis/beta.ipynb: records alpha.n.more, but alpha.n is a value itself"),
    ],
)
def test_a_value_has_one_place(paper: Path, name: str, message: str) -> None:
    """A value recorded twice, or that is both a value and the beginning of another's name, stops the build."""
    replaced("analysis/beta.ipynb", "beta.half", name)(paper)
    before = (paper / "_variables.yml").read_bytes()
    assert message in run(paper).failed["values and figures"]
    assert (paper / "_variables.yml").read_bytes() == before


def test_success_without_output_is_a_failure(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A renderer that ends well and makes nothing fails the build; the last good outputs stand."""
    append("report.qmd", "A word.\n")(paper)
    before = (paper / "_output/report.html").read_bytes()
    monkeypatch.setattr(engine, "render", lambda *_, **__: [])
    said = run(paper)
    assert "without report.html" in said.failed["report.body"]
    assert (paper / "_output/report.html").read_bytes() == before


def test_success_with_an_old_output_is_a_failure(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that ends well and leaves its output older than its inputs fails."""
    append("data/LICENSE", "More.\n")(paper)
    monkeypatch.setattr("publish.written.data_package.write_package", lambda *_: None)
    assert "older than its inputs" in run(paper).failed["data package"]


def test_an_input_that_changes_meanwhile_is_read_again(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the author saves while a step runs, the step runs again, and the record tells the truth."""
    append("report.qmd", "First.\n")(paper)
    saved = threading.Event()

    def render(root: Path, targets: tuple[str, ...], *rest: object, **more: object) -> list[Path]:
        made = tiny_paper.quick_render(root, targets, *rest, **more)  # type: ignore[arg-type]
        if not saved.is_set():
            saved.set()
            append("report.qmd", "Second.\n")(root)
        return made

    monkeypatch.setattr(engine, "render", render)
    assert run(paper).failed == {}
    assert "Second." in (paper / "_output/report.html").read_text()
    assert "Second." in (paper / "_output/report.pdf").read_text()
    assert run(paper).ran == []


def test_an_input_that_changes_after_its_step_is_read_again(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the data is saved after the notebooks ran and before the build ends, the notebooks run again."""
    append("data/cases.csv", "C,z\n")(paper)
    saved = threading.Event()

    def read(root: Path, document: str) -> dict[str, str]:
        if not saved.is_set():
            saved.set()
            append("data/cases.csv", "D,z\n")(root)
        return tiny_paper.quick_read(root, document)

    monkeypatch.setattr(engine, "read", read)
    assert run(paper).failed == {}
    assert "n: '4'" in (paper / "_variables.yml").read_text()
    assert run(paper).ran == []


def test_a_build_does_not_chase_a_moving_target(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that changes in every round ends the build with its name."""

    def read(root: Path, document: str) -> dict[str, str]:
        append("data/cases.csv", "D,z\n")(root)
        return tiny_paper.quick_read(root, document)

    monkeypatch.setattr(engine, "read", read)
    append("data/cases.csv", "C,z\n")(paper)
    failed = build(paper, progress=Progress(quiet=True)).failed["build"]
    assert "notebook alpha: data/cases.csv changed" in failed


def test_two_builds_at_once_take_turns(paper: Path) -> None:
    """A second build says whom it waits for, waits, and then finds everything fresh."""
    heard: list[str] = []

    class Heard(Progress):
        def say(self, text: str) -> None:
            heard.append(text)
            release.set()

    release = threading.Event()
    second = threading.Thread(target=lambda: build(paper, progress=Heard(quiet=True)))
    with one_at_a_time(paper, heard.append):
        second.start()
        assert release.wait(60)
        assert second.is_alive()
    second.join(60)
    assert not second.is_alive()
    assert heard == [f"Another build is running (process {os.getpid()}). Waiting for it to end."]


def test_notebooks_run_side_by_side(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two notebooks are in their kernels at the same moment."""
    meeting = threading.Barrier(2, timeout=60)

    def meet(root: Path, name: str, figures: Path) -> str:
        meeting.wait()
        return tiny_paper.quick_kernel(root, name, figures)

    monkeypatch.setattr(notebooks, "execute", meet)
    append("data/cases.csv", "C,z\n")(paper)
    assert build(paper, jobs=2, progress=Progress(quiet=True)).failed == {}


def test_outputs_do_not_know_where_they_were_made(paper: Path) -> None:
    """No output or record holds the path of the project."""
    for folder in ("_output", "figures"):
        for file in (paper / folder).rglob("*"):
            assert not file.is_file() or str(paper).encode() not in file.read_bytes(), file


def test_prints_each_step_with_its_reason(paper: Path) -> None:
    """The command prints every step as fresh or ran with the reason, and where the outputs are."""
    append("data/LICENSE", "More.\n")(paper)
    command = [sys.executable, tiny_paper.__file__, str(paper), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert any(line.startswith("ran    data package") and "because data/LICENSE changed" in line for line in lines)
    assert any(line.startswith("fresh  notebook alpha") for line in lines)
    assert any("_output/report.html" in line for line in lines)
