"""Where people came from: a row per country, a tile per case, regions at the left, the 2015 report's count beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.people.reported import NOT_REPORTED, country_group, flags
from analysis.record.figure_text import MINIMUM, FigureText
from analysis.record.formats import join_words, percent, plural
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import INK, MUTED, PALETTE, RULE, figure, mark
from analysis.record.tiles import row, tiles
from analysis.stats.uncertainty import share_of

LINE = 0.165  # inches of one row
NAMES = 0.58  # room for the names at the left, as a part of the room at the right of them
COLUMN = 0.21  # room for the report's counts, as a part of the room for tiles


def by_country(cases: pd.DataFrame, countries: pd.DataFrame, also: Iterable[str] = ()) -> pd.DataFrame:
    """Cases per country, regions with most cases first, countries with most cases first within each.

    Returns:
        One row per country that occurs or is asked for (`also`), and one with country `not_reported` at the end where
        there is any such case: `country`, `name`, `region`, `n`, `region_n`. `n` sums to the cases.
    """
    counts = cases["country"].fillna(NOT_REPORTED).value_counts()
    counts = counts.reindex(counts.index.union(pd.Index(list(also), dtype=object)), fill_value=0)
    n = counts.rename("n").rename_axis("country").reset_index()
    n["name"] = n["country"].map(countries["name"]).fillna("Not reported")
    n["region"] = n["country"].map(countries["region"]).fillna(NOT_REPORTED)
    n["region_n"] = n.groupby("region")["n"].transform("sum")
    n["last"] = n["region"] == NOT_REPORTED
    keys, ascending = ["last", "region_n", "region", "n", "name"], [True, False, True, False, True]
    return n.sort_values(keys, ascending=ascending, ignore_index=True)[["country", "name", "region", "n", "region_n"]]


def words(table: pd.DataFrame, regions: Mapping[str, str]) -> FigureText:
    """The words of the figure of the table `by_country`, of which one country at least is reported."""
    known = table[(table["country"] != NOT_REPORTED) & (table["n"] > 0)]
    known = known.sort_values(["n", "name"], ascending=[False, True])
    n, missing, single = int(known["n"].sum()), int(table["n"].sum() - known["n"].sum()), int((known["n"] == 1).sum())
    parts = [
        f"Core cases by country of nationality or of residence before joining, in broad regions (n = {n}).",
        f"One tile is one case; {single} of {_countries(known)} {'has' if single == 1 else 'have'} a single case.",
        f"Open tile: country not reported ({missing})." if missing else "",
        "Right: the 2015 report’s own count, where the press printed one (– where none was).",
        f"Numbers this small describe the accounts found, not everyone who left. {MINIMUM}",
    ]
    leading = known["n"] == known["n"].max()
    leaders, others = known[leading], known[~leading]
    most, each = int(known["n"].iloc[0]), " each" if len(leaders) > 1 else ""
    title = f"{join_words(leaders['name'])}: {most} of {plural(n, 'case')}{each} ({percent(most / n)})"
    if rest := int(others["n"].sum()):
        who = "the other comes" if rest == 1 else f"the other {rest} come"
        title += f"; {who} from {_countries(others)}"
    by_region = known.groupby("region", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    said = join_words(f"{regions[str(region)]} {count}" for region, count in by_region.items())
    next_ones = others[others["n"] >= others["n"].nlargest(4).min()]
    named = [f"{name} {count}" for name, count in zip(next_ones["name"], next_ones["n"], strict=True)]
    alt = f"By region: {said}. Most from {join_words(leaders['name'])} ({most}{each})"
    alt += f", then {join_words(named)}. " if 0 < len(named) <= 6 else ". "
    alt += f"{_countries(known)} in all" + (f"; not reported for {missing}." if missing else ".")
    return FigureText(title, " ".join(filter(None, parts)), alt)


def _countries(table: pd.DataFrame) -> str:
    return plural(len(table), "country", "countries")


def chart(table: pd.DataFrame, regions: Mapping[str, str], published: Mapping[str, int], title: str) -> Figure:
    """The rows of `by_country`, in regions; one tile is one case, the report's counts stand at the right."""
    right = max(int(table["n"].max()), 1) * (1 + COLUMN)
    start, step = -NAMES * right, right / 100
    made, axes = figure(LINE * (len(table) + 0.5 * table["region"].nunique()) + 0.9)
    small: dict[str, Any] = {"fontsize": 8.5, "va": "center", "color": INK}
    axes.text(right, 0.5, "2015 report", ha="right", fontweight="bold", **small)
    y = 1.0
    for region, rows in table.groupby("region", sort=False):
        axes.axhline(y, color=RULE, linewidth=0.5)
        y += 0.25
        total = str(rows["region_n"].iloc[0])
        axes.text(start + 3.2 * step, y + 0.5, total, ha="right", fontweight="bold", **small)
        axes.text(start + 4.8 * step, y + 0.5, regions.get(str(region), "Not reported"), fontweight="bold", **small)
        for country, name, n in rows[["country", "name", "n"]].itertuples(index=False):
            y += 1
            centre = y - 0.5
            known = country != NOT_REPORTED
            axes.text(-2 * step, centre, name if known else "–", ha="right", **small)
            axes.text(right, centre, str(published.get(country, "–")), ha="right", **small)
            if n:
                told = f"; the 2015 report: {published[country]}" if country in published else ""
                open_tile = {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8}
                patch = tiles(axes, row(centre, n), **({"facecolor": PALETTE["navy"]} if known else open_tile))
                mark(patch, f"origin-{country}".lower().replace("_", "-"), f"{name}: {plural(n, 'case')}{told}")
            axes.text(n + step, centre, str(n), fontsize=8.5, va="center", color=MUTED)
        y += 0.25
    axes.set_ylim(y + 0.1, -0.1)
    axes.set_xlim(start, right + step)
    axes.set_axis_off()
    headline(made, title)
    return made


def show(cell: Cell, data: Dataset) -> Figure:
    """Record where the core list comes from; give the figure `origins`.

    On record: `people.countries.all`; `people.country.<country>` for each whose count the 2015 report printed;
    `people.country.not_reported`; and `people.group.<group>` for each group of the countries' table.
    """
    core, countries = data.core, data.countries
    printed = published_counts(data.published, "country")["n"]
    theirs = printed[printed.index.isin(countries.index)]
    table = by_country(core, countries, theirs.index)
    cell.value("people.countries.all", core["country"].nunique(), unit="count")
    missing = core.index[core["country"].isna()]
    cell.value("people.country.not_reported", len(missing), unit="count", cases=missing)
    named = {f"country.{country.lower()}": flags(core["country"], [country]) for country in theirs.index}
    groups = countries.columns.difference(["name", "region"])
    named |= {f"group.{group}": country_group(core, countries, group) for group in groups}
    for name, coded in named.items():
        cell.share(f"people.{name}", share_of(coded), coded.index[coded == 1])
    regions = data.value_labels("countries", "region")
    text = words(table, regions)
    drawn = chart(table, regions, {str(country): n for country, n in theirs.items()}, text.title)
    numbers = table.assign(published=table["country"].map(theirs).astype("Int64"))
    return cell.figure("origins", drawn, text, data=numbers, cases=core.index)
