"""What the page may load and run: its own styles and scripts, known by hash, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

_DATA_TYPES = frozenset({"application/json", "application/ld+json"})


class _Inline(HTMLParser):
    """Collects the text of inline styles, and of inline scripts that run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and given.get("type") not in _DATA_TYPES):
            self._open = tag
            self.found[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[self._open][-1] += data


def policy(html: str) -> str:
    """The Content-Security-Policy of a finished page.

    Args:
        html: The page, with every script and style inside it.
    """
    inline = _Inline()
    inline.feed(html)
    inline.close()
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hashes(inline.found['script'])}",
            f"style-src {_hashes(inline.found['style'])}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def with_policy(html: str) -> str:
    """The page with its policy, right after the line that names its encoding."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return re.sub(r'(<meta charset="utf-8"\s*/?>)', lambda found: f"{found[1]}\n{meta}", html, count=1)


def has_policy(html: str) -> bool:
    """Whether a page was finished before."""
    return '<meta http-equiv="Content-Security-Policy"' in html


def data_island(identifier: str, content: Any) -> str:
    """Data for the page's script as an element that no browser runs, whatever text the data holds.

    Args:
        identifier: The element's id.
        content: What JSON can hold.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{identifier}">{text}</script>'


def _hashes(texts: Iterable[str]) -> str:
    digests = (hashlib.sha256(text.replace("\r\n", "\n").encode()).digest() for text in texts)
    listed = sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
    return " ".join(listed) or "'none'"
