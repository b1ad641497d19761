"""The forms of the narratives, and those of none: counted again row by row, and told with their ties."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.data.study import Form
from analysis.narratives.details import detail_table, words
from two_narratives import LABELS, two

FORMS = (*(Form(name, name.upper(), narrative="a") for name in "pqr"), Form("s", "Not specified", narrative="a"))
FORMS += (Form("t", "Else"),)
STUDY = SimpleNamespace(
    narrative_variables=["a", "b"],
    unspecific=("s",),
    forms_of=lambda narrative: tuple(form for form in FORMS if form.narrative == narrative),
)


def table_of(codes, **forms):
    """The table of made-up forms; those not given are never voiced."""
    columns = dict.fromkeys("pqrst", 0) | forms
    return detail_table(pd.DataFrame(columns, index=codes.index).astype("Int64"), codes, STUDY)


@pytest.mark.parametrize(
    ("p", "q", "r", "title"),
    [
        ([1, 1, 0], [1, 0, 0], [0, 0, 0], "Most often named of its narrative: p (2 of 3)"),
        ([1, 0, 0], [0, 1, 0], [0, 0, 0], "Most often named of its narrative: p and q (1 of 3 each)"),
        ([1, 0, 0], [0, 1, 0], [0, 0, 1], "Most often named of its narrative: three forms alike (1 of 3 each)"),
        ([0, 0, 0], [0, 0, 0], [0, 0, 0], "No form of any narrative was named"),
    ],
)
def test_the_title_names_the_commonest_form_and_its_ties(p, q, r, title):
    """One lead, two that tie, three that tie, and none named."""
    text = words(table_of(two(only_a=3), p=p, q=q, r=r), LABELS)
    assert text.title == title
    assert "3 for apples" in text.caption


def test_a_form_counts_only_where_it_could_be_shown():
    """Without the narrative, or without a code, a form is in no count; one of none counts wherever reasons are."""
    codes = two(only_a=2, neither=1, unknown=1)
    table = table_of(codes, p=[1, None, 1, 1], t=[1, 0, 1, 1])
    assert table.loc["p", ["n", "denominator"]].tolist() == [1, 1]
    assert table.loc["t", ["n", "denominator"]].tolist() == [2, 3]


def test_what_names_nothing_stands_last_however_often_it_is_said():
    """The most frequent first, “Not specified” after the rarest."""
    table = table_of(two(only_a=3), q=[1, 1, 0], s=1)
    assert table.index.tolist() == ["q", "p", "r", "s", "t"]
