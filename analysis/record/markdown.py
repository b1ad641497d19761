"""The Markdown that the paper includes for a figure or a table, with the line that says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

_IN_ATTRIBUTE = re.compile(r"[\\\"&{<]")
# What acts in a line, and what at its beginning opens a block. An underscore inside a word is plain already.
_SPECIAL = re.compile(
    r"[\\`*{}\[\]<$@^~|&#]|(?<!\w)_|_(?!\w)|^>|^[-+:](?=\s)|^:(?=::)|^\(?(?:\d+|[a-z#]|[ivxlcdm]+)[.)](?=\s|$)",
    re.IGNORECASE,
)


def figure(name: str, path: str, caption: str, alt: str) -> str:
    """An image (its path from the project's root) with caption, alt text and the id `fig-NAME`."""
    return f'![{plain(caption)}]({path}){{#fig-{name} fig-alt="{_attribute(alt)}"}}\n'


def table(name: str, caption: str, rows: pd.DataFrame, align: str | None, widths: Sequence[int] | None) -> str:
    """A pipe table with caption and the id `tbl-NAME`; column names are the header.

    One letter per column aligns it (l, r or c; left by default; else a ValueError), the widths are relative.
    """
    letters = align or "l" * len(rows.columns)
    if len(letters) != len(rows.columns):
        raise ValueError(f"{len(rows.columns)} columns, but {len(letters)} alignments.")
    rules = {"l": ":{}", "r": "{}:", "c": ":{}:"}
    dashes = ["-" * width for width in widths or [6] * len(letters)]
    lines = [
        [plain(column) for column in rows.columns],
        [rules[letter].format(dash) for letter, dash in zip(letters, dashes, strict=True)],
        *([plain(cell) for cell in row] for row in rows.itertuples(index=False)),
    ]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{text}\n\n: {plain(caption)} {{#tbl-{name}}}\n"


def source(notebook: str, cell: str, numbers: str) -> str:
    """The source line: notebook and cell (a link in the page), and the file of numbers."""
    where = f"analysis/{notebook}.ipynb, cell {cell}"
    return (
        f'::: {{.source}}\nSource: [[{where}](notebooks/{notebook}.html#{cell})]{{.content-visible when-format="html"}}'
        f'[{where}]{{.content-visible when-format="typst"}}; numbers in {numbers}.\n:::\n'
    )


def _attribute(text: str) -> str:
    return _IN_ATTRIBUTE.sub(r"\\\g<0>", " ".join(text.splitlines()))


def plain(words: Any) -> str:
    """Words as text on one line: nothing in them is read as Markdown, HTML, citation or shortcode."""
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(str(words).splitlines()).strip())
