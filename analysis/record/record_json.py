"""JSON as the records are written: indented by one space, keys sorted, and quick where a list is long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analysis.record.ids import Ids

_NESTING = {dict, list, tuple}


def as_json(content: Any) -> bytes:
    """The content as the records write it, with a newline at the end.

    Args:
        content: Dictionaries with text keys, lists, ids, texts, numbers, truth values and None.
    """
    return "".join(parts(content)).encode()


def parts(content: Any) -> Iterator[str]:
    """The same text in parts, so that a long one need not be held in memory whole."""
    yield from _parts(content, "\n")
    yield "\n"


def _parts(content: Any, line: str) -> Iterator[str]:
    """What `json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)` gives; `line` begins a line here.

    Ids are a list to it.
    """
    inner = f"{line} "
    if isinstance(content, Ids):
        items = json.dumps(content.text, ensure_ascii=False).replace(" ", f'",{inner}"')
        yield f"[{inner}{items}{line}]" if content.text else "[]"
        return
    if isinstance(content, dict) and content:
        for place, key in enumerate(sorted(content)):
            yield f"{',' if place else '{'}{inner}{json.dumps(key, ensure_ascii=False)}: "
            yield from _parts(content[key], inner)
        yield f"{line}}}"
    elif isinstance(content, list | tuple) and _NESTING & set(map(type, content)):
        for place, item in enumerate(content):
            yield f"{',' if place else '['}{inner}"
            yield from _parts(item, inner)
        yield f"{line}]"
    elif isinstance(content, list | tuple) and content:
        items = json.dumps(content, ensure_ascii=False, separators=(f",{inner}", ": "))
        yield f"[{inner}{items[1:-1]}{line}]"
    else:
        yield json.dumps(content, ensure_ascii=False)
