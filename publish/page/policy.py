"""What the page may load and run: its own styles and scripts, known by hash, and nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_MADE = '<meta http-equiv="Content-Security-Policy"'
_ENCODING = re.compile(r"<meta charset=[^>]*>")
_INSIDE = re.compile(r"<(?P<tag>style|script)\b(?![^>]*json)[^>]*>(?P<text>.*?)</(?P=tag)>", re.DOTALL)  # data not


def with_policy(html: str) -> str:
    """The page with its Content-Security-Policy right after the line that names its encoding, before all that it rules.

    Args:
        html: The page, with every script and style inside it.
    """
    parts = [(found["tag"], found["text"]) for found in _INSIDE.finditer(html)]
    scripts, styles = (_hashes(text for tag, text in parts if tag == one) for one in ("script", "style"))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return _ENCODING.sub(rf'\g<0>\n{_MADE} content="{policy}">', html, count=1)


def has_policy(html: str) -> bool:
    """Whether a page was finished before."""
    return _MADE in html


def _hashes(texts: Iterable[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    listed = sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})
    return " ".join(listed) or "'none'"
