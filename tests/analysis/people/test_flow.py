"""The flow from candidates to the core list counts the rows of the file, and tells every number."""

from collections import Counter

import pandas as pd
import pytest

from analysis.people.flow import flow, show
from caught import assert_sound
from data_rows import core_rows, rows_of
from written_codes import written_codes


def test_the_flow_adds_up(dataset, root):
    """Each step is the count of raw rows, and what leaves at a step is what the next one lacks."""
    rows = rows_of(root, "cases.csv")
    steps = flow(dataset.cases, dataset.coded(dataset.study.narrative_variables))
    decisions = Counter(row["decision"] for row in rows)
    assert (steps.core, steps.later, steps.excluded) == tuple(decisions[d] for d in ("core", "later", "excluded"))
    assert steps.reasons == dict(Counter(r["reason"] for r in rows if r["decision"] == "excluded"))
    assert list(steps.reasons.values()) == sorted(steps.reasons.values(), reverse=True)
    assert steps.candidates == steps.excluded + steps.eligible == len(rows)
    assert steps.eligible == steps.later + steps.core


def test_what_is_known_of_the_core_is_counted_in_the_files(dataset, root):
    """Reasons are known where any narrative is decided; months where the date has one."""
    core = {row["case_id"]: row for row in core_rows(root)}
    names, codes = dataset.study.narrative_variables, written_codes(root)
    coded = {case for case in core if any(codes.get(("decided", case, name)) for name in names)}
    dated = [sum(len(row[clock]) >= 7 for row in core.values()) for clock in ("left", "first_public")]
    known = flow(dataset.cases, dataset.coded(dataset.study.narrative_variables)).known
    assert list(known.values()) == [len(coded), *dated]


def test_an_unknown_decision_is_refused():
    """A decision that is none of the three would vanish from the flow."""
    with pytest.raises(ValueError, match="'maybe' is none of"):
        flow(pd.DataFrame({"decision": ["core", "maybe"], "reason": ["ok", "ok"]}), pd.DataFrame())


def test_the_words_and_the_record_follow_the_counts(dataset):
    """Every number of the flow is in its alt text; the record has candidates, lists and stories."""
    steps = flow(dataset.cases, dataset.coded(dataset.study.narrative_variables))
    cell = assert_sound(show, dataset)
    numbers = (steps.candidates, steps.excluded, steps.eligible, steps.later, steps.core)
    for number in (*numbers, *steps.reasons.values(), *steps.known.values()):
        assert str(number) in cell.words["flow"].alt
    assert cell.given["people.flow.core"] == steps.core
    assert cell.given["people.flow.candidates"] == cell.given["people.flow.excluded"] + steps.eligible
    assert cell.given["people.stories.all"] == len(dataset.stories)
