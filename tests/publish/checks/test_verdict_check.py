"""The prose may name only the verdicts that were recorded; every other one is found with file and line."""

import json

import pytest

from publish.checks.rendered import Rendered
from publish.checks.verdicts import recorded_verdicts, stale_verdicts, verdict_problems
from publish.engine.qmd import expand_document

VERDICTS = {"summer": "partly supported", "half": "supported", "main_reason": "not supported"}


@pytest.fixture
def problems(tmp_path):
    """From the text of a paper (and of one generated part) to what is wrong with its verdicts."""
    (tmp_path / "_quarto.yml").write_text("project:\n  type: default\n", encoding="utf-8")
    (tmp_path / "_variables.yml").write_text('claims:\n  summer:\n    verdict: "partly supported"\n', encoding="utf-8")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/_part.qmd").write_text("Statement | not supported\n", encoding="utf-8")

    def found(text, verdicts=VERDICTS):
        (tmp_path / "report.qmd").write_text(f"---\ntitle: A paper\n---\n{text}", encoding="utf-8")
        return list(map(str, verdict_problems(expand_document(tmp_path, "report.qmd"), verdicts)))

    return found


@pytest.mark.parametrize(
    "text",
    [
        'The claim is [partly supported]{.verdict claim="summer"}.',
        "The claim is [supported]{.verdict claim='half'}.",
        'It is [Not\nsupported]{.verdict .strong claim="main_reason"} here.',
        'It is [{{< var claims.summer.verdict >}}]{.verdict claim="summer"}.',
        "It is {{< var claims.summer.verdict >}}.",
        "The rule gives [not testable]{.verdict-word} where the cases are few.",
        "In code: `not supported`.\n\n```\nnot supported\n```\n\n<!-- not\nsupported -->",
        "This was supported by a grant.",
        "{{< include figures/_part.qmd >}}",
    ],
)
def test_a_verdict_that_was_recorded_passes(problems, text):
    """Right words in a span, a value, a definition, code, and generated tables are no problem."""
    assert problems(text) == []


def test_a_stale_verdict_is_named_with_its_line_and_the_recorded_one(problems):
    """The sentence says supported, the ledger says partly supported: file, line and both words are given."""
    assert problems('One.\n\nTwo [supported]{.verdict claim="summer"}.') == [
        'report.qmd:6 "supported" is not the verdict on summer, which is "partly supported". '
        "Correct the sentence around it."
    ]


def test_a_verdict_turns_stale_when_the_record_changes(problems):
    """The same sentence passes with one record and fails with another."""
    text = 'The claim is [partly supported]{.verdict claim="summer"}.'
    assert problems(text) == []
    assert len(problems(text, {**VERDICTS, "summer": "not supported"})) == 1


def test_a_misspelt_claim_is_named_with_the_nearest_one(problems):
    """A claim that is not in the ledger cannot pass unseen."""
    assert problems('It is [supported]{.verdict claim="sumer"}.') == [
        'report.qmd:4 "sumer" is not a claim of the ledger. Did you mean "summer"?'
    ]


def test_a_span_without_a_claim_is_a_problem(problems):
    """A verdict that belongs to no claim cannot be checked."""
    (found,) = problems("It is [supported]{.verdict}.")
    assert "names no claim" in found


@pytest.mark.parametrize("words", ["partly supported", "Not supported", "not\ntestable"])
def test_a_verdict_outside_a_span_is_a_problem(problems, words):
    """The words of a verdict, typed without a claim, are found."""
    (found,) = problems(f"One.\nThe claim is {words} by us.")
    assert found.startswith("report.qmd:5 ")
    assert "is not tied to a claim" in found


def test_every_problem_is_reported_at_once(problems):
    """Two wrong verdicts and an unmarked one give three lines, in the order of the text."""
    text = '[supported]{.verdict claim="summer"}\n\nnot supported\n\n[supported]{.verdict claim="main_reason"}'
    assert [line.split()[0] for line in problems(text)] == ["report.qmd:4", "report.qmd:6", "report.qmd:8"]


def test_only_values_of_the_unit_verdict_are_verdicts():
    """The claim is the part of the name before the last; other values are passed over."""
    values = {
        "claims.summer.verdict": {"unit": "verdict", "text": "supported"},
        "claims.summer.margin": {"unit": "count", "text": "3"},
    }
    assert recorded_verdicts(values) == {"summer": "supported"}


def test_a_built_project_is_checked_against_its_own_record(tmp_path):
    """`stale_verdicts` reads the recorded values and the sources of every rendered document."""
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis/claims.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "_quarto.yml").write_text("project:\n  type: default\n", encoding="utf-8")
    (tmp_path / "_variables.yml").write_text("{}\n", encoding="utf-8")
    (tmp_path / "figures").mkdir()
    record = {"values": {"claims.half.verdict": {"unit": "verdict", "text": "not supported"}}}
    (tmp_path / "figures/claims.values.json").write_text(json.dumps(record), encoding="utf-8")
    text = '---\ntitle: A paper\n---\nIt is [supported]{.verdict claim="half"}.\n'
    (tmp_path / "report.qmd").write_text(text, encoding="utf-8")
    (found,) = stale_verdicts(Rendered(tmp_path, {"report": None}))
    assert found.startswith('report.qmd:4 "supported" is not the verdict on half')
