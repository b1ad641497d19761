"""What is wrong with a paper, all at once, each with file, line and the way out; and what a renderer could not do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.base.failures import BuildFailure, MissingTool


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes:
        file: The file as a person opens it, relative to the project's root.
        line: Its line, from 1; 0 where the whole file is meant.
        message: What is wrong and the way out, in one or two sentences.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """`report.qmd:12 message`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.message}"


class PaperProblems(BuildFailure):
    """The paper's source holds what neither engine, or only Quarto, would render right."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RenderFailed(BuildFailure):
    """Pandoc, Typst or Quarto stopped, or warned of something that must not be printed."""


class EngineMissing(MissingTool):
    """The engine that was asked for is not on this machine, or is too old."""
