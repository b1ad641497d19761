"""The table of pairs prints what was counted, and the record names the pairs and the leaders."""

from analysis.narratives.pairs import caption, printed, show
from analysis.record.formats import lowered
from analysis.stats.pairs import narrative_pairs
from caught import caught
from two_narratives import LABELS, two


def test_the_table_prints_what_was_counted():
    """Counts, p-values and the expected number as the paper writes them; the caption gives the verdicts."""
    pairs = narrative_pairs(two(both=1, only_a=12, neither=3, unknown=2))
    assert printed(pairs, LABELS).iloc[0].tolist() == ["Apples", "Bread and salt", 12, 0, "< 0.001", 1, "0.8", "1.00"]
    assert "Frequencies differ in one of 1, and none go together" in caption(pairs)


def test_every_pair_is_on_record_and_leaders_are_named(dataset):
    """One adjusted p per pair; as many stand apart as lie below 5%; the narrative voiced most is among the leaders."""
    cell, codes = caught(show, dataset), dataset.coded(dataset.study.narrative_variables)
    adjusted = narrative_pairs(codes)["p_difference_holm"]
    assert [p for name, p in cell.given.items() if name.endswith("p_difference_holm")] == adjusted.tolist()
    assert cell.given["narratives.pairs.tests"] == len(adjusted)
    assert cell.given["narratives.pairs.apart"] == (adjusted < 0.05).sum()
    assert lowered(dataset.study.label(codes.sum().idxmax())) in cell.given["narratives.leading.names"]
