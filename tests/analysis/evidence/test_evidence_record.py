"""What the evidence gives to the prose: names, words and numbers that fit what was measured."""

import pandas as pd
import pytest

from analysis.data.study import Code
from analysis.evidence.evidence_record import record_comparison, record_coverage, record_ratio
from analysis.record.record import Record
from analysis.sensitivity.sensitivity import Holds, Turn
from analysis.sensitivity.sensitivity_record import record_holds
from analysis.stats.groups import compare
from analysis.stats.lower_bound import chao1
from analysis.stats.rates import rate, rate_ratio
from publish.written.values import facets


@pytest.fixture
def recorded():
    """A record and a way to read what it wrote: value name to what the prose prints."""
    record = Record("evidence")

    def texts():
        return {name: entry["text"] for name, entry in facets(record.entries).items()}

    return record, texts


@pytest.mark.parametrize(
    ("later", "earlier", "direction", "chance"),
    [
        (40, 10, "higher", "beyond chance"),
        (11, 10, "higher", "within the range of chance"),
        (10, 40, "lower", "beyond chance"),
    ],
)
def test_words_on_a_ratio_follow_its_interval(recorded, later, earlier, direction, chance):
    """A ratio is beyond chance exactly when its interval leaves out 1."""
    record, texts = recorded
    record_ratio(record, "attention.x", rate_ratio(rate(later, 10), rate(earlier, 10)))
    found = texts()
    assert (found["attention.x.direction"], found["attention.x.chance"]) == (direction, chance)


def test_a_ratio_without_a_number_is_not_recorded(recorded):
    """With no case before there is nothing to print."""
    record, texts = recorded
    record_ratio(record, "attention.x", rate_ratio(rate(3, 10), rate(0, 10)))
    assert texts() == {}


def test_differences_are_written_in_signed_points(recorded):
    """A difference of shares is written in percentage points with its sign; corrected differences are counted."""
    record, texts = recorded
    codes = pd.DataFrame({"a": pd.Series([0] * 20 + [1] * 20, dtype="Int64")})
    table = compare(codes, pd.Series([True] * 20 + [False] * 20, dtype="boolean"), [Code("a", "A")])
    record_comparison(record, "access", table, {"in": "supervised", "out": "free"})
    found = texts()
    assert found["access.a.difference"] == "−100 points"
    assert found["access.a.supervised.of"] == "0 of 20"
    assert found["access.differing"] == "1"


def test_coverage_is_written_in_whole_cases(recorded):
    """Estimate, unseen and interval are written as whole numbers of cases."""
    record, texts = recorded
    record_coverage(record, "coverage.core", chao1(pd.Series([1, 1, 4, 2, 5, 2, 4, 1, 2])))
    found = texts()
    assert found["coverage.core.estimate"] == "10"
    assert found["coverage.core.unseen"] == "1"
    assert found["coverage.core.interval"] == "9 to 17"


@pytest.mark.parametrize(
    ("n", "text"), [(80_000, "100%"), (79_999, "more than 99%"), (40_000, "50%"), (1, "less than 1%"), (0, "0%")]
)
def test_nearly_all_is_never_written_as_all(recorded, dataset, n, text):
    """Only all variants are 100% and only none is 0%."""
    record, texts = recorded
    held = Holds(True, n, 80_000, 3, 4, (Turn("minors", False), Turn("coding", "A")))
    record_holds(record, "sensitivity.x", held, dataset)
    found = texts()
    assert found["sensitivity.x.share"] == text
    assert found["sensitivity.x.turned_by"] == "without minors and Coder A alone"
    assert found["sensitivity.x.single"] == "3 of 4"
