"""Who is compared with whom, what the table of agreement prints, and the second coder's view of the list."""

import pandas as pd
import pytest

from analysis.data.dataset import load
from analysis.evidence import agreement, coder_agreement, coders, eligibility
from analysis.evidence.agreement import defined, words
from analysis.evidence.coders import agreement_table, both_coded, hinted_cases, pools
from analysis.evidence.eligibility import against_decision, verdicts
from analysis.record.formats import decimal
from analysis.stats.agreement import landis_koch
from caught import assert_sound, caught


@pytest.fixture(scope="module")
def agreed(dataset):
    """The agreement on everything in every pool."""
    return coders.agreed(dataset)


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


def test_both_coded_takes_the_codes_before_adjudication(dataset):
    """The pairs are the coders' own values, for exactly the cases that have both."""
    variable = dataset.study.narrative_variables[0]
    pairs = both_coded(dataset, variable, dataset.cases.index)
    codings = dataset.codings.astype({"case_id": object, "coder": object})
    rows = codings[(codings["variable"] == variable) & codings["coder"].isin(["A", "B"])]
    wide = rows.pivot(index="case_id", columns="coder", values="value").dropna()
    pd.testing.assert_frame_equal(pairs.sort_index(), wide.sort_index(), check_names=False)


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


def test_the_figure_is_sound_and_names_best_and_worst(dataset, agreed):
    """Each coefficient of each narrative is a mark, with and without hinted cases; the title gives the extremes."""
    shown = assert_sound(agreement.show, dataset, agreed)
    labels = {code.variable: code.label.lower() for code in dataset.study.narratives}
    kappa = agreed["all"].xs("kappa", level="coefficient")["value"][list(labels)]
    title = shown.words["agreement"].title
    assert f"best on {labels[kappa.idxmax()]} (kappa {decimal(kappa.max())})" in title
    assert f"least on {labels[kappa.idxmin()]} ({decimal(kappa.min())})" in title


def test_codes_that_never_vary_are_said_to_measure_nothing(dataset, agreed):
    """Where no coefficient is defined, title and alternative text say so."""
    table = agreed["all"].assign(value=float("nan"))
    text = words(table, table, {dataset.study.narrative_variables[0]: "One"})
    assert "do not vary enough" in text.title
    assert "One: percent agreement not defined" in text.alt
    assert defined(0.125) == "0.13"


def test_the_table_prints_and_records_every_narrative(dataset, agreed):
    """A row per variable without a gap; kappa, its word and the worst narrative are those of the table."""
    shown = caught(coder_agreement.show, dataset, agreed)
    study, printed = dataset.study, shown.tables["coder-agreement"]
    assert len(printed) == len(study.narrative_variables) + len(study.joining_variables)
    assert "nan" not in printed.to_csv().lower()
    kappas = agreed["all"].xs("kappa", level="coefficient")["value"][study.narrative_variables]
    for name, kappa in kappas.items():
        assert shown.texts[f"agreement.{name}.kappa"] == decimal(kappa)
        assert shown.texts[f"agreement.{name}.kappa_word"] == landis_koch(kappa)
    assert shown.texts["agreement.worst.label"] == study.label(kappas.idxmin()).lower()


def test_a_verdict_on_a_case_follows_from_its_rules(dataset):
    """No where any rule is answered no, yes where all are answered yes, else unclear."""
    found = verdicts(dataset)
    rules = [code.variable for code in dataset.study.eligibility]
    rows = dataset.codings[dataset.codings["variable"].isin(rules) & (dataset.codings["coder"] == "B")]
    answers = rows.groupby("case_id", observed=True)["value"]
    assert (found[answers.min()[lambda value: value == 0].index] == "no").all()
    all_yes = answers.agg(lambda given: len(given) == len(rules) and given.eq(1).fillna(False).all()).astype(bool)
    assert set(found.index[found == "yes"]) == set(all_yes.index[all_yes])
    assert set(found) == {"yes", "no", "unclear"}


def test_the_cross_table_counts_each_case_once(dataset):
    """Every case of the second coder stands once; the core cases not given to the coder are counted apart."""
    table = against_decision(dataset)
    assert table.to_numpy().sum() == len(pools(dataset)["all"])
    texts = caught(eligibility.show, dataset).texts
    given = sum(int(texts[f"agreement.eligibility.{answer}_core"]) for answer in ("yes", "no", "unclear"))
    skipped = int(texts["agreement.eligibility.core_not_coded"].split()[0].replace("no", "0"))
    assert given + skipped == len(dataset.core)
    pd.testing.assert_index_equal(table.index, pd.Index(["yes", "no", "unclear"], name="second_coder"))
