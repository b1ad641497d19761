"""The documents say what the program does, and each test says what it claims."""

from __future__ import annotations

import ast
import json
import re
import tomllib

import yaml

from publish.cli import main
from publish.written import codebook, readme


def commands(group, prefix=""):
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def test_each_command_stands_in_the_readme(root):
    """The README's table lists exactly the commands of the program."""
    text = (root / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"\| `\.venv/bin/paper ([a-z ]+?)(?: [A-Z]+)?` \|", text))
    assert documented == {name for name, _ in commands(main)}


def test_the_codebook_is_what_the_data_package_says(root):
    """data/README.md is the text that its generator writes."""
    assert (root / codebook.TARGET).read_text(encoding="utf-8") == codebook.codebook(root)


def test_the_findings_on_the_readme_are_of_the_last_build(root):
    """The README's block is the template filled with the committed values."""
    assert (root / readme.TARGET).read_text(encoding="utf-8") == readme.readme(root)
    assert "{{<" not in (root / readme.TARGET).read_text(encoding="utf-8").split(readme.END)[0]


def test_no_statistic_is_typed_into_the_findings(root):
    """The template of the findings holds no figure but years."""
    text = re.sub(r"\{\{<.*?>\}\}", "", (root / readme.TEMPLATE).read_text(encoding="utf-8"))
    assert set(re.findall(r"\d+", text)) <= {"2015"}


def test_links_between_documents_resolve(root):
    """Every relative link in README and docs leads to a file."""
    for document in [*root.glob("*/README.md"), root / "README.md", *sorted((root / "docs").glob("*.md"))]:
        text = re.sub(r"`[^`\n]*`", "", document.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_each_test_states_its_claim(root):
    """Every test opens with one line that says what holds."""
    silent = []
    for file in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node):
                silent.append(f"{file.name}: {node.name}")
    assert silent == []


def test_public_functions_have_docstrings(root):
    """Every public function, class and module of both wings has a docstring."""
    silent = []
    for file in sorted([*root.glob("analysis/**/*.py"), *root.glob("publish/**/*.py")]):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        nodes = [tree, *(n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name[0] != "_")]
        silent += [f"{file.name}: {getattr(n, 'name', 'module')}" for n in nodes if not ast.get_docstring(n)]
    assert silent == []


def test_the_change_log_tells_of_this_version(root):
    """The version and its date, which `paper check` holds equal everywhere else, head an entry of the change log."""
    quarto = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    assert f"## {quarto['version']} – {quarto['date']}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_house_says_why_each_dependency_is_there(root):
    """The page on the house lists the declared packages, no more and no fewer; type stubs are named by nobody."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        re.match(r"[\w-]+", one)[0]
        for one in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    rows = re.findall(r"(?m)^\| (`[^|]*) \| [^|]{10,} \|$", (root / "docs/architecture.md").read_text(encoding="utf-8"))
    listed = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert listed == {name for name in declared if "stubs" not in name and not name.startswith("types-")}


def test_each_notebook_begins_with_rows_and_does_one_calculation_by_hand(root):
    """Rows as they stand come before the first finding; what plain pandas gives is asserted to be the module's."""
    for file in sorted((root / "analysis").glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        rows = next(place for place, source in enumerate(code) if ".head()" in source)
        hand = next(place for place, source in enumerate(code) if re.search(r"^assert ", source, re.MULTILINE))
        found = next((place for place, source in enumerate(code) if re.match(r"\w+\.show\(", source)), len(code))
        assert rows < found, file.name
        assert hand < found, file.name
