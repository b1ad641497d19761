"""Finishes a rendered page, whichever engine rendered it: data for the explorers, figure tools, and a strict policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lxml.html import document_fromstring, fragment_fromstring, tostring

from publish.base import palette
from publish.base.places import PAGE_DATA
from publish.page.downloads import beside, downloads, formats
from publish.page.drawings import compact
from publish.page.inlined import draw, draw_narrow, dressed
from publish.page.island import data_island
from publish.page.parts import below_figure
from publish.page.policy import has_policy
from publish.page.provenance import provenance
from publish.page.tags import go_over

# Part of the page to the data that it shows, and to the table or figure without which a document has no such part.
EXPLORERS = {"explorer": ("explorer", "cases"), "claims": ("claims-ledger", "claims")}


def finish(html: str, root: Path, document: str) -> str:
    """The page with all that it needs inside it; a page that is finished comes back as it is.

    Args:
        html: What the engine rendered.
        root: The project's root, with `figures/` and `theme/`.
        document: The document's name without suffix.
    """
    return dressed(body(html, root, document), root)


def body(html: str, root: Path, document: str) -> str:
    """The page with all but its styles, scripts and policy, as `finish` takes the page."""
    if has_policy(html):
        return html
    page = document_fromstring(html.replace("\r\n", "\n"))
    draw(page, root)
    manifest = _json(root / "figures" / "manifest.json").get("figures", {})
    shown = {name.split("-", 1)[1] for name in page.xpath("//@id[starts-with(., 'fig-') or starts-with(., 'tbl-')]")}
    used = {name: entry for name, entry in manifest.items() if name in shown}
    offered = _json(root / PAGE_DATA)
    data = {part: offered[name] for part, (name, table) in EXPLORERS.items() if table in used and name in offered}
    listed = {case["id"] for case in data.get("explorer", {}).get("cases", ())}
    below = {name: below_figure(name, entry, _numbers(root, entry), listed) for name, entry in used.items()}
    draw_narrow(page, offered)
    for number, drawing in enumerate(page.iter("svg"), 1):
        compact(drawing, f"c{number}")
    rules = go_over(page, below, colours(root))
    data["figures"] = {
        name: {key: entry[key] for key in ("kind", "title", "marks", "cases", "notebook", "cell")}
        for name, entry in used.items()
    }
    data["origins"] = provenance(root, page.xpath("//main//span/@data-name"))
    page.head.append(fragment_fromstring(f"<style>{palette.style(root)}\n{rules}</style>"))
    main, header = page.find(".//main"), page.find(".//header")
    if header is not None:
        header.append(fragment_fromstring(formats(root, document)))
    island = data_island("paper-data", data, data.get("explorer", {}).get("stories", ()))
    for part in (island, downloads(*beside(root, document))):
        main.addnext(fragment_fromstring(part))
    return f"{tostring(page.getroottree(), encoding='unicode')}\n"


def colours(root: Path) -> dict[str, str]:
    """Each colour of the palette to the name of the page's variable for it; the first, where it has several."""
    return {colour: name for name, colour in reversed(palette.names(root).items())}


def _numbers(root: Path, entry: dict[str, Any]) -> str:
    return (root / str(entry["numbers"])).read_text(encoding="utf-8")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
