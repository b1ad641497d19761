"""The house style finds what it forbids, with its line, and leaves alone what is not prose or not ours."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from publish.checks.prose import STYLE, house_checks, masked, prose, prose_problems

LONG = "The people who left gave their reasons, and " * 5


@pytest.fixture(scope="module")
def checks(root: Path):
    """The rules as the project runs them."""
    return house_checks(yaml.safe_load((root / STYLE).read_text(encoding="utf-8")))


FORBIDDEN = (
    ("house.british", "The center of the labor market."),
    ("house.british", "He traveled toward the border."),
    ("house.british_ise", "They organized a protest and recognized the flag."),
    ("house.plain", "He paid in order to leave."),
    ("house.plain", "They utilize and leverage the accounts."),
    ("house.decoration", "This is a crucial finding."),
    ("house.decoration", "It is important to note that people left."),
    ("house.unmeasured", "Nearly all of them left in winter."),
    ("house.the_group", "He left ISIS in winter."),
    ("house.the_group", "She fled from Daesh."),
    ("house.people", "The turncoats told their story."),
    ("house.exclamation", "They left!"),
    ("house.length", f"{LONG} nobody counted them."),
    ("house.very", "The list is very short."),
    ("house.repeated", "The list of the the cases."),
)


@pytest.mark.parametrize(("rule", "sentence"), FORBIDDEN)
def test_each_rule_finds_its_fault(checks, rule: str, sentence: str) -> None:
    """A sentence that breaks one rule is reported under that rule, on its line."""
    found = prose_problems("report.qmd", f"A plain line.\n\n{sentence}\n", checks)
    assert {problem.line for problem in found} == {3}
    assert any(problem.message.endswith(f"[{rule}]") for problem in found)


ALLOWED = (
    "The centre recognised their size, and seized the prize.",
    'The press wrote of "ISIS defectors", and “it was a very hard life” stood in one report.',
    "See `very_crucial` and {{< var claims.very.crucial >}} and [the paper](https://example.org/ISIS-very).",
    "The press reported it [@isis2015, p. 3; see @very2015].",
    '[supported]{.very data-name="ISIS"} by our list.',
    "```\nISIS is very crucial!\n```",
    "<!-- very crucial! -->\n\n| `!=` | value |\n|:--|:--|\n| a | b |",
    "- one item without a stop\n- another\n" * 12,
    "The evidence is very low.",
    "What is said of IS is short for the Islamic State (IS).",
)


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_no_prose_of_ours_passes(checks, text: str) -> None:
    """Quotations, code, values, addresses, citations, attributes and short list items break no rule."""
    assert prose_problems("report.qmd", text, checks) == []


def test_cover_keeps_every_character_in_its_place() -> None:
    """Covering a text changes neither its length nor where its lines end."""
    text = "One {{< var a.b >}} two.\n\n```\ncode\n```\n\n{{< include figures/_x.qmd >}}\n[text](address) [@key]\n"
    covered = masked(text)
    assert [len(line) for line in covered.splitlines()] == [len(line) for line in text.splitlines()]
    assert "include" not in covered
    assert "code" not in covered


def test_captions_are_read_and_cells_are_not(tmp_path: Path, root: Path) -> None:
    """In what a notebook writes, caption and alternative text are held to the style; the words of claims are not."""
    (tmp_path / STYLE).parent.mkdir(parents=True)
    (tmp_path / STYLE).write_bytes((root / STYLE).read_bytes())
    (tmp_path / "figures/one").mkdir(parents=True)
    (tmp_path / "figures/one/_one.qmd").write_text(
        "| Claim |\n| :-- |\n| ISIS is crucial |\n\n"
        '![A crucial list.](figures/one.svg){#fig-one fig-alt="A vital list."}\n',
        encoding="utf-8",
    )
    found = list(prose(SimpleNamespace(root=tmp_path)))
    assert [line.split('"')[1] for line in found] == ["crucial", "vital"]
    assert all(line.startswith("figures/one/_one.qmd:5 ") for line in found)


def test_rules_that_are_off_say_why_and_exist(root: Path, checks) -> None:
    """Each check of proselint that is switched off has a reason, is one of proselint's, and does not run."""
    from proselint.checks import __register__ as every

    off = yaml.safe_load((root / STYLE).read_text(encoding="utf-8"))["proselint_off"]
    assert all(len(reason.split()) > 2 for reason in off.values())
    assert all(any(check.matches_partial(name) for check in every) for name in off)
    assert not any(check.matches_partial(name) for check in checks for name in off)


def test_the_project_keeps_its_style(root: Path) -> None:
    """Paper, brief, README, docs and captions break no rule."""
    assert list(prose(SimpleNamespace(root=root))) == []
