"""The two editions side by side: each number is counted in the file, on the list of its edition."""

from analysis.narratives.editions import show
from caught import caught


def test_the_table_has_a_row_a_quantity_and_a_column_an_edition(dataset):
    """Heads name whose codes and whose list; cells have counts and shares."""
    printed = caught(show, dataset).tables["editions"]
    assert printed.columns.tolist() == [
        "",
        "First edition",
        "Second edition, list of the first edition",
        "Second edition",
    ]
    assert len(printed) == 2 + len(dataset.study.narratives)
    assert printed["Second edition"].iloc[0] == str(len(dataset.core))
    assert printed["Second edition"].iloc[1].endswith("%")
