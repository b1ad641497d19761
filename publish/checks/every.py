"""Every check of the rendered paper, its sources and its metadata, run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from publish.checks import (
    conclusions,
    engines,
    figures,
    numbers,
    pdfs,
    project,
    prose,
    readability,
    reader,
    tallies,
    verdicts,
)
from publish.checks.rendered import Rendered, read_rendered

# What holds when a check finds nothing, and the check.
CHECKS: Mapping[str, Callable[[Rendered], Iterable[str]]] = {
    "outputs are newer than what they are made from": figures.stale_outputs,
    "no reference, shortcode or variable is unresolved": reader.unresolved,
    "every image has an alternative text": reader.alternative_texts,
    "the PDFs can be read with eyes and with a screen reader": pdfs.prints,
    "pages are full, figures stand by their words, and no letters collide": pdfs.layouts,
    "links inside the documents lead somewhere": reader.internal_links,
    "no request goes to the network": reader.remote_requests,
    "dates of people are printed to the month at most": reader.full_dates,
    "figures are registered, used, and as they were recorded": figures.figures,
    "every value on record is used": figures.unused_values,
    "no number is typed into the text": numbers.typed_numbers,
    "no verdict is typed into the text": verdicts.typed_verdicts,
    "no sentence makes a score of verdicts": tallies.tallies,
    "every conclusion tied to a value holds": conclusions.unfounded,
    "the numbers of each page are those of its source": numbers.changed_numbers,
    "the prose keeps the house style": prose.prose,
    "the text asks for no more schooling than it did": readability.hard_to_read,
    "both engines print the same words, where Quarto is installed": engines.same_words,
    "notebooks are committed without outputs": project.notebooks_without_outputs,
    "each cell of a notebook records under its own name": project.cells_by_their_name,
    "names and versions are equal everywhere": project.equal_metadata,
    "nothing lies beside what is published": project.strays,
    "the data has no column for names": project.columns_for_names,
}


def run_checks(root: Path) -> dict[str, list[str]]:
    """What holds when a check is good, to what is wrong: each with its place and the way out.

    Args:
        root: The project's root, built.

    Raises:
        BuildFailure: There are no outputs to check.
    """
    rendered = read_rendered(root)
    return {name: list(dict.fromkeys(check(rendered))) for name, check in CHECKS.items()}
