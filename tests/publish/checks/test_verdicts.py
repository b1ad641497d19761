"""The prose takes each verdict from the record; one that is typed is found with file and line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from publish.checks.sources import read_sources
from publish.checks.verdicts import typed_verdicts


@pytest.fixture
def problems(tmp_path):
    """From the text of a paper to what is wrong with its verdicts."""

    def found(text):
        (tmp_path / "report.qmd").write_text(f"---\ntitle: A paper\n---\n{text}", encoding="utf-8")
        return list(typed_verdicts(SimpleNamespace(sources=read_sources(tmp_path))))

    return found


@pytest.mark.parametrize(
    "text",
    [
        "It is [{{< var claims.summer.verdict >}}]{.verdict}.",
        "It is {{< var claims.summer.verdict >}}.",
        "The rule gives [not testable]{.verdict-word} where the cases are few.",
        "[So it is]{.conclusion when=\"claims.summer.verdict = 'not supported'\"}.",
        "In code: `not supported`.\n\n```\nnot supported\n```\n\n<!-- not\nsupported -->",
        "This was supported by a grant.",
    ],
)
def test_a_verdict_from_the_record_passes(problems, text):
    """A value in a span or without one, a definition, a condition, code, and another sense are no problem."""
    assert problems(text) == []


@pytest.mark.parametrize("words", ["[supported]{.verdict}", "[partly supported]{.verdict}", "[]{.verdict}"])
def test_a_typed_verdict_in_a_span_is_found(problems, words):
    """Words in a span for verdicts that are no recorded verdict are named with their line."""
    (found,) = problems(f"One.\n\nTwo {words}.")
    assert found.startswith("report.qmd:6 ")
    assert "is a typed verdict. Write [{{< var claims.NAME.verdict >}}]{.verdict}" in found


@pytest.mark.parametrize("words", ["partly supported", "Not supported", "not\ntestable", "[not supported]{.strong}"])
def test_a_verdict_outside_a_span_is_found(problems, words):
    """The words of a verdict, typed in the prose, are found, also across two lines and in another span."""
    (found,) = problems(f"One.\nThe claim is {words} by us.")
    assert found.startswith("report.qmd:5 ")
    assert "{.verdict-word} where no claim is meant" in found


def test_every_problem_is_reported_in_the_order_of_the_text(problems):
    """Two wrong spans and an unmarked verdict give three lines."""
    found = problems("[supported]{.verdict}\n\nnot supported\n\n[supported]{.verdict}")
    assert [line.split()[0] for line in found] == ["report.qmd:4", "report.qmd:6", "report.qmd:8"]
