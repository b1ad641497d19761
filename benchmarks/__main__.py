"""`make bench`: measure builds and growth, then write docs/performance.md."""

from __future__ import annotations

import datetime
import os
import platform
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.builds import build_timings
from benchmarks.growth import Size, exponent, growth

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "performance.md"
_LONGEST = 160

Times = Mapping[str, Sequence[float]]


def main() -> None:
    """Measure, say each result as it comes, and write the page."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="odn-bench-") as folder:
        builds, sizes = {}, []
        for name, runs in build_timings(ROOT, Path(folder)):
            builds[name] = [run.seconds for run in runs]
            print(f"{median(builds[name]):8.1f} s  {name}", flush=True)
        for size in growth(ROOT, Path(folder)):
            print(f"{size.total:8.1f} s  {size.n_cases:,} cases, {size.end}", flush=True)
            sizes.append(size)
    TARGET.write_text(report(builds, sizes, machine(load)), encoding="utf-8")


def report(builds: Times, sizes: Sequence[Size], where: str) -> str:
    """The page as Markdown: builds and growth, in seconds."""
    each = [(name, f"{median(s):.1f}", ", ".join(f"{one:.1f}" for one in s)) for name, s in builds.items()]
    refused = [f"- {one if len(one) <= _LONGEST else f'{one[:_LONGEST]}…'}" for one in sizes[-1].refused]
    return f"""# Performance

Written by `make bench`. Times are seconds of whole processes.

{where}

## Builds

{table(("What", "Median", "Each run"), each)}
## Targets

{table(("Target", "Reached", "Met"), targets(builds, sizes))}
## Growth

Synthetic data packages, drawn from the real rows, through validation, every statistic and every figure, in one process.

{growth_table(sizes)}
With {sizes[-1].n_cases:,} cases these cells refuse:

{chr(10).join(refused) or "- none"}
"""


def targets(builds: Times, sizes: Sequence[Size]) -> list[tuple[str, str, str]]:
    """Each target, what was reached, and whether it is met."""
    floor = median(builds["every notebook in one process"]) + median(builds["rendering alone"])
    times, no_op = median(builds["clean build"]) / floor, median(builds["nothing to do"])
    largest, steep = sizes[-1], exponent(sizes)
    seen = f"{largest.n_cases:,} cases: {largest.end}, {largest.total:.0f} s, {largest.memory / 1e9:.1f} GB"
    fits = largest.n_cases == 1_000_000 and 0 < largest.total <= 180 and largest.memory < 4e9
    rows = (
        ("clean build at most 1.5 times every notebook and one rendering", f"{times:.2f} times", times <= 1.5),
        ("nothing to do in at most 1.5 s", f"{no_op:.2f} s", no_op <= 1.5),
        ("1,000,000 cases within 3 minutes and 4 GB", seen, fits),
        ("growth no worse than n log n", f"exponent between the two largest sizes {steep:.2f}", steep <= 1.1),
    )
    return [(target, reached, "yes" if met else "no") for target, reached, met in rows]


def growth_table(sizes: Sequence[Size]) -> str:
    """Seconds by part for each size, and the exponents between the two largest."""
    parts = list(sizes[0].seconds)
    rows = [
        [
            f"{size.n_cases:,}",
            *(f"{size.seconds[part]:.1f}" if size.seconds else "" for part in parts),
            f"{size.total:.1f}",
            f"{size.memory / 1e6:,.0f}",
            str(len(size.refused)),
            size.end,
        ]
        for size in sizes
    ]
    fitted = ["Exponent, last two", *(f"{exponent(sizes, part):.2f}" for part in (*parts, None)), "", "", ""]
    return table(("Cases", *parts, "All", "Peak MB", "Cells that refuse", "End"), [*rows, fitted])


def machine(load: float) -> str:
    """The day, the machine, and how busy it was when the measuring began."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.date.today().isoformat()}; {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"{memory:.0f} GB; Python {platform.python_version()}; load average at the beginning {load:.1f}."
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
