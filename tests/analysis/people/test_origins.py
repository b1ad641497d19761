"""Countries and regions are those of the file, told in words that agree in number, a tile per case."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from analysis.people.origins import OTHERS, by_country, show, words
from analysis.people.reported import NOT_REPORTED
from analysis.record.small_cells import LEAST
from caught import assert_sound, n_tiles
from data_rows import core_rows


def test_countries_and_those_of_too_few_are_those_of_the_file(dataset, root):
    """The row of the countries of one or two people, the unknown, and a tile for each case."""
    rows, cell = core_rows(root), assert_sound(show, dataset)
    counts = Counter(row["country"] for row in rows)
    table = by_country(dataset.core, dict(dataset.countries["name"]), {}).set_index("country")
    assert cell.given["people.country.not_reported"] == counts.pop("")
    few = [n for n in counts.values() if n < LEAST]
    assert table.loc[OTHERS, ["n", "countries"]].tolist() == [sum(few), len(few)]
    assert cell.given["people.countries.all"] == len(counts)
    assert n_tiles(cell.drawings["origins"], "origin") == len(rows)


NAMES = {"A": "Aa", "B": "Bb", "C": "Cc", "D": "Dd", "E": "Ee"}


def cases(**countries: int) -> pd.DataFrame:
    """So many cases of each country; `none` of no country that is known."""
    rows = [country if country != "none" else None for country, n in countries.items() for _ in range(n)]
    return pd.DataFrame({"country": rows}, dtype=object)


def test_countries_of_one_or_two_are_one_row():
    """Largest first, names for ties, the small together with all that the report counts there, not reported last."""
    table = by_country(cases(C=3, A=3, B=4, D=2, E=1, none=5), NAMES, {"A": 7, "D": 2, "F": 3})
    assert table["country"].tolist() == ["B", "A", "C", OTHERS, NOT_REPORTED]
    assert table["n"].tolist() == [4, 3, 3, 3, 5]
    assert table["published"].fillna(-1).tolist() == [-1, 7, -1, 5, -1]


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
def test_the_words_are_right_for_one_and_for_many(countries, title, alt):
    """Singular and plural, ties, no country of enough people, people of whom no country is reported."""
    text = words(by_country(cases(**countries), NAMES, {}))
    assert (text.title, text.alt) == (title, alt)
