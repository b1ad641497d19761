"""Archives and registries read the same facts everywhere, in files that keep to their published schemas."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rocrate
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

# The terms of https://w3id.org/codemeta/3.0; those whose text is an address.
CODEMETA = re.findall(
    r"\w+",
    """address affiliation applicationCategory applicationSubCategory author buildInstructions citation
codeRepository continuousIntegration contributor copyrightHolder copyrightYear dateCreated dateModified datePublished
description developmentStatus downloadUrl editor email embargoEndDate encoding endDate familyName fileFormat fileSize
funder funding givenName hasPart hasSourceCode id identifier installUrl isAccessibleForFree isPartOf isSourceCodeOf
issueTracker keywords license maintainer memoryRequirements name operatingSystem permissions position
processorRequirements producer programmingLanguage provider publisher readme referencePublication relatedLink
releaseNotes review roleName runtimePlatform sameAs softwareHelp softwareRequirements softwareSuggestions
softwareVersion sponsor startDate storageRequirements supportingData targetProduct type url version""",
)
ADDRESSES = {"codeRepository", "downloadUrl", "issueTracker", "license", "readme", "softwareRequirements", "url"}
# What https://developers.zenodo.org asks of a deposit, and what it allows beside that; of two fields, the values.
ZENODO = {"title", "upload_type", "description", "creators", "publication_date", "access_right", "license"}
ZENODO_BESIDE = {
    "version",
    "keywords",
    "notes",
    "language",
    "doi",
    "contributors",
    "related_identifiers",
    "communities",
}
ZENODO_VALUES = {
    "upload_type": [
        "publication",
        "poster",
        "presentation",
        "dataset",
        "image",
        "video",
        "software",
        "lesson",
        "other",
    ],
    "access_right": ["open", "embargoed", "restricted", "closed"],
    "license": ["cc-by-4.0", "cc-by-sa-4.0", "cc-zero", "odbl-1.0"],  # licences for data
}


def codemeta_problems(said: dict) -> list[str]:
    """What is no term of CodeMeta 3.0, is no address where one is meant, or is missing that makes it CodeMeta."""
    found = [key for key in ("name", "author", "license", "version") if not said.get(key)]
    found += ["@context"] * (said["@context"] != "https://w3id.org/codemeta/3.0")
    parts = [one for value in said.values() for one in (value if isinstance(value, list) else [value])]
    for part in (said, *(one for one in parts if isinstance(one, dict))):
        found += [key for key in part if key.lstrip("@") not in {*CODEMETA, "context"}]
        texts = [(key, one) for key in ADDRESSES & set(part) for one in [part[key]] if not isinstance(one, dict)]
        each = [(key, one) for key, several in texts for one in (several if isinstance(several, list) else [several])]
        found += [key for key, one in each if isinstance(one, str) and not one.startswith("https://")]
    return found


def zenodo_problems(said: dict) -> list[str]:
    """What Zenodo asks and does not get, does not know, or has no such value for; creators have names."""
    found = [key for key in ZENODO if not said.get(key)] + sorted(set(said) - ZENODO - ZENODO_BESIDE)
    found += [key for key, values in ZENODO_VALUES.items() if said.get(key) not in values]
    known = {"name", "affiliation", "orcid", "gnd"}
    return found + ["creators" for one in said["creators"] if not one.get("name") or set(one) - known]


def crate_problems(said: dict) -> list[str]:
    """What RO-Crate requires and is not there, is no term of its context, or leads to nothing in the crate."""
    context = json.loads((Path(rocrate.__file__).parent / "data/ro-crate.jsonld").read_text("utf-8"))
    entities = {one["@id"]: one for one in said["@graph"]}
    found = ["@context"] * (said["@context"] != context["@id"])
    found += [key for key in ("name", "description", "datePublished", "license") if not entities["./"].get(key)]
    about = entities["ro-crate-metadata.json"]
    found += ["conformsTo"] * (f"{about['conformsTo']['@id']}/context" != said["@context"])
    for one in entities.values():
        kinds = one["@type"] if isinstance(one["@type"], list) else [one["@type"]]
        found += [key for key in (*one, *kinds) if key[0] != "@" and key not in context["@context"]]
        values = [each for value in one.values() for each in (value if isinstance(value, list) else [value])]
        linked = [each["@id"] for each in values if isinstance(each, dict)]
        found += [each for each in linked if each not in entities and not each.startswith("https://w3id.org/ro/crate/")]
    return found


JUDGES = {"codemeta.json": codemeta_problems, ".zenodo.json": zenodo_problems, "ro-crate-metadata.json": crate_problems}


@pytest.mark.parametrize(
    ("file", "spoil", "told"),
    [
        ("codemeta.json", lambda one: one.update(licence="MIT"), ["licence"]),
        ("codemeta.json", lambda one: one.update(softwareRequirements=["click>=8.1"]), ["softwareRequirements"]),
        (".zenodo.json", lambda one: one.update(upload_type="data"), ["upload_type"]),
        (".zenodo.json", lambda one: one.update(date="2026"), ["date"]),
        (".zenodo.json", lambda one: one["creators"][0].update(type="Organization"), ["creators"]),
        ("ro-crate-metadata.json", lambda one: one["@graph"][0].pop("license"), ["license"]),
        ("ro-crate-metadata.json", lambda one: one["@graph"][0]["hasPart"].append({"@id": "gone.csv"}), ["gone.csv"]),
        ("ro-crate-metadata.json", lambda one: one["@graph"][0].update(titel="A"), ["titel"]),
    ],
)
def test_a_file_keeps_to_what_its_readers_publish(said: dict[str, dict], file: str, spoil, told: list[str]) -> None:
    """Terms, required fields and vocabularies are those of CodeMeta, Zenodo and RO-Crate; what is not is found."""
    assert JUDGES[file](said[file]) == []
    spoil(spoiled := copy.deepcopy(said[file]))
    assert JUDGES[file](spoiled) == told


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
