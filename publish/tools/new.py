"""A new study: the template under the name of its folder, with the program as a dependency and not as a copy."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from publish.base.imports import CODE

NAME = "new-study"
_PROGRAM = "open-defector-narratives"
_MADE = shutil.ignore_patterns("_output", ".cache", ".venv", "__pycache__", "figures", "_variables.yml", "uv.lock")
_NAMED = ("README.md", "_quarto.yml", "pyproject.toml", "data/datapackage.json")


def new_study(folder: Path) -> None:
    """Make a study that builds at once.

    Args:
        folder: Where; not there yet, or empty. Its name becomes the name of the study and of its data package.

    Raises:
        ValueError: The folder holds something, or its name cannot be that of a package.
    """
    name = folder.name
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ValueError(f"{name} cannot be the name of a package. Use small letters, digits and single hyphens.")
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty. Name a new folder.")
    shutil.copytree(CODE / "template", folder, ignore=_MADE, dirs_exist_ok=True)
    for file in (folder / named for named in _NAMED):
        file.write_text(file.read_text("utf-8").replace(NAME, name), "utf-8", newline="\n")
    for own, said in (".gitattributes", "* -text\n/.commit export-subst\n"), (".commit", "$Format:%H$\n"):
        (folder / own).write_text(said, "utf-8", newline="\n")  # the source archive of a release knows its commit
    make, programs = folder / "Makefile", Path(os.path.relpath(Path(sys.executable).parent, folder)).as_posix()
    make.write_text(make.read_text("utf-8").replace("../.venv/bin", programs), "utf-8", newline="\n")
    project = folder / "pyproject.toml"
    text = project.read_text("utf-8")
    if (CODE / "pyproject.toml").is_file():  # a clone, which the study uses as it is
        source = f'{{ path = "{Path(os.path.relpath(CODE, folder)).as_posix()}", editable = true }}'
        text += f"\n[tool.uv.sources]\n{_PROGRAM} = {source}\n"
    else:
        text = text.replace(f'"{_PROGRAM}"', f'"{_PROGRAM}=={version(_PROGRAM)}"')
    project.write_text(text, "utf-8", newline="\n")
