"""Whether everything that a PDF paints is either part of the text, with a tag, or marked as decoration."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf

PAINTING = frozenset(["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"])
DECORATION = "/Artifact"


def untagged(pdf: pikepdf.Pdf) -> list[str]:
    """One line for each page that paints what no reader of tags can find. Empty when there is none.

    A thing is found when it stands in marked content that the structure tree refers to, or in marked content of the
    kind Artifact (PDF 1.7, 14.6 and 14.8.2.2). Links must be in the tree too.
    """
    faults = []
    root = pdf.Root.get("/StructTreeRoot")
    owners = {} if root is None or "/ParentTree" not in root else dict(pikepdf.NumberTree(root["/ParentTree"]))
    for number, page in enumerate(pdf.pages, start=1):
        key = page.obj.get("/StructParents")
        known = owners.get(int(key)) if key is not None else None
        tagged = {index for index, owner in enumerate(known or []) if owner is not None}
        loose = _loose(pikepdf.parse_content_stream(page), _properties(page), tagged)
        if loose:
            kinds = ", ".join(sorted(set(loose)))
            faults.append(f"page {number}: {len(loose)} things are painted without a tag (operators {kinds}).")
        for note in page.obj.get("/Annots") or []:
            if str(note.get("/Subtype")) == "/Link" and int(note.get("/StructParent", -1)) not in owners:
                faults.append(f"page {number}: a link is not in the tag tree.")
    return faults


def _properties(page: pikepdf.Page) -> pikepdf.Object:
    return page.obj.get("/Resources", pikepdf.Dictionary()).get("/Properties", pikepdf.Dictionary())


def _loose(
    instructions: Iterable[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
    properties: pikepdf.Object,
    tagged: set[int],
) -> list[str]:
    """The painting operators outside marked content that is tagged or decoration."""
    depth: list[bool] = []
    loose = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            depth.append(_accounted(list(instruction.operands), properties, tagged))
        elif operator == "EMC":
            depth.pop()
        elif operator in PAINTING and not any(depth):
            loose.append(operator)
    return loose


def _accounted(operands: list[pikepdf.Object], properties: pikepdf.Object, tagged: set[int]) -> bool:
    if str(operands[0]) == DECORATION:
        return True
    if len(operands) < 2:
        return False
    said = operands[1]
    if isinstance(said, pikepdf.Name):
        said = properties.get(str(said), pikepdf.Dictionary())
    return "/MCID" in said and int(said["/MCID"]) in tagged
