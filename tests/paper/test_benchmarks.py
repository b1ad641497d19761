"""The measurements measure what they say: synthetic data is valid, exponents are fitted, targets are judged."""

from __future__ import annotations

import csv
import io
import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import one_process
from benchmarks.build_times import REPORT_ALONE, Timing
from benchmarks.explorer import Answers
from benchmarks.growth import Size, exponent
from benchmarks.processes import measure, median_of
from benchmarks.report import targets
from benchmarks.synthetic import drawn, write_package
from tiny_paper import write_notebook


def test_a_synthetic_package_is_valid_and_as_large_as_asked(root: Path, tmp_path: Path) -> None:
    """A synthetic package of 300 cases passes the project's own validation."""
    write_package(root, tmp_path, 300)
    environment = {**os.environ, "ODN_ROOT": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "analysis"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "300 cases" in done.stdout


def test_synthetic_shares_are_those_of_the_real_rows() -> None:
    """Whole rounds of the real cases: every case as often as any other, each with all its codings and stories."""
    tables = {
        "cases": [{"case_id": name, "duplicate_of": of} for name, of in (("A", ""), ("B", ""), ("C", "A"))],
        "stories": [{"story_id": "s", "url": "u"}, {"story_id": "t", "url": "v"}],
        "case_stories": [{"case_id": case, "story_id": story} for case, story in ("As", "Bs", "Bt")],
        "codings": [
            {"case_id": "A", "value": "1", "evidence": "a, b", "story_id": "s"},
            {"case_id": "B", "value": "0", "evidence": "", "story_id": ""},
        ],
    }
    lines: dict[str, list[list[str]]] = {name: [] for name in tables}
    for texts in drawn(tables, 10):
        for name, text in texts.items():
            lines[name] += csv.reader(io.StringIO(text))
    assert len({case for case, _ in lines["cases"]}) == len(lines["cases"]) == 10
    assert Counter(value for _, value, _, _ in lines["codings"]) == {"1": 5, "0": 5}
    assert len(lines["stories"]) == len(lines["case_stories"]) == 15
    assert len({url for _, url in lines["stories"]}) == 15
    linked = {(case, story) for case, value, evidence, story in lines["codings"] if evidence == "a, b"}
    assert len(linked) == 5
    assert linked <= {(case, story) for case, story in lines["case_stories"]}


def test_exponent_of_a_known_power() -> None:
    """Times that grow with the power 1.5 have that exponent; small sizes and stopped runs are left out."""
    sizes = [Size(n, {"a": 0.01 * n**1.5}, 0, (), "ended") for n in (1_000, 10_000, 100_000)]
    noise = [Size(100, {"a": 1e9}, 0, (), "ended"), Size(10**6, {}, 0, (), "stopped")]
    assert exponent([*sizes, *noise]) == pytest.approx(1.5)
    assert exponent(sizes, "a") == pytest.approx(1.5)
    assert math.isnan(exponent(sizes[:1]))


def judged(clean: float, no_op: float, prose: float, floor: float, apart: float, worst: float, size: Size) -> list[str]:
    """The verdicts on all targets."""
    named = {
        "clean build": clean,
        "nothing to do": no_op,
        "one word of prose": prose,
        REPORT_ALONE: 0.5,
        "floor: x": floor,
        "of which rendering": 5.0,
        "jupyter x": apart,
    }
    timings = [Timing(name, seconds, (seconds,), 0.0) for name, seconds in named.items()]
    sizes = [Size(1_000, {"a": 0.1}, 0, (), "ended"), size]
    return [met for _, _, met in targets(timings, Answers(5000, 1.0, {}, worst), sizes)]


def test_targets_are_judged_at_their_borders() -> None:
    """Each target is met at its border and missed just beyond it."""
    fits = Size(1_000_000, {"a": 100.0}, 10**9, (), "ended")
    slow = Size(1_000_000, {"a": 181.0}, 10**9, (), "ended")
    stopped = Size(100_000, {}, 10**9, (), "stopped after 600 s")
    assert judged(15, 1.5, 2.5, 10, 25, 200, fits) == ["yes"] * 7
    assert judged(15.1, 1.6, 2.7, 10, 25, 201, slow)[:6] == ["no"] * 6
    assert judged(15, 1.5, 2.5, 10, 25, 200, stopped)[5:] == ["no", "no"]


def test_a_process_is_measured_and_stopped_at_its_limit(tmp_path: Path) -> None:
    """Output, exit code and memory are those of the process; one that outlives the limit is killed."""
    run = measure([sys.executable, "-c", "x = bytearray(2 * 10**8); print(len(x))"], tmp_path, {})
    assert (run.code, run.output) == (0, "200000000\n")
    assert run.memory > 2 * 10**8
    stopped = measure([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, {}, limit=0.5)
    assert stopped.code < 0
    assert list(tmp_path.iterdir()) == []


def test_a_failing_process_is_no_measurement(tmp_path: Path) -> None:
    """A run that fails raises with what it said, and gives no time."""
    with pytest.raises(RuntimeError, match="no such notebook"):
        median_of(3, lambda: measure([sys.executable, "-c", "raise SystemExit('no such notebook')"], tmp_path, {}))


def test_a_cell_that_refuses_a_size_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the growth measurement the other cells go on and the refusal is named; for the floor it is an error."""
    write_notebook(tmp_path, "alpha", ["# A", "seen = []", "raise ValueError('too\\nlarge')", "seen.append(1)"])
    notebook = tmp_path / "analysis" / "alpha.ipynb"
    one_process._run_cells(notebook, strict=False)
    assert capsys.readouterr().err == "refused alpha#cell-2: ValueError: too large\n"
    with pytest.raises(ValueError, match="too"):
        one_process._run_cells(notebook, strict=True)
