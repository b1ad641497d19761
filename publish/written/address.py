"""The address of the full paper as a reader of the brief finds it: a code to scan and a link."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from publish.base.places import ADDRESS
from publish.base.whole import write_whole

PLACEHOLDERS = re.compile(r"(^|\.)example(\.(com|net|org))?$")  # reserved names, RFC 2606
_SCALE = 3  # points of a module


def write_address(root: Path) -> None:
    """Write the text of the division .address: the code for both formats, and the link.

    Args:
        root: The project's root, whose `_quarto.yml` holds `address`; without it nothing is written into the text.
    """
    settings = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    address = settings.get("address")
    write_whole(root / ADDRESS, in_markdown(str(address)) if address else "", root)


def in_markdown(address: str) -> str:
    """The code, for the page and for the PDF, over the address; one that leads nowhere yet is said to be so.

    Args:
        address: Where the full paper is.
    """
    import segno

    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=_SCALE, border=2, light="white", omitsize=True)
    alt = f"QR code of {address}"
    host = urlsplit(address).hostname or ""
    later = " (placeholder: the paper has no address yet)" if PLACEHOLDERS.search(host) else ""
    page = drawing.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    print_ = drawing.replace('"', '\\"')
    return (
        f"```{{=html}}\n{page}\n```\n\n"
        f'```{{=typst}}\n#image(bytes("{print_}"), format: "svg", width: 100%, alt: "{alt}")\n```\n\n'
        f"The full paper, with data and code: <{address}>{later}.\n"
    )
