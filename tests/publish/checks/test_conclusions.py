"""A conclusion drawn in words is held to the recorded values; one that they no longer bear is found."""

import json

import pytest

from publish.checks.conclusions import unfounded
from publish.checks.rendered import Rendered

VALUES = {
    "few.share": {"value": 0.25, "text": "25%"},
    "many.share": {"value": 0.61, "text": "61%"},
    "rise.interval": {"value": [1.5, 5.6], "text": "1.5–5.6"},
    "leading.names": {"value": "one and two", "text": "one and two"},
    "lost.share": {"value": None, "text": "not known"},
}


@pytest.fixture
def problems(tmp_path):
    """From the text of a paper to what is wrong with its conclusions."""
    (tmp_path / "figures/all").mkdir(parents=True)
    (tmp_path / "figures/all/values.json").write_text(json.dumps({"values": VALUES}), encoding="utf-8")

    def found(text):
        (tmp_path / "report.qmd").write_text(text, encoding="utf-8")
        return list(unfounded(Rendered(tmp_path, {"report": None})))

    return found


def concluded(condition):
    return f'One.\n\n[So it is]{{.conclusion when="{condition}"}}, we say.\n'


@pytest.mark.parametrize(
    "condition",
    [
        "few.share < many.share",
        "many.share > 0.5 and few.share <= 0.25",
        "few.share != many.share",
        "low rise.interval > 1",
        "high rise.interval < 6",
        "leading.names = 'one and two'",
        "leading.names = 'one and two' and many.share >= 0.61",
        "leading.names != 'three'",
    ],
)
def test_a_conclusion_that_the_values_bear_passes(problems, condition):
    """Every sign, interval limits, texts, and several comparisons at once."""
    assert problems(concluded(condition)) == []


@pytest.mark.parametrize(
    "condition",
    [
        "many.share < few.share",
        "many.share > 0.5 and few.share < 0.25",
        "low rise.interval > 2",
        "low many.share > 0",
        "leading.names = 'one'",
        "leading.names > 0.5",
        "lost.share < 0.5",
    ],
)
def test_a_conclusion_that_they_do_not_bear_is_found(problems, condition):
    """One wrong part is enough, and what is not known or cannot be compared bears nothing."""
    (found,) = problems(concluded(condition))
    assert found.startswith('report.qmd:3 "So it is" does not hold: ')


def test_the_message_says_what_was_asked_and_what_was_found(problems):
    """File, line, words, the comparison that fails, and the value as printed."""
    assert problems(concluded("few.share < 0.5 and many.share < 0.5")) == [
        'report.qmd:3 "So it is" does not hold: many.share < 0.5 is asked, and many.share is 61%. '
        "Rewrite the sentence, or its condition."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (concluded("feww.share < 0.5"), 'rests on "feww.share", which is not recorded. Did you mean few.share?'),
        (concluded("1 < 2"), 'rests on "1 < 2", which no recorded value can change'),
        (concluded("few.share is small"), 'rests on "few.share is small", which is no comparison'),
        (concluded(""), "which is no comparison"),
        ("[So it is]{.conclusion}", "names no condition"),
    ],
)
def test_a_condition_that_says_nothing_is_a_problem(problems, text, said):
    """A misspelt name, a comparison that cannot fail, words, nothing at all."""
    (found,) = problems(text)
    assert said in found


def test_a_condition_is_checked_whatever_the_class_is_called(problems):
    """A misspelt class does not let a condition pass unread."""
    (found,) = problems('[So it is]{.conclusive when="few.share > 0.5"}')
    assert "does not hold" in found


def test_code_and_words_like_it_are_no_conclusions(problems):
    """What stands in code or a comment, or has another class, is passed over."""
    shown = '[So it is]{.conclusion when="feww.share < 0.5"}'
    assert problems(f"`{shown}`\n\n<!-- {shown} -->\n\n[x]{{.conclusion-like}}") == []


@pytest.mark.parametrize("document", ["report", "brief"])
def test_every_conclusion_of_the_paper_can_fail(root, document):
    """None would be passed whatever was recorded: with nothing known, or with every claim supported, each is found."""
    asked = (root / f"{document}.qmd").read_text(encoding="utf-8").count("{.conclusion ")
    found = set()
    for value in (None, "supported"):
        rendered = Rendered(root, {})
        vars(rendered)["values"] = {name: {"value": value, "text": ""} for name in rendered.values}
        found |= {line.split(" does not hold")[0] for line in unfounded(rendered) if line.startswith(document)}
    assert len(found) == asked > 0
