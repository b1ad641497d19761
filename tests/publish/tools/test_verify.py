"""`paper verify` finds every byte that differs and says what differs first."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

import tiny_paper
from publish.base.failures import BuildFailure
from publish.tools import verify
from publish.tools.differences import first_difference
from tiny_paper import ALPHA, built, committed, make_paper, write, write_notebook


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny paper in a git repository, with its figures committed; builds use the stand-ins."""
    root = make_paper(tmp_path / "paper")
    write(root / ".gitignore", "_output/\n.cache/\n")
    monkeypatch.setattr(verify, "build_command", lambda folder: [sys.executable, tiny_paper.__file__, str(folder)])
    return committed(built(root))


def test_equal_builds_are_proved(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deterministic paper: exit code 0, all that was compared in the table, and how long it took."""
    assert verify.verify(paper) == 0
    said = capsys.readouterr().out
    for compared in ("the two builds", "committed files", "outputs that stand here"):
        assert compared in said
    assert "every byte" in said
    assert "The proof took" in said


def test_what_leaks_from_the_surroundings_is_found(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures that show time zone, hash seed, path or umask: exit code 1, and for each the line that differs.

    What is committed was made from other data here, so it differs as well, and is named apart.
    """
    leaks = {"zone": "os.environ['TZ']", "seed": "hash('x')", "path": "len(os.getcwd())", "umask": "oct(os.umask(0))"}
    shown = ", ".join(f"{name!r}: str({leak})" for name, leak in leaks.items())
    write_notebook(paper, "alpha", ["# Alpha", *ALPHA, f'import os\nrecord("alpha", {{"alpha.n": n}}, {{{shown}}})'])
    write(paper / "data/cases.csv", "case_id,country\nA,x\n")
    assert verify.verify(paper) == 1
    said = capsys.readouterr().out
    for name in leaks:
        assert f"figures/alpha/{name}.svg (the two builds): line 1:" in said
    assert "Pacific/Kiritimati" in said
    assert "figures/beta/beta.svg (committed files): line 1" in said
    assert "figures/beta/beta.svg (the two builds)" not in said
    assert "_variables.yml (committed files)" in said


def test_a_failing_build_is_no_proof(paper: Path) -> None:
    """When a clean build fails, its message is passed on."""
    write_notebook(paper, "alpha", ["# Alpha", "1 / 0"])
    with pytest.raises(BuildFailure, match="ZeroDivisionError"):
        verify.verify(paper)


def test_only_tracked_files_are_built(paper: Path, tmp_path: Path) -> None:
    """A file that git does not know is not copied: a proof must not rest on it."""
    write(paper / "analysis/secret.py", "")
    verify.copy_tracked(paper, tmp_path / "copy")
    assert not (tmp_path / "copy/analysis/secret.py").exists()
    assert (tmp_path / "copy/analysis/count.py").exists()


def test_places_differ_in_everything() -> None:
    """The two places differ in each circumstance that must not matter."""
    first, second = verify.PLACES
    assert {key: first.environment[key] != second.environment[key] for key in first.environment} == {
        "TZ": True,
        "LC_ALL": True,
        "PYTHONHASHSEED": True,
    }
    assert first.umask != second.umask
    assert len(first.folder) != len(second.folder)
    assert first.jobs != second.jobs


def files(tmp_path: Path, name: str, one: bytes, two: bytes) -> str:
    """The first difference of two files of one name."""
    for folder, content in (("one", one), ("two", two)):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_bytes(content)
    return first_difference(tmp_path / "one" / name, tmp_path / "two" / name)


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (b"a\nb\n", b"a\nb\n", ""),
        (b"a\nb\n", b"a\nc\n", "line 2: 'b' in the first, 'c' in the second"),
        (b"a\n", b"a\nb\n", "line 2: (nothing) in the first, 'b' in the second"),
        (b"a\n", b"a\r\n", "only the ends of their lines differ"),
        (b"\xff\x00a", b"\xff\x00b", "they differ from byte 2 of 3 and 3"),
        (b"x" * 500 + b"1", b"x" * 500 + b"2", None),
    ],
)
def test_the_first_difference_of_texts(tmp_path: Path, one: bytes, two: bytes, said: str | None) -> None:
    """Texts differ by line, in the part of the line that differs; bytes by place; equal files by nothing."""
    found = files(tmp_path, "a.txt", one, two)
    if said is None:
        assert "1'" in found
        assert len(found) < 300
    else:
        assert found == said


def test_a_missing_file_is_a_difference(tmp_path: Path) -> None:
    """A file that only one build made is named as missing."""
    write(tmp_path / "a", "a")
    assert first_difference(tmp_path / "a", tmp_path / "b") == "is missing in the second"


def pdf(pages: list[bytes], title: str = "T") -> bytes:
    """A PDF with one content stream per page."""
    import io

    document = pikepdf.new()
    for content in pages:
        page = document.add_blank_page()
        page.obj.Contents = document.make_stream(content)
    document.docinfo["/Title"] = title
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True)
    return stream.getvalue()


def test_pdfs_differ_by_page_and_object(tmp_path: Path) -> None:
    """Of PDFs the page is named, or the line outside the pages: the number of them, a title."""
    base = pdf([b"one", b"two"])
    assert files(tmp_path, "a.pdf", base, pdf([b"one", b"two"])) == ""
    assert (
        files(tmp_path, "a.pdf", base, pdf([b"one", b"TWO"]))
        == "page 2, line 1: 'two' in the first, 'TWO' in the second"
    )
    assert "/Count 2' in the first, '  /Count 1' in the second" in files(tmp_path, "a.pdf", base, pdf([b"one"]))
    assert "/Title (T)" in files(tmp_path, "a.pdf", base, pdf([b"one", b"two"], "Another"))


def test_zips_differ_by_member(tmp_path: Path) -> None:
    """For zips the member that differs is named."""

    def packed(content: str) -> bytes:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
            file.writestr(zipfile.ZipInfo("cases.csv"), content)
        return (tmp_path / "x.zip").read_bytes()

    assert files(tmp_path, "a.zip", packed("a"), packed("b")) == "cases.csv differs"
