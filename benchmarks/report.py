"""docs/performance.md and its chart, written from what was measured."""

from __future__ import annotations

import datetime
import io
import math
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.build_times import REPORT_ALONE, Timing
from benchmarks.explorer import TARGET_MS, Answers
from benchmarks.growth import Size, exponent
from publish.base.whole import write_whole

TARGET = "docs/performance.md"
CHART = "docs/performance.svg"
LINE = 9  # points between labels of the chart


def write_report(root: Path, timings: list[Timing], answered: Answers, sizes: list[Size], load: float) -> None:
    """Write the page and the chart.

    Args:
        root: The project's root.
        timings: Of the builds.
        answered: Of the page's explorer.
        sizes: Of the growth.
        load: Load average when the run began; above the number of processors, other work was going on.
    """
    write_whole(root / CHART, _chart(sizes), root)
    write_whole(root / TARGET, report(timings, answered, sizes, _machine(load)), root)


def report(timings: list[Timing], answered: Answers, sizes: list[Size], machine: str) -> str:
    """The page as Markdown."""
    rows = [(one.name, f"{one.seconds:.1f}", _spread(one), f"{one.processor:.1f}", _steps(one)) for one in timings]
    return "\n".join(
        [
            "# Performance\n",
            "Written by `make bench`. Times are seconds of whole processes, medians of repeated runs within one run.\n",
            f"{machine}\n",
            "## Builds\n",
            _table(("What", "Median", "Each run", "Processor", "Steps that ran"), rows),
            "The processor's seconds leave out kernels that were forked from the shared process.\n",
            "## Targets\n",
            _table(("Target", "Reached", "Met"), targets(timings, answered, sizes)),
            "## The page's explorer\n",
            f"With {answered.cases:,} synthetic cases in the test browser, ready {answered.start_ms:.0f} ms after the "
            "first paint.\n",
            _table(
                ("Filter, as in the address", "Median, ms"),
                [(f"`{view}`", f"{taken:.0f}") for view, taken in answered.median_ms.items()],
            ),
            "## Growth\n",
            "Synthetic data packages, drawn from the real rows, through validation, every statistic and every figure, "
            "in one process.\n",
            _growth_table(sizes),
            _refusals(sizes),
            f"![Seconds over number of cases, both on logarithmic scales, beside n log n]({Path(CHART).name})\n",
        ]
    )


def targets(timings: list[Timing], answered: Answers, sizes: list[Size]) -> list[tuple[str, str, str]]:
    """Each target, what was reached, and whether it is met."""
    by_name = {one.name: one.seconds for one in timings}
    clean, no_op, prose = by_name["clean build"], by_name["nothing to do"], by_name["one word of prose"]
    floor = next(seconds for name, seconds in by_name.items() if name.startswith("floor"))
    apart = next(seconds for name, seconds in by_name.items() if name.startswith("jupyter"))
    both = apart + by_name["of which rendering"]
    largest = sizes[-1]
    total = sum(largest.seconds.values())
    steepest = exponent(sizes, last=2)
    rows = [
        ("clean build at most 1.5 times the floor", f"{clean / floor:.2f} times", clean <= 1.5 * floor),
        ("nothing to do in at most 1.5 s", f"{no_op:.2f} s", no_op <= 1.5),
        (
            "one word of prose at most 1 s more than nothing to do",
            f"{prose - no_op:.2f} s more; {REPORT_ALONE}: {by_name[REPORT_ALONE]:.2f} s",
            prose <= no_op + 1,
        ),
        (
            "clean build at least twice as fast as nbconvert and one rendering",
            f"{both / clean:.2f} times",
            both >= 2 * clean,
        ),
        (
            f"the explorer answers within {TARGET_MS} ms with {answered.cases:,} cases",
            f"at most {answered.worst_ms:.0f} ms",
            answered.worst_ms <= TARGET_MS,
        ),
        (
            "1,000,000 cases within 3 minutes and 4 GB",
            f"{largest.n_cases:,} cases: {largest.end}, {total:.0f} s, {largest.memory / 1e9:.1f} GB",
            largest.n_cases == 1_000_000 and bool(largest.seconds) and total <= 180 and largest.memory < 4e9,
        ),
        ("growth no worse than n log n", f"exponent between the two largest sizes {steepest:.2f}", steepest <= 1.1),
    ]
    return [(target, reached, "yes" if met else "no") for target, reached, met in rows]


def _growth_table(sizes: list[Size]) -> str:
    parts = sorted({part for size in sizes for part in size.seconds})
    header = ("Cases", *parts, "All", "Peak memory", "End", "Cells that refuse the size")
    rows = [
        (
            f"{size.n_cases:,}",
            *(f"{size.seconds[part]:.1f}" if part in size.seconds else "" for part in parts),
            f"{sum(size.seconds.values()):.1f}" if size.seconds else "",
            f"{size.memory / 1e6:,.0f} MB",
            size.end,
            str(len(size.refused)),
        )
        for size in sizes
    ]
    fitted = [
        (name, *(f"{exponent(sizes, part, last):.2f}" for part in (*parts, None)), "", "", "")
        for name, last in (("Exponent, 1,000 and more", None), ("Exponent, last two", 2))
    ]
    return _table(header, [*rows, *fitted])


def _refusals(sizes: list[Size]) -> str:
    """The cells that refuse the largest size, each with its reason; the values of such a cell are recorded before."""
    cells = [line.removeprefix("refused ").partition(": ") for line in sizes[-1].refused]
    listed = [f"- `{cell}`: {reason if len(reason) <= 160 else reason[:160] + '…'}" for cell, _, reason in cells]
    return (
        "\n".join([f"With {sizes[-1].n_cases:,} cases these cells refuse to draw:\n", *listed]) + "\n" if listed else ""
    )


def _chart(sizes: list[Size]) -> bytes:
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set(xscale="log", yscale="log", xlabel="Cases", ylabel="Seconds")
    ended = [size for size in sizes if size.seconds]
    numbers = [size.n_cases for size in ended]
    lines = {part: [size.seconds[part] for size in ended] for part in ended[-1].seconds}
    lines["all"] = [sum(size.seconds.values()) for size in ended]
    steady = [n * math.log(n) * lines["all"][-1] / (numbers[-1] * math.log(numbers[-1])) for n in numbers]
    axes.plot(numbers, steady, color="silver", linestyle="--", linewidth=1)
    axes.annotate(
        "n log n", (numbers[-1], steady[-1]), (-60, -45), textcoords="offset points", fontsize=8, color="gray"
    )
    drawn = {part: axes.plot(numbers, times, marker="o", markersize=3)[0] for part, times in lines.items()}
    axes.set_ylim(bottom=0.5 * min(map(min, lines.values())))
    figure.draw_without_rendering()
    lowest = -math.inf
    for part, times in sorted(lines.items(), key=lambda line: line[1][-1]):
        height = axes.transData.transform((numbers[-1], times[-1]))[1] * 72 / figure.dpi
        lowest = max(height, lowest + LINE)  # labels of lines that end close together are set one above the other
        place = {"xytext": (6, lowest - height), "textcoords": "offset points", "va": "center"}
        axes.annotate(part, (numbers[-1], times[-1]), fontsize=8, color=drawn[part].get_color(), **place)
    content = io.BytesIO()
    figure.savefig(content, format="svg", metadata={"Date": None})
    return content.getvalue()


def _machine(load: float) -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or "unknown processor",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.date.today().isoformat()}; {model}, {os.cpu_count()} processors, {memory:.0f} GB; "
        f"{platform.system()}, Python {platform.python_version()}; load average at the beginning {load:.1f}."
    )


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _spread(one: Timing) -> str:
    return ", ".join(f"{seconds:.1f}" for seconds in one.each)


def _steps(one: Timing) -> str:
    return f"{len(one.steps)}: {', '.join(one.steps)}" if 0 < len(one.steps) <= 6 else str(len(one.steps) or "")
