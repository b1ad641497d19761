"""Joining motives against narratives, and the forms of the narratives: counted again row by row."""

import csv
import math
from collections import defaultdict

import pandas as pd
import pytest
from scipy.stats import hypergeom

from analysis.data.study import Code, Detail
from analysis.narratives.details import detail_between, detail_table, forms_seen
from analysis.narratives.joining import joining_leaving, motive_known, motive_stated, motive_table


@pytest.fixture(scope="module")
def rows_of_file(root):
    """Codes of the core cases as text, read with the csv module: coder to case to variable to text."""
    with (root / "data/cases.csv").open(encoding="utf-8", newline="") as lines:
        core = {row["case_id"] for row in csv.DictReader(lines) if row["decision"] == "core"}
    codes = defaultdict(lambda: defaultdict(dict))
    with (root / "data/codings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["case_id"] in core:
                codes[row["coder"]][row["case_id"]][row["variable"]] = row["value"]
    return codes


def codes_of(**columns):
    """Codes in columns, as the dataset gives them."""
    return pd.DataFrame(columns).astype("Int64")


def test_every_cell_counts_what_the_file_holds(dataset, rows_of_file):
    """Both, stated, voiced and denominator of each pair equal a count over the rows of the file."""
    study = dataset.study
    motives, narratives = (dataset.coded(v) for v in (study.joining_variables, study.narrative_variables))
    cells = joining_leaving(motives, narratives, study.mirrors)
    assert len(cells) == len(study.joining_variables) * len(study.narrative_variables)
    for cell in cells.itertuples():
        pairs = [(row.get(cell.motive), row.get(cell.narrative)) for row in rows_of_file["adjudicated"].values()]
        known = [pair for pair in pairs if all(pair)]
        assert cell.denominator == len(known)
        assert cell.both == known.count(("1", "1")) == len(cell.cases.split())
        assert cell.motive_n == cell.both + known.count(("1", "0"))
        assert cell.narrative_n == cell.both + known.count(("0", "1"))
        assert (cell.without_n, cell.without_denominator) == (
            known.count(("0", "1")),
            known.count(("0", "1")) + known.count(("0", "0")),
        )
        assert cell.voicers == pytest.approx(cell.both / cell.narrative_n)


def test_fishers_test_sums_the_tables_no_likelier_than_the_one_seen(dataset):
    """Each p equals the hypergeometric sum over all tables with the same margins."""
    study = dataset.study
    motives, narratives = (dataset.coded(v) for v in (study.joining_variables, study.narrative_variables))
    for cell in joining_leaving(motives, narratives, study.mirrors).itertuples():
        tables = hypergeom(cell.denominator, cell.narrative_n, cell.motive_n)
        seen = tables.pmf(cell.both)
        likelihoods = [tables.pmf(k) for k in range(cell.motive_n + 1)]
        assert cell.p == pytest.approx(sum(p for p in likelihoods if p <= seen * (1 + 1e-7)))


def test_claimed_links_are_adjusted_among_themselves():
    """With one link claimed its adjusted p is its p; the others have none; all cells count in `p_holm`."""
    motives = codes_of(m=[1, 1, 1, 0, 0, 0, None], o=[0, 1, 0, 1, 0, 1, 1])
    narratives = codes_of(x=[1, 1, 1, 0, 0, 0, 1], y=[0, 1, 1, 0, 1, 0, 1])
    cells = joining_leaving(motives, narratives, [("m", "x")])
    mirror = cells[cells["mirror"]].iloc[0]
    assert mirror["p"] == pytest.approx(0.1)  # 1 of the 20 ways to choose 3 of 6, both ends
    assert mirror["p_holm_mirrors"] == pytest.approx(0.1)
    assert mirror["p_holm"] == pytest.approx(0.4)
    assert cells.loc[~cells["mirror"], "p_holm_mirrors"].isna().all()


def test_a_motive_that_nobody_states_has_no_share():
    """The share among nobody is missing, its interval is everything, and the test says nothing."""
    cell = joining_leaving(codes_of(m=[0, 0, None]), codes_of(x=[1, 0, 1]), []).iloc[0]
    assert math.isnan(cell["share"])
    assert (cell["low"], cell["high"], cell["p"]) == (0, 1, 1)


def test_known_and_stated_motives_differ():
    """All zeros are known and not stated; a gap is not known, though one motive may be stated."""
    motives = codes_of(a=[0, 1, 1, None], b=[0, 0, None, None])
    assert motive_known(motives).tolist() == [True, True, False, False]
    assert motive_stated(motives).tolist() == [False, True, True, False]
    table = motive_table(motives, (Code("a", "A"), Code("b", "B")))
    assert table[["n", "denominator"]].to_numpy().tolist() == [[2, 3], [0, 2]]


def test_each_form_is_counted_among_the_accounts_where_that_coder_saw_the_narrative(dataset, rows_of_file):
    """Counts and denominators equal those over the second coder's rows of the file."""
    study = dataset.study
    forms = [code.variable for detail in study.details for code in detail.variables]
    table = detail_table(dataset.coded(forms, "B"), dataset.coded(study.narrative_variables, "B"), study.details)
    for variable, row in table.iterrows():
        values = [codes.get(variable) for codes in rows_of_file["B"].values() if codes[row["narrative"]] == "1"]
        assert (row["n"], row["denominator"]) == (values.count("1"), values.count("1") + values.count("0"))


def test_forms_seen_counts_an_account_once():
    """Two forms in one account are one account with a form; an account without any is not counted."""
    details = codes_of(p=[1, 0, 1, 0], q=[1, 0, 0, 0])
    groups = (Detail("d", "x", "Forms", (Code("p", "P"), Code("q", "Q"))),)
    seen = forms_seen(details, codes_of(x=[1, 1, 0, None]), groups)
    assert seen.loc["x"].tolist() == [1, 2]


def test_a_form_between_groups_leaves_out_people_of_unknown_group():
    """Inside 1 of 2, outside 0 of 1; the person of unknown group is in neither."""
    inside = pd.Series([True, True, False, None, False], dtype="boolean")
    form, narrative = codes_of(f=[1, 0, 0, 1, 1])["f"], codes_of(n=[1, 1, 1, 1, 0])["n"]
    between = detail_between(form, narrative, inside)
    assert between[["n", "denominator"]].to_numpy().tolist() == [[1, 2], [0, 1]]
    assert between["p"].tolist() == [1, 1]
