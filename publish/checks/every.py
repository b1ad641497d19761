"""Every check of the rendered paper, its sources and its metadata, run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.checks import conclusions, prose, readability, verdicts
from publish.checks import engines as checks_engines
from publish.checks import figures as checks_figures
from publish.checks import numbers as checks_numbers
from publish.checks import print as checks_print
from publish.checks import project as checks_project
from publish.checks import reader as checks_rendered
from publish.checks.rendered import Rendered, read_rendered

CHECKS: tuple[tuple[str, Callable[[Rendered], Iterable[str]]], ...] = (
    ("outputs are newer than what they are made from", checks_figures.stale_outputs),
    ("no reference, shortcode or variable is unresolved", checks_rendered.unresolved),
    ("every image has an alternative text that is not its caption", checks_rendered.alternative_texts),
    ("the PDFs can be read with eyes and with a screen reader", checks_print.prints),
    ("links inside the documents lead somewhere", checks_rendered.internal_links),
    ("no request goes to the network", checks_rendered.remote_requests),
    ("dates of people are printed to the month at most", checks_rendered.full_dates),
    ("figures are registered, used, and as they were recorded", checks_figures.figures),
    ("no number is typed into the text", checks_numbers.typed_numbers),
    ("no verdict is typed into the text", verdicts.typed_verdicts),
    ("every conclusion tied to a value holds", conclusions.unfounded),
    ("the numbers of each page are those of its source", checks_numbers.changed_numbers),
    ("the prose keeps the house style", prose.prose),
    ("the text asks for no more schooling than it did", readability.hard_to_read),
    ("both engines print the same words, where Quarto is installed", checks_engines.same_words),
    ("notebooks are committed without outputs", checks_project.notebooks_without_outputs),
    ("each cell of a notebook records under its own name", checks_project.cells_by_their_name),
    ("names and versions are equal everywhere", checks_project.equal_metadata),
    ("the data has no column for names", checks_project.columns_for_names),
)


@dataclass(frozen=True)
class Result:
    """One check.

    Attributes:
        name: What holds when it is good.
        problems: What is wrong, each with its place and the way out; empty when good.
    """

    name: str
    problems: tuple[str, ...]


def run_checks(root: Path) -> tuple[Result, ...]:
    """Run them all.

    Args:
        root: The project's root, built.

    Raises:
        BuildFailure: There are no outputs to check.
    """
    rendered = read_rendered(root)
    return tuple(Result(name, tuple(dict.fromkeys(check(rendered)))) for name, check in CHECKS)
