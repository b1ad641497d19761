"""What can be wrong with the data, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong: where it is, what it is, and the way out.

    Attributes:
        file: Path as the author sees it, such as `data/cases.csv`.
        row: Line in the file, the header being line 1; 0 when the whole file is meant.
        column: Name of the column; empty when a whole row or file is meant.
        message: The value, the rule that it breaks, and what to do.
    """

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """The problem as one line, `file:row column: message`."""
        place = f"{self.file}:{self.row}" if self.row else self.file
        return f"{place} {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class DataProblems(Exception):  # noqa: N818 - it carries several, and is named after what it carries
    """The data cannot be used; carries every problem found, not the first one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'} in the data:"
        super().__init__("\n".join([head, *map(str, self.problems)]))
