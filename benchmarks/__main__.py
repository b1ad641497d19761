"""`make bench`: measure, then write docs/performance.md."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.build_times import build_timings
from benchmarks.explorer import answers
from benchmarks.growth import growth
from benchmarks.report import TARGET, write_report

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure builds, then growth, and write the report."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="odn-bench-") as folder:
        print("Measuring builds, the page and growth; about ten minutes on two processors.", flush=True)
        timings = []
        for one in build_timings(ROOT, Path(folder)):
            print(f"{one.seconds:8.1f} s  {one.name}", flush=True)
            timings.append(one)
        answered = answers(Path(folder) / "paper" / "_output" / "report.html")
        print(f"{answered.worst_ms:8.1f} ms the slowest answer of the page's explorer", flush=True)
        sizes = []
        for size in growth(ROOT, Path(folder)):
            print(f"{sum(size.seconds.values()):8.1f} s  {size.n_cases:,} cases, {size.end}", flush=True)
            sizes.append(size)
    write_report(ROOT, timings, answered, sizes, load)
    print(f"Written: {TARGET}")


if __name__ == "__main__":
    main()
