"""Pandoc, the embedded engine's first half: source to syntax tree, tree to one HTML file or to Typst."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from publish.base.environment import stated
from publish.base.problems import PaperProblems, Problem, RenderFailed
from publish.engine.project import Settings, as_list
from publish.engine.qmd import STAND_IN, Expanded, Use
from publish.engine.tree import Node, text_of

HERE = Path(__file__).parent
# What Quarto's own filters do to the supported subset.
CROSSREFS = HERE / "crossrefs.lua"
# What Quarto's own Typst template holds around the two partials of the theme.
TYPST_TEMPLATE = HERE / "document.typst"
# Where Quarto runs a filter of the project: before all of its own, or after them.
BEFORE, AFTER = "pre-ast", "post-render"
HTML_PARTS = ("css", "include-in-header", "include-before-body", "include-after-body")
WRITERS = {"html": "html", "pdf": "typst-citations"}


def program() -> str:
    """The pandoc that came with the locked packages; one on PATH, even a newer one, is not used."""
    spec = importlib.util.find_spec("pypandoc")
    folder = Path(str(spec and spec.origin)).parent / "files"
    return next(str(path) for path in (folder / "pandoc", folder / "pandoc.exe") if path.is_file())


@cache
def version() -> str:
    """Its version."""
    return run(["--version"], "", HERE).split(maxsplit=2)[1]


def parse(expanded: Expanded, metadata: Mapping[str, Any], root: Path) -> tuple[Node, list[list[Node]], list[Problem]]:
    """The document's syntax tree with the metadata that the templates print, each value's tree, and pandoc's warnings.

    A stand-in word still marks each value, so that no value can change what the text around it is: a number that opens
    a line makes no list, and a quotation mark ends no attribute. `fill` puts the values in.

    Args:
        expanded: The source.
        metadata: What the templates print in every format.
        root: The project's root.

    Raises:
        RenderFailed: Pandoc cannot read it.
    """
    given = {**metadata, "values": [use.value for use in expanded.uses]}
    with tempfile.TemporaryDirectory() as folder:
        file, log = Path(folder) / "metadata.yaml", Path(folder) / "log.json"
        file.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        arguments = [
            "--from",
            "markdown-pandoc_title_block",
            "--to",
            "json",
            "--metadata-file",
            str(file),
            f"--log={log}",
        ]
        tree: Node = json.loads(run(arguments, expanded.body, root))
        warnings = [_warning(entry, expanded) for entry in json.loads(log.read_text("utf-8")) if _counts(entry)]
    values = tree["meta"].pop("values")["c"]
    return tree, [_marked(value, use) for value, use in zip(values, expanded.uses, strict=True)], warnings


def _marked(parsed: Node, use: Use) -> list[Node]:
    """A value of the analysis with its name, so that the page can say where it comes from; paper.lua does the same."""
    inlines = _inlines(parsed, use.value)
    named = [["data-name", use.name]]
    return inlines if use.kind == "meta" else [{"t": "Span", "c": [["", ["value"], named], inlines]}]


def _inlines(parsed: Node, text: str) -> list[Node]:
    """A value as a part of a line; as plain text where Markdown would make a list or the like of it."""
    blocks = parsed["c"] if parsed["t"] == "MetaBlocks" else [{"t": "Plain", "c": parsed["c"]}]
    if parsed["t"] == "MetaString" or any(block["t"] not in ("Para", "Plain") for block in blocks):
        return [{"t": "Str", "c": text}]
    return [inline for block in blocks for inline in block["c"]]


def fill(part: Any, values: list[list[Node]]) -> Any:
    """A part of a tree with each value in place: as Markdown in the text, as words in attributes and raw parts."""
    if isinstance(part, str):
        return STAND_IN.sub(lambda word: text_of(values[int(word["number"])]), part)
    if isinstance(part, list):
        return [new for item in part for new in _filled(item, values)]
    if isinstance(part, dict) and part.get("t") not in ("Code", "CodeBlock"):
        return {name: fill(value, values) for name, value in part.items()}
    return part


def _filled(item: Any, values: list[list[Node]]) -> list[Any]:
    if not (isinstance(item, dict) and item.get("t") == "Str"):
        return [fill(item, values)]
    before, *rest = STAND_IN.split(item["c"])
    found = [{"t": "Str", "c": before}]
    for number, after in zip(rest[::2], rest[1::2], strict=True):
        found += [*values[int(number)], {"t": "Str", "c": after}]
    return [node for node in found if node.get("c") != ""]


def _counts(entry: dict[str, Any]) -> bool:
    """Whether an entry of pandoc's log is a warning that no check of ours tells better."""
    return entry["verbosity"] in ("WARNING", "ERROR") and entry["type"] != "DuplicateIdentifier"


def _warning(entry: dict[str, Any], expanded: Expanded) -> Problem:
    line = int(entry.get("line", entry.get("openpos", {}).get("line", 1)))
    origin = expanded.origins[min(line, len(expanded.origins)) - 1]
    message = re.sub(r",? ?(defined )?at line \d+ column \d+", "", entry["pretty"])
    return Problem(origin.file, origin.line, message)


def write(tree: Node, settings: Settings, target: str, root: Path) -> str:
    """The document as an HTML page that names its styles, scripts and images, or as Typst.

    Args:
        tree: The syntax tree.
        settings: What holds for it in this format.
        target: "html" or "pdf".
        root: The project's root; images, styles and the bibliography are found from there.

    Raises:
        RenderFailed: Pandoc stopped or warned.
    """
    options = settings.options
    in_html = target == "html"
    wanted = {
        "--section-divs": in_html and options.get("section-divs"),
        "--mathml": in_html and options.get("html-math-method") == "mathml",
        "--shift-heading-level-by=-1": not in_html,
        "--syntax-highlighting=none": options.get("highlight-style") == "none",
        "--metadata=number-sections:true": options.get("number-sections"),
        "--toc": options.get("toc"),
        "--citeproc": options.get("citeproc"),
    }
    given = {
        "toc-depth": options.get("toc-depth"),
        "lua-filter": filters(options),
        "metadata": [f"{key}:{value}" for key, value in settings.of_format.items()],
        "bibliography": options.get("bibliography"),
    }
    if in_html:
        given |= {name: options.get(name) for name in HTML_PARTS}
    arguments = ["--from=json", f"--to={WRITERS[target]}", "--standalone", "--wrap=none", f"--resource-path={root}"]
    arguments += [f"--{name}={value}" for name, values in given.items() for value in as_list(values)]
    arguments += [flag for flag, is_wanted in wanted.items() if is_wanted]
    with tempfile.TemporaryDirectory() as folder:
        template = _template(options, target, root, Path(folder))
        return run(["--fail-if-warnings", f"--template={template}", *arguments], json.dumps(tree), root)


def run(arguments: list[str], text: str, root: Path, **variables: str) -> str:
    """What pandoc makes of a text.

    Raises:
        RenderFailed: Pandoc stopped; the message is pandoc's.
    """
    with tempfile.TemporaryDirectory() as nothing:  # pandoc would read styles, filters and abbreviations of the home
        done = subprocess.run(
            [program(), "+RTS", "-A64m", "-RTS", f"--data-dir={nothing}", *arguments],  # collects garbage less often
            input=text.encode(),
            capture_output=True,
            cwd=root,
            env=stated(nothing, **variables),
            check=False,
        )
    if done.returncode:
        complaints = done.stderr.decode(errors="replace").replace("[WARNING] ", "").replace("[ERROR] ", "")
        said = complaints.replace("Failing because there were warnings.", "").strip()
        raise RenderFailed("\n".join(f"pandoc: {line}" for line in said.splitlines()))
    return done.stdout.decode()


def filters(options: dict[str, Any]) -> list[str]:
    """What runs over a document: the project's own filters, at their places before and after ours."""
    own = [(item["at"], str(item["path"])) for item in as_list(options.get("filters"))]
    before, after = ([path for place, path in own if place == wanted] for wanted in (BEFORE, AFTER))
    return [*before, str(CROSSREFS), *after]


def _template(options: dict[str, Any], target: str, root: Path, folder: Path) -> Path:
    """The template and its partials, side by side, where pandoc looks for them."""
    own = options.get("template")
    if own is None and target == "html":
        raise PaperProblems([Problem("_quarto.yml", 0, "format.html.template is missing.")])
    source = root / str(own) if own else TYPST_TEMPLATE
    for path in [source, *(root / str(name) for name in as_list(options.get("template-partials")))]:
        shutil.copy(path, folder / path.name)
    return folder / source.name
