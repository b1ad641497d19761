"""What `_quarto.yml` and a document's front matter say, as both engines read it."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.base.problems import PaperProblems, Problem
from publish.base.texts import read_text
from publish.engine import keys, support
from publish.engine.keys import CONFIG

VARIABLES = "_variables.yml"
ENVIRONMENT = "TYPST_IGNORE_SYSTEM_FONTS=true\n"  # what `_environment` tells Quarto alone, and all that it may
FORMATS = {"html": "html", "pdf": "typst", "docx": "typst"}  # a Word document is as the print is
# Metadata that the theme reads; every other key steers an engine.
_OF_FORMAT = frozenset({"papersize", "section-numbering", "toc-title"})
METADATA = frozenset(
    """title subtitle short-title kicker description version abstract abstract-title cite-as contact address author
    keywords brief lang csl link-citations""".split()  # noqa: SIM905 - names to be read, not a literal to be typed
)
_ALWAYS = (("true",), ("none",))  # what a key takes that has to be there
_TOKENS = {"YYYY": "{0:%Y}", "MMMM": "{0:%B}", "MMM": "{0:%b}", "MM": "{0:%m}", "DD": "{0:%d}", "D": "{0.day}"}


@dataclass(frozen=True)
class Settings:
    """One document in one format.

    Attributes:
        metadata: What the templates print: title, subtitle, by-author, date (as printed), version, abstract, ...
        of_format: What the templates print besides in this format: papersize, section-numbering, toc-title.
        options: The settings that steer the engine, by Quarto's names.
        date: The document's date; no clock is read.
    """

    metadata: dict[str, Any] = field(default_factory=dict)
    of_format: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    date: datetime.date = datetime.date(1970, 1, 1)

    @property
    def epoch(self) -> int:
        """The date's midnight, UTC, in seconds: SOURCE_DATE_EPOCH of everything that is made."""
        return calendar.timegm(self.date.timetuple())


def read_config(root: Path) -> dict[str, Any]:
    """`_quarto.yml`.

    Raises:
        PaperProblems: It is missing, is not YAML, or says what one of the engines does not know.
    """
    if not (root / CONFIG).is_file():
        raise PaperProblems([Problem(CONFIG, 0, "is not there: the project has no configuration.")])
    content, found = keys.read_yaml(read_text(root, CONFIG), CONFIG)
    problems = keys.check(found, CONFIG, root)
    beside = (file.name for pattern in support.rules_of("beside")[0].names for file in root.glob(pattern))
    problems += [Problem(name, 0, f"is not supported.{support.way_out('beside', name)}") for name in beside]
    own = root / "_environment"
    if own.is_file() and own.read_text("utf-8") != ENVIRONMENT:
        problems.append(Problem(own.name, 1, f"is for Quarto alone. It may hold the line {ENVIRONMENT.strip()} only."))
    if any({"path", "at"} - item.keys() for item in content.get("filters", ()) if isinstance(item, dict)):
        line = next(key.line for key in found if key.path == ("filters",))
        problems.append(Problem(CONFIG, line, "filters: each needs a path and at: pre-ast or post-render."))
    if problems:
        raise PaperProblems(problems)
    return content


def read_variables(root: Path) -> dict[str, Any]:
    """`_variables.yml`: nested names to text; empty where there is none.

    Raises:
        PaperProblems: A value is no text, or would act in the paper.
    """
    if not (root / VARIABLES).is_file():
        return {}
    content, found = keys.read_yaml(read_text(root, VARIABLES), VARIABLES)
    told = [(key.line, f"{key.path[-1]}: {words}") for key in found if (words := keys.unfit(key.value))]
    if problems := [Problem(VARIABLES, line, words) for line, words in told]:
        raise PaperProblems(problems)
    return content


def look_up(values: dict[str, Any], name: str) -> Any:
    """The value under a dotted name, or None."""
    found: Any = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def settings(root: Path, document: str, front: dict[str, Any], target: str) -> Settings:
    """What holds for `document` in one format: its front matter over the format's settings over the project's.

    Args:
        root: The project's root.
        document: The document's file name.
        front: Its front matter.
        target: "html" or "pdf".

    Raises:
        PaperProblems: A setting that one of the engines does not know, or no fixed date.
    """
    config = {"lang": "en", "toc-title": "Table of contents", **read_config(root)}  # as Quarto has it
    form = (config.get("format") or {}).get(FORMATS[target]) or {}
    merged = {**config, **form, **front}
    if target != "html" and merged.get("number-sections"):
        form = {"section-numbering": "1.1.a", **form}
    date = keys.date_of(merged.get("date"))
    if date is None and "date" not in merged:  # a date that is none is told with its line, where it stands
        raise PaperProblems([Problem(document, 1, "date: must be fixed. Write YYYY-MM-DD.")])
    if missing := [
        Problem(CONFIG, 1, f"{name}: {rule.takes[0]} is missing: without it the engines differ.")
        for rule in support.RULES
        if rule.place in ("config", FORMATS[target]) and rule.takes in _ALWAYS
        for name in rule.names
        if name not in merged
    ]:
        raise PaperProblems(missing)
    metadata = {key: value for key, value in {**config, **front}.items() if key in METADATA | _OF_FORMAT}
    of_format = {key: value for key, value in form.items() if key in _OF_FORMAT - front.keys()}
    options = {key: value for key, value in merged.items() if key not in METADATA | _OF_FORMAT}
    day = date or Settings.date
    metadata["date"] = printed_date(day, merged)
    metadata["by-author"] = [author_of(author) for author in as_list(merged.get("author"))]
    metadata["author"] = [author["name"]["literal"] for author in metadata["by-author"]]
    metadata["labels"] = {"abstract": merged.get("abstract-title", "Abstract")}
    return Settings(metadata, of_format, options, day)


def as_list(value: Any) -> list[Any]:
    """A list of what may be given as one, as many, or not at all."""
    return [] if value is None else value if isinstance(value, list) else [value]


def author_of(author: Any) -> dict[str, Any]:
    """An author as Quarto's templates read one: name.literal and affiliations."""
    given = author if isinstance(author, dict) else {"name": author}
    places = as_list(given.get("affiliation", given.get("affiliations")))
    return {"name": {"literal": str(given.get("name", ""))}, "affiliations": [{"name": str(place)} for place in places]}


def printed_date(date: datetime.date, merged: dict[str, Any]) -> str:
    """A date as the `date-format` of some settings prints it."""
    style = str(merged.get("date-format", "YYYY-MM-DD"))
    return re.sub("|".join(_TOKENS), lambda token: _TOKENS[token[0]].format(date), style)
