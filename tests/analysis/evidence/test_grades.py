"""Grades that can fail: each reason takes a step, and no human coder keeps all of them low."""

import pytest

from analysis.evidence import coders, grades
from analysis.evidence.grades import LEAST_KAPPA, MOST, Graded, Reason, findings
from analysis.stats.uncertainty import share_of
from caught import caught
from human_coder import joined


@pytest.fixture(scope="module")
def agreed(dataset):
    """The agreement on everything in every edition."""
    return coders.agreed(dataset)


@pytest.mark.parametrize(
    ("lowered", "human", "grade"),
    [
        (0, True, "high"),
        (1, True, "moderate"),
        (2, True, "low"),
        (3, True, "very low"),
        (5, True, "very low"),
        (0, False, "low"),
        (2, False, "low"),
        (3, False, "very low"),
    ],
)
def test_each_reason_takes_a_step_and_nothing_stands_above_low_without_a_human(lowered, human, grade):
    """From high down to very low; capped until a human coder is named."""
    reasons = {str(place): Reason("1", place < lowered) for place in range(5)}
    assert Graded("Finding", reasons).grade(human) == grade


def test_reasons_follow_from_the_thresholds(dataset, agreed):
    """Imprecision, selection and dispute of a share are those of the share, the list and the kappas."""
    found = findings(dataset, agreed)
    codes = dataset.coded(dataset.study.narrative_variables)
    kappa = agreed["low"].xs("kappa", level="coefficient").xs("second", level="edition")
    for name in dataset.study.narrative_variables:
        share, reasons = share_of(codes[name]), found[name].reasons
        assert reasons["imprecise"].lowers == (share.high - share.low > MOST["width"])
        assert reasons["selected"].lowers == (codes[name].isna().mean() > MOST["unknown"])
        assert reasons["disputed"].lowers == (min(kappa["reached"], kappa[name]) < LEAST_KAPPA)
        assert reasons["unreviewed"].lowers
    clocks = list(dataset.study.clocks)
    assert set(found) == {*dataset.study.narrative_variables, "leading", *clocks, "supervised"}


@pytest.mark.parametrize(
    ("kind", "left_out", "lowers"), [("human", 0, False), ("human", 1, True), ("automated", 0, True)]
)
def test_a_human_coder_of_half_the_core_list_takes_a_reason_away(dataset, agreed, kind, left_out, lowers):
    """One case fewer than half, or a program in the place of the human, and every finding stays unreviewed."""
    half = dataset.core.index[: -(-len(dataset.core) // 2) - left_out]
    found = findings(joined(dataset, half, kind), agreed)
    assert {graded.reasons["unreviewed"].lowers for graded in found.values()} == {lowers}


def test_agreement_that_is_perfect_is_not_disputed(dataset, agreed):
    """A kappa whose interval begins high enough disputes nothing; one that is not defined does."""
    sure, unknown = (findings(dataset, agreed.assign(low=low)) for low in (0.9, float("nan")))
    assert not sure["leading"].reasons["disputed"].lowers
    assert unknown["leading"].reasons["disputed"].lowers


def test_the_table_prints_a_row_per_finding_with_its_grade(dataset, agreed):
    """Each grade on record is the one printed; none is above low as long as the list is alone."""
    shown = caught(grades.show, dataset, agreed)
    printed = shown.tables["grades"]
    recorded = [value for name, value in shown.texts.items() if name.startswith("grades.")]
    assert [grade.rsplit(" (", 1)[0] for grade in printed["Grade"]] == recorded
    assert set(recorded) <= {"low", "very low"}
    assert "nan" not in printed.to_csv().lower()
