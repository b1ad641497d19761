"""The level of the rendered text is measured, and a harder text is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from publish.checks.readability import LEVELS, grade, grade_problems, hard_to_read, running_text, without_names
from publish.checks.rendered import Rendered

EASY = "People left. They told us why. Some were afraid. We wrote it down. Then we counted the words."
HARD = (
    "Notwithstanding the aforementioned considerations, contemporary disengagement methodologies necessitate "
    "comprehensive institutional collaboration encompassing jurisdictional, psychological and organisational "
    "responsibilities. The operationalisation of credibility-oriented communication interventions presupposes "
    "multidimensional legitimacy evaluations across heterogeneous constituencies."
)


def test_plain_words_ask_for_less_than_heavy_ones() -> None:
    """Five short sentences read at primary level; two of officialese above any school's."""
    assert grade(EASY) < 4
    assert grade(HARD) > 18


def test_grade_is_the_published_index() -> None:
    """The Automated Readability Index of two sentences whose signs, words and sentences were counted by hand."""
    signs, words, sentences = 42, 8, 2  # a full stop is a sign
    assert grade("Some people left early. Others stayed until then.") == pytest.approx(
        4.71 * signs / words + 0.5 * words / sentences - 21.43
    )


def test_names_and_numbers_do_not_count() -> None:
    """A sentence with a long name and a long number has the level of the same sentence with short ones."""
    long = "In 2015 the International Centre for the Study of Radicalisation read 1,234 stories."
    assert without_names(long) == "In ten the Ann for the Ann of Ann read ten stories."


@given(st.lists(st.sampled_from(["people", "left", "Raqqa", "36%", "IS", "(14", "of", "51).", "They"]), max_size=30))
def test_no_capital_name_or_digit_is_left(words: list[str]) -> None:
    """Whatever the text, no digit stays, and no word stays in capitals."""
    text = without_names(" ".join(words))
    assert not any(letter.isdigit() for letter in text)
    assert "IS" not in text.split()


PAGE = """<body><main><section class="summary"><h2>Incomprehensibility</h2>
<p>People left <span class="citation">(Neumann 2015)</span>. We counted</p>
<ul><li><p>They <strong>spoke</strong> of it</p></li><li>Some did not</li></ul>
<figure><p>Immeasurable disproportionality.</p></figure></section><p>Outside.</p></main></body>"""


def test_only_the_running_text_of_the_part_is_read() -> None:
    """Headings, figures and citations are left out, and each list item is a sentence, once."""
    text = running_text(BeautifulSoup(PAGE, "html.parser"), ".summary")
    assert text == "People left. We counted. They spoke of it. Some did not."


def rendered(tmp_path: Path, text: str, allowed: float) -> Rendered:
    """A page with one paragraph, and the level that it may have."""
    (tmp_path / LEVELS).parent.mkdir(parents=True)
    level = {"the summary": {"document": "report", "part": ".summary", "grade": allowed}}
    (tmp_path / LEVELS).write_text(yaml.safe_dump(level), encoding="utf-8")
    page = BeautifulSoup(f'<body><div class="summary"><p>{text}</p></div></body>', "html.parser")
    return Rendered(tmp_path, {"report": page})


def test_a_hard_summary_is_refused_with_its_hardest_sentences(tmp_path: Path) -> None:
    """Officialese above the allowed grade is reported with both grades and the sentence to begin with."""
    (message,) = hard_to_read(rendered(tmp_path, f"{EASY} {HARD}", 11))
    assert message.startswith("the summary: reads at grade ")
    assert "11.0 is allowed" in message
    assert message.index("Notwithstanding") < message.index("The operationalisation")


def test_a_grade_that_fell_must_be_kept(tmp_path: Path) -> None:
    """A text that got easier by more than half a grade asks for the lower limit; written in, it passes."""
    (message,) = hard_to_read(rendered(tmp_path / "a", HARD, 60))
    wanted = float(message.split("Write ")[1].split(" ")[0])
    assert (
        list(grade_problems("it", running_text(rendered(tmp_path / "b", HARD, 1).pages["report"], "p"), wanted)) == []
    )


def test_a_part_that_is_gone_is_no_pass() -> None:
    """An empty part is a fault, not an easy text."""
    (message,) = grade_problems("the summary", "", 11)
    assert "no text" in message


def test_allowed_grades_are_those_of_a_school_leaver(root: Path) -> None:
    """No part of the paper may ask for more than eleven years of school, and the summary and the brief are there."""
    levels = yaml.safe_load((root / LEVELS).read_text(encoding="utf-8"))
    assert max(level["grade"] for level in levels.values()) <= 11
    assert {(level["document"], level["part"]) for level in levels.values()} >= {
        ("report", ".summary"),
        ("brief", "main"),
    }
