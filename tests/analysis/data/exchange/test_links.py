"""Addresses are asked politely, each kind of answer has its name, and a stopped run goes on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.data.exchange import links
from analysis.data.exchange.commands import check_links
from analysis.data.exchange.links import Manners, addresses, check, remembered
from publish.base.imports import notebook_sources, sources_of
from publish.base.places import notebook_names

QUICK = Manners(pause=0.0, timeout=0.5)


class Answers(BaseHTTPRequestHandler):
    """Answers with the number in the path; `/moved` leads to `/200`, `/garbage` is no HTTP."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer."""
        type(self).asked.append(self.path)
        if self.path == "/garbage":
            self.wfile.write(b"garbage\r\n\r\n")
            return
        moved = self.path == "/moved"
        self.send_response(302 if moved else int(self.path[1:4]))
        if moved:
            self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a local server, whose handler remembers what was asked."""
    Answers.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a port that takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.fixture
def closed() -> str:
    """The address of a port at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        return f"http://127.0.0.1:{gone.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/200", "good", "200"),
        ("/200/ä b?x=1", "good", "200"),
        ("/moved", "moved", "/200"),
        ("/404", "gone", "404"),
        ("/410", "gone", "410"),
        ("/403", "refused", "403"),
        ("/429", "refused", "429"),
        ("/500", "error", "500"),
        ("/garbage", "broken", "garbage"),
    ],
)
def test_each_answer_has_its_name(server, path, status, detail):
    """What the site says, and where it led."""
    found, said = links.ask(server + path, 5)
    assert (found, said.strip().endswith(detail)) == (status, True)


def test_each_silence_has_its_name(server, silent, closed):
    """Too slow, nobody there, an unknown name, no secure connection, and an address that is none."""
    secure = server.replace("http:", "https:")
    asked = (silent, closed, "http://nobody.invalid/", secure, "http://[::1/")
    assert [links.ask(url, 0.5)[0] for url in asked] == ["timeout", "down", "no host", "insecure", "broken"]


def test_a_stopped_run_goes_on_and_asks_nobody_twice(server, tmp_path):
    """Each answer is kept at once; what is fresh is not asked again, what failed by the network or the day is."""
    kept, urls = tmp_path / "there" / "links.csv", [f"{server}/{code}" for code in (200, 404, 500)]
    running = check(urls, kept, QUICK)
    next(running)
    assert len(remembered(kept)) == 1
    running.close()
    with kept.open("a") as lines:
        lines.write("http://cut.off/,go")
    kept.write_text(kept.read_text() + "\n")
    assert [found.status for _, found in check(urls, kept, QUICK)] == ["gone", "error"]
    assert [url for url, _ in check(urls, kept, QUICK)] == [f"{server}/500"]
    assert Answers.asked == ["/200", "/404", "/500", "/500"]
    assert {url: one.status for url, one in remembered(kept).items()} == dict(
        zip(urls, ("good", "gone", "error"), strict=True)
    )
    assert len(list(check(urls, kept, Manners(0.0, 0.5, days=0)))) == len(urls)
    assert len(list(check(urls, kept, Manners(0.0, 0.5, days=0), most=1))) == 1


def test_one_host_is_given_time_and_others_are_asked_meanwhile(tmp_path, monkeypatch):
    """Between two requests to a host lies the pause; hosts take turns; one that is asked too much is left alone."""
    clock, order = [0.0], []
    monkeypatch.setattr(links.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(links.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))

    def ask(url: str, _: float) -> tuple[str, str]:
        order.append((url, clock[0]))
        return ("refused", "429") if "full" in url else ("good", "200")

    monkeypatch.setattr(links, "ask", ask)
    urls = ["http://a/1", "http://a/2", "http://full/1", "http://full/2", "http://b/1", "http://a/3"]
    list(check(urls, tmp_path / "links.csv", Manners(pause=5.0)))
    assert order == [("http://a/1", 0), ("http://full/1", 0), ("http://b/1", 0), ("http://a/2", 5), ("http://a/3", 10)]


def test_no_build_asks_an_address(root):
    """Neither the check of the data nor any notebook imports what asks."""
    read = {*sources_of(root / "analysis/data/__main__.py", root, "analysis")}
    read |= {file for name in notebook_names(root) for file in notebook_sources(root, name)}
    assert root / "analysis/data/dataset.py" in read
    assert root / "analysis/data/exchange/links.py" not in read


def test_every_address_of_the_data_is_asked(dataset):
    """Each once, and all of every story."""
    urls = addresses(dataset)
    assert len(urls) == len(set(urls))
    assert set(dataset.stories["url"]) < set(urls)


@pytest.mark.parametrize(("status", "code"), [("good", 0), ("no host", 0), ("gone", 1)])
def test_the_command_counts_what_is_known_and_fails_for_what_is_gone(root, tmp_path, monkeypatch, capsys, status, code):
    """What is fresh is not asked again; an answer for an address no longer in the data is not counted."""
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.setenv("ODN_ROOT", str(tmp_path))
    monkeypatch.setattr(links, "addresses", lambda _: ["http://a/1", "http://a/2"])
    monkeypatch.setattr(links, "ask", lambda *_: (status, ""))
    kept = tmp_path / ".cache/links.csv"
    list(check(["http://a/1", "http://old/"], kept, QUICK))
    assert check_links(0.0, 0.5, 30, None) == code
    assert f"2 of 2 addresses are known: 2 {status}" in capsys.readouterr().out
