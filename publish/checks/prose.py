"""Prose held to the house style of `theme/prose/house.yml`, with proselint's checks and its machinery.

The linter that most people know, vale, is no package of Python's: what bears its name downloads a program when it is
first run, past the lock file and not at all without a network. Proselint is in the lock and needs nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from proselint.checks import __register__ as proselint_checks
from proselint.registry.checks import Check, Padding, engine, types
from proselint.tools import LintFile

from publish.base.problems import Problem
from publish.checks.rendered import Rendered

STYLE = Path("theme") / "prose" / "house.yml"
DOCUMENTS = ("*.qmd", "README.md", "CO*.md", "SECURITY.md", "docs/*.md")
CAPTIONS = ("figures/*/_*.qmd",)
_OFF = "proselint_off"
# One word in the text that a reader gets: a value, a piece of code.
_WORD = re.compile(r"\{\{<(?!\s*include\b).*?>\}\}|`[^`\n]+`")
# Nothing that a reader gets as prose: code, comments, front matter's keys, addresses, citations, attributes, raw parts.
_NOTHING = re.compile(
    r"(?ms)^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*$|<!--.*?-->|^::: \{\.source\}$.*?^:::$|^[a-z][a-z-]*: "
    r"|\]\([^)\s]*\)|https?://\S+|\[[^\[\]]*@[^\[\]]*\]|(?<![\w.])-?@[\w:-]+|\{#fig-[\w-]+ fig-alt=\""
    r"|\{\{<.*?>\}\}|\{[^{}\n]*\}|^\|[-:|+ ]+\|$|\||\*+"
)
# In what the notebooks write, the cells of a table repeat claims and codes, which are others' words, and the sentences
# of an alternative text list numbers, as many as the figure has.
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_NOT_OF_CAPTIONS = "house.length"


def house_checks(style: Mapping[str, Any]) -> tuple[Check, ...]:
    """The rules of the house, then those of proselint that are not switched off.

    Args:
        style: The content of `theme/prose/house.yml`: rule name to its message and its words.
    """
    off = style.get(_OFF, {})
    own = (check for name, rule in style.items() if name != _OFF for check in _rule(f"house.{name}", rule))
    return (*own, *(check for check in proselint_checks if not any(check.matches_partial(name) for name in off)))


def prose_problems(file: str, text: str, checks: Iterable[Check]) -> list[Problem]:
    """Every break of the rules in one text, by line.

    Words between quotation marks are another's and pass, and so do code, addresses, citations and attributes.

    Args:
        file: The file's name from the root.
        text: Its content, in Markdown.
        checks: What `house_checks` gives.
    """
    if not text.strip():
        return []
    page = LintFile(file, masked(text))
    return sorted(
        Problem(file, page.line_col_of(result.span[0])[0], f"{result.message} [{result.check_path}]")
        for check in checks
        for result in check.check_with_flags(page.content)
        if not page.is_quoted_pos(result.span[0])
    )


def masked(text: str) -> str:
    """The text with all that is not prose covered; every character stays on its line and in its column."""
    covered = _WORD.sub(lambda found: "v" + re.sub(r"[\Waeiou]", "_", found[0][1:-1]) + "z", text)
    return _NOTHING.sub(lambda found: re.sub(r"[^\n]", "·", found[0]), covered)


def prose(rendered: Rendered) -> Iterator[str]:
    """Breaks of the house style in the documents, the project's own pages, and the captions that notebooks write."""
    yield from _breaks(rendered.root, DOCUMENTS)
    checks = tuple(check for check in _checks(rendered.root) if check.path != _NOT_OF_CAPTIONS)
    for file, text in _pages(rendered.root, CAPTIONS):
        yield from map(str, prose_problems(file, _ROW.sub("", text), checks))


def prose_of_documents(rendered: Rendered) -> Iterator[str]:
    """Breaks of the house style in the documents alone."""
    return _breaks(rendered.root, DOCUMENTS[:1])


def _breaks(root: Path, patterns: Iterable[str]) -> Iterator[str]:
    checks = _checks(root)
    for file, text in _pages(root, patterns):
        yield from map(str, prose_problems(file, text, checks))


def _checks(root: Path) -> tuple[Check, ...]:
    return house_checks(yaml.safe_load((root / STYLE).read_text(encoding="utf-8")))


def _pages(root: Path, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in sorted(file for pattern in patterns for file in root.glob(pattern)):
        yield str(file.relative_to(root)), file.read_text(encoding="utf-8")


def _rule(path: str, rule: Mapping[str, Any]) -> Iterator[Check]:
    options = engine.RegexOptions(case_insensitive=not rule.get("case", False))
    machine = engine.Fancy(options)
    if "instead" in rule:
        yield Check(types.PreferredForms(dict(rule["instead"])), machine, path, rule["message"])
    if "avoid" in rule:
        words = Padding.WORDS_IN_TEXT.format(f"(?:{'|'.join(rule['avoid'])})")
        yield Check(types.ExistenceSimple(words), machine, path, rule["message"])
    if "never" in rule:
        yield Check(types.ExistenceSimple(rule["never"]), machine, path, rule["message"])
