"""How the pages of a PDF are filled: figures by the words that cite them, no page half empty, no colliding letters."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator

from publish.pdf.sheets import Print

# The thresholds, each with its reason.
MOST_PAGES_AWAY = 1  # a figure is read with its paragraph: on the same page, or over the leaf
LARGEST_GAP = 1 / 3  # of the text's height; a page that ends earlier looks like the end of a part
LARGEST_GAP_OF_A_BRIEF = 1 / 5  # of two pages none is to spare
PAGES_OF_A_BRIEF = 2  # both sides of one sheet
FEWEST_ROWS = 3  # of a table on a page that it goes on to; fewer are read without the rest
MOST_BEFORE_ANNEXES = 25  # pages, cover and all: what is read in an evening
NEAREST_EDGE = 20.0  # points from the edge of the sheet; nearer than that many printers print nothing
ROUNDING = 1.5  # points by which letters may pass their column or meet: an italic, an accent
SHARED_HEIGHT = 0.4  # of the lower of two runs of letters; from there on they stand on one line


def layout_faults(printed: Print, brief: bool = False) -> Iterator[str]:
    """What is wrong with the layout, one line a fault, with its page and the way out.

    Args:
        printed: The measures.
        brief: Whether it is a brief, which has two full pages, no annexes, and figures that need no citation.
    """
    yield from _strays(printed)
    yield from _collisions(printed)
    yield from _tails(printed)
    pages, before = len(printed.sheets), printed.annexes.page - 1
    if brief:
        yield from _gaps(printed, LARGEST_GAP_OF_A_BRIEF, set())
        if pages != PAGES_OF_A_BRIEF:
            yield f"has {pages} page{'s' if pages > 1 else ''}. A brief has {PAGES_OF_A_BRIEF}."
        return
    yield from _gaps(printed, LARGEST_GAP, printed.ends)
    yield from _far_figures(printed)
    if before > MOST_BEFORE_ANNEXES:
        said = f"has {before} pages before its annexes, and may have {MOST_BEFORE_ANNEXES}."
        yield f"{said} Move to an annex what few need."


def _strays(printed: Print) -> Iterator[str]:
    """Letters beyond the columns, which together are as wide as the running foot, or near the sheet's edge."""
    feet = [run.box for sheet in printed.sheets for run in sheet.foot]
    for number, sheet in enumerate(printed.sheets, 1):
        left = min((box[0] for box in feet), default=NEAREST_EDGE) - ROUNDING
        right = max((box[2] for box in feet), default=sheet.width - NEAREST_EDGE) + ROUNDING
        for text, (start, low, end, high), _ in sheet.runs:
            near = min(start, low, sheet.width - end, sheet.height - high) < NEAREST_EDGE
            if near or start < left or end > right:
                place = "runs to the edge of the sheet" if near else "leaves its column"
                yield f"page {number}: “{text.strip():.30}” {place}. Let the word break, or give its column more room."


def _collisions(printed: Print) -> Iterator[str]:
    """Letters that stand on others: each run with those that begin before it ends and share its line."""
    for number, sheet in enumerate(printed.sheets, 1):
        runs = sorted(sheet.runs, key=lambda run: run.box[0])
        starts = [run.box[0] for run in runs]
        for index, (text, (start, low, end, high), _) in enumerate(runs):
            for other, (_, bottom, last, top), _ in runs[index + 1 : bisect(starts, end - ROUNDING)]:
                shared = min(high, top) - max(low, bottom)
                if shared > SHARED_HEIGHT * min(high - low, top - bottom) > 0 and last > start + ROUNDING:
                    said = f"page {number}: “{text.strip():.30}” and “{other.strip():.30}” are printed on each other."
                    yield f"{said} Let the word break, or give its column more room."


def _gaps(printed: Print, largest: float, ends: set[int]) -> Iterator[str]:
    for number, sheet in enumerate(printed.sheets, 1):
        if sheet.gap > largest and number not in ends:
            said = f"page {number}: its last {sheet.gap:.0%} are empty, and {largest:.0%} may be."
            yield f"{said} Move a paragraph or a figure, or make the figure that follows smaller."


def _tails(printed: Print) -> Iterator[str]:
    for table in printed.rows:
        for page in sorted(filter(None, table))[1:]:
            if table[page] < FEWEST_ROWS:
                said = f"page {page}: a table goes on here with {table[page]} of its rows, and needs {FEWEST_ROWS}."
                yield f"{said} Put it into a `.keep`, or move what stands before it."


def _far_figures(printed: Print) -> Iterator[str]:
    """Figures and tables far from the paragraph that cites them, before it, or behind another heading.

    An annex is looked up, not read: there a figure must only be cited somewhere. In the front it need not be.
    """
    for place, name in printed.labels:
        cited = [here for words, here in printed.links if words == name]
        before = max((here for here in cited if here < place), default=None)
        after = min((here for here in cited if here > place), default=None)
        away = place.page - before.page if before else 0
        between = [heading.title for heading in printed.headings if before and before < heading.place < place]
        fault = ""
        if not cited and place < printed.opening:
            continue  # a figure of the front stands alone
        if not cited:
            yield f"page {place.page}: {name} is cited nowhere. Cite it in a sentence, with the `@` of its name."
        elif place > printed.annexes:
            pass
        elif after and (not before or away > max(MOST_PAGES_AWAY, after.page - place.page)):
            fault = f"stands before the paragraph that cites it, on page {after.page}"
        elif away > MOST_PAGES_AWAY:
            fault = f"stands {away} pages after the paragraph that cites it"
        elif between:
            fault = f"stands after the heading “{between[0]}”, which follows the paragraph that cites it"
        if fault:
            yield f"page {place.page}: {name} {fault}. Move its `include`, or put both into a `.together`."
