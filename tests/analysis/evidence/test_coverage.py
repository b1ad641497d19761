"""How often each case was reported."""

from analysis.evidence.coverage import outlets_per_case


def test_outlets_are_counted_once_per_case(dataset):
    """A second story in the same outlet does not count again."""
    counted = outlets_per_case(dataset.core, dataset.case_stories, dataset.stories)
    for case in dataset.core.index:
        stories = dataset.case_stories.loc[dataset.case_stories["case_id"] == case, "story_id"]
        assert counted[case] == len(set(dataset.stories.loc[stories, "outlet"]))
