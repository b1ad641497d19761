"""The documents say what the program does, and each test says what it claims."""

import ast
import json
import re
import shlex
import textwrap
import tomllib

import click
import pytest
import yaml

from built_paper import commands
from publish.cli import main
from publish.written import codebook, readme, where_made
from publish.written.values import values_of


def test_each_command_stands_in_the_readme(root):
    """The README's table lists exactly the commands of the program."""
    text = (root / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"\| `\.venv/bin/paper ([a-z ]+?)(?: [A-Z]+)?` \|", text))
    assert documented == {" ".join(words) for words, _ in commands(main)}


def test_the_codebook_is_what_the_data_package_says(root):
    """data/README.md is the text that its generator writes."""
    assert (root / codebook.TARGET).read_text(encoding="utf-8") == codebook.codebook(root)


def test_the_findings_on_the_readme_are_of_the_last_build(root):
    """The README's block is the template filled with the committed values."""
    assert (root / readme.TARGET).read_text(encoding="utf-8") == readme.readme(root)
    assert "{{<" not in (root / readme.TARGET).read_text(encoding="utf-8").split(readme.END)[0]


def test_the_list_for_reviewers_is_of_the_last_build(root):
    """The list in docs/reproduce.md names each figure and value of the paper with its cell."""
    text = (root / where_made.TARGET).read_text(encoding="utf-8")
    assert text == where_made.where_made(root)
    for name, value in values_of(root).items():
        assert f"| `{value['cell']}` | `{name}` |" in text


def test_no_statistic_is_typed_into_the_findings(root):
    """The template of the findings holds no figure but years."""
    text = re.sub(r"\{\{<.*?>\}\}", "", (root / readme.TEMPLATE).read_text(encoding="utf-8"))
    assert set(re.findall(r"\d+", text)) <= {"2015"}


def documents(root):
    return [
        *root.glob("*/README.md"),
        *(file for file in root.glob("*.md") if file.name != "CHANGELOG.md"),
        *sorted(root.glob("docs/*.md")),
        *sorted(root.glob(".github/ISSUE_TEMPLATE/*.yml")),
    ]


def anchors(document):
    """The names under which a page of a forge offers its headings."""
    found = re.findall(r"(?m)^#+ (.*)$", document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


def test_links_between_documents_resolve(root):
    """Every relative link in README, docs and issue forms leads to a file, and to a heading where it names one."""
    for document in documents(root):
        text = re.sub(r"`[^`\n]*`", "", document.read_text(encoding="utf-8"))
        for target, anchor in re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)", text):
            file = document.parent / target if target else document
            assert file.exists(), f"{document.name}: {target}"
            assert not anchor or anchor in anchors(file), f"{document.name}: {target}#{anchor}"


def test_addresses_in_the_documents_are_whole_and_secure(root):
    """An address of the web names a host by https; whether it answers, no test asks."""
    found = [one for file in documents(root) for one in re.findall(r"\w+://[^\s)\"'`<>]*", file.read_text("utf-8"))]
    assert len(found) > 5
    assert [one for one in found if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./#-]*)?", one)] == []


def code_in(text):
    """Each line of code in a page of Markdown, in blocks and in the text."""
    blocks = re.findall(r"(?ms)^```\w*\n(.*?)^```", text)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", text))
    return [*(line for block in blocks for line in block.splitlines()), *inline]


def unknown_in(line, targets):
    """What a line of code asks of `paper` or `make` that they do not know."""
    for program, rest in re.findall(r"(?:^|&& )(?:\.venv/bin/)?(paper|make)((?: [^|&;>]+)?)", line):
        command, words = main, shlex.split(rest)
        if program == "make":
            yield from (word for word in words if word not in {*targets, "TARGET"})
            continue
        while words and hasattr(command, "commands"):
            command = command.commands.get(words[0]) or command
            if command.name != words.pop(0):
                yield rest.strip()
                return
        try:
            command.make_context("paper", words)
        except (click.MissingParameter, click.exceptions.NoArgsIsHelpError, click.exceptions.Exit):
            pass  # a command that is spoken of by its name, and --help
        except click.UsageError as error:
            if "does not exist" not in error.message:  # a file, of whoever types it
                yield f"{rest.strip()}: {error.message}"


@pytest.mark.parametrize(
    "line", ["paper biuld", "paper check --swiftly", "paper data chekc", "paper build --to doc", "make papper"]
)
def test_a_command_that_is_not_there_is_found(line):
    """Commands, sub-commands, options, values of options and targets that do not exist are told."""
    assert list(unknown_in(line, {"paper"})) != []


def test_each_command_in_the_documents_is_there(root):
    """Whatever `paper` and `make` are asked in README, docs, issue forms and help, they know and can read."""
    targets = set(re.findall(r"(?m)^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8")))
    texts = {file.as_posix(): file.read_text(encoding="utf-8") for file in documents(root)}
    helps = {name: re.sub(r"(?<=\S) {3,}.*", "", one.help.partition("Examples:")[2]) for name, one in commands(main)}
    texts |= {name: f"```\n{textwrap.dedent(examples)}```" for name, examples in helps.items()}
    wrong = [(name, one) for name, text in texts.items() for line in code_in(text) for one in unknown_in(line, targets)]
    assert wrong == []
    asked = [line for text in texts.values() for line in code_in(text)]
    assert sum(line.startswith(("paper ", ".venv/bin/paper ", "make ")) for line in asked) > 50


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
    every = (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    declared = {re.match(r"[\w-]+", one)[0] for one in every}
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
