"""Only what the data package names, and the documents that are to be rendered, are published; all else is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from publish.base.places import document_names
from publish.base.problems import PaperProblems
from publish.written.colophon import fingerprint
from publish.written.data_package import write_package
from publish.written.strays import strays
from publish.written.used import documents

OVERSIGHTS = (
    "notes with names.txt",
    "~$cases.xlsx",
    "cases.csv.bak",
    "cases (conflicted copy).csv",
    ".cases.csv.swp",
    "old/cases.csv",
    "cases.csv~",
    "Cases.CSV",
)
NAMED = ["LICENSE", "README.md", "cases.csv", "datapackage.json"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper with one resource, two documents and a part."""
    write(tmp_path / "data/datapackage.json", json.dumps({"resources": [{"path": "cases.csv"}]}))
    for name in ("data/cases.csv", "data/README.md", "data/LICENSE", "report.qmd", "brief.qmd", "_part.qmd"):
        write(tmp_path / name, "x\n")
    render(tmp_path, "    - report.qmd\n    - brief.qmd\n")
    return tmp_path


def write(file: Path, text: str) -> None:
    """A file and its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def render(root: Path, entries: str) -> None:
    """What `_quarto.yml` says is to be rendered."""
    write(
        root / "_quarto.yml", f"project:\n  type: default\n  render:\n{entries}  post-render: x.py\ndate: 2026-01-01\n"
    )


@pytest.mark.parametrize("name", OVERSIGHTS)
def test_an_oversight_in_the_data_is_told_and_not_shipped(paper: Path, name: str) -> None:
    """Notes, lock files, backups, copies and hidden files stay out of the zip, and change no fingerprint."""
    before = fingerprint(paper)
    assert strays(paper) == []
    write(paper / "data" / name, "A name\n")
    write_package(paper, paper / "data.zip")
    with zipfile.ZipFile(paper / "data.zip") as package:
        assert package.namelist() == NAMED
    (told,) = map(str, strays(paper))
    assert told.startswith(f"data/{name} is not published:")
    assert "Move it away" in told
    assert fingerprint(paper) == before


@pytest.mark.parametrize(
    "path", ["../report.qmd", "/etc/hostname", "gone.csv", ["cases.csv"], None, "a\\b.csv", "link.csv", "."]
)
def test_a_resource_outside_of_the_data_is_refused(paper: Path, path: object) -> None:
    """A path that leaves the folder, by dots, by a slash or by a link, or that leads nowhere."""
    (paper / "data/link.csv").symlink_to(paper / "report.qmd")
    write(paper / "data/datapackage.json", json.dumps({"resources": [{"path": path}]}))
    with pytest.raises(PaperProblems, match=r"datapackage\.json"):
        write_package(paper, paper / "data.zip")


PRIVATE = (
    "<!-- x -->",
    "{>>x<<}",
    '"$comment": "x"',
    "file:///x",
    '"/home/anna/x"',
    " /Users/anna",
    '"C:\\\\Users\\\\x"',
)


@pytest.mark.parametrize("text", PRIVATE)
@pytest.mark.parametrize("name", ["data/cases.csv", "data/README.md"])
def test_a_remark_or_a_place_of_the_machine_is_not_shipped(paper: Path, name: str, text: str) -> None:
    """In whatever is published as it is, with its line; an address that only looks so is good."""
    write(paper / name, "https://example.org/home/anna, https://example.org/Users/b\n")
    write_package(paper, paper / "data.zip")
    write(paper / name, f"x\n{text}\n")
    with pytest.raises(PaperProblems, match=rf"{name}:2 .* would be published"):
        write_package(paper, paper / "data.zip")


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": {}}', '{"resources": "x"}', "\ufffd"])
def test_a_description_that_cannot_be_read_is_refused(paper: Path, text: str) -> None:
    """Broken JSON, another shape, a lost letter: told with the file."""
    write(paper / "data/datapackage.json", text)
    with pytest.raises(PaperProblems, match=r"datapackage\.json"):
        strays(paper)


def test_a_document_that_is_not_named_is_told(paper: Path) -> None:
    """A stray document is neither rendered nor read for the values that it names."""
    write(paper / "draft.qmd", "{{< var secret >}}\n")
    assert document_names(paper) == ("brief", "report")
    assert [file.name for file in documents(paper)] == ["brief.qmd", "report.qmd", "_part.qmd"]
    (told,) = map(str, strays(paper))
    assert told.startswith("draft.qmd is not published: _quarto.yml does not name it under render.")


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ("    - report.qmd\n", ("report",)),
        ("    - report.qmd # the paper\n    # none\n", ("report",)),
        ('    - "report.qmd"\n', ("report",)),
        ("  - report.qmd\n", ("report",)),
        ("    - '*.qmd'\n    - '!draft.qmd'\n", ("brief", "report")),
        ("    - '!draft.qmd'\n", ("brief", "report")),
        ("    - gone.qmd\n", ()),
    ],
)
def test_the_list_of_documents_is_read_as_quarto_reads_it(paper: Path, entries: str, found: tuple[str, ...]) -> None:
    """Plain or quoted, with remarks, with patterns, with names to leave out."""
    write(paper / "draft.qmd", "")
    render(paper, entries)
    assert document_names(paper) == found


def test_a_document_that_is_named_and_gone_is_told(paper: Path) -> None:
    """Quarto would say nothing, and the document would be missing from what is delivered."""
    (paper / "brief.qmd").unlink()
    assert document_names(paper) == ("report",)
    (told,) = map(str, strays(paper))
    assert told.startswith("_quarto.yml names brief.qmd under render, which is not there.")
