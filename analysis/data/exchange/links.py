"""Whether the addresses in the data still answer: asked politely, remembered beside the data, never in a build."""

from __future__ import annotations

import csv
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from analysis.data.dataset import Dataset

COLUMNS = ("url", "status", "detail", "checked")
LOST = ("gone",)
"""What says that a page is no longer where the data has it; all else may be a matter of the day or of who asks."""
_ASKED_AGAIN = ("error", "timeout", "no host", "down")
"""What may be the network's fault here: the next run asks again, however fresh the answer is."""
_AGENT = "open-defector-narratives link check (research data; one request a page, slowly)"
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds between two requests to one host, seconds to wait, days for which an answer holds."""

    pause: float = 5.0
    timeout: float = 20.0
    days: int = 30


@dataclass(frozen=True)
class Found:
    """What an address answered.

    Attributes:
        status: `good`, `moved` (answers under another address), `gone` (404, 410), `refused` (the site denies the
            page to a program), `error` (the site failed), `timeout`, `no host` (the name is unknown), `down` (nobody
            answers there), `insecure` (its certificate does not hold), `broken` (what came is no answer).
        detail: The number, the new address, or what the network said.
        checked: The day, as YYYY-MM-DD.
    """

    status: str
    detail: str
    checked: str


def addresses(data: Dataset) -> list[str]:
    """Every address of a story, event, estimate, published number and claim, once, in the order of the data."""
    tables = (data.stories, data.events, data.recruits, data.published, data.claims)
    return list(dict.fromkeys(url for table in tables for url in table["url"].dropna()))


def ask(url: str, timeout: float) -> tuple[str, str]:
    """Status and detail of one address: one request, of which no more than the head is read."""
    try:
        request = Request(quote(url, safe=_SAFE), headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 - http
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310 - the schema lets only http and https pass
            moved = answer.url != request.full_url
            return ("moved", answer.url) if moved else ("good", str(answer.status))
    except HTTPError as error:
        kinds = {404: "gone", 410: "gone", 401: "refused", 403: "refused", 429: "refused", 451: "refused"}
        return kinds.get(error.code, "error"), str(error.code)
    except URLError as error:
        return _unreached(error.reason)
    except (OSError, HTTPException, ValueError) as error:
        return _unreached(error)


def _unreached(reason: object) -> tuple[str, str]:
    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (TimeoutError, "timeout"),
        (ssl.SSLError, "insecure"),
        (socket.gaierror, "no host"),
        (OSError, "down"),
    )
    return next((status for kind, status in kinds if isinstance(reason, kind)), "broken"), str(reason)


def remembered(kept: Path) -> dict[str, Found]:
    """What earlier runs found, the last answer of each address; a line cut off by a kill is passed over."""
    if not kept.is_file():
        return {}
    with kept.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) == len(COLUMNS)]
    return {url: Found(*found) for url, *found in rows[1:]}


def check(urls: Collection[str], kept: Path, manners: Manners, most: int | None = None) -> Iterator[tuple[str, Found]]:
    """Ask each address that has no fresh answer, and write each answer down before the next is asked.

    Args:
        urls: The addresses.
        kept: Where answers are remembered, a CSV with the columns `COLUMNS`; a stopped run goes on from it.
        manners: How to ask. Hosts take turns, so that the pause of one is spent on the others; a host that says that
            it is asked too much (429) is left alone for the rest of the run.
        most: Stop after so many.

    Yields:
        Address and answer, as they come.
    """
    today = datetime.now(tz=UTC).date()
    oldest, known = (today - timedelta(days=manners.days)).isoformat(), remembered(kept)
    fresh = {url for url, one in known.items() if one.checked > oldest and one.status not in _ASKED_AGAIN}
    due = [url for url in urls if url not in fresh]
    free: dict[str, float] = {}
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        if not kept.stat().st_size:
            writer.writerow(COLUMNS)
        for _ in range(len(due) if most is None else min(most, len(due))):
            if not due:
                return
            url = min(due, key=lambda one: free.get(_host(one), 0.0))
            due.remove(url)
            time.sleep(max(0.0, free.get(_host(url), 0.0) - time.monotonic()))
            found = Found(*ask(url, manners.timeout), today.isoformat())
            free[_host(url)] = time.monotonic() + manners.pause
            if found.detail == "429":
                due = [one for one in due if _host(one) != _host(url)]
            writer.writerow([url, found.status, found.detail, found.checked])
            lines.flush()
            yield url, found


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].lower()
