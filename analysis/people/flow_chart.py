"""From candidates to the core list: boxes with counts, what was left out at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from analysis.people.flow import Flow
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, figure, mark

LINE = 0.165  # inches of one line of text
PAD = 0.8  # lines of room in a box, above and below together
BETWEEN = 0.7  # lines from one box to the next
STEPS, ASIDE = (0.05, 2.3), (3.0, TEXT_WIDTH - 0.05)  # inches: the two columns of boxes


def flow_chart(steps: Flow, reasons: Mapping[str, str], known: Mapping[str, int], later: str, finding: str) -> Figure:
    """The way from everyone looked at to the core list, and what is known of the core.

    Args:
        steps: The counts.
        reasons: Reason for leaving a case out to its label.
        known: What is known of core cases to the number of them, such as `with a month of leaving` to 31.
        later: When the later cases were made public, in words.
        finding: The title.
    """
    left_out = [f"{n} {reasons.get(reason, reason)}" for reason, n in steps.reasons.items()]
    rows = [
        ("candidates", f"{steps.candidates} candidates looked at", "", []),
        ("", "", f"{steps.excluded} left out", left_out),
        ("eligible", f"{steps.eligible} meet the rules", "", []),
        ("", "", f"{steps.later} made public later", [later]),
        (
            "core",
            f"{steps.core} on the core list",
            f"Of these {steps.core}:",
            [f"{n} {said}" for said, n in known.items()],
        ),
    ]
    heights = [1 + len(lines) + PAD for *_, lines in rows]
    total = sum(heights) + BETWEEN * (len(rows) - 1)
    made, axes = figure(LINE * total + 0.55)
    axes.set_axis_off()
    axes.set_xlim(0, TEXT_WIDTH)
    axes.set_ylim(total + 0.1, -0.1)
    top, last = 0.0, 0.0
    for (name, step, aside, lines), height in zip(rows, heights, strict=True):
        if step:
            if top:
                _arrow(axes, (_middle(STEPS), last), (_middle(STEPS), top))
            _box(axes, STEPS, top, 1 + PAD, step, [], name)
            last = top + 1 + PAD
        if aside:
            at = top + (1 + PAD) / 2
            _arrow(axes, (STEPS[1] if step else _middle(STEPS), at), (ASIDE[0], at))
            _box(axes, ASIDE, top, height, aside, lines, {"core": "known", "": aside.split(" ", 1)[1]}[name])
        top += height + BETWEEN
    headline(made, finding)
    return made


def _middle(column: tuple[float, float]) -> float:
    return sum(column) / 2


def _box(
    axes: Axes, column: tuple[float, float], top: float, height: float, head: str, lines: Sequence[str], name: str
) -> None:
    step = column == STEPS
    box = FancyBboxPatch(
        (column[0], top),
        column[1] - column[0],
        height,
        boxstyle="round,pad=0,rounding_size=0.06",
        mutation_aspect=6,
        facecolor=FILL["navy"] if step else "white",
        edgecolor=PALETTE["navy" if step else "slate"],
        linewidth=0.8,
    )
    axes.add_patch(box)
    mark(box, f"flow-{name.replace(' ', '-')}", "; ".join([head, *lines]))
    axes.text(column[0] + 0.1, top + (1 + PAD) / 2, head, fontsize=9, fontweight="bold", va="center", color=INK)
    for place, line in enumerate(lines, start=1):
        axes.text(column[0] + 0.1, top + (1 + PAD) / 2 + place, line, fontsize=8, va="center", color=INK)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 0.9})
