"""The colours of theme/palette.yml, their only home, as the pages' style sheets name them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FILE = "theme/palette.yml"
_NAMES = {"surface": "{}", "text": "{}", "series": "{}", "fill": "{}-fill"}


def names(root: Path, scheme: str = "light") -> dict[str, str]:
    """The name of each style sheet variable, such as `navy-fill`, to its colour, such as `#rrggbb`.

    Args:
        root: The project's root.
        scheme: "light", which is also the print's, or "dark".
    """
    palette: Any = yaml.load((root / FILE).read_text(encoding="utf-8"), yaml.CSafeLoader)
    groups = palette["dark"] if scheme == "dark" else palette
    return {
        form.format(name): str(hue).lower() for group, form in _NAMES.items() for name, hue in groups[group].items()
    }


def style(root: Path) -> str:
    """The variables as CSS: light, and dark for a reader's screen that is dark; paper is always light."""
    light, dark = ("".join(f"--{n}:{c};" for n, c in names(root, scheme).items()) for scheme in ("light", "dark"))
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"
