"""A narrative is voiced, not voiced or missing as its forms have it: counted again over the rows of the file."""

import pandas as pd
import pytest

from analysis.data.forms import resting_on
from written_codes import written_codes


@pytest.fixture(scope="module")
def written(root):
    """Every code as the file has it, the narratives counted from the forms by a plain loop."""
    return written_codes(root)


def test_narratives_follow_from_the_forms(dataset, written):
    """Each coder of forms, each case: missing unless reasons are reached, else whether any form of it is 1."""
    counted = {"": 0, "0": 0, "1": 0}
    for coder in ("C", "D", "decided"):
        computed = dataset.coded(dataset.study.narrative_variables, coder, dataset.cases.index)
        for case in dataset.cases.index:
            for narrative, code in computed.loc[case].items():
                expected = written.get((coder, case, narrative), "")
                assert ("" if pd.isna(code) else str(code)) == expected, (coder, case, narrative)
                counted[expected] += 1
    assert all(counted.values())


def test_a_narrative_rests_on_one_form_where_no_other_of_its_forms_is_voiced(dataset, written):
    """For every form of a narrative, over the decided codes."""
    study, codes = dataset.study, dataset.coded(dataset.study.coded_variables)
    for form in study.forms:
        if form.narrative:
            own = [other.variable for other in study.forms if other.narrative == form.narrative]
            expected = {
                case
                for case in codes.index
                if [other for other in own if written.get(("decided", case, other)) == "1"] == [form.variable]
            }
            alone = resting_on(codes, study, form.variable)
            assert set(codes.index[alone]) == expected, form.variable
