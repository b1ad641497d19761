"""A typed number is found in the source with its line, and a number of the page that is not the source's own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from publish.checks.numbers import changed_numbers, typed_numbers
from publish.checks.rendered import Rendered
from publish.checks.sources import Source, read_sources


def typed(text: str) -> list[str]:
    """What the check says of a text."""
    return list(typed_numbers(SimpleNamespace(sources=(Source("report.qmd", text),))))


LITERAL = '[95%]{.literal why="every interval has the level of 95%"}'


@pytest.mark.parametrize(
    "text",
    [
        "Of {{< var alpha.n >}} people in 2014, [@neumann2015, p. 17] and @fig-alpha2, in June 2015 and 2014–15.",
        "A trial with 886 people found less [@neumann2015].",
        "Some people left. In [@neumann2015] 12 did.",
        f"Each has a {LITERAL} interval.",
        '[Most left]{.conclusion when="alpha.share > 0.5"} early.',
        "## Words {#sec-3}\n\n1. First\n2. Second\n\n<https://x.org/36> [x](a/36.html) [^2]\n\n[^2]: A note.",
        "Four narratives, version A4 and one in a row.",
    ],
)
def test_numbers_that_come_from_somewhere_pass(text: str) -> None:
    """Values, cited numbers, literals with their reason, conditions, dates, names, addresses and marks of lists."""
    assert typed(text) == []


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("Some 36 people left.", 1, "36"),
        ("A trial found less [@neumann2015]. Some 36 left.", 1, "36"),
        ('[So it is.]{.conclusion when="a.n > 1"} One trial found less [@neumann2015]. 36 left.', 1, "36"),
        ('[It is 36.]{.conclusion when="a.n > 1"} One trial found less [@neumann2015].', 1, "36"),
        ("Some 36 left.\n\nA trial found less [@neumann2015].", 1, "36"),
        ("- some 36 left\n- a trial found less [@neumann2015]", 1, "36"),
        ("Some 36 left (@fig-alpha).", 1, "36"),
        ("[Some 36 left in @fig-alpha]{.strong}.", 1, "36"),
        ("That 36 left is [{{< var claims.x.verdict >}}]{.verdict}.", 1, "36"),
        ('Its words, "nearly two thirds", allow a range.', 1, "two thirds"),
        ("## The 36 people", 1, "36"),
        ("---\ntitle: Of 36 people\n---\n\nText.", 2, "36"),
        ("More than 60% said so.", 1, "60%"),
        ("Half of them said so.", 1, "Half"),
        ("The majority left.", 1, "majority"),
        ("Line\n\nAnother 7.5 here", 3, "7.5"),
        (f"{LITERAL} of 36.", 1, "36"),
    ],
)
def test_a_typed_number_is_found_by_line(text: str, place: int, number: str) -> None:
    """Digits and words for shares outside a value, a cited sentence and a literal; a quotation is no source."""
    (found,) = typed(text)
    assert found.startswith(f"report.qmd:{place} {number!r} is typed.")


@pytest.mark.parametrize(
    "literal",
    [
        LITERAL.replace("[95%", "[90%"),
        "[95%]{.literal}",
        '[95%]{.literal why="it is 95%"}',
        '[two thirds]{.literal why="one third is in the words of the claim"}',
    ],
)
def test_a_literal_needs_a_reason_that_says_it(literal: str) -> None:
    """Another number than the reason's, no reason, and one of two words are each a problem."""
    (found,) = typed(f"Each has {literal}.")
    assert "has no reason that says it" in found


SOURCE = """---
title: In 2015, {{< meta version >}}
---

## The {{< var alpha.n >}}

Of {{< var alpha.n >}} people, {{< var alpha.share >}} said so [@author1999, 17] (@fig-3), in
version {{< meta version >}}.

{{< include figures/_alpha.qmd >}}
"""
PAGE = """<body><h1>In 2015, 2.1</h1><main><h2>The 36</h2><p>Of 36 people, 61% said so
<span class="citation">(Author 1999, 17)</span> (<a href="#fig-3">Figure 3</a>), in version 2.1.</p>
<figure><figcaption>Of 12</figcaption></figure></main></body>"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Of 36", "Of 36", ""),
        ("Of 36", "Of 37", "” the source has 36. Run `paper build`"),
        (" 61%", "", "the source has 61%"),
        ("version 2.1", "version 2.1, of 9", "the source has no number"),
        (", in version 2.1", "", "at “its end” the source has 2.1"),
    ],
)
def test_a_number_of_the_page_that_is_not_the_sources_is_found(tmp_path, old: str, new: str, message: str) -> None:
    """Changed, lost, added and cut numbers of the running text are named; headings and captions are left out."""
    (tmp_path / "report.qmd").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "_quarto.yml").write_text("version: '2.1'\n", encoding="utf-8")
    rendered = Rendered(tmp_path, {"report": BeautifulSoup(PAGE.replace(old, new, 1), "html.parser")})
    vars(rendered)["values"] = {"alpha.n": {"text": "36"}, "alpha.share": {"text": "61%"}}
    found = list(changed_numbers(rendered))
    assert len(found) == bool(message)
    assert all(message in problem for problem in found)


def test_the_source_is_read_without_code_and_parts(tmp_path) -> None:
    """Code and comments are blanks of the same length."""
    text = "Some `36` left.\n\n```\n36\n```\n\n<!-- 36\n36 -->\n\n`36`{.b2} left.\n"
    (tmp_path / "report.qmd").write_text(text, encoding="utf-8")
    (source,) = read_sources(tmp_path)
    assert len(source.text) == len(text)
    assert "36" not in source.text
    assert source.place(source.text.index("left.\n", 20)) == "report.qmd:10"
