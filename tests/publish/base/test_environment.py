"""A program that the build starts knows nothing of a person's home, shell or locale."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publish.base.environment import of_paper, said, stated
from publish.tools.hostile import make_hostile

MAY_START = {"publish/base/environment.py", "publish/tools/verify.py", "publish/hooks/prerender.py"}


def test_only_what_is_stated_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a home and a shell full of settings nothing is left but where programs are."""
    for name, value in make_hostile(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SECRET", str(tmp_path))
    given = stated(tmp_path / "nothing", EXTRA="1")
    assert given["EXTRA"] == "1"
    assert given["TZ"] == "UTC"
    leads_home = {name for name, value in given.items() if str(tmp_path / "home") in value}
    assert leads_home == {"TMPDIR"}
    assert "SECRET" not in given


def test_pythons_own_variables_are_left_out(tmp_path: Path) -> None:
    """Of PYTHONPATH only the project's own code stays; all others change nothing and may."""
    paths = os.pathsep.join(["/foreign", str(tmp_path), "/more"])
    given = {"PYTHONPATH": paths, "PYTHONSTARTUP": "x", "PYTHONHASHSEED": "1", "PYTHONOPTIMIZE": "2", "A": "b"}
    assert of_paper(given, tmp_path) == {"PYTHONPATH": str(tmp_path), "PYTHONHASHSEED": "1", "A": "b"}
    assert of_paper({"PYTHONPATH": "/foreign"}, tmp_path) == {}


def test_foreign_modules_do_not_reach_the_command(root: Path, tmp_path: Path) -> None:
    """`paper` runs although PYTHONPATH leads to modules named like those that it imports."""
    home = make_hostile(tmp_path)
    path = os.pathsep.join([str(root), home["PYTHONPATH"]])
    command = [sys.executable, "-P", "-m", "publish", "--root", str(root), "doctor"]
    done = subprocess.run(command, env={**os.environ, **home, "PYTHONPATH": path}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_what_is_said_is_read_as_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the locale; a byte that is no letter is shown as such."""
    monkeypatch.setenv("LC_ALL", "C")
    code = "import sys; sys.stdout.buffer.write('é'.encode() + bytes([255]))"
    assert said([sys.executable, "-c", code], tmp_path, stated(tmp_path)).stdout == "é\ufffd"


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-", "| true", "1>/dev/full"])
def test_a_command_outlives_its_reader(root: Path, closed: str) -> None:
    """Closed streams, a reader that has gone and a full disk behind a stream change no exit code."""
    command = f"set -o pipefail; '{sys.executable}' -m publish --root '{root}' doctor {closed}"
    assert subprocess.run(["bash", "-c", command], check=False, cwd=root).returncode == 0


def test_programs_are_started_in_one_place(root: Path) -> None:
    """Each other module of `publish` that starts one names its environment, and reads no text by the locale."""
    wrong = []
    for file in sorted((root / "publish").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("subprocess.run", "subprocess.Popen"):
                given = {keyword.arg for keyword in node.keywords}
                if "text" in given or ("env" not in given and name not in MAY_START):
                    wrong.append(f"{name}:{node.lineno}")
    assert wrong == []
