"""Conclusions that the prose draws in words, held to the recorded values that they rest on.

A conclusion is a span with the condition under which it holds:
`[Infighting does not lead]{.conclusion when="narratives.infighting.share < narratives.brutality.share"}`.
A condition is one comparison, or several joined by `and`. On each side stands the name of a recorded value, `low` or
`high` of one that is an interval, a number, or a text in single quotes; on one side at least a recorded value.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.base.texts import did_you_mean
from publish.checks.sources import Source, read_sources
from publish.written.values import values_of

if TYPE_CHECKING:
    from publish.checks.rendered import Rendered

Values = Mapping[str, Mapping[str, Any]]
_SIDE = r"(?:low |high )?[a-z][\w.]*|-?\d+(?:\.\d+)?|'[^']*'"
_COMPARISON = re.compile(rf"\s*(?P<left>{_SIDE})\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<right>{_SIDE})\s*")
_AND = re.compile(r"\band\b(?=(?:[^']*'[^']*')*[^']*$)")  # not one inside a quoted text
_SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne}


def unfounded(rendered: Rendered) -> Iterable[str]:
    """Conclusions in the sources of the documents whose condition does not hold, with file and line."""
    return broken(rendered.sources, rendered.values)


def of_project(root: Path) -> list[str]:
    """The conclusions of a project whose condition does not hold for the values that were recorded last."""
    return list(broken(read_sources(root), values_of(root)))


def broken(sources: Iterable[Source], values: Values) -> Iterator[str]:
    """Conclusions in some sources whose condition does not hold for some values, with file and line."""
    for source in sources:
        for span in source.spans("conclusion", "when"):  # either: a misspelt class lets no condition pass unread
            for wrong in _wrong(span.attributes.get("when"), values):
                yield f'{source.place(span.start)} "{span.words}" {wrong}'


def _wrong(condition: str | None, values: Values) -> Iterator[str]:
    if condition is None:
        yield 'names no condition. Write [words]{.conclusion when="NAME > 0.5"}.'
        return
    for comparison in _AND.split(condition):
        read = _COMPARISON.fullmatch(comparison)
        if not read:
            signs = " ".join(_SIGNS)
            yield f'rests on "{comparison.strip()}", which is no comparison. Write two sides and one of {signs}.'
            continue
        sides = (read["left"], read["right"])
        unknown = [name for name in map(_name, sides) if name and name not in values]
        if unknown:
            for name in unknown:
                yield f'rests on "{name}", which is not recorded.{did_you_mean(name, values)}'
        elif not any(map(_name, sides)):
            yield f'rests on "{comparison.strip()}", which no recorded value can change. Name one.'
        elif not _holds(read, values):
            found = ", ".join(f"{name} is {values[name]['text']}" for name in map(_name, sides) if name)
            yield f"does not hold: {comparison.strip()} is asked, and {found}. Rewrite the sentence, or its condition."


def _name(side: str) -> str:
    """The name of the recorded value on one side; empty for a number or a text."""
    return side.split()[-1] if side[0].isalpha() else ""


def _holds(comparison: re.Match[str], values: Values) -> bool:
    left, right = (_value(side, values) for side in (comparison["left"], comparison["right"]))
    try:
        return bool(_SIGNS[comparison["sign"]](left, right))
    except TypeError:
        return False  # a text is neither above nor below a number, and what is not known is neither


def _value(side: str, values: Values) -> Any:
    if side.startswith("'"):
        return side.strip("'")
    if not (name := _name(side)):
        return float(side)
    value = values[name]["value"]
    if side.startswith(("low ", "high ")):
        return value[side.startswith("high ")] if isinstance(value, list) else None
    return value
