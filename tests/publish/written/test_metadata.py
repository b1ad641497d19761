"""Archives and registries read the same facts everywhere, in files that keep to their published schemas."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from rocrate.rocrate import ROCrate

from publish.base.places import METADATA
from publish.base.problems import PaperProblems
from publish.written import metadata

SCHEMAS = {
    "vendor.citation-file-format": ["CITATION.cff"],
    "vendor.github-workflows": [".github/workflows/paper.yml"],
    "vendor.github-issue-forms": [
        f".github/ISSUE_TEMPLATE/{name}.yml"
        for name in ("add-a-case", "challenge-a-code", "correct-a-case", "remove-a-case")
    ],
}


@pytest.fixture(scope="module")
def said(root: Path) -> dict[str, dict]:
    """The content of each file as it is committed."""
    return {file: yaml.safe_load((root / file).read_text(encoding="utf-8")) for file in METADATA}


def test_the_committed_files_are_those_that_are_written(root: Path) -> None:
    """Each file is what the program writes from the project's own words."""
    for file, text in metadata.texts(root).items():
        assert (root / file).read_text(encoding="utf-8") == text, f"{file}: run `paper build`."


def test_all_say_the_same(root: Path, said: dict[str, dict]) -> None:
    """Title, version and date are those of the paper wherever a file has room for them."""
    settings = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    citation, code, zenodo, crate, check = (said[file] for file in METADATA)
    crate = next(one for one in crate["@graph"] if one["@id"] == "./")
    assert {one["version"] for one in (citation, code, zenodo, crate)} == {settings["version"]}
    dates = citation["date-released"], code["dateModified"], zenodo["publication_date"], crate["datePublished"]
    assert set(dates) == {str(settings["date"])}
    assert len({citation["title"], zenodo["title"], crate["name"], check["paper"]["title"]}) == 1


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_file_keeps_to_its_schema(root: Path, schema: str) -> None:
    """The published schema of the format accepts the file."""
    files = [root / file for file in SCHEMAS[schema]]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_crate_lists_files_that_are_there(root: Path) -> None:
    """RO-Crate's own library reads the description; every file in it exists, and all tables of the data are in it."""
    crate = ROCrate(str(root))
    listed = {one.id for one in crate.data_entities}
    assert all((root / file).is_file() for file in listed)
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert {f"data/{one['path']}" for one in package["resources"]} < listed


def test_the_manifest_for_a_codechecker_lists_every_chart(root: Path, said: dict[str, dict]) -> None:
    """Each chart and table stands in it with its title; what it lists is built, and no checker is invented."""
    files = {one["file"] for one in said["codecheck.yml"]["manifest"]}
    charts = {file.relative_to(root).as_posix() for file in root.glob("figures/*/*.svg") if "-narrow" not in file.name}
    assert charts < files
    assert all((root / file).is_file() for file in files if not file.startswith("_output/"))
    assert "codechecker" not in said["codecheck.yml"]


def test_an_address_that_leads_nowhere_is_left_out(root: Path, tmp_path: Path) -> None:
    """A placeholder is printed in no file that a registry reads; a real address is."""
    for file in ("report.qmd", "brief.qmd", "pyproject.toml", "data/datapackage.json", "figures/manifest.json"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes((root / file).read_bytes())
    for address, there in (("https://example.org/x", False), ("https://paper.test/x", True)):
        settings = {"version": "1", "date": "2026-01-01", "author": ["A", {"name": "B"}], "address": address}
        (tmp_path / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        text = metadata.texts(tmp_path)["CITATION.cff"]
        assert (address in text) is there
        assert [one["name"] for one in yaml.safe_load(text)["authors"]] == ["A", "B"]


def test_what_is_not_said_is_asked_for(root: Path, tmp_path: Path) -> None:
    """Each thing that a file should say first and does not is named with the file."""
    for file in ("pyproject.toml", "data/datapackage.json"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes((root / file).read_bytes())
    (tmp_path / "_quarto.yml").write_text("version: 1\ndate: 2026-01-01\n", encoding="utf-8")
    with pytest.raises(PaperProblems, match=r"^_quarto\.yml says no `author`\. Write it;[^\n]*$"):
        metadata.texts(tmp_path)
