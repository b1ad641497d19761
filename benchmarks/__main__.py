"""`make bench`: measure builds, the page and growth beside the commit before the work on speed; docs/performance.md."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.builds import BEFORE, Tree, build_timings, floor_timings, followed, page_size, tree_before, tree_now
from benchmarks.growth import SIZES, Size, exponent, growth
from benchmarks.measure import Run

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "performance.md"
_LONGEST = 160
# What is compared with the commit before, and the most that it may be of it.
RATIOS = {
    "clean build, processor": 0.35,
    "clean build": 0.4,
    "nothing to do": 0.15,
    "prose to page in watch": 0.2,
    "prose to PDF in watch": 0.35,
    "style to page": 0.15,
    "one coding edit": 0.4,
    "`paper check`, processor": 0.3,
}
LARGEST_PAGE = {"page as sent (gzip), bytes": 350_000, "page, elements": 9_000}

Measures = Mapping[str, Sequence[float]]


def main() -> None:
    """Measure, say each result as it comes, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="the most cases to measure growth with")
    sizes = [size for size in SIZES if size <= parser.parse_args().largest]
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="odn-bench-") as name:
        folder = Path(name)
        now, before = tree_now(ROOT, folder), tree_before(ROOT, folder)
        of_before = measured(before) if before else {}
        of_now = measured(now)
        of_now |= both(floor_timings(ROOT, now))
        grown = [said(size) for size in growth(ROOT, folder, sizes)]
        python = str(before.root / ".venv/bin/python") if before else ""
        grown_before = [said(one) for one in growth(before.root, folder, sizes[-1:], python)] if before else []
    TARGET.write_text(report(of_now, of_before, grown, grown_before, machine(load)), encoding="utf-8")


def measured(tree: Tree) -> dict[str, list[float]]:
    """All that is measured of a project's builds and page, by name."""
    found = both(build_timings(tree))
    for name, seconds in followed(tree):
        found.setdefault(name, []).append(seconds)
    return found | {name: [float(size)] for name, size in zip(LARGEST_PAGE, page_size(tree), strict=True)}


def both(timings: Iterable[tuple[str, list[Run]]]) -> dict[str, list[float]]:
    """Seconds of each run, and the processors' seconds, by name."""
    found = {}
    for name, runs in timings:
        found |= {name: [run.seconds for run in runs], f"{name}, processor": [run.processor for run in runs]}
        print(
            f"{median(found[name]):8.2f} s, {median(found[f'{name}, processor']):8.2f} s of processors  {name}",
            flush=True,
        )
    return found


def said(size: Size) -> Size:
    """The size, after telling of it."""
    print(f"{size.total:8.1f} s  {size.n_cases:,} cases, {size.end}", flush=True)
    return size


def report(now: Measures, before: Measures, grown: Sequence[Size], grown_before: Sequence[Size], where: str) -> str:
    """The page as Markdown: what was reached, what was measured, and growth."""
    each = [
        (name, *(_middle(one.get(name)) for one in (now, before)), ", ".join(f"{one:.2f}" for one in runs))
        for name, runs in now.items()
        if name not in LARGEST_PAGE
    ]
    refused = [f"- {one if len(one) <= _LONGEST else f'{one[:_LONGEST]}…'}" for one in grown[-1].refused]
    return f"""# Performance

Written by `make bench`. Seconds are those of whole commands. The processors' seconds count every process that a command
started, forked or left behind. Before is commit {BEFORE}, built in the same run with the packages of its own lock file.

{where}

## Targets

{table(("Target", "Reached", "Met"), targets(now, before, grown, grown_before))}
## Builds

{table(("What", "Now, median", "Before, median", "Now, each run"), each)}
The floor draws each chart once in one process and renders both documents once: no build, no processes side by side.

## Growth

Synthetic data packages, drawn from the real rows, through validation, every statistic and every figure, in one process.

{growth_table(grown)}
{_beyond(grown)}

Texts repeat more in synthetic rows than in real ones, and a text that repeats is kept once.

With {grown[-1].n_cases:,} cases these cells refuse, of those that were reached:

{chr(10).join(refused) or "- none"}
"""


def _beyond(sizes: Sequence[Size]) -> str:
    """What ten million cases would take, on paper."""
    ended = [size for size in sizes if not size.unfinished]
    if len(ended) < 2:
        return "What more cases would take cannot be said, since fewer than two sizes ended."
    size, steep = ended[-1], max(exponent(sizes), 1)
    more = 10**7 / size.n_cases
    return (
        f"On paper, {10**7:,} cases would take {size.total * more**steep / 60:,.0f} minutes and "
        f"{size.memory * more / 1e9:,.0f} GB in one process. They are counted, at least in proportion, by the largest "
        f"size that ended ({size.n_cases:,} cases). That is where the tables belong into Parquet files, read in pieces "
        "by DuckDB or Polars."
    )


def _middle(runs: Sequence[float] | None) -> str:
    return f"{median(runs):.2f}" if runs else ""


def targets(
    now: Measures, before: Measures, grown: Sequence[Size], grown_before: Sequence[Size]
) -> list[tuple[str, str, str]]:
    """Each target, what was reached, and whether it is met; nothing is met that was not measured."""
    rows = []
    for name, most in RATIOS.items():
        ratio = median(now[name]) / median(before[name]) if name in before else None
        reached = f"{ratio:.2f} ({_middle(now[name])} s)" if ratio is not None else "not measured"
        rows.append((f"{name}: at most {most:g} of before", reached, ratio is not None and ratio <= most))
    for name, largest in LARGEST_PAGE.items():
        size = median(now[name])
        was = f", before {median(before[name]):,.0f}" if name in before else ""
        rows.append((f"{name}: at most {largest:,}", f"{size:,.0f}{was}", size <= largest))
    steep = exponent(grown)
    rows.append(("growth: exponent at most 1.1", f"{steep:.2f} between the two largest sizes", steep <= 1.1))
    last, largest = grown[-1], [grown[-1], *grown_before][-1].n_cases
    same = [one for one in grown_before if one.n_cases == last.n_cases and not last.unfinished]
    fits = any(last.total <= one.total and last.memory <= one.memory for one in same)
    reached = "; before ".join(
        f"{one.n_cases:,} cases ({one.n_rows:,} rows): {one.end}, {one.total:.0f} s, {one.memory / 1e9:.1f} GB"
        for one in (last, *grown_before)
    )
    rows.append((f"{largest:,} cases: no more time and memory than before", reached, fits))
    compared = [*[one for one in grown if not one.unfinished][-1:], *grown_before]
    known = [(one.total / one.n_rows * 1e6, one.memory / one.n_rows) for one in compared if one.n_rows]
    reached = "; before ".join(f"{seconds:.1f} s, {memory:.0f} MB" for seconds, memory in known)
    fits = len(known) == 2 and all(mine <= then for mine, then in zip(*known, strict=True))
    rows.append(("a million rows of codes, of the largest size that ended: no more than before", reached, fits))
    return [(target, reached, "yes" if met else "no") for target, reached, met in rows]


def growth_table(sizes: Sequence[Size]) -> str:
    """Seconds by part for each size, and the exponents between the two largest that ended."""
    parts = list(sizes[0].seconds)
    rows = []
    for size in sizes:
        told = [f"{seconds:.1f}" for seconds in size.seconds.values()]
        told += [f"over {size.unfinished:.0f}"] if size.unfinished else []  # the part in which it was stopped
        told += [""] * (len(parts) - len(told))
        counts, refused = (f"{size.n_cases:,}", f"{size.n_rows:,}"), str(len(size.refused))
        rows.append([*counts, *told, f"{size.total:.1f}", f"{size.memory / 1e6:,.0f}", refused, size.end])
    fitted = [
        "Exponent, last two that ended",
        "",
        *(f"{exponent(sizes, part):.2f}" for part in (*parts, None)),
        "",
        "",
        "",
    ]
    return table(("Cases", "Rows", *parts, "All", "Peak MB", "Refused", "End"), [*rows, fitted])


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
