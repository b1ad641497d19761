"""An executed notebook as one HTML page that asks nothing from the network; figures of the report link to it."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path
from typing import Any

from publish.base import palette
from publish.base.problems import PaperProblems, Problem
from publish.base.texts import COMMENT, REMAINS, REMARK
from publish.base.whole import write_whole

# The page runs no script at all, and loads nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .6rem .8rem; margin: .4rem 0; font: .875rem/1.45 ui-monospace, monospace; }
body { background: var(--paper); color: var(--ink); }
summary { cursor: pointer; color: var(--link); font-size: .875rem; padding-block: .3rem; }
.code { background: var(--tint); border-left: 3px solid var(--navy); }
.output { margin: .4rem 0 1rem; overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--rule); text-align: right; }
img, svg { max-width: 100%; height: auto; background: white; }
section:target { outline: 2px solid var(--rust); outline-offset: .4rem; }
a { color: var(--link); }
"""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def write_page(root: Path, executed: Path, target: Path) -> None:
    """Write the page of an executed notebook; each cell has its id as anchor.

    Args:
        root: The project's root.
        executed: The executed notebook.
        target: The page.
    """
    import nbformat

    text = page(nbformat.read(executed, as_version=4), executed.stem, palette.style(root))
    write_whole(target, _without_places(text, root), root)


def _without_places(text: str, root: Path) -> str:
    """A page without the folders of the machine: no warning tells where the author works."""
    folders = {str(root), sys.prefix, sys.base_prefix, str(Path("~").expanduser())} - {"/", "~"}
    for place in sorted((form(one) for one in folders for form in (str, html.escape)), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(place)}(?:[/\\]|(?![\w.-]))", "", text)
    return text


def page(notebook: Any, name: str, colours: str) -> str:
    """The page as text.

    Args:
        notebook: The executed notebook.
        name: Its name without the ending; the page's title unless the notebook opens with a heading.
        colours: The palette as CSS.
    """
    written = [
        (cell.get("id"), COMMENT.sub("", cell.source)) for cell in notebook.cells if cell.cell_type == "markdown"
    ]
    if wrong := [f"cell {cell}: {REMAINS}" for cell, text in written if REMARK.search(text)]:
        raise PaperProblems([Problem(f"analysis/{name}.ipynb", 0, says) for says in wrong])
    sections = "\n".join(_section(cell) for cell in notebook.cells if cell.source.strip())
    heading = re.search(r"^#\s+(.+)$", "\n".join(c.source for c in notebook.cells[:1]), re.MULTILINE)
    title = html.escape(heading.group(1) if heading else name)
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} - executed notebook</title>\n<style>{colours}{_STYLE}</style>\n</head>\n<body>\n"
        f'<p><a href="../report.html">The report</a> · analysis/{html.escape(name)}.ipynb, executed by the build</p>\n'
        f"<main>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(cell: Any) -> str:
    code = (
        "<details><summary>Code</summary>\n"
        f'<pre class="code" tabindex="0"><code>{html.escape(cell.source)}</code></pre></details>\n'
    )
    outputs = "".join(_output(output) for output in cell.get("outputs", ()))
    body = _prose(cell.source) if cell.cell_type == "markdown" else code + outputs
    return f'<section id="{html.escape(cell.get("id", ""), quote=True)}">\n{body}</section>'


def _prose(source: str) -> str:
    from markdown_it import MarkdownIt

    source = COMMENT.sub("", source)  # a comment is for the authors
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(source))


def _output(output: Any) -> str:
    if output.output_type == "stream":
        return _text(output.text)
    data = output.get("data", {})
    if "image/svg+xml" in data:
        svg = data["image/svg+xml"]
        return f'<div class="output">{svg[svg.index("<svg") :]}</div>\n'
    if "image/png" in data:
        alt = html.escape(str(data.get("text/plain", "chart")), quote=True)
        return f'<div class="output"><img alt="{alt}" src="data:image/png;base64,{data["image/png"].strip()}"></div>\n'
    if "text/html" in data:
        return f'<div class="output" tabindex="0">{_without_style(data["text/html"])}</div>\n'
    if "text/markdown" in data:
        return f'<div class="output">{_prose(data["text/markdown"])}</div>\n'
    return _text(data["text/plain"]) if "text/plain" in data else ""


def _text(text: str) -> str:
    return f'<pre class="output" tabindex="0">{html.escape(_COLOUR.sub("", text))}</pre>\n'


def _without_style(table: str) -> str:
    """The style that pandas puts before each table goes, the page has one; and comments."""
    return COMMENT.sub("", re.sub(r"<style[^>]*>.*?</style>\s*", "", table, flags=re.DOTALL)).replace(' border="1"', "")
