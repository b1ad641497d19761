"""A home and variables that would change a paper which read them: one of the two builds of `paper verify` has them."""

from __future__ import annotations

from pathlib import Path

_STYLE = '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info/></style>\n'
_RAISES = 'raise SystemExit("a file of the home was read")\n'
_FOREIGN = 'raise ImportError("a module of the home was read")\n'
FILES = {
    ".local/share/pandoc/default.csl": _STYLE,
    ".local/share/pandoc/abbreviations": "of\nthe\nand\n",
    ".local/share/pandoc/init.lua": 'error("init.lua of the home was read")\n',
    ".local/share/pandoc/templates/default.html5": "a template of the home was read\n",
    ".local/share/pandoc/templates/default.typst": "a template of the home was read\n",
    ".local/share/pandoc/filters/paper.lua": 'error("a filter of the home was read")\n',
    ".pandoc/default.csl": _STYLE,
    ".config/matplotlib/matplotlibrc": "svg.hashsalt: home\nlines.linewidth: 9\nfont.size: 30\n",
    ".config/fontconfig/fonts.conf": "<fontconfig><dir>/nowhere</dir></fontconfig>\n",
    ".config/git/config": "[core]\n\tautocrlf = true\n\tquotePath = true\n",
    ".gitconfig": "[core]\n\tautocrlf = true\n\texcludesFile = /dev/null\n[status]\n\tshowUntrackedFiles = no\n",
    ".ipython/profile_default/ipython_config.py": _RAISES,
    ".ipython/profile_default/startup/00-home.py": _RAISES,
    ".jupyter/jupyter_config.py": _RAISES,
    ".config/quarto/quarto.yml": "highlight-style: zenburn\n",
    ".config/uv/uv.toml": "offline = true\n",
    "python/sitecustomize.py": "import builtins\nbuiltins.round = lambda *_, **__: 0\n",
    "python/usercustomize.py": "import builtins\nbuiltins.round = lambda *_, **__: 0\n",
    "python/startup.py": _RAISES,
    **{f"python/{name}.py": _FOREIGN for name in ("click", "matplotlib", "numpy", "pandas", "rich", "yaml")},
    "tmp/matplotlibrc": "font.size: 30\n",
}


def make_hostile(home: Path) -> dict[str, str]:
    """Write the home; the variables that lead to it, and others that programs listen to.

    Args:
        home: The folder; it is made.
    """
    for name, content in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content, encoding="utf-8")
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TMPDIR": str(home / "tmp"),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "MPLCONFIGDIR": str(home / ".config" / "matplotlib"),
        "MATPLOTLIBRC": str(home / ".config" / "matplotlib" / "matplotlibrc"),
        "MPLBACKEND": "module://of_the_home",
        "PYTHONPATH": str(home / "python"),
        "PYTHONSTARTUP": str(home / "python" / "startup.py"),
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error",
        "GIT_DIR": str(home / "nowhere"),
        "LUA_PATH": str(home / "?.lua"),
        "LUA_INIT": "error('a variable of the shell was read')",
        "SOURCE_DATE_EPOCH": "1",
        "QUARTO_PROFILE": "home",
        "COLUMNS": "20",
        "OMP_NUM_THREADS": "1",
    }
