"""Countries and regions are those of the file, told in words that agree in number, a tile per case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.data.dataset import Dataset
from analysis.people.origins import OTHERS, by_country, show, words
from analysis.people.reported import NOT_REPORTED
from analysis.people.situation import show as show_situation
from analysis.record.small_cells import LEAST
from caught import assert_sound, n_tiles
from data_rows import core_rows, rows_of
from dated_cases import other_lists


def test_countries_and_groups_are_those_of_the_file(dataset: Dataset, root: Path) -> None:
    """Counts per country and per group of countries equal Counters over the raw rows; nobody stands out in a row."""
    rows, files = core_rows(root), {row["country"]: row for row in rows_of(root, "countries.csv")}
    counts = Counter(row["country"] or NOT_REPORTED for row in rows)
    table = by_country(dataset.core, dict(dataset.countries["name"]), {}).set_index("country")
    few = {country: n for country, n in counts.items() if n < LEAST and country != NOT_REPORTED}
    assert table.drop(OTHERS)["n"].to_dict() == {one: n for one, n in counts.items() if one not in few}
    assert table.loc[OTHERS, ["n", "countries"]].tolist() == [sum(few.values()), len(few)]
    cell = assert_sound(show, dataset)
    members = [row for row in rows if files.get(row["country"], {}).get("western_europe_or_australia") == "true"]
    group = cell.shares["people.group.western_europe_or_australia"]
    assert (group.n, group.denominator) == (len(members), len(rows) - counts[NOT_REPORTED])
    assert cell.shares["people.country.syr"].n == counts["SYR"]
    assert cell.given["people.country.not_reported"] == counts.pop(NOT_REPORTED)
    assert cell.given["people.countries.all"] == len(counts)
    assert n_tiles(cell.drawings["origins"], "origin") == len(rows)


NAMES = {"A": "Aa", "B": "Bb", "C": "Cc", "D": "Dd", "E": "Ee"}


def cases(**countries: int) -> pd.DataFrame:
    """So many cases of each country; `none` of no country that is known."""
    rows = [country if country != "none" else None for country, n in countries.items() for _ in range(n)]
    return pd.DataFrame({"country": rows}, dtype=object)


def test_countries_of_one_or_two_are_one_row() -> None:
    """Largest first, names for ties, the small together with all that the report counts there, not reported last."""
    table = by_country(cases(C=3, A=3, B=4, D=2, E=1, none=5), NAMES, {"A": 7, "D": 2, "F": 3})
    assert table["country"].tolist() == ["B", "A", "C", OTHERS, NOT_REPORTED]
    assert table["n"].tolist() == [4, 3, 3, 3, 5]
    assert table["published"].fillna(-1).tolist() == [-1, 7, -1, 5, -1]


@pytest.mark.parametrize("part", ["every third", "twice", "the undated kept"])
def test_the_charts_can_be_read_when_the_list_changes(dataset: Dataset, part: str) -> None:
    """Origins and situations are sound for a third of the list, for one twice as long, and for another mix."""
    assert_sound(show, other_lists(dataset)[part])
    assert_sound(show_situation, other_lists(dataset)[part])


@pytest.mark.parametrize(
    ("countries", "title", "alt"),
    [
        ({"A": 1}, "1 person came from 1 country", "People by country: 1 country with one or two people each 1."),
        ({"A": 3}, "Aa is the commonest of 1 country: 3 of 3 people (100%)", "People by country: Aa 3."),
        (
            {"A": 3, "B": 3, "C": 2, "none": 1},
            "Aa and Bb are the commonest of 3 countries: 3 of 8 people each (38%)",
            "People by country: Aa 3, Bb 3, 1 country with one or two people each 2 and Not reported 1.",
        ),
    ],
)
def test_the_words_are_right_for_one_and_for_many(countries: dict[str, int], title: str, alt: str) -> None:
    """Singular and plural, ties, no country of enough people, people of whom no country is reported."""
    text = words(by_country(cases(**countries), NAMES, {}))
    assert (text.title, text.alt) == (title, alt)
