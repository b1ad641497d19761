"""The two editions side by side: each number is counted in the file, on the list of its edition."""

from analysis.narratives.editions import edition_table, show
from caught import caught
from data_rows import core_rows
from written_codes import written_codes

LATER_THEN = {"GB-01"}
NEW = {"FR-21", "NO-02"}


def test_each_number_is_counted_on_the_list_of_its_edition(dataset, root):
    """Listed, reached and voiced by either edition's decision, by a loop over the rows."""
    codes, core = written_codes(root), {row["case_id"] for row in core_rows(root)}
    lists = {"first": core - LATER_THEN - NEW, "second": core}
    table = edition_table(dataset).set_index(["codes", "on", "quantity"])
    names = dataset.study.narrative_variables
    assert set(table.index.droplevel(2)) == {("first", "first"), ("second", "first"), ("second", "second")}
    for whose, on in set(table.index.droplevel(2)):
        coder = {"first": "adjudicated", "second": "decided"}[whose]
        by_case = {case: [codes.get((coder, case, name), "") for name in names] for case in lists[on]}
        reached = [values for values in by_case.values() if all(values)]
        assert table.at[(whose, on, "listed"), "n"] == len(lists[on])
        assert table.loc[(whose, on, "reached"), ["n", "denominator"]].tolist() == [len(reached), len(lists[on])]
        for place, name in enumerate(names):
            known = [values[place] for values in by_case.values() if values[place]]
            assert table.loc[(whose, on, name), ["n", "denominator"]].tolist() == [known.count("1"), len(known)]


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
