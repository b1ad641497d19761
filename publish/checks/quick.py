"""What can be checked while writing: the sources against what was recorded last; nothing is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from publish.base.places import document_names
from publish.base.problems import PaperProblems
from publish.checks import conclusions, numbers, prose, sources, tallies, verdicts
from publish.checks.rendered import Rendered
from publish.engine import engine
from publish.written.values import offered

CHECKS: Mapping[str, Callable[[Rendered], Iterable[str]]] = {
    "no number is typed into the text": numbers.typed_numbers,
    "no verdict is typed into the text": verdicts.typed_verdicts,
    "no sentence makes a score of verdicts": tallies.tallies,
    "the prose keeps the house style": prose.prose_of_documents,
}


def run_quick(root: Path) -> dict[str, list[str]]:
    """What holds when a check is good, to what is wrong: each with its place and the way out.

    Args:
        root: The project's root; its notebooks have run once.

    Raises:
        BuildFailure: They have not.
    """
    unrendered = Rendered(root, {})
    with ThreadPoolExecutor() as pool:  # pandoc reads in processes of its own
        read = pool.map(lambda name: _problems(root, name), document_names(root))
        found = {name: list(dict.fromkeys(check(unrendered))) for name, check in CHECKS.items()}
        unknown = [problem for problems in read for problem in problems]
    wrong = list(conclusions.broken(sources.read_sources(root), offered(root)))
    return {
        "values, references, citations and settings are known": unknown,
        "every conclusion tied to a value holds": wrong,
        **found,
    }


def _problems(root: Path, document: str) -> list[str]:
    try:
        engine.read(root, document)
    except PaperProblems as error:
        return list(map(str, error.problems))
    return []
