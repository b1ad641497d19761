"""Every situation stands in the study's group for it, a tile per case, and the title counts the groups."""

from dataclasses import replace

from analysis.people.reported import NOT_REPORTED
from analysis.people.situation import by_situation, group_labels, show
from analysis.record.small_cells import FEWER
from caught import assert_sound, n_tiles


def test_every_situation_stands_in_its_group(dataset):
    """Groups are the study's; counts sum to the core list; the unknown come last."""
    table = by_situation(dataset.core, dataset.study, dataset.value_labels("cases", "status_at_disclosure"))
    assert table["n"].sum() == len(dataset.core)
    assert set(table.index[table["group"] == "supervised"]) == set(dataset.study.supervised)
    assert set(table.index[table["group"] == "unsupervised"]) == set(dataset.study.unsupervised)
    assert table.index[-1] == NOT_REPORTED


def test_the_title_counts_the_groups_by_the_names_of_their_situations(dataset):
    """The chart has a tile per case; each group is named by its situations and counted."""
    labels, study = dataset.value_labels("cases", "status_at_disclosure"), dataset.study
    cell, groups = assert_sound(show, dataset), group_labels(study, labels)
    assert n_tiles(cell.drawings["situation"], "situation") == len(dataset.core)
    assert all(labels[situation] in groups["supervised"] for situation in study.supervised)
    n = by_situation(dataset.core, study, labels).loc[list(study.supervised), "n"].sum()
    assert f"{n} were {groups['supervised']}" in cell.words["situation"].title


def test_a_situation_of_one_or_two_people_has_no_tile_and_no_number(dataset):
    """Where only two cases are in custody, chart, alt text and numbers say that they are fewer than three."""
    status = dataset.core["status_at_disclosure"]
    many = status.index[status == "in_custody"][2:]
    cases = dataset.cases.assign(
        status_at_disclosure=dataset.cases["status_at_disclosure"].mask(dataset.cases.index.isin(many), NOT_REPORTED)
    )
    cell = assert_sound(show, replace(dataset, cases=cases))
    assert n_tiles(cell.drawings["situation"], "situation-in-custody") == 0
    assert f"in custody {FEWER}" in cell.words["situation"].alt
    assert any(text.get_text() == FEWER for text in cell.drawings["situation"].axes[0].texts)
