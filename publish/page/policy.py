"""What the page may load and run: its own styles and scripts, known by hash, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from lxml.html import HtmlElement

_DATA_TYPES = frozenset({"application/json", "application/ld+json"})


def policy(page: HtmlElement) -> str:
    """The Content-Security-Policy of a finished page.

    Args:
        page: The page, with every script and style inside it.
    """
    scripts = (script for script in page.iter("script") if script.get("type") not in _DATA_TYPES)
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(page.iter('style'))}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def set_policy(page: HtmlElement) -> None:
    """Give a page its policy, right after the line that names its encoding, before all that it rules."""
    (encoding,) = page.xpath("/html/head/meta[@charset]")
    meta = page.makeelement("meta", {"http-equiv": "Content-Security-Policy", "content": policy(page)})
    encoding.addnext(meta)


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


def _hashes(elements: Iterable[HtmlElement]) -> str:
    digests = (hashlib.sha256((element.text or "").encode()).digest() for element in elements)
    listed = sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
    return " ".join(listed) or "'none'"
