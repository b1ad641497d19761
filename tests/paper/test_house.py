"""The house stays one that a stranger can live in: few entries, few floors, arrows that point down, nothing unused."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from graphlib import CycleError
from pathlib import Path

import pytest

from benchmarks import house
from data_rows import rows_of
from publish.checks.figures import unused_values
from publish.checks.rendered import Rendered

# What the code has, to the next hundred. Since the first edition the paper for its readers, the kit for coders, data in
# and out, tracing, the release and a study of one's own came. A later feature may raise it, with its reason here.
MOST_LINES = 23_200
MOST_FLOORS = 7
MOST_ENTRIES = {"analysis": 20, "publish": 13, "tests": 20, "figures": 12}
_PRIVATE = re.compile(r"(?:^|\.)_(?!_)")
wings = pytest.mark.parametrize("wing", house.WINGS)


@pytest.mark.parametrize("folder", MOST_ENTRIES)
def test_a_folder_is_read_at_a_glance(root, folder):
    """Each of the large folders has few entries."""
    assert house.entries(root, folder) <= MOST_ENTRIES[folder]


@wings
def test_arrows_between_rooms_point_down(root, wing):
    """No room imports one that imports it, directly or through others, and there are few floors."""
    assert max(house.floors(house.rooms(root / wing)).values()) <= MOST_FLOORS


@wings
def test_every_room_says_its_duty(root, wing):
    """Each folder with modules is a package that says in one line what it is for."""
    folders = {file.parent for file in (root / wing).glob("*/*.py")}
    assert {folder.name for folder in folders} == set(house.rooms(root / wing))
    assert [folder.name for folder in folders if not 20 < len(house.duty(root / wing, folder.name)) <= 120] == []


@wings
def test_the_wings_meet_only_in_files(root, wing):
    """No module and no notebook of one wing imports the other."""
    (other,) = set(house.WINGS) - {wing}
    files = [*(root / wing).rglob("*.py"), *(root / wing).glob("*.ipynb")]
    assert len(files) > 20
    assert [file.name for file in files if any(name.split(".")[0] == other for name in house.imports(file))] == []


def identifiers(root: Path) -> set[str]:
    """What this paper calls its narratives, forms, motives, coders, claims and window; not single letters or words.

    An identifier of one word, such as `other` or `chance`, is a word that any study uses; a label is not.
    """
    study = json.loads((root / "data/datapackage.json").read_text("utf-8"))["study"]
    codes = [code for part in ("narratives", "forms", "joining_motives", "eligibility") for code in study[part]]
    names = {code[key] for code in codes for key in ("variable", "label", "short") if key in code}
    names |= {row["claim_id"] for row in rows_of(root, "claims.csv")}
    names |= {coder["label"] for coder in study["coders"]} | {*study["window"].values()}
    names |= {end for period in study["periods"] for end in (period["start"], period["end"], period["label"])}
    return {name for name in names if re.search(r"[ _-]", name)} | {one["variable"] for one in study["narratives"]}


def texts(file: Path) -> Iterator[ast.Constant]:
    """The texts of a module but its docstrings, which may name this paper's narratives as examples."""
    tree = ast.parse(file.read_text("utf-8"))
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    firsts = [body[0] for body in bodies if isinstance(body, list) and body]
    documented = {id(first.value) for first in firsts if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node


@wings
def test_no_module_names_what_this_paper_is_about(root, wing):
    """The machinery serves any study: no text in it holds a name that the data package gives to this one."""
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(identifiers(root))))})(?!\w)")
    assert [names.search(said)[0] for said in ("the share of brutality", "from 2014-01 on")] == ["brutality", "2014-01"]
    files = sorted((root / wing).rglob("*.py"))
    hits = ((file, one, names.finditer(one.value)) for file in files for one in texts(file))
    found = [(file.name, one.lineno, hit[0]) for file, one, several in hits for hit in several]
    assert found == []


def private_names(file: Path) -> Iterator[str]:
    """Private names of other modules that a module uses, as `12: pandas._libs`: imported, or as an attribute."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_name(node.value, "self")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None) or ""
            names = [f"{module}.{alias.name}".strip(".") for alias in node.names]
            yield from (f"{node.lineno}: {name}" for name in names if _PRIVATE.search(name))
        elif isinstance(node, ast.Attribute) and _PRIVATE.match(node.attr) and node.attr not in own:
            yield f"{node.lineno}: {ast.unparse(node)}"


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def test_no_private_name_of_another_module_is_used(root):
    """Neither libraries nor the own modules are entered by a name that begins with an underscore."""
    files = [file for folder in house.CODE for file in sorted((root / folder).rglob("*.py"))]
    found = [f"{file.relative_to(root)}:{name}" for file in files for name in private_names(file)]
    assert found == []


def test_every_recorded_value_is_used(finished):
    """What the notebooks record, or one of what a loop records, is named by a document, caption or conclusion."""
    assert list(unused_values(Rendered(finished, {}))) == []


def test_the_code_stays_small(root):
    """Lines of Python in both wings and the measurements keep below a ceiling, which the architecture names."""
    assert f" | {MOST_LINES:,};" in (root / "docs/architecture.md").read_text(encoding="utf-8")
    assert sum(house.lines(root, folder) for folder in house.CODE) <= MOST_LINES


def test_the_picture_is_drawn_from_the_imports(root):
    """The committed picture of rooms and arrows is the one that the imports give now."""
    drawn = (root / house.PICTURE).read_text(encoding="utf-8")
    assert drawn == house.picture(root), "Run `uv run python -m benchmarks.house`."


@pytest.fixture
def wing(tmp_path):
    """A wing of three rooms, one above the other, that reach the lowest in different ways."""
    texts = {
        "low/__init__.py": '"""The lowest.\n\nMore."""',
        "low/one.py": "import os",
        "middle/__init__.py": "",
        "middle/one.py": "def f():\n    import wing.low.one",
        "high/__init__.py": "",
        "high/one.py": "from wing import low\nfrom wing.middle import one\nfrom wing.high import two",
    }
    for name, text in texts.items():
        (tmp_path / "wing" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "wing" / name).write_text(text, encoding="utf-8")
    return tmp_path / "wing"


def test_floors_are_read_from_the_imports(wing):
    """Imports in functions and of whole rooms count; a room's own modules do not."""
    arrows = house.rooms(wing)
    assert arrows == {"high": {"low", "middle"}, "middle": {"low"}, "low": set()}
    assert house.floors(arrows) == {"low": 1, "middle": 2, "high": 3}
    assert house.duty(wing, "low") == "The lowest."
    assert house.duty(wing, "high") == ""


def test_a_function_named_to_be_imported_later_is_an_arrow(tmp_path):
    """The build names the work of its steps; what it names it uses."""
    (tmp_path / "one.py").write_text("import os\nstep('written.values:merge', 'a: b')", encoding="utf-8")
    assert list(house.imports(tmp_path / "one.py")) == ["os", "publish.written.values"]


def test_an_arrow_that_runs_up_is_found(wing):
    """A circle of rooms has no floors; the error names them."""
    (wing / "low/one.py").write_text("from wing.high.one import x", encoding="utf-8")
    with pytest.raises(CycleError, match="high"):
        house.floors(house.rooms(wing))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import pandas._libs", ["1: pandas._libs"]),
        ("from pandas._libs import tslib", ["1: pandas._libs.tslib"]),
        ("from pandas import _libs", ["1: pandas._libs"]),
        ("import pandas\nx = pandas.core._y()", ["2: pandas.core._y"]),
        ("def f(table):\n    return table._mgr", ["2: table._mgr"]),
        ("from __future__ import annotations\nx = f.__name__", []),
        ("class A:\n  def _f(self):\n    self._x = 1\n  def g(self, other):\n    return other._f() + other._x", []),
    ],
)
def test_private_names_are_found(tmp_path, text, found):
    """Private modules, functions and attributes of others are named with their line; a class's own are not."""
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    assert list(private_names(tmp_path / "one.py")) == found
