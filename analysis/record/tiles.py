"""Counts drawn as tiles, one per case, so that a small number looks small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

TILE = 0.86  # of the unit cell; the gap lets the eye count
MOST = 5_000  # in one mark


def tiles(axes: Axes, cells: Iterable[tuple[float, float]], height: float = TILE, **look: Any) -> PathPatch:
    """One patch made of a tile per case, so that the count carries one name and one label.

    Each cell is the centre of a tile of that height, in units of the axes; `look` goes to the patch. ValueError for
    more tiles than can be told apart.
    """
    centres = np.array(list(cells), dtype=float).reshape(-1, 2)
    if len(centres) > MOST:
        raise ValueError(f"{len(centres):,} tiles in one mark: nobody could tell them apart. Draw at most {MOST:,}.")
    corners = np.array([TILE, height]) / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    path = Path((centres[:, None, :] + corners).reshape(-1, 2), codes * len(centres))
    patch = PathPatch(path, **{"linewidth": 0, **look})
    axes.add_artist(patch)
    return patch


def unit(widest: int, width: float) -> float:
    """Inches of a tile in rows of so many at most, where so many inches are left for them."""
    return width / max(widest, 1)


def column(x: float, n: int, base: int = 0) -> list[tuple[float, float]]:
    """The cells of a column of `n` tiles that stands on `base` others."""
    return [(x, base + row + 0.5) for row in range(n)]


def row(y: float, n: int, base: int = 0) -> list[tuple[float, float]]:
    """The cells of a row of `n` tiles that starts after `base` others."""
    return [(base + place + 0.5, y) for place in range(n)]


def block(x: float, n: int, height: int) -> list[tuple[float, float]]:
    """The cells of `n` tiles stacked in columns of `height`, the first column centred on `x`."""
    return [(x + place // height, place % height + 0.5) for place in range(n)]
