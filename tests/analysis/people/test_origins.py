"""Countries and regions are those of the file, told in words that agree in number, a tile per case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.data.dataset import Dataset
from analysis.people.origins import by_country, show, words
from analysis.people.reported import NOT_REPORTED
from analysis.people.situation import show as show_situation
from caught import assert_sound, n_tiles
from data_rows import core_rows, rows_of
from dated_cases import other_lists


def test_countries_and_groups_are_those_of_the_file(dataset: Dataset, root: Path) -> None:
    """Counts per country, per region and per group of countries equal Counters over the raw rows."""
    rows, files = core_rows(root), {row["country"]: row for row in rows_of(root, "countries.csv")}
    counts = Counter(row["country"] or NOT_REPORTED for row in rows)
    table = by_country(dataset.core, dataset.countries)
    assert table.set_index("country")["n"].to_dict() == dict(counts)
    by_region = Counter(files.get(row["country"], {"region": NOT_REPORTED})["region"] for row in rows)
    assert table.drop_duplicates("region").set_index("region")["region_n"].to_dict() == dict(by_region)
    cell = assert_sound(show, dataset)
    members = [row for row in rows if files.get(row["country"], {}).get("western_europe_or_australia") == "true"]
    group = cell.shares["people.group.western_europe_or_australia"]
    assert (group.n, group.denominator) == (len(members), len(rows) - counts[NOT_REPORTED])
    assert cell.shares["people.country.syr"].n == counts["SYR"]
    assert cell.given["people.country.not_reported"] == counts.pop(NOT_REPORTED)
    assert cell.given["people.countries.all"] == len(counts)
    assert n_tiles(cell.drawings["origins"], "origin") == len(rows)


def test_countries_stand_in_order_of_their_region() -> None:
    """Largest region first, largest country first within it, names for ties, not reported last."""
    countries = pd.DataFrame({"name": ["Aa", "Bb", "Cc", "Dd"], "region": ["x", "x", "y", "y"]}, index=[*"ABCD"])
    cases = pd.DataFrame({"country": ["C", "A", "B", "B", None, None, None, None]}, dtype=object)
    table = by_country(cases, countries, ["D"])
    assert table["country"].tolist() == ["B", "A", "C", "D", NOT_REPORTED]
    assert table["n"].tolist() == [2, 1, 1, 0, 4]
    assert table["region_n"].tolist() == [3, 3, 1, 1, 4]


@pytest.mark.parametrize("part", ["every third", "twice", "the undated kept"])
def test_the_charts_can_be_read_when_the_list_changes(dataset: Dataset, part: str) -> None:
    """Origins and situations are sound for a third of the list, for one twice as long, and for another mix."""
    assert_sound(show, other_lists(dataset)[part])
    assert_sound(show_situation, other_lists(dataset)[part])


def told(countries: list[tuple[str, int]], missing: int = 0) -> tuple[str, str, str]:
    """Title, caption and alt text of a table of countries, all in one region."""
    rows = [(name[:3].upper(), name, "x", n) for name, n in countries]
    rows += [(NOT_REPORTED, "Not reported", NOT_REPORTED, missing)] * bool(missing)
    text = words(pd.DataFrame(rows, columns=["country", "name", "region", "n"]), {"x": "Region"})
    return text.title, text.caption, text.alt


def test_the_words_are_right_for_one_and_for_many() -> None:
    """Singular and plural, ties, the country that nobody reports, and one that is shown though nobody is from it."""
    title, caption, alt = told([("Syria", 1), ("Belgium", 0)])
    assert title == "Syria: 1 of 1 case (100%)"
    assert "1 of 1 country has a single case" in caption
    assert "Open tile" not in caption
    assert alt == "By region: Region 1. Most from Syria (1). 1 country in all."
    title, caption, alt = told([("Iraq", 2), ("Syria", 2), ("Chad", 1)], missing=3)
    assert title == "Iraq and Syria: 2 of 5 cases each (40%); the other comes from 1 country"
    assert "not reported (3)" in caption
    assert alt.endswith("(2 each), then Chad 1. 3 countries in all; not reported for 3.")
