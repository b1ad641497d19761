"""Who is compared with whom: pools, reach, and the second coder's view of the list."""

import pytest

from analysis.data.dataset import load
from analysis.evidence.coders import (
    agreement_table,
    eligibility_against_decision,
    eligibility_ratings,
    eligibility_verdicts,
    hinted_cases,
    pools,
    reach,
)
from analysis.stats.agreement import both_coded


def test_pools_nest_and_leave_out_hinted_cases(dataset):
    """The core pool lies in the whole one, and the unhinted pools hold no case whose label named a narrative."""
    found = pools(dataset)
    assert set(found["core"]) <= set(found["all"])
    hints = dataset.cases["description_hinted_at"].fillna("")
    assert not hints.loc[found["unhinted"]].str.contains(dataset.study.hint_that_names_a_code).any()
    assert set(found["all"]) - set(found["unhinted"]) == set(hinted_cases(dataset)) & set(found["all"])
    assert set(found["core_unhinted"]) == set(found["core"]) & set(found["unhinted"])


def test_agreement_of_every_variable_is_that_of_its_pairs(dataset):
    """The table holds, per variable, what the pairs of that variable give."""
    cases = pools(dataset)["core"]
    table = agreement_table(dataset, dataset.study.narrative_variables, cases)
    for variable in dataset.study.narrative_variables:
        pairs = both_coded(dataset, variable, cases)
        same = (pairs["A"] == pairs["B"]).mean()
        assert table.loc[(variable, "percent"), "value"] == pytest.approx(same)
        assert table.loc[(variable, "kappa"), "n"] == len(pairs)


def test_a_code_changed_by_one_coder_changes_agreement(data_copy, edit):
    """Turning one code of the second coder against the first lowers the count of agreed cases by one."""
    before = load(data_copy)
    variable = before.study.narrative_variables[0]
    pairs = both_coded(before, variable, pools(before)["all"])
    case = pairs.index[(pairs["A"] == 0) & (pairs["B"] == 0)][0]
    edit("codings.csv", {"case_id": case, "coder": "B", "variable": variable}, value="1")
    after = load(data_copy)
    changed = both_coded(after, variable, pools(after)["all"])
    assert (changed["A"] == changed["B"]).sum() == (pairs["A"] == pairs["B"]).sum() - 1


def test_reach_says_who_found_reasons(dataset):
    """A coder reached the reasons of a case where any narrative has a value."""
    found = reach(dataset, pools(dataset)["all"])
    codes = dataset.coded(dataset.study.narrative_variables, "B", pools(dataset)["all"])
    assert list(found["B"] == 1) == list(codes.notna().any(axis=1))
    assert set(found["A"]) | set(found["B"]) == {0, 1}


def test_a_verdict_on_a_case_follows_from_its_rules(dataset):
    """No where any rule is answered no, yes where all are answered yes, else unclear."""
    verdicts = eligibility_verdicts(dataset)
    rules = verdicts.drop(columns="overall")
    for case, answers in rules.iterrows():
        expected = "no" if "no" in set(answers) else "yes" if set(answers) == {"yes"} else "unclear"
        assert verdicts.loc[case, "overall"] == expected


def test_every_case_of_the_second_coder_stands_once_in_the_cross_table(dataset):
    """The cross table of answers and decisions counts each case once; the ratings are its clear rows."""
    table = eligibility_against_decision(dataset)
    assert table.to_numpy().sum() == len(pools(dataset)["all"])
    ratings = eligibility_ratings(dataset)
    assert len(ratings) == table.loc[["yes", "no"], ["core", "excluded"]].to_numpy().sum()
    agreed = table.loc["yes", "core"] + table.loc["no", "excluded"]
    assert (ratings["second_coder"] == ratings["decision"]).sum() == agreed
