"""`make` sets up on any machine: with whatever Python fits, and whatever a person told pip."""

import os
import shutil
import subprocess

PYTHON = """#!/bin/sh
mkdir -p .cache/pip/bin
printf '#!/bin/sh\\necho "user=$PIP_USER $@" > asked\\n' > .cache/pip/bin/python
chmod +x .cache/pip/bin/python
"""


def test_uv_is_put_where_it_is_looked_for(root, tmp_path):
    """A person's settings of pip, a user install or a target folder, are overruled for this one installation."""
    shutil.copy(root / "Makefile", tmp_path)
    stand_in = tmp_path / "bin" / "python3"
    stand_in.parent.mkdir()
    stand_in.write_text(PYTHON, encoding="utf-8")
    stand_in.chmod(0o755)
    environment = {**os.environ, "PATH": f"{stand_in.parent}:/usr/bin:/bin", "PIP_USER": "1", "PIP_TARGET": "elsewhere"}
    command = ["make", "-s", ".cache/uv/bin/uv"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    asked = (tmp_path / "asked").read_text("utf-8")
    assert asked.startswith("user=0 -m pip install")
    assert "--no-user" in asked
    assert "--target .cache/uv uv>=0.5" in asked
    planned = subprocess.run(["make", "-n", "paper"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "\n.cache/uv/bin/uv sync --locked --quiet\n.cache/uv/bin/uv run --no-sync paper build\n" in planned.stdout


def test_any_python_that_fits_is_used(root):
    """Only `requires-python` says which: no file asks for one version that would have to be downloaded."""
    assert not (root / ".python-version").exists()
    assert 'requires-python = ">=3.11' in (root / "pyproject.toml").read_text("utf-8")


def test_the_notebooks_open_by_make(root):
    """`make notebooks` starts Jupyter Lab in the notebooks' folder."""
    done = subprocess.run(["make", "-n", "notebooks"], cwd=root, check=True, capture_output=True, text=True)
    assert 'run --no-sync --with "jupyterlab>=4" jupyter lab analysis' in done.stdout
