"""No number of the text is typed: an oracle that knows the sources and the values, and nothing of the checks."""

from __future__ import annotations

import re

import pytest

from analysis.claims.verdicts import THIN_PART
from analysis.stats.uncertainty import LEVEL
from built_paper import DOCUMENTS, INCLUDE, VARIABLE, page, source, variables
from publish.checks.numbers import allowed

NUMERAL = re.compile(r"(?<![A-Za-z])\d+(?:[.,]\d+)*")
META = re.compile(r"\{\{<\s*meta\s+(\w+)\s*>\}\}")
MADE_ELSEWHERE = (
    "figure, table, .source, .figure-tools, h1, h2, h3, h4, #refs, .citation, a[href^='#'], "
    ".note-title, .colophon, script, template"
)
documents = pytest.mark.parametrize("name", DOCUMENTS)


def prose(root, name):
    """A source without headings, includes, comments, citations, references to figures, addresses and attributes."""
    text = re.sub(r"<!--.*?-->", "", source(root, name), flags=re.DOTALL)
    text = re.sub(r"\{\{<\s*include.*?>\}\}", "", text)
    text = re.sub(r"(?m)^(#.*|:::.*)$|^\s*\d+\. ", "", text)
    text = re.sub(r"\]\{[^{}]*\}", "]", text)
    text = re.sub(r"\[[^\[\]]*@[^\[\]]*\]|(?<!\w)@[\w-]+", "", text)
    return re.sub(r"\]\([^)]*\)|<https?://[^>]*>", "]", text)


def filled(root, text):
    """A text with its values and its document's own facts put in."""
    values = variables(root)
    facts = dict(re.findall(r"(?m)^(version): (.+)$", (root / "_quarto.yml").read_text("utf-8")))
    text = VARIABLE.sub(lambda found: f" {values[found[1]]} ", text)
    return META.sub(lambda found: facts.get(found[1], ""), text)


@documents
def test_the_numbers_of_the_page_are_those_of_the_values(finished, name):
    """In order, one by one, the numbers of the running text are the source's with the recorded values put in."""
    of_page = NUMERAL.findall(page(finished, name, MADE_ELSEWHERE).get_text(" "))
    assert len(of_page) > 20
    assert of_page == NUMERAL.findall(filled(finished, prose(finished, name)))


@documents
def test_only_years_and_stated_exceptions_are_typed(finished, name):
    """What the source itself types as digits is a year, a date, or listed in publish/checks/allowed.yml."""
    text = VARIABLE.sub("", META.sub("", prose(finished, name)))
    for phrase in sorted(allowed(), key=len, reverse=True):
        text = text.replace(phrase, "")
    rest = [number for number in NUMERAL.findall(text) if not re.fullmatch(r"20[01]\d|19\d\d|2026", number)]
    date = "22 November 2026"
    assert rest == (["22"] if date in text else [])


def test_every_value_in_the_documents_is_recorded(finished):
    """Each value that report, brief and README name is there, and the ones of their figures too."""
    values = variables(finished)
    files = [finished / f"{name}.qmd" for name in DOCUMENTS] + [finished / "docs/findings.md"]
    files += [finished / f"figures/_{one}.qmd" for name in DOCUMENTS for one in INCLUDE.findall(source(finished, name))]
    named = [(file.name, name) for file in files for name in VARIABLE.findall(file.read_text("utf-8"))]
    assert len(named) > 100
    assert [one for one in named if one[1] not in values] == []
    assert [name for name, text in values.items() if re.search(r"\bnan\b|^None$|<NA>|\bNaT\b", text)] == []


def test_rules_that_are_typed_are_those_of_the_code(finished):
    """The confidence level and the verdict's limit that the text states in words are the ones computed with."""
    text = source(finished, "report")
    assert f"a {LEVEL:.0%} interval by Wilson's method" in text
    assert "wider than half of its scale" in text
    assert THIN_PART == 0.5
