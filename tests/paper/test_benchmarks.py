"""The measurements measure what they say: synthetic data is valid, exponents are fitted, targets are judged."""

from __future__ import annotations

import math
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.data.dataset import load
from benchmarks.__main__ import LARGEST_PAGE, RATIOS, report, targets
from benchmarks.builds import flip_coding, repeated
from benchmarks.growth import Size, exponent
from benchmarks.measure import measure
from benchmarks.one_process import run_cells
from benchmarks.synthetic import drawn, write_package
from tiny_paper import write_notebook


def test_a_synthetic_package_is_valid_and_as_large_as_asked(root, tmp_path):
    """A synthetic package of 300 cases passes the project's own validation."""
    write_package(root, tmp_path, 300)
    assert len(load(tmp_path / "data").cases) == 300


def test_synthetic_shares_are_those_of_the_real_rows():
    """Whole rounds of the real cases: every case as often as any other, each with all its codings and stories."""
    real = {
        "cases": pd.DataFrame({"case_id": ["A", "B", "C"], "duplicate_of": ["", "", "A"], "number": ["3", "1", "2"]}),
        "stories": pd.DataFrame({"story_id": ["s", "t"], "url": ["u", "v"]}),
        "case_stories": pd.DataFrame({"case_id": ["A", "B", "B"], "story_id": ["s", "s", "t"]}),
        "codings": pd.DataFrame({"case_id": ["A", "B"], "value": ["1", "0"], "story_id": ["s", ""]}),
        "facts": pd.DataFrame({"case_id": ["A", "C"], "field": ["x", "y"]}),
    }
    pieces = list(drawn(real, 10))
    made = {name: pd.concat(piece[name] for piece in pieces) for name in real}
    assert {name: list(table) for name, table in made.items()} == {name: list(table) for name, table in real.items()}
    assert made["cases"]["case_id"].nunique() == len(made["cases"]) == made["cases"]["number"].nunique() == 10
    assert Counter(made["facts"]["field"]) == {"x": 5}
    assert Counter(made["codings"]["value"]) == {"1": 5, "0": 5}
    assert made["stories"]["url"].nunique() == len(made["stories"]) == len(made["case_stories"]) == 15
    linked = made["codings"].query("value == '1'")[["case_id", "story_id"]]
    assert len(linked.merge(made["case_stories"])) == 5
    assert set(made["codings"].query("value == '0'")["story_id"]) == {""}


SIZES = [Size(n, {"a": 0.01 * n**1.5}, 0, (), "ended") for n in (1_000, 10_000, 100_000)]


def test_exponent_of_a_known_power():
    """Times that grow with the power 1.5 have that exponent; runs that did not end are left out."""
    assert exponent([*SIZES, Size(10**6, {}, 0, (), "stopped", 0, 600.0)]) == pytest.approx(1.5)
    assert exponent(SIZES, "a") == pytest.approx(1.5)
    assert math.isnan(exponent(SIZES[:1]))


FITS = Size(10**6, {"a": 100.0}, 10**9, ("claims#figure: ValueError: too many",), "ended", 10**7)


def test_targets_are_judged_at_their_borders():
    """Each target is met at its border and missed just beyond it, or where nothing of the kind was measured."""
    before = {name: [10.0, 1.0, 99.0] for name in [*RATIOS, *LARGEST_PAGE]}
    border = {name: [most * 10] for name, most in RATIOS.items()}
    border |= {name: [float(most)] for name, most in LARGEST_PAGE.items()}
    beyond = {name: [one + 0.1] for name, (one,) in border.items()}
    slow = Size(10**6, {"a": 101.0}, 10**9, (), "ended", 10**7)
    steep = [Size(10**5, {"a": 1.0}, 0, (), "ended"), slow]

    def judged(*given: Any) -> list[str]:
        return [met for _, _, met in targets(*given)]

    assert judged(border, before, [Size(10**5, {"a": 10.0}, 0, (), "ended"), FITS], [FITS]) == ["yes"] * 13
    assert judged(beyond, before, steep, [FITS]) == ["no"] * 13
    assert judged(border, {}, [*SIZES, FITS], []) == ["no"] * 8 + ["yes"] * 3 + ["no"] * 2


def test_the_page_says_what_was_measured_and_what_a_size_refuses():
    """The report holds every measured time, beside that of before, and the cells that refuse the largest size."""
    now = {name: [12.34] for name in [*RATIOS, *LARGEST_PAGE, "floor"]}
    page = report(now, {"clean build": [45.67]}, [*SIZES, FITS], [], "2026, here")
    for part in ("| clean build | 12.34 | 45.67 | 12.34 |", "| floor | 12.34 |  |", "- claims#figure: ValueError"):
        assert part in page


def test_a_stopped_size_shows_what_it_reached_and_nothing_is_counted_from_it():
    """The parts that ended, how long the last one ran, and the memory; what is counted comes from sizes that ended."""
    reached = Size(10**6, {"a": 5.0}, 10**10, (), "stopped after 600 s", 10**8, 595.0)
    small = [Size(n, {"a": n / 1e4, "b": n / 1e4}, n * 1000, (), "ended", n * 100) for n in (1_000, 10_000)]
    page = report({name: [1.0] for name in [*RATIOS, *LARGEST_PAGE]}, {}, [*small, reached], [FITS], "2026, here")
    assert "| 1,000,000 | 100,000,000 | 5.0 | over 595 | 600.0 | 10,000 | 0 | stopped after 600 s |" in page
    assert "10,000,000 cases would take 33 minutes and 10 GB in one process." in page
    assert "by the largest size that ended (10,000 cases)" in page
    assert "| 2.0 s, 10 MB; before 10.0 s, 100 MB | yes |" in page
    assert "rows): stopped after 600 s, 600 s, 10.0 GB; before 1,000,000 cases" in page


def test_a_process_is_measured_and_stopped_at_its_limit(tmp_path):
    """Output, exit code and memory are the process's; what it left is waited for; one beyond the limit is killed."""
    run = measure([sys.executable, "-c", "x = bytearray(2 * 10**8); print(len(x))"], tmp_path, {})
    assert (run.code, run.output) == (0, "200000000\n")
    assert run.memory > 2 * 10**8
    later = "import pathlib, time; time.sleep(0.2); pathlib.Path('left').touch()"
    leaves = f"import subprocess as s, sys; s.Popen([sys.executable, '-c', {later!r}], start_new_session=True)"
    assert measure([sys.executable, "-c", leaves], tmp_path, {}).processor > 0
    assert (tmp_path / "left").exists()
    stopped = measure([sys.executable, "-c", "import time; time.sleep(600)"], tmp_path, {}, limit=0.5)
    assert stopped.code < 0


def test_a_failing_process_is_no_measurement(tmp_path):
    """A run that fails raises with what it said, and gives no time."""
    command = [sys.executable, "-c", "raise SystemExit('no such notebook')"]
    with pytest.raises(RuntimeError, match="no such notebook"):
        repeated("it", 3, lambda: measure(command, tmp_path, {}), lambda: None)


def test_a_flipped_code_is_one_row_and_good_data(root, tmp_path):
    """The change that a build is measured with differs in one row, in another the next time, and the data stay good."""
    data = Path(shutil.copytree(root / "data", tmp_path / "data"))
    before = (data / "codings.csv").read_text("utf-8").splitlines()
    for times in (1, 2):
        flip_coding(data / "codings.csv")
        after = (data / "codings.csv").read_text("utf-8").splitlines()
        assert sum(a != b for a, b in zip(before, after, strict=True)) == times
    load(data)


def test_a_cell_that_refuses_a_size_is_named(tmp_path, capsys):
    """The other cells go on, and the refusal is named with notebook, cell and reason."""
    write_notebook(tmp_path, "alpha", ["# A", "print('a')", "raise ValueError('too\\nlarge')", "print('b')"])
    run_cells(tmp_path / "analysis" / "alpha.ipynb")
    assert capsys.readouterr().out == "a\nrefused alpha#cell-2: ValueError: too large\nb\n"
