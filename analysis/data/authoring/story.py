"""A story and its address: whether the list has the page already, and the row of one that it has not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from analysis.data.columns import story_id_of
from analysis.data.dataset import Dataset

_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\w+/(?=https?:)")
_HOST = re.compile(r"^(www|m|mobile|amp)\.")
_TRACKING = re.compile(r"(utm_|at_|fbclid|gclid|mc_|cmp|ocid|ref|smid|share|amp$)", re.IGNORECASE)


def page_of(url: str) -> str:
    """What addresses of one page have in common: no scheme, `www.`, end slash, fragment, tracking or archive."""
    parts = urlsplit(_ARCHIVED.sub("", url.strip()))
    host = _HOST.sub("", (parts.hostname or "").lower())
    path = re.sub(r"/(amp|index\.html?)?$|\.amp$", "", parts.path)
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
    return f"{host}{path}{'?' if asked else ''}{urlencode(asked)}"


def known(data: Dataset, url: str) -> str | None:
    """The id of the story that has the page of an address already; None for a new page."""
    found = data.stories.index[data.stories["url"].map(page_of) == page_of(url)]
    return str(found[0]) if len(found) else None


def story_row(given: Mapping[str, str]) -> dict[str, str]:
    """The row of a new story, with the id that its address makes; the outlet is the site where none is given."""
    site = _HOST.sub("", urlsplit(given["url"]).hostname or "")
    return {
        "outlet": site,
        **{name: cell for name, cell in given.items() if cell},
        "story_id": story_id_of(given["url"]),
    }
