"""Where people came from: a tile per person, countries of too few together, the report's count beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.people.reported import NOT_REPORTED, country_group, flags
from analysis.record.cell import MINIMUM, Cell, FigureText
from analysis.record.formats import join_words, percent, plural
from analysis.record.small_cells import too_few
from analysis.record.style import INK, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.record.tiles import row, tiles, unit
from analysis.stats.uncertainty import share_of

LINE = 0.19  # inches of one row
NAMES, COUNTS = 2.6, 1.05  # inches for names at the left (on a phone above) and counts at the right
OTHERS = "others"  # stands for the countries that so few come from that none is named


def by_country(cases: pd.DataFrame, names: Mapping[str, str], theirs: Mapping[str, int]) -> pd.DataFrame:
    """Cases per country, the most frequent first; countries of one or two people are one row: nobody stands out.

    From the cases, the name of each country and the report's count.

    Returns:
        One row per country, then one `others`, then one `not_reported` where there is any such case: `country`, `name`,
        `n`, `countries` (that the row stands for), `published` (the report's count; of `others` that of all countries
        without a row). `n` sums to the cases.
    """
    counts = cases["country"].fillna(NOT_REPORTED).value_counts()
    missing, known = int(counts.get(NOT_REPORTED, 0)), counts.drop(NOT_REPORTED, errors="ignore")
    few = known[known.map(too_few)]
    shown = known.drop(few.index)
    ordered = sorted(shown.index, key=lambda country: (-shown[country], names[country]))
    rows: list[tuple[str, str, int, int, int | None]] = [
        (country, names[country], int(shown[country]), 1, theirs.get(country)) for country in ordered
    ]
    rest = sum(n for country, n in theirs.items() if country not in shown.index)
    if len(few):
        each = f"{plural(len(few), 'country', 'countries')} with one or two people each"
        rows.append((OTHERS, each, int(few.sum()), len(few), rest or None))
    if missing:
        rows.append((NOT_REPORTED, "Not reported", missing, 0, None))
    table = pd.DataFrame(rows, columns=["country", "name", "n", "countries", "published"])
    return table.astype({"published": "Int64"})


def words(table: pd.DataFrame) -> FigureText:
    """The words of the figure of the table `by_country`, of which one country at least is reported."""
    known = table[table["country"] != NOT_REPORTED]
    named = known[known["country"] != OTHERS]
    n, countries = int(known["n"].sum()), plural(int(known["countries"].sum()), "country", "countries")
    title = f"{plural(n, 'person', 'people')} came from {countries}"
    if len(named):
        first = named[named["n"] == named["n"].max()]
        most = int(first["n"].iloc[0])
        are, each = ("are", " each") if len(first) > 1 else ("is", "")
        title = f"{join_words(first['name'])} {are} the commonest of {countries}: "
        title += f"{most} of {plural(n, 'person', 'people')}{each} ({percent(most / n)})"
    caption = (
        f"Core cases by country of nationality or of residence before joining (n = {n}); one tile is one person. "
        "Right: the report’s own count, where the press printed one; countries without a row are counted "
        f"together. Numbers this small describe the accounts found, not everyone who left. {MINIMUM}"
    )
    alt = join_words(f"{name} {count}" for name, count in table[["name", "n"]].itertuples(index=False))
    return FigureText(title, caption, f"People by country: {alt}.")


def chart(table: pd.DataFrame, title: str, width: float = TEXT_WIDTH) -> Figure:
    """The rows of `by_country`; one tile is one person, the report's counts stand at the right."""
    phone, most = width < TEXT_WIDTH, max(int(table["n"].max()), 1)
    names, pitch = (0.0, 2) if phone else (NAMES, 1)
    tile = unit(most, width - names - COUNTS)
    made, axes = figure(LINE * (pitch * len(table) + 1) + 0.5, width)
    small: dict[str, Any] = {"va": "center", "color": INK}
    right = most + COUNTS / tile
    axes.text(right, 0.5, "The report", ha="right", fontweight="bold", **small)
    for place, (country, name, n, _, published) in enumerate(table.itertuples(index=False), start=1):
        y = pitch * place + (0.1 if phone else 0.5)
        axes.text(0 if phone else -names / tile, y - pitch + 1, name, **small)
        told = "" if pd.isna(published) else f"; the report: {published}"
        open_tile = {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8}
        known = {"facecolor": PALETTE["slate" if country == OTHERS else "navy"]}
        patch = tiles(axes, row(y, n), **(open_tile if country == NOT_REPORTED else known))
        mark(patch, f"origin-{country}".lower().replace("_", "-"), f"{name}: {plural(n, 'person', 'people')}{told}")
        axes.text(n + 0.06 / tile, y, str(n), va="center", color=MUTED)
        axes.text(right, y, "–" if pd.isna(published) else str(published), ha="right", **small)
    axes.set(xlim=(-names / tile, right), ylim=(pitch * len(table) + 1.1, 0))
    axes.set_axis_off()
    return headline(made, title)


def show(cell: Cell, data: Dataset) -> Figure:
    """Record where the core list comes from; give the figure `origins`.

    On record: `people.countries.all`; `people.country.<country>` for each whose count the report printed;
    `people.country.not_reported`; and `people.group.<group>` for each group of the countries' table.
    """
    core, countries = data.core, data.countries
    printed = published_counts(data.published, "country")["n"]
    theirs = printed[printed.index.isin(countries.index)]
    counts = {str(country): int(n) for country, n in theirs.items()}
    table = by_country(core, {str(country): str(name) for country, name in countries["name"].items()}, counts)
    cell.value("people.countries.all", core["country"].nunique(), unit="count")
    missing = core.index[core["country"].isna()]
    cell.value("people.country.not_reported", len(missing), unit="count", cases=missing)
    named = {f"country.{country.lower()}": flags(core["country"], [country]) for country in theirs.index}
    groups = countries.columns.difference(["name", "region"])
    named |= {f"group.{group}": country_group(core, countries, group) for group in groups}
    for name, coded in named.items():
        cell.share(f"people.{name}", share_of(coded), coded.index[coded == 1])
    text = words(table)
    return cell.figure("origins", text, chart, table, data=table, cases=core.index)
