"""A text that is not finished, or holds what is no letter, is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.base.problems import PaperProblems
from publish.base.texts import read_text

BROKEN = (
    ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", r"1 \"<<<<<<< HEAD\" is the mark of a merge"),
    ("a\n>>>>>>> other\n", r"2 \">>>>>>> other\" is the mark of a merge"),
    ("a\n\n||||||| base\n", "3 .* is the mark of a merge"),
    ("a\n\n=======\n\nb\n", "3 .* is the mark of a merge"),
    ("a\n=======\nb\n", "2 .* is the mark of a merge"),
    ("%%%%%%% diff\n", "1 .* is the mark of a merge"),
    ("a\u2028b\n", r"1 U\+2028 is no letter"),
    ("a\nb\x07\n", r"2 U\+0007 is no letter"),
    ("a\n\ufffd\n", r"2 U\+FFFD is no letter"),
    ("a\x85b\n", r"1 U\+0085 is no letter"),
)


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_what_is_unfinished_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """Marks of a merge, control characters and lost letters, with the line."""
    (tmp_path / "a.qmd").write_text(text, encoding="utf-8")
    with pytest.raises(PaperProblems, match=f"a.qmd:{told}"):
        read_text(tmp_path, "a.qmd")


@pytest.mark.parametrize("text", ["Title\n=======\n\n> > > > quote\n", "a\tb\n", "<<<<<<<< eight\n", "x <<<<<<< y\n"])
def test_what_only_looks_so_is_read(tmp_path: Path, text: str) -> None:
    """A heading underlined with seven signs, a tab, signs inside a line."""
    (tmp_path / "a.qmd").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_text(tmp_path, "a.qmd") == text
