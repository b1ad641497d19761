"""Whatever goes wrong in a build: the last good outputs stand, the message names the cause, the next build repairs."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import tiny_paper
from publish.base.problems import RenderFailed
from publish.base.states import FigureSet
from publish.build.build import build
from publish.build.progress import Progress
from publish.engine import engine
from tiny_paper import ALPHA, ALPHA_END, write_notebook

KILLS = 30
SLOW = "import time; time.sleep(3600)"


def paper_command(
    root: Path, *arguments: str, limit: int | None = None, files: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `paper` with the stand-ins; no file may grow beyond `limit` bytes, no process open more than `files`."""

    def starve() -> None:
        for what, most in ((resource.RLIMIT_FSIZE, limit), (resource.RLIMIT_NOFILE, files)):
            if most is not None:
                resource.setrlimit(what, (most, most))

    command = [sys.executable, tiny_paper.__file__, str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=starve)


def started_alone(root: Path) -> subprocess.Popen[bytes]:
    """A build with the stand-ins that can be killed with all that it starts."""
    command = [sys.executable, tiny_paper.__file__, str(root), "build"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def outputs(root: Path) -> dict[str, bytes]:
    """Every output with its bytes."""
    files = [*(root / "_output").rglob("*"), *(root / "figures").rglob("*"), root / "_variables.yml"]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file()}


def delivered(root: Path) -> dict[str, bytes]:
    """The outputs that a person opens."""
    return {name: content for name, content in outputs(root).items() if name.startswith("_output/")}


def change_data(root: Path) -> None:
    """An edit that changes every figure."""
    with (root / "data" / "cases.csv").open("a", encoding="utf-8") as file:
        file.write("C,z\n")


@pytest.fixture(scope="module")
def changed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of an undisturbed build after `change_data`."""
    root = Path(shutil.copytree(built, tmp_path_factory.mktemp("undisturbed") / "paper"))
    change_data(root)
    return outputs(tiny_paper.built(root))


def a_directory_instead(root: Path) -> None:
    (root / "data" / "cases.csv").unlink()
    (root / "data" / "cases.csv").mkdir()


def a_loop_instead(root: Path) -> None:
    (root / "theme" / "page" / "paper.css").unlink()
    (root / "theme" / "page" / "paper.css").symlink_to(root / "theme" / "page" / "paper.css")


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda root: write_notebook(root, "alpha", ["# A", *ALPHA, "1 / 0", ALPHA_END]), "ZeroDivisionError"),
        (lambda root: write_notebook(root, "alpha", ["# A", *ALPHA]), "analysis/alpha.ipynb: ended without alpha.json"),
        (lambda root: (root / "analysis/count.py").write_text("def n_rows(path:\n"), "SyntaxError"),
        (a_directory_instead, "cases.csv"),
        (a_loop_instead, "theme/page/paper.css"),
    ],
)
def test_a_broken_input_leaves_the_outputs(
    paper: Path, built: Path, tmp_path: Path, break_it: Callable[[Path], None], message: str
) -> None:
    """Raising notebook, missing record, broken module, unreadable data or theme: exit 1, cause named, outputs stand."""
    before = delivered(paper)
    break_it(paper)
    done = paper_command(paper, "build")
    assert done.returncode == 1
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr.replace('Traceback (most recent call last):\n  File "<string>"', "")
    assert delivered(paper) == before
    repaired = Path(shutil.copytree(built, tmp_path / "repaired"))
    for folder in ("data", "theme", "analysis"):
        shutil.rmtree(paper / folder)
        shutil.copytree(repaired / folder, paper / folder)
    tiny_paper.built(paper)
    assert outputs(paper) == outputs(built)


def test_a_failing_renderer_leaves_both_formats(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When print fails, the page is not delivered either: the two never disagree."""
    before = delivered(paper)

    def render(root: Path, targets: tuple[str, ...], *rest: object, **more: object) -> list[Path]:
        if "pdf" in targets:
            raise RenderFailed("Typst: unknown font")
        return tiny_paper.quick_render(root, targets, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "render", render)
    change_data(paper)
    done = build(paper, progress=Progress(quiet=True))
    assert done.failed == {"report.pdf": "Typst: unknown font", "brief.pdf": "Typst: unknown font"}
    assert done.held_up == ["delivery"]
    assert {"report.html", "brief.html"} <= set(done.ran)
    assert delivered(paper) == before


@pytest.mark.parametrize("limit", [0, 60, 400])
def test_a_full_disk_leaves_the_outputs(paper: Path, changed: dict[str, bytes], limit: int) -> None:
    """When no file can grow beyond some bytes, the build says that the disk is full; with room again it ends well."""
    before = delivered(paper)
    change_data(paper)
    done = paper_command(paper, "build", limit=limit)
    assert done.returncode == 1
    assert "the disk is full" in done.stdout + done.stderr
    assert delivered(paper) == before
    tiny_paper.built(paper)
    assert outputs(paper) == changed


def test_few_open_files_stop_nothing(paper: Path, changed: dict[str, bytes]) -> None:
    """`ulimit -n 64`: the same outputs."""
    change_data(paper)
    done = paper_command(paper, "build", files=64)
    assert done.returncode == 0, done.stderr
    assert outputs(paper) == changed


def test_a_folder_whose_name_is_not_utf8_is_told(paper: Path) -> None:
    """Pandoc opens no file below it: that is said at once, in place of the failure that would come of it."""
    done = paper_command(paper.rename(os.fsdecode(os.fsencode(paper.parent) + b"/caf\xe9")), "build")
    assert done.returncode == 2
    assert "caf\\udce9: the folder's name is not UTF-8" in done.stderr


def test_a_killed_build_leaves_the_outputs_and_no_lock(paper: Path, changed: dict[str, bytes]) -> None:
    """Kill -9 while a notebook runs: outputs stand, the next build is not locked out, and makes what it should."""
    before = delivered(paper)
    source = (paper / "analysis" / "count.py").read_text(encoding="utf-8")
    started = paper / "started"
    (paper / "analysis" / "count.py").write_text(f"open({str(started)!r}, 'w').close()\n{SLOW}\n", encoding="utf-8")
    process = started_alone(paper)
    try:
        while not started.exists():
            assert process.poll() is None
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert delivered(paper) == before
    started.unlink()
    (paper / "analysis" / "count.py").write_text(source, encoding="utf-8")
    change_data(paper)
    tiny_paper.built(paper)
    assert outputs(paper) == changed


def test_what_a_killed_build_left_is_taken_away(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder made for a moment lies below the project, and the next build removes it."""
    left = []

    def render(*given: object, **more: object) -> list[Path]:
        left.append(Path(tempfile.mkdtemp()))
        return tiny_paper.quick_render(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "render", render)
    monkeypatch.setattr("publish.base.whole._DEEPEST", 1_000)  # wherever the tests' folder is
    change_data(paper)
    build(paper, progress=Progress(quiet=True))
    assert left
    assert all(folder.is_relative_to(paper) and folder.exists() for folder in left)
    build(paper, progress=Progress(quiet=True))
    assert not any(folder.exists() for folder in left)


@pytest.mark.parametrize(("command", "code"), [("build", 1), ("watch --port 0", 0)])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_at_once_and_says_so(paper: Path, command: str, code: int, how: int) -> None:
    """Ctrl-C (to all processes of the terminal) or a plain kill while a real notebook runs: it ends, outputs stand."""
    before = delivered(paper)
    started = paper / "started"
    write_notebook(paper, "alpha", ["# A", f"open({str(started)!r}, 'w').close()\n{SLOW}"])
    words = [sys.executable, "-m", "publish", "--root", str(paper), *command.split()]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    process = subprocess.Popen(words, start_new_session=True, **pipes)  # type: ignore[call-overload]
    while not started.exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, how) if how == signal.SIGINT else process.send_signal(how)
    said, _ = process.communicate(timeout=600)
    assert process.returncode == code, said
    assert "Stopped by the keyboard." in said
    assert "Traceback" not in said
    assert "process died" not in said
    assert delivered(paper) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".cache/build.json", b"\xff not JSON ["),
        (".cache/build.json", b""),
        (".cache/build.json", b'{"steps": {"report.html": {"needs"'),
        (".cache/build.json", b"[]"),
        (".cache/build.pid", b""),
    ],
)
def test_a_torn_record_is_repaired(paper: Path, built: Path, name: str, content: bytes) -> None:
    """A record that was cut off while it was written costs work, never an error or a wrong output."""
    (paper / name).write_bytes(content)
    assert build(paper, progress=Progress(quiet=True)).failed == {}
    assert outputs(paper) == outputs(built)
    assert build(paper, progress=Progress(quiet=True)).ran == []


def test_two_builds_at_once_end_well(paper: Path, changed: dict[str, bytes]) -> None:
    """Two builds started together both end well, with the outputs of one."""
    change_data(paper)
    command = [sys.executable, tiny_paper.__file__, str(paper), "build"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert outputs(paper) == changed


@pytest.mark.faults
def test_killed_at_random_moments(built: Path, tmp_path: Path, changed: dict[str, bytes]) -> None:
    """Killed at 30 random moments: every file is old or new, never torn; the next build repairs everything."""
    seed = int(os.environ.get("FAULT_SEED", random.SystemRandom().randrange(10**6)))
    print(f"\nFAULT_SEED={seed}")
    chance = random.Random(seed)
    old, new = outputs(built), changed
    begin = time.monotonic()
    undisturbed = Path(shutil.copytree(built, tmp_path / "timed"))
    change_data(undisturbed)
    assert paper_command(undisturbed, "build").returncode == 0
    duration = time.monotonic() - begin
    for number in range(KILLS):
        root = Path(shutil.copytree(built, tmp_path / f"kill-{number}"))
        change_data(root)
        moment = chance.uniform(0, duration)
        process = started_alone(root)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for name, content in outputs(root).items():
            assert content in (old.get(name), new.get(name)), f"kill {number} at {moment:.3f} s tore {name}"
        assert set(delivered(root)) == set(delivered(built))
        repaired = paper_command(root, "build")
        assert repaired.returncode == 0, f"kill {number} at {moment:.3f} s: {repaired.stderr}"
        assert outputs(root) == new, f"kill {number} at {moment:.3f} s"
        assert FigureSet("", root, "alpha").state() is not None
        print(f"kill {number + 1:2d} at {moment:.3f} s of {duration:.3f} s: repaired")
        shutil.rmtree(root)
