"""Whose codes are compared, what figure and table of agreement say, and who belongs on the list."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.data.problems import Lacking
from analysis.evidence import agreement, coder_agreement, coders, eligibility
from analysis.evidence.agreement import kappas, labels_of, words
from analysis.evidence.coders import both_coded, hinted_cases, one_kind, variables_of
from analysis.record.formats import decimal
from caught import assert_sound, caught
from human_coder import joined


@pytest.fixture(scope="module")
def agreed(dataset):
    """The agreement on everything in every edition."""
    return coders.agreed(dataset)


def test_a_coder_who_never_says_no_is_not_compared(dataset):
    """Motives are measured where both coders also note that one is not stated: in the second edition alone."""
    first, second = dataset.study.editions
    assert set(variables_of(dataset, first)) == set(labels_of(dataset.study))
    assert set(variables_of(dataset, second)) == set(labels_of(dataset.study)) | set(dataset.study.joining_variables)


def test_the_figure_is_sound_and_records_both_editions(dataset, agreed):
    """A mark per edition and row; each kappa on record; the lowest of the second edition is named; n both reached."""
    shown, table, study = assert_sound(agreement.show, dataset, agreed), kappas(agreed, dataset.study), dataset.study
    for (edition, variable), row in table.iterrows():
        assert shown.texts[f"agreement.{edition}.{variable}.kappa"] == decimal(row["value"])
    last = table.loc[study.edition.id]
    lowest = last.loc[study.narrative_variables, "value"].idxmin()
    assert shown.texts["agreement.second.lowest.label"] == study.label(lowest).lower()
    assert shown.texts["agreement.second.lowest.kappa"] == decimal(last.loc[lowest, "value"])
    assert int(shown.texts["agreement.second.n_both"]) == last.loc[lowest, "n"]
    assert "of one kind" in shown.words["agreement"].caption


def test_codes_that_never_vary_are_said_to_measure_nothing(dataset, agreed):
    """Where no coefficient is defined, title and alternative text say so."""
    text = words(kappas(agreed, dataset.study).assign(value=float("nan")), dataset)
    assert "do not vary enough" in text.title
    assert "brutality not defined" in text.alt


def test_a_human_coder_is_compared_and_named(dataset):
    """With the decision's own codes: rows with everyone of the edition, perfect with the decision; words that turn."""
    n = 40
    human = joined(dataset, dataset.core.index[:n])
    assert "No human" in one_kind(dataset)
    assert "No human" not in one_kind(human)
    shown = caught(coder_agreement.show, human, coders.agreed(human))
    printed = shown.tables["coder-agreement"]
    own = printed[printed["Coders"].str.startswith("E (human)")]
    assert list(own["Coders"].unique()) == ["E (human), decided", "E (human), C", "E (human), D"]
    assert set(own.loc[own["Coders"].str.endswith("decided"), "Same code"]) == {"100%"}
    assert (shown.given["coders.human.n"], len(shown.cases["coders.human.n"])) == (1, n)
    assert "E" in shown.given["coders.human.sentence"]
    before = caught(coder_agreement.show, dataset, coders.agreed(dataset))
    assert before.given["coders.human.n"] == 0
    pd.testing.assert_frame_equal(before.tables["coder-agreement"], printed.drop(own.index))


def test_a_code_that_no_account_has_from_both_is_a_row_without_agreement(dataset):
    """One account that reaches no reasons: reach is compared, the narratives are printed with none."""
    codes = dataset.coded([dataset.study.reach])
    human = joined(dataset, codes.index[codes[dataset.study.reach].eq(0).fillna(False)][:1])
    printed = caught(coder_agreement.show, human, coders.agreed(human)).tables["coder-agreement"]
    own = printed[printed["Coders"] == "E (human), decided"]
    assert list(own["n"]) == ["1", *["0"] * len(dataset.study.narratives)]


def test_the_table_prints_every_variable_of_both_editions(dataset, agreed):
    """A row per edition and variable without a gap; the hinted cases are left out for the first edition's alone."""
    printed = caught(coder_agreement.show, dataset, agreed).tables["coder-agreement"]
    assert len(printed) == agreed.index.droplevel("coefficient").nunique()
    assert "nan" not in printed.to_csv().lower()
    narratives = printed[printed["Code"].isin(dataset.study.narrative_labels.values())]
    with_hint = narratives.loc[narratives["Kappa, not hinted"] != "–", "Coders"]
    assert set(with_hint) == {", ".join(dataset.study.editions[0].coders)}
    assert len(with_hint) == len(dataset.study.narratives)


def test_kappa_without_the_hinted_leaves_out_exactly_them(dataset):
    """The cases left are those that both coded, less those whose label named a narrative."""
    first, variable = dataset.study.editions[0], dataset.study.narrative_variables[0]
    pairs = both_coded(dataset, first, variable)
    hints = dataset.cases["description_hinted_at"].fillna("").str.contains(dataset.study.hint_that_names_a_code)
    assert set(hinted_cases(dataset)) == set(hints.index[hints])
    n = coder_agreement.unhinted(dataset).loc[(variable, "kappa"), "n"]
    assert n == len(pairs.index.difference(hints.index[hints])) < len(pairs)


def test_who_belongs_on_the_list_is_counted_answer_by_answer(dataset):
    """Every core case stands once: all conditions met, one denied, or one unclear; the decision's as recorded."""
    shown, table = caught(eligibility.show, dataset), eligibility.answers(dataset)
    assert (table.sum(axis=1) == len(dataset.core)).all()
    decided = table.loc[dataset.study.final_coder]
    assert [shown.shares[f"eligibility.{name}"].n for name in ("all_yes", "unclear")] == [
        *decided[["all_yes", "unclear"]]
    ]


def test_coders_without_a_common_account_are_a_message(dataset):
    """Where nothing compares there is no table, and what is lacking is said."""
    alone = replace(dataset, codings=dataset.codings[dataset.codings["coder"] == "decided"])
    with pytest.raises(Lacking, match="no account coded by two coders who are compared"):
        coders.agreed(alone)
