"""How often each case was reported, and what the table says of the cases missed."""

from analysis.evidence import coverage
from analysis.evidence.coverage import outlets_per_case, printed
from analysis.stats.lower_bound import chao1
from caught import caught


def test_outlets_are_counted_once_per_case(dataset):
    """A second story in the same outlet does not count again."""
    counted = outlets_per_case(dataset.core, dataset.case_stories, dataset.stories)
    for case in dataset.core.index:
        stories = dataset.case_stories.loc[dataset.case_stories["case_id"] == case, "story_id"]
        assert counted[case] == len(set(dataset.stories.loc[stories, "outlet"]))


def test_two_ways_of_counting_that_agree_are_printed_once(dataset):
    """Stories and outlets that give the same bound share a row; another bound has its own."""
    once = chao1(dataset.core["n_stories"])
    assert len(printed({"core": once, "outlets": once})) == 1
    assert len(printed({"core": once, "all": once})) == 2


def test_the_bound_is_written_in_whole_cases(dataset):
    """Estimate and interval of the core list are whole numbers, as printed and as recorded."""
    shown, bound = caught(coverage.show, dataset), chao1(dataset.core["n_stories"])
    low, high = shown.texts["coverage.core.interval"].split(" to ")
    assert shown.texts["coverage.core.estimate"] == f"{bound.estimate:.0f}"
    assert shown.tables["coverage"].loc[0, "95% interval"] == f"{low}–{high}"
    assert (int(low), int(high)) == (round(bound.low), round(bound.high))
