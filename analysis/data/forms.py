"""Narratives computed from the forms that a coder saw: voiced, not voiced, or not reached."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.study import Code, Study


def with_narratives(codes: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The codes of one coder of forms, with a column for each narrative.

    Args:
        codes: Index `case_id`, one column a variable (1, 0, NA), the reach and the forms among them.
        study: Says which forms make which narrative.

    Returns:
        The same codes with the narratives as Int8: 1 where the account reaches reasons and at least one form is 1, 0
        where it reaches them and none is, NA where it does not reach them or nobody said whether it does.
    """
    reached = codes[study.reach].eq(1).fillna(False)
    computed = {
        narrative.variable: _any(codes, study.forms_of(narrative.variable)).where(reached)
        for narrative in study.narratives
    }
    return codes.assign(**computed)


def _any(codes: pd.DataFrame, forms: Iterable[Code]) -> pd.Series[int]:
    return codes[[form.variable for form in forms]].eq(1).fillna(False).any(axis=1).astype("Int8")


def resting_on(codes: pd.DataFrame, study: Study, form: str) -> pd.Series[bool]:
    """Whether a case voices the narrative of a form by that form alone.

    Args:
        codes: As for `with_narratives`.
        study: Says which narrative the form belongs to.
        form: Its variable.
    """
    narrative = study.narrative_of(form)
    others = [code for code in study.forms_of(narrative) if code.variable != form]
    return codes[form].eq(1).fillna(False) & _any(codes, others).eq(0)
