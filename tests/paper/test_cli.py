"""Every command of `paper` has help with an example and the exit codes, and ends with the code that it promises."""

from __future__ import annotations

import json
import subprocess

import click
import pytest
from click.testing import CliRunner

from built_paper import commands
from publish.build import build as building
from publish.build.progress import Progress
from publish.cli import main, project_root
from tiny_paper import make_paper

COMMANDS = list(commands(main))


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.output


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])
def test_help(words, command):
    """Help works outside a project, shows an example of this very command, explains every option, and exit codes."""
    code, said = run(*words, "--help")
    assert code == 0
    assert f"paper {' '.join(words)}" in said.split("Examples:")[1]
    assert "\n  Examples:\n    paper " in said
    assert "Exit codes: 0 good; 1" in said
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_wrong_usage_is_code_2(tmp_path):
    """Unknown commands, options, engines, and a place outside a project end with 2 and say what to do."""
    for arguments in (
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--engine", "word"],
        ["--root", str(tmp_path), "build"],
    ):
        code, said = run(*arguments)
        assert code == 2, said
        assert "Usage:" in said or "Error:" in said
    assert "Change to the project first." in said


def test_a_missing_engine_is_code_2(tmp_path, monkeypatch):
    """Asking for Quarto where there is none ends with 2 and names the way out."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code, said = run("--root", str(make_paper(tmp_path / "paper")), "build", "--engine", "quarto")
    assert code == 2
    assert "--engine embedded" in said


def test_checking_what_is_not_built_is_code_1(tmp_path):
    """`paper check` before a build says to build."""
    code, said = run("--root", str(make_paper(tmp_path)), "check")
    assert code == 1
    assert "Run `paper build` first." in said


@pytest.mark.parametrize(("answer", "code"), [("0", 0), ("1", 1), ("3", 1)])
def test_data_check_passes_the_verdict_on(tmp_path, answer, code):
    """`paper data check` ends with 0 when the data is good and with 1 when it is not."""
    root = make_paper(tmp_path)
    answering = root / "analysis" / "data" / "__main__.py"
    answering.parent.mkdir()
    answering.write_text(f"raise SystemExit({answer})\n", encoding="utf-8")
    assert run("--root", str(root), "data", "check")[0] == code


@pytest.mark.parametrize(
    ("typed", "words", "asked"),
    [
        ("data check", "data check", {"form": "text"}),
        ("data check --json", "data check", {"form": "json"}),
        ("data check --github", "data check", {"form": "github"}),
        ("data fix", "authoring fix", {"yes": False}),
        ("data fix --yes", "authoring fix", {"yes": True}),
        ("data export --to xlsx --out /o", "exchange data", {"formats": ["xlsx"], "out": "/o"}),
        ("case add --from /dev/null", "authoring case", {"form": "/dev/null", "empty": False}),
        ("case add --blank", "authoring case", {"form": None, "empty": True}),
        ("case withdraw A-1 --yes", "authoring withdraw", {"case": "A-1", "yes": True}),
        ("story add http://a --case A-1 --case B-1 --outlet O --published 2015 --language en", "authoring story",
         {"url": "http://a", "cases": ["A-1", "B-1"], "outlet": "O", "published": "2015", "language": "en"}),
        ("coding sheet --coder E --kind automated --sample 3 --seed 2 --out /o", "coding sheet",
         {"coder": "E", "kind": "automated", "sample": 3, "seed": 2, "out": "/o"}),
        ("coding import /dev/null", "coding import", {"file": "/dev/null"}),
        ("coding disagreements --coder C --with D", "coding disagreements", {"coder": "C", "other": "D"}),
        ("coding precision 20 40", "coding precision", {"samples": [20, 40]}),
        ("links --pause 1 --timeout 2 --days 3 --most 4", "exchange links",
         {"pause": 1, "timeout": 2, "days": 3, "most": 4}),
    ],
)  # fmt: skip
def test_what_is_typed_is_what_the_rows_are_asked(tmp_path, monkeypatch, typed, words, asked):
    """Each option reaches the work; after a person was withdrawn the paper is built again, unless the work failed."""
    commands, built = [], []

    def run_it(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, int(len(commands) > 1))

    monkeypatch.setattr(subprocess, "run", run_it)
    monkeypatch.setattr(building, "build", lambda root: built.append(root) or Progress(quiet=True))
    root = make_paper(tmp_path)
    assert run("--root", str(root), *typed.split())[0] == 0
    assert run("--root", str(root), *typed.split())[0] == 1
    assert commands[0][2:4] == ["analysis.data", words]
    assert json.loads(commands[0][4]) == asked
    assert built == ([root] if "withdraw" in words else [])


def test_explain_and_dry_run_run_nothing(tmp_path):
    """Both list every step of a paper that was never built, and make nothing; only one gives reasons."""
    root = make_paper(tmp_path)
    code, why = run("--root", str(root), "build", "--explain")
    assert code == 0
    assert f"run    {'notebook alpha':30}because it has not run yet" in why
    code, what = run("--root", str(root), "build", "--dry-run")
    assert code == 0
    assert "notebook alpha" in what
    assert "because" not in what
    assert not (root / "_output").exists()
    assert not (root / "figures").exists()


def test_the_project_is_found_from_below(tmp_path):
    """A command given in a folder of the project works on the project."""
    root = make_paper(tmp_path)
    assert project_root(root / "theme" / "fonts") == root


def test_doctor_names_what_is_there_and_what_is_not(tmp_path, monkeypatch):
    """`paper doctor` shows versions, and for a Quarto that is too old what is wrong and that nothing need be done."""
    old = tmp_path / "bin" / "quarto"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 1.3.450\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    monkeypatch.setenv("COLUMNS", "40")  # of a terminal; what goes into a pipe is whole
    code, said = run("--root", str(make_paper(tmp_path / "paper")), "doctor")
    assert code == 0
    assert "Quarto 1.3.450" in said
    assert "is older than 1.9" in said
    assert "the embedded engine is used" in said
