"""`paper watch` serves this machine only, reloads the page after each build, and shows a failure in the page."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import tiny_paper
from publish.base.failures import BuildFailure
from publish.engine import engine
from publish.tools import watch
from tiny_paper import make_paper, write


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny paper, not built, with the stand-ins."""
    tiny_paper.stand_in(monkeypatch)
    return make_paper(tmp_path / "paper")


@pytest.fixture
def state() -> watch.State:
    """What the server shows."""
    return watch.State()


@pytest.fixture
def port(paper: Path, state: watch.State) -> Iterator[int]:
    """The port of a running server."""
    server = watch.serve(paper, 0, state)
    assert server.server_address[0] == "127.0.0.1"
    yield server.server_port
    server.shutdown()
    server.server_close()


def get(port: int, path: str) -> str:
    """The body of an answer of 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()
    finally:
        connection.close()


def test_the_page_is_served_with_a_reload(paper: Path, state: watch.State, port: int) -> None:
    """After a build the page is the output with the reloading script, and the output itself has none."""
    watch.build_once(paper, "auto", state)
    assert "# A tiny paper" in get(port, "/report.html")
    assert watch._SCRIPT in get(port, "/report.html")
    assert watch._SCRIPT not in (paper / "_output/report.html").read_text()
    assert "EventSource" in get(port, watch._SCRIPT)


def test_a_failure_is_shown_and_goes_away(paper: Path, state: watch.State, port: int) -> None:
    """A failing build shows its message, escaped, in place of the page; the next good one brings the page back."""
    source = (paper / "analysis/count.py").read_text()
    write(paper / "analysis/count.py", "raise ValueError('<script>bad</script>')\n")
    watch.build_once(paper, "auto", state)
    shown = get(port, "/report.html")
    assert "The build failed" in shown
    assert "&lt;script&gt;bad&lt;/script&gt;" in shown
    assert watch._SCRIPT in shown
    write(paper / "analysis/count.py", source)
    watch.build_once(paper, "auto", state)
    assert "# A tiny paper" in get(port, "/report.html")


def test_no_error_ends_the_watch(paper: Path, state: watch.State) -> None:
    """A missing engine, which stops the command `build`, is only shown by the watch."""
    watch.build_once(paper, "quarto", state)
    assert "Quarto" in state.failure
    assert state.version == 1


def test_a_waiting_page_hears_of_the_next_build(state: watch.State, port: int) -> None:
    """The page's connection gets a message when a build ends."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"{watch._EVENTS}?since=0")
    answer = connection.getresponse()
    state.settle("")
    assert answer.readline() == b"data: 1\n"
    connection.close()


def test_a_build_that_ends_before_the_page_listens_is_not_missed(state: watch.State, port: int) -> None:
    """A page that was read before a build ended, and listens only afterwards, hears of it at once."""
    shown = get(port, "/report.html")
    state.settle("")
    assert f"{watch._SCRIPT}?since=0" in shown
    assert f'"{watch._EVENTS}?since=0"' in get(port, f"{watch._SCRIPT}?since=0")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"{watch._EVENTS}?since=0")
    assert connection.getresponse().readline() == b"data: 1\n"
    connection.close()


def test_a_taken_port_is_told(paper: Path, state: watch.State, port: int) -> None:
    """A port that another program has is named, with the way out."""
    with pytest.raises(BuildFailure, match=rf"Port {port}: .* Choose another with --port"):
        watch.serve(paper, port, state)


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("report.qmd", True),
        ("data/cases.csv", True),
        ("analysis/people.ipynb", True),
        ("theme/page/paper.css", True),
        ("_variables.yml", False),
        ("figures/people.svg", False),
        ("_output/report.html", False),
        (".cache/built/report.html", False),
        (".git/index", False),
        ("analysis/__pycache__/people.cpython-311.pyc", False),
        ("report.qmd~", False),
    ],
)
def test_only_sources_start_a_build(tmp_path: Path, path: str, watched: bool) -> None:
    """What a build writes itself does not start the next one."""
    assert watch.is_watched(tmp_path, str(tmp_path / path)) is watched


def test_the_pages_own_policy_does_not_stop_the_reload() -> None:
    """While watching, the page's policy, which forbids every foreign script, is left out of the served copy."""
    page = '<head><meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head><body></body>'
    served = watch.with_reload(page, 7)
    assert "Content-Security-Policy" not in served
    assert served.endswith(f'<script src="{watch._SCRIPT}?since=7"></script></body>')


def test_only_folders_that_matter_are_watched(tmp_path: Path) -> None:
    """Neither the thousands of folders of an environment nor caches and outputs, at any depth; new ones are found."""
    for name in (
        ".venv/lib/deep",
        ".cache/built",
        "_output",
        "figures/a",
        "theme/page",
        "analysis/__pycache__",
        "data",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "linked").symlink_to(tmp_path / ".venv")
    found = {folder.relative_to(tmp_path).as_posix() for folder in watch.watched_folders(tmp_path)}
    assert found == {".", "analysis", "data", "theme", "theme/page"}


def test_the_page_is_shown_before_the_print_is_made(
    paper: Path, state: watch.State, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is shown while the print is still made; each is said in a line, and a conclusion that is untrue now."""
    seen, settle, render = [], state.settle, engine.render

    def rendered(root: Path, targets: Sequence[str], *more: Any, **named: Any) -> list[Path]:
        if f"{more[2][0]}.{targets[0]}" == "report.pdf":
            assert state.wait_for_news(0, 60), "the page waits for the print"
        return render(root, targets, *more, **named)

    def settled(failure: str) -> None:
        seen.append({file.suffix for file in (paper / "_output").glob("report.*")})
        settle(failure)

    monkeypatch.setattr(state, "settle", settled)
    monkeypatch.setattr(engine, "render", rendered)
    watch.build_once(paper, "embedded", state)
    assert seen == [{".html"}]
    assert (paper / "_output/report.pdf").is_file()
    capsys.readouterr()
    write(paper / "report.qmd", '[Many]{.conclusion when="alpha.n > 5"}.\n')
    watch.build_once(paper, "embedded", state)
    said = capsys.readouterr()
    assert sorted(re.sub(r"\d", "0", said.out).splitlines()) == ["page ready in 0.0 s", "print ready in 0.0 s"]
    assert 'report.qmd:1 "Many" does not hold' in said.err
    assert state.version == 2


def test_a_watch_begins_anew_before_its_memory_fills(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some prints the process replaces itself, at the same port: a waiting page finds it again."""
    saves, again = 0, []

    def changes(*_: object, **__: object) -> Iterator[set[object]]:
        nonlocal saves
        for saves in range(1, 99):
            write(paper / "report.qmd", f"# Save {saves}\n")
            yield set()

    def replaced(program: str, words: list[str]) -> None:
        again.extend(words)
        raise KeyboardInterrupt

    monkeypatch.setattr("watchfiles.watch", changes)
    monkeypatch.setattr(watch.os, "execv", replaced)
    monkeypatch.setattr(watch, "_PRINTS", 3)
    said: list[str] = []
    assert watch.watch(paper, "embedded", 0, said.append) == 0
    assert saves == 2  # the first build was one
    port = re.search(r":(\d+)/", said[0])
    assert port
    assert again[1:] == f"-P -m publish --root {paper} watch --engine embedded --port {port[1]}".split()
