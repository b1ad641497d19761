"""What archives, registries and reviewers' tools read of the project, written from the files that say it first.

Title and subtitle come from the first document; version, date, author and address from `_quarto.yml`; the data's title,
description, keywords and licence from `data/datapackage.json`; the code's name, description, licence and requirements
from `pyproject.toml`. An address that leads nowhere yet is left out.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from publish.base.places import CONFIG, METADATA, document_names, output_folder
from publish.base.problems import PaperProblems, Problem
from publish.base.whole import write_whole
from publish.written.address import PLACEHOLDERS

_OF_PAPER = ("version", "date", "author")
_OF_CODE = ("name", "description", "license", "requires-python", "dependencies")
_OF_DATA = ("title", "description", "licenses", "keywords", "resources")


def front_matter(file: Path) -> list[str]:
    """Title and subtitle of a document, as far as it has them."""
    parts = file.read_text(encoding="utf-8").split("---\n") if file.is_file() else []
    front = yaml.safe_load("".join(parts[1:2])) or {}
    return [front[key] for key in ("title", "subtitle") if key in front]


def texts(root: Path) -> dict[str, str]:
    """Each file of `METADATA` and its text.

    Args:
        root: The project's root.
    """
    said = _said(root)
    contents = (_citation(said), _codemeta(said), _zenodo(said), _crate(root, said), _codecheck(root, said))
    return {file: _text(file, content) for file, content in zip(METADATA, contents, strict=True)}


def write_metadata(root: Path) -> None:
    """Write each file, whole or not at all."""
    for file, text in texts(root).items():
        write_whole(root / file, text, root)


def _text(file: str, content: dict[str, Any]) -> str:
    if file.endswith(".json"):
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    written = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    return f"# Written by `paper build` (publish/written/metadata.py).\n{written}"


def _said(root: Path) -> dict[str, Any]:
    """What is said of the project, each thing once.

    Raises:
        PaperProblems: One of the files lacks what the others are made from.
    """
    settings = yaml.safe_load((root / CONFIG).read_text(encoding="utf-8"))
    code = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
    data = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    asked = (
        (CONFIG, settings, _OF_PAPER),
        ("pyproject.toml", code, _OF_CODE),
        ("data/datapackage.json", data, _OF_DATA),
    )
    if absent := [(file, key) for file, said, keys in asked for key in keys if not said.get(key)]:
        way_out = f"Write it; {METADATA[0]} and its like are made from it."
        raise PaperProblems(Problem(file, 0, f"says no `{key}`. {way_out}") for file, key in absent)
    authors = settings["author"] if isinstance(settings["author"], list) else [settings["author"]]
    address = str(settings.get("address", ""))
    nowhere = PLACEHOLDERS.search(urlsplit(address).hostname or "example")
    return {
        "title": ". ".join(front_matter(root / f"{_main(root)}.qmd")),
        "version": str(settings["version"]),
        "date": str(settings["date"]),
        "authors": [one if isinstance(one, str) else one["name"] for one in authors],
        "address": {} if nowhere else {"url": address},
        "code": code,
        "data": data,
    }


def _main(root: Path) -> str:
    """The paper among the documents: `report`, or the only one."""
    names = document_names(root)
    return "report" if "report" in names else names[0]


def _citation(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "cff-version": "1.2.0",
        "title": said["title"],
        "message": "If you use the data, the figures or the text, please cite them as below.",
        "type": "dataset",
        "authors": [{"name": name} for name in said["authors"]],
        "version": said["version"],
        "date-released": said["date"],
        "license": [said["data"]["licenses"][0]["name"], said["code"]["license"]],
        "keywords": said["data"]["keywords"],
        **said["address"],
    }


def _codemeta(said: dict[str, Any]) -> dict[str, Any]:
    code = said["code"]
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": code["name"],
        "description": code["description"],
        "version": said["version"],
        "dateModified": said["date"],
        "license": f"https://spdx.org/licenses/{code['license']}",
        "author": [{"@type": "Organization", "name": name} for name in said["authors"]],
        "keywords": said["data"]["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {code['requires-python']}",
        "softwareRequirements": [_application(one) for one in code["dependencies"]],
        **said["address"],
    }


def _application(asked: str) -> dict[str, str]:
    """A requirement such as `click>=8.1` as CodeMeta has it, where a bare text would be read as an address."""
    name, version = re.fullmatch(r"([\w.-]+)(.*)", asked).groups()  # type: ignore[union-attr]
    return {"@type": "SoftwareApplication", "name": name} | ({"version": version} if version else {})


def _zenodo(said: dict[str, Any]) -> dict[str, Any]:
    code = f"The code is under the licence {said['code']['license']}."
    return {
        "title": said["title"],
        "upload_type": "dataset",
        "description": said["data"]["description"],
        "creators": [{"name": name} for name in said["authors"]],
        "version": said["version"],
        "publication_date": said["date"],
        "license": said["data"]["licenses"][0]["name"].lower(),
        "access_right": "open",
        "keywords": said["data"]["keywords"],
        "notes": code,
    }


def _crate(root: Path, said: dict[str, Any]) -> dict[str, Any]:
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    crate, data = ROCrate(), said["data"]
    licence = data["licenses"][0]
    crate.name, crate.description, crate.keywords = said["title"], data["description"], data["keywords"]
    crate.datePublished, crate.root_dataset["version"] = said["date"], said["version"]
    about = {"@type": "CreativeWork", "name": licence["name"]}
    crate.license = crate.add(ContextEntity(crate, licence["path"], properties=about))
    authors = [
        ContextEntity(crate, f"#author-{number}", properties={"@type": "Organization", "name": name})
        for number, name in enumerate(said["authors"], 1)
    ]
    crate.add(*authors)
    crate.root_dataset["creator"] = authors
    files = {f"data/{one['path']}": one.get("title") or one["name"] for one in data["resources"]}
    files["data/datapackage.json"] = data["title"]
    files |= {f"{name}.qmd": ". ".join(front_matter(root / f"{name}.qmd")) for name in document_names(root)}
    for file in sorted((root / "analysis").glob("*.ipynb")):
        title = re.sub(r"^#+ ", "", "".join(json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"]))
        files[file.relative_to(root).as_posix()] = title.partition("\n")[0]
    for path, name in files.items():
        crate.add_file(root / path, path, properties={"name": name})
    made: dict[str, Any] = crate.metadata.generate()
    return made


def _codecheck(root: Path, said: dict[str, Any]) -> dict[str, Any]:
    """The manifest for who checks the computations; that person adds who, when, report and certificate."""
    figures = json.loads((root / "figures/manifest.json").read_text(encoding="utf-8"))["figures"].values()
    shown = {file: one.get("title") or one["caption"] for one in figures for file in one["outputs"] if _is_shown(file)}
    shown = {f"{output_folder(root).name}/{_main(root)}.pdf": "The paper", **dict(sorted(shown.items()))}
    return {
        "version": "https://codecheck.org.uk/spec/config/1.0/",
        "paper": {"title": said["title"], "authors": [{"name": name} for name in said["authors"]]},
        "manifest": [{"file": file, "comment": comment} for file, comment in shown.items()],
    }


def _is_shown(file: str) -> bool:
    """A chart, or the numbers of a table; not a chart's copy for narrow screens, nor the text that includes it."""
    return file.endswith((".svg", ".csv")) and not file.endswith("-narrow.svg")
