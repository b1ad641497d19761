"""What can be wrong with the data, said so that a person can mend it; many of one kind are said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

SHOWN = 3
"""So many problems of a kind are each said; of more, the first is said with their count and the first places."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong: where it is, what it is, and the way out.

    Attributes:
        file: Path as the author sees it, such as `data/cases.csv`.
        row: Line in the file, the header being line 1; 0 when the whole file is meant.
        column: Name of the column; empty when a whole row or file is meant.
        message: The value, the rule that it breaks, and what to do.
        rule: What is the same in the messages of all rows that break the rule; the message itself when empty.
    """

    file: str
    row: int
    column: str
    message: str
    rule: str = field(default="", compare=False)

    def __str__(self) -> str:
        """The problem as one line, `file:row column: message`."""
        place = f"{self.file}:{self.row}" if self.row else self.file
        return f"{place} {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


def grouped(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one kind together: the same file, column and rule; in the order of their first places."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for one in sorted(set(problems)):
        groups.setdefault((one.file, one.column, one.rule or one.message), []).append(one)
    return list(groups.values())


def lines_of(problems: Iterable[Problem]) -> Iterator[str]:
    """Every problem as a line, or a line for many of one kind."""
    for group in grouped(problems):
        if len(group) <= SHOWN:
            yield from map(str, group)
            continue
        places = ", ".join(str(one.row) for one in group[:SHOWN])
        yield f"{group[0]} [{len(group):,} of this kind: lines {places} and {len(group) - SHOWN:,} more]"


def for_github(problems: Iterable[Problem], level: str) -> Iterator[str]:
    """Every group as a workflow command of GitHub, which shows it beside the line; `level` is `error` or `warning`."""
    for group in grouped(problems):
        first, more = group[0], f" [{len(group):,} of this kind]" if len(group) > 1 else ""
        says = f"{first.column}: {first.message}{more}" if first.column else f"{first.message}{more}"
        for letter, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            says = says.replace(letter, escaped)
        yield f"::{level} file={first.file},line={first.row or 1}::{says}"


def as_records(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Every group as a record for other programs: file, column, message of the first, and all rows."""
    return [
        {"file": one.file, "column": one.column, "message": one.message, "rows": [each.row for each in group]}
        for group in grouped(problems)
        for one in group[:1]
    ]


class Lacking(ValueError):  # noqa: N818 - it says what a study lacks
    """A study has not what a finding is about; says which rows or declaration, where, and the way out."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}. Add it, or take this cell out of the notebook.")


class DataProblems(Exception):  # noqa: N818 - it carries several, and is named after what it carries
    """The data cannot be used; carries every problem found, not the first one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = f"{count:,} problem{'' if count == 1 else 's'} in the data:"
        super().__init__("\n".join([head, *lines_of(self.problems)]))
