"""Shares by how much of an account was read, against an independent count."""

from analysis.evidence import reading
from analysis.evidence.reading import GROUPS, reading_groups, shares_by_reading
from caught import caught


def test_groups_of_reading_share_out_the_list(dataset):
    """Each way of grouping holds every core case exactly once, and each group has a name in print."""
    for members in reading_groups(dataset, dataset.core).values():
        cases = [case for group in members.values() for case in group]
        assert sorted(cases) == sorted(dataset.core.index)
        assert set(members) <= set(GROUPS)


def test_shares_by_reading_are_those_of_their_cases(dataset):
    """A group's share is that of its cases whose reasons are reached; `reached` counts all of them."""
    study = dataset.study
    codes = dataset.coded(study.narrative_variables)
    groups = reading_groups(dataset, dataset.core)
    table = shares_by_reading(codes, groups, study.narratives)
    for (kind, group, variable), row in table.iterrows():
        part = codes.loc[groups[kind][group]]
        if variable == "reached":
            expected = (int(part.notna().all(axis=1).sum()), len(part))
        else:
            expected = (int(part[variable].sum()), int(part[variable].notna().sum()))
        assert (row["n"], row["denominator"]) == expected


def test_the_groups_of_languages_are_those_of_the_stories(dataset):
    """English only, mixed and others follow from the set of languages of a case's stories."""
    links = dataset.case_stories.assign(
        english=dataset.case_stories["story_id"].map(dataset.stories["language"]) == "en"
    )
    groups = reading_groups(dataset, dataset.core)["languages"]
    for case, english in links[links["case_id"].isin(dataset.core.index)].groupby("case_id")["english"]:
        group = "english" if english.all() else "mixed" if english.any() else "others"
        assert case in groups[group]


def test_the_table_prints_a_row_per_group(dataset):
    """Each group stands once without a gap, and the reasons reached with one story are as recorded."""
    shown = caught(reading.show, dataset)
    printed = shown.tables["reading"].set_index("Read")
    assert list(printed.index) == list(GROUPS.values())
    assert printed.notna().all(axis=None)
    assert shown.texts["missing.read.one.reached.of"] in printed.loc[GROUPS["one"], "Reasons reached"]
