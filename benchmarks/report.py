"""docs/performance.md and its chart, written from what was measured."""

from __future__ import annotations

import datetime
import io
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.build_times import REPORT_ALONE, Timing
from benchmarks.explorer import TARGET_MS, Answers
from benchmarks.growth import Size, exponent
from publish.whole import write_whole

TARGET = "docs/performance.md"
CHART = "docs/performance.svg"


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
            f"![Seconds over number of cases, both on logarithmic scales]({Path(CHART).name})\n",
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
    fitted = exponent(sizes)
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
        ("growth no worse than n log n", f"fitted exponent {fitted:.2f}", fitted <= 1.1),
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
    fitted = ("Exponent", *(f"{exponent(sizes, part):.2f}" for part in parts), f"{exponent(sizes):.2f}", "", "", "")
    return _table(header, [*rows, fitted])


def _chart(sizes: list[Size]) -> bytes:
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    ended = [size for size in sizes if size.seconds]
    numbers = [size.n_cases for size in ended]
    for part in sorted({part for size in ended for part in size.seconds}):
        times = [size.seconds[part] for size in ended]
        axes.plot(numbers, times, marker="o", markersize=3, linewidth=1)
        axes.annotate(
            part, (numbers[-1], times[-1]), xytext=(5, 0), textcoords="offset points", fontsize=8, va="center"
        )
    axes.set(xscale="log", yscale="log", xlabel="Cases", ylabel="Seconds")
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
