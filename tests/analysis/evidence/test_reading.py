"""Shares by how much of an account was read, against an independent count."""

from analysis.evidence import reading
from analysis.evidence.reading import GROUPS, reading_groups
from caught import caught


def test_groups_of_reading_share_out_the_list(dataset):
    """Each way of grouping holds every core case exactly once, and each group has a name in print."""
    for members in reading_groups(dataset, dataset.core).values():
        cases = [case for group in members.values() for case in group]
        assert sorted(cases) == sorted(dataset.core.index)
        assert set(members) <= set(GROUPS)


def test_the_table_prints_a_row_per_group(dataset):
    """Each group stands once without a gap, and the reasons reached with one story are as recorded."""
    shown = caught(reading.show, dataset)
    printed = shown.tables["reading"].set_index("Read")
    assert list(printed.index) == list(GROUPS.values())
    assert printed.notna().all(axis=None)
    assert shown.texts["missing.read.one.reached.of"] in printed.loc[GROUPS["one"], "Reasons reached"]
