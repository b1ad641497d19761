"""What `_quarto.yml` and a document's front matter say, as both engines read it."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from publish.base.problems import PaperProblems, Problem

CONFIG = "_quarto.yml"
VARIABLES = "_variables.yml"
FORMATS = {"html": "html", "pdf": "typst"}

# Settings of a format, or of the whole project, that steer an engine; everything else is metadata.
SETTINGS = frozenset(
    """
    bibliography citeproc css embed-resources filters font-paths format highlight-style html-math-method
    html-table-processing include-after-body include-before-body include-in-header keep-typ minimal number-sections
    pdf-standard project section-divs tbl-colwidths template template-partials theme toc toc-depth
    """.split()  # noqa: SIM905 - names to be read, not a literal to be typed
)
# What a format may set besides: metadata that the theme reads.
FORMAT_METADATA = frozenset({"papersize", "section-numbering", "toc-title"})
NOT_IN_FRONT_MATTER = frozenset(
    "brand engine execute filters format jupyter knitr listing params project server shortcodes website".split()  # noqa: SIM905
)
TOKENS = {"YYYY": "{0:%Y}", "MMMM": "{0:%B}", "MMM": "{0:%b}", "MM": "{0:%m}", "DD": "{0:%d}", "D": "{0.day}"}


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


# YAML whose dates stay text, as Quarto and pandoc keep them. The loader in C is ten times as fast, where it is there.
_Loader: type[yaml.SafeLoader] = type(
    "_Loader",
    (getattr(yaml, "CSafeLoader", yaml.SafeLoader),),
    {
        "yaml_implicit_resolvers": {
            first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    },
)


def read_yaml(text: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """A YAML mapping; empty for an empty text.

    Args:
        text: The YAML.
        file: Its file, for messages.
        first_line: The line of `file` on which `text` starts.

    Raises:
        PaperProblems: It is not YAML, or not a mapping.
    """
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader without dates
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        message = f"is not YAML: {getattr(error, 'problem', None) or error}. Quote a text that holds : or {{{{<."
        raise PaperProblems([Problem(file, line, message)]) from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise PaperProblems([Problem(file, first_line, "must be a mapping of names to values.")])
    return content


def read_config(root: Path) -> dict[str, Any]:
    """`_quarto.yml`.

    Raises:
        PaperProblems: It is missing or is not YAML.
    """
    path = root / CONFIG
    if not path.is_file():
        raise PaperProblems([Problem(CONFIG, 0, "is not there: the project has no configuration.")])
    return read_yaml(path.read_text("utf-8"), CONFIG)


def read_variables(root: Path) -> dict[str, Any]:
    """`_variables.yml`: nested names to text; empty where there is none."""
    path = root / VARIABLES
    return read_yaml(path.read_text("utf-8"), VARIABLES) if path.is_file() else {}


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
        PaperProblems: A setting that the embedded engine does not know, or a date that is not fixed.
    """
    config = read_config(root)
    problems = [
        Problem(document, line_of(root / document, key), f"{key}: belongs in {CONFIG}, or is not supported.")
        for key in front
        if key in NOT_IN_FRONT_MATTER
    ]
    form = (config.get("format") or {}).get(FORMATS[target]) or {}
    problems += [
        Problem(CONFIG, line_of(root / CONFIG, key), f"{key}: is not a setting that both engines know.")
        for key in form
        if key not in SETTINGS | FORMAT_METADATA
    ]
    merged = {**config, **form, **front}
    problems += [
        Problem(CONFIG, line_of(root / CONFIG, "filters"), "filters: each needs a path and at: pre-ast or post-render.")
        for item in as_list(merged.get("filters"))
        if not (isinstance(item, dict) and item.get("at") in ("pre-ast", "post-render") and "path" in item)
    ]
    date = date_of(merged.get("date"))
    if date is None:
        problems.append(Problem(document, line_of(root / document, "date"), "date: must be fixed. Write YYYY-MM-DD."))
    if problems:
        raise PaperProblems(problems)
    assert date is not None  # noqa: S101 - told above
    options = {key: value for key, value in merged.items() if key in SETTINGS}
    metadata = {key: value for key, value in {**config, **front}.items() if key not in SETTINGS}
    of_format = {key: value for key, value in form.items() if key in FORMAT_METADATA - front.keys()}
    metadata["date"] = printed_date(date, str(merged.get("date-format", "YYYY-MM-DD")))
    metadata["by-author"] = [author_of(author) for author in as_list(merged.get("author"))]
    metadata["author"] = [author["name"]["literal"] for author in metadata["by-author"]]
    metadata["labels"] = {"abstract": merged.get("abstract-title", "Abstract")}
    return Settings(metadata, of_format, options, date)


def as_list(value: Any) -> list[Any]:
    """A list of what may be given as one, as many, or not at all."""
    return [] if value is None else value if isinstance(value, list) else [value]


def author_of(author: Any) -> dict[str, Any]:
    """An author as Quarto's templates read one: name.literal, affiliations, email."""
    if not isinstance(author, dict):
        return {"name": {"literal": str(author)}}
    given = author.get("name", "")
    name = given.get("literal", "") if isinstance(given, dict) else str(given)
    affiliations = as_list(author.get("affiliations", author.get("affiliation")))
    return {
        **{key: value for key, value in author.items() if key not in ("name", "affiliation", "affiliations")},
        "name": {"literal": name},
        "affiliations": [place if isinstance(place, dict) else {"name": str(place)} for place in affiliations],
    }


def printed_date(date: datetime.date, style: str) -> str:
    """A date in a `date-format` made of D, DD, MM, MMM, MMMM and YYYY."""
    return re.sub("|".join(TOKENS), lambda token: TOKENS[token[0]].format(date), style)


def line_of(path: Path, key: str) -> int:
    """The line on which a YAML key stands, or 0."""
    if path.is_file():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.match(rf"\s*{re.escape(key)}\s*:", line):
                return number
    return 0


def date_of(value: object) -> datetime.date | None:
    """The date that an ISO text names; None for anything else."""
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
