"""No number of the text is typed: each is changed in turn, and the check must say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

from analysis.claims.verdicts import THIN_PART
from analysis.stats.uncertainty import LEVEL
from built_paper import DOCUMENTS, VARIABLE, source, variables
from publish.checks.numbers import NUMERAL, typed_numbers
from publish.checks.sources import Source, read_sources

TYPED_BESIDE_A_CITATION = ["28,000", "8,500", "5,700", "886", "2,009", "564", "percent"]
LITERAL = re.compile(r"\[([^\[\]]*)\](?=\{\.literal )")


def problems(text: str) -> list[str]:
    """What the check says of a text, without its place."""
    return [line.split(" ", 1)[1] for line in typed_numbers(SimpleNamespace(sources=(Source("report.qmd", text),)))]


def mutants(text: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What was changed and the text with it: a value written out, or another number in a literal."""
    for found in VARIABLE.finditer(text):
        if NUMERAL.search(values[found[1]]):
            yield found[1], text[: found.start()] + values[found[1]] + text[found.end() :]
    for found in LITERAL.finditer(text):
        other = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), found[1])
        yield found[1], text[: found.start(1)] + (other if other != found[1] else "a fifth") + text[found.end(1) :]


def test_nearly_every_numeral_that_is_typed_or_changed_is_caught(root):
    """Of all values of report and brief written out, and literals changed, one by one, at least 95% are caught.

    Out of reach: a number that is changed beside the citation of its source. The next test lists them.
    """
    values, caught, missed = variables(root), 0, []
    for document in read_sources(root):
        parts = re.split(r"\n\s*\n", document.text)
        assert [problem for part in parts for problem in problems(part)] == []
        for part in parts:
            for changed, mutant in mutants(part, values):
                found = bool(problems(mutant))
                caught += found
                missed += [] if found else [changed]
    total = caught + len(missed)
    assert total > 250
    assert caught >= 0.95 * total, f"{caught} of {total}; missed: {missed}"


def test_numbers_beside_citations_are_those_of_the_works(root):
    """What stands typed because its sentence cites a work: people in camps and prisons, the sizes of studies."""
    uncited = [re.sub(r"@(?!fig-|tbl-|sec-)", "", document.text) for document in read_sources(root)]
    found = [problem for text in uncited for problem in problems(re.sub(r"\[[\w; ]*\d{4}[\w; ]*\]", "", text))]
    assert [problem.split("'")[1] for problem in found] == TYPED_BESIDE_A_CITATION


def test_every_value_in_the_documents_is_recorded(finished):
    """Each value that report, brief and README name is there, and the ones of their figures too."""
    values = variables(finished)
    files = [finished / f"{name}.qmd" for name in DOCUMENTS] + [finished / "docs/findings.md"]
    files += sorted(finished.glob("figures/*/_*.qmd"))
    named = [(file.name, name) for file in files for name in VARIABLE.findall(file.read_text("utf-8"))]
    assert len(named) > 100
    assert [one for one in named if one[1] not in values] == []
    assert [name for name, text in values.items() if re.search(r"\bnan\b|^None$|<NA>|\bNaT\b", text)] == []


def test_rules_that_are_typed_are_those_of_the_code(root):
    """The confidence level and the verdict's limit that the text states are the ones computed with."""
    text = source(root, "report")
    assert f"a [{LEVEL:.0%}]{{.literal" in text
    assert re.search(r"wider than \[half\]\{\.literal [^{}]*\} of its scale", text)
    assert THIN_PART == 0.5
