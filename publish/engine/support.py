"""What both engines make of each key, class, attribute, element and shortcode; what is not in the table is refused.

The table is `support.csv`: place; names, where a star stands for any ending; done, no effect or refused; what it takes
(kinds of values, values, or the attributes of a class); and what it does, or the way out. `docs/writing.md` prints it:
`python -m publish.engine.support`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from publish.base.texts import did_you_mean

REFUSED = "refused"

_IN_WORDS = {
    "key": "front matter, or top of `_quarto.yml`",
    "config": "top of `_quarto.yml`",
    "author": "an author",
    "filter": "a filter",
    "project": "`project:`",
    "format": "`format:`",
    "html": "`html:`",
    "typst": "`typst:`",
    "html typst": "`html:` and `typst:`",
    "beside": "file beside `_quarto.yml`",
    "division": "class of a division `:::`",
    "span": "class of a span `[]{}`",
    "heading": "class of a heading",
    "link": "class of a link",
    "code block": "class of a code block",
    "code code block": "class of code",
    "raw": "raw `{=FORMAT}`",
    "block": "element",
}
GUIDE = "docs/writing.md"
BEGIN, END = "<!-- the table of publish/engine/support.py -->", "<!-- end of the table -->"


@dataclass(frozen=True)
class Rule:
    """One row of the table.

    Attributes:
        place: Where the names stand.
        names: The names; a star stands for any ending.
        answer: done, no effect or refused.
        takes: Kinds of values, values, or the attributes of a class.
        words: What it does, or the way out.
    """

    place: str
    names: tuple[str, ...]
    answer: str
    takes: tuple[str, ...]
    words: str


with (Path(__file__).parent / "support.csv").open(encoding="utf-8") as _file:
    RULES = tuple(
        Rule(row["place"], tuple(row["names"].split()), row["answer"], tuple(row["takes"].split()), row["words"])
        for row in csv.DictReader(_file)
    )
_SHARED = {"html": "html typst", "typst": "html typst", "code": "code code block", "code block": "code code block"}


@cache
def rules_of(place: str) -> list[Rule]:
    """The rows of a place."""
    return [rule for rule in RULES if rule.place in (place, _SHARED.get(place))]


def rule_of(place: str, name: str) -> Rule | None:
    """The row of a name, whatever its answer; None where the table does not hold it."""
    return next((rule for rule in rules_of(place) if any(fnmatchcase(name, one) for one in rule.names)), None)


def names_of(place: str) -> list[str]:
    """The names that a place may hold."""
    return [name for rule in rules_of(place) if rule.answer != REFUSED for name in rule.names]


def way_out(place: str, name: str) -> str | None:
    """What to write in place of a name, as a sentence with a space before it; None where the name may stand.

    Args:
        place: Where it stands.
        name: The name as it is written.
    """
    rule = rule_of(place, name)
    if rule:
        return f" {rule.words}." if rule.answer == REFUSED else None
    return did_you_mean(name, names_of(place))


def in_words() -> str:
    """The table in Markdown."""
    rows = ["| Where | Name | Answer | |", "|:--|:--|:--|:--|"]
    for rule in RULES:
        names = ", ".join(f"`{name}`" for name in rule.names)
        rows.append(f"| {_IN_WORDS.get(rule.place, rule.place)} | {names} | {rule.answer} | {_detail(rule)} |")
    return "\n".join(rows)


def _detail(rule: Rule) -> str:
    values = ", ".join(f"`{value}`" for value in rule.takes)
    return f"{rule.words} ({values})" if values and rule.answer != REFUSED else rule.words


def printed(guide: str) -> str:
    """The guide with the table as it is now."""
    before, _, rest = guide.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{in_words()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    file = Path(__file__).resolve().parents[2] / GUIDE
    file.write_text(printed(file.read_text("utf-8")), "utf-8")
