"""A sentence that makes a score of verdicts, or of combinations of choices, is found with file and line."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from publish.checks.sources import read_sources
from publish.checks.tallies import found, tallies


@pytest.mark.parametrize(
    "text",
    [
        "Of 26 testable claims the open record supports 11, supports 11 in part and does not support 4.",
        "Eleven of the 26 statements are supported.",
        "The record supports {{< var claims.own.n_supported >}} of {{< var claims.n_tested >}} claims.",
        "{{< var claims.n_partly >}} claims are partly\nsupported.",
        "Most claims are supported.",
        "Our list supports 11 of 26 statements of 2015, 11 in part, and does not support 4",
        "Brutality leads in 62% of all combinations.",
        "They lead in {{< var sensitivity.apart.share >}} of the 79,200 variants.",
        "It holds in 92 per cent of combinations.",
    ],
)
def test_a_score_is_found(text):
    """Counts of verdicts by digits, words and values, and percentages of combinations by either."""
    assert list(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "That at least half voiced brutality is [{{< var claims.brutality_half.verdict >}}]{.verdict}.",
        "{{< var claims.n_tested >}} claims get a verdict; {{< var claims.could_hardly_fail.n >}} could hardly fail.",
        "A claim is [supported]{.verdict-word} when it fits, and so do all published numbers.",
        "A claim that could hardly fail is not counted as support.",
        "One trial lowered support for the group overall and raised it among some.",
        "The commonest combination is voiced in 22% of accounts; 12 of 63 show one of the combinations of narratives.",
        "The two stay ahead in {{< var sensitivity.apart.single >}} single changes and 939 of 939 pairs of changes.",
        "The claim that a hard life was the main reason is not borne out. Supported by a grant of 3 agencies.",
    ],
)
def test_what_is_no_score_passes(text):
    """Single verdicts, definitions, how many claims are tested, support in another sense, other percentages."""
    assert list(found(text)) == []


def test_it_is_named_with_file_and_line(tmp_path):
    """In a document, on the project's own page, and in the texts of a figure."""
    (tmp_path / "report.qmd").write_text("---\ntitle: A\n---\nFine.\n\nEleven claims are supported.\n", "utf-8")
    (tmp_path / "README.md").write_text("# A\n\nIt supports 3 of 4 claims.\n", "utf-8")
    figure = {"notebook": "claims", "title": "Three of the statements are supported", "caption": "Fine.", "alt": None}
    paper = SimpleNamespace(root=tmp_path, sources=read_sources(tmp_path), manifest={"claims": figure})
    places = [problem.split(" ")[0] for problem in tallies(paper)]
    assert places == ["report.qmd:6", "README.md:3", "figures/claims/_claims.qmd"]
