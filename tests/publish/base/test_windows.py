"""What differs on Windows, as far as another system can test it: line endings, paths in messages, starting again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publish import __main__ as program
from publish.base.failures import BuildFailure, written_out


def test_a_checkout_with_windows_settings_has_the_committed_bytes(root: Path, tmp_path: Path) -> None:
    """Git told to write CRLF leaves every file as it was committed, so all that is read and compared is the same."""
    files = [".gitattributes", "README.md", "data/cases.csv", "_quarto.yml", "theme/page/paper.css"]
    for file in files:
        (tmp_path / "one" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / file, tmp_path / "one" / file)
    (tmp_path / "one/crlf.csv").write_bytes(b"a\r\nb\n")
    windows = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "user.name=T", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"], ["clone", "-q", ".", "../two"]):
        subprocess.run(["git", *windows, *words], cwd=tmp_path / "one", check=True)
    for file in [*files, "crlf.csv"]:
        assert (tmp_path / "two" / file).read_bytes() == (tmp_path / "one" / file).read_bytes(), file


def test_a_message_names_a_file_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The root is cut from a message with the separator of the system."""
    monkeypatch.setattr(os, "sep", "\\")
    assert written_out(BuildFailure(f"{tmp_path}\\data\\cases.csv: is wrong"), tmp_path) == "data\\cases.csv: is wrong"


def test_a_program_that_starts_again_waits_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a program cannot replace itself, the exit code is that of the one it started."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "argv", ["paper"])
    monkeypatch.setenv("PYTHONHOME_NOT_KEPT", "1")
    with pytest.raises(SystemExit) as ended:
        program.start_again("-c", "raise SystemExit(3)")
    assert ended.value.code == 3
