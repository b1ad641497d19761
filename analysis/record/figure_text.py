"""The three texts of a figure, each computed from the data it shows."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM = "The list is a minimum: what was published and found."


@dataclass(frozen=True)
class FigureText:
    """What stands on, under and in place of a figure.

    Attributes:
        title: The finding, one sentence without a full stop.
        caption: What is shown, with n and denominator.
        alt: The finding with its numbers, for people who do not see the figure.
    """

    title: str
    caption: str
    alt: str
