"""What a program that the build starts may know of the machine; what is not named here it does not see.

A home and the variables of a shell are hidden inputs: `default.csl` or `init.lua` for pandoc, start-up files for
IPython, `matplotlibrc`, `sitecustomize.py`, settings of git, a locale. Two builds on one machine share them all, so
that no comparison would find them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.base.imports import CODE

# Where programs and temporary files are, how wide the terminal is, and the seed by which a proof varies order.
KEPT = (
    "PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "TMPDIR", "TEMP", "TMP", "COLUMNS", "TERM", "PYTHONHASHSEED",
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
# What Python itself reads when it starts, and may keep: it changes no result.
_OF_PYTHON = ("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUTF8", "PYTHONNOUSERSITE",
              "PYTHONUNBUFFERED", "PYTHONFAULTHANDLER", "PYTHONPATH")  # fmt: skip


def stated(home: Path | str, **more: str) -> dict[str, str]:
    """The environment of a program: where things are on this machine, an empty home, one locale, one time zone.

    Args:
        home: An empty folder, or one that is not there.
        more: Further variables, which win.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **dict.fromkeys(HOMES, str(home)), **PLAIN, **more}


def of_code(root: Path) -> dict[str, str]:
    """What tells the analysis which project it is for, and Python where to find it: the project's own code first."""
    return {"ODN_ROOT": str(root), "PYTHONPATH": os.pathsep.join(dict.fromkeys(map(str, (root, CODE))))}


def of_notebooks(root: Path) -> dict[str, str]:
    """The environment of a process in which notebooks run.

    Args:
        root: The project's root.
    """
    return stated(
        root / ".cache" / "home",
        **of_code(root),
        IPYTHONDIR=str(root / ".cache" / "ipython"),
        MPLCONFIGDIR=str(root / ".cache" / "matplotlib"),
        OPENBLAS_NUM_THREADS="1",  # notebooks run side by side: threads within each only wait for one another
        OMP_NUM_THREADS="1",
        MPLBACKEND="module://matplotlib_inline.backend_inline",
    )


def of_paper(variables: Mapping[str, str], code: Path) -> dict[str, str]:
    """The variables under which the command `paper` runs: as given, but of Python's own only what changes no result.

    Args:
        variables: The environment as found.
        code: The folder that holds the package `publish`; of PYTHONPATH it alone stays, when it stands there.
    """
    kept = {name: value for name, value in variables.items() if not name.startswith("PYTHON") or name in _OF_PYTHON}
    paths = kept.pop("PYTHONPATH", "").split(os.pathsep)
    return {**kept, "PYTHONPATH": str(code)} if any(path and Path(path).resolve() == code for path in paths) else kept


def said(
    command: Sequence[str | Path], folder: Path, variables: Mapping[str, str], seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """What a program says, read as UTF-8 whatever the locale; bytes that are none appear as U+FFFD.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        variables: Its whole environment, as `stated` gives it.
        seconds: How long it may take.

    Raises:
        OSError: It could not be started.
        subprocess.TimeoutExpired: It took longer.
    """
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )
