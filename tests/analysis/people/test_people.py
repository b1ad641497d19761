"""Who the cases are: counts follow the rows, and what is not reported is never a value."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.dataset import Dataset
from analysis.people.flow import flow, known_of
from analysis.people.people_record import (
    record_countries,
    record_field,
    record_flow,
    record_minors,
    record_situation_groups,
    record_stories,
)
from analysis.people.people_table import characteristics_of, people_counts, people_table
from analysis.people.people_text import flow_text, group_labels, origins_text, situation_text
from analysis.people.reported import NOT_REPORTED, by_country, by_situation, country_group, flags, minors, tally
from analysis.record.record import Record
from analysis.stats.uncertainty import share_of, wilson

VALUES = st.lists(st.sampled_from(["a", "b", "c", NOT_REPORTED, None]), max_size=15)
FIELDS = ("reason", "gender", "role", "status_at_disclosure", "certainty")


def rows_of(root: Path, file: str) -> list[dict[str, str]]:
    """The rows of a data file, read with nothing but the csv module."""
    with (root / "data" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def core_rows(root: Path) -> list[dict[str, str]]:
    """The rows of the core list."""
    return [row for row in rows_of(root, "cases.csv") if row["decision"] == "core"]


def labels_of(dataset: Dataset) -> dict[str, dict[str, str]]:
    """The labels of the fields that the chapter uses."""
    return {field: dataset.value_labels("cases", field) for field in FIELDS}


@given(VALUES)
def test_a_tally_counts_every_case_once(values: list[str | None]) -> None:
    """Counts sum to the cases; the denominator leaves out what is not reported; shares sum to one."""
    table = tally(pd.Series(values, dtype=object))
    known = [value for value in values if value not in (None, NOT_REPORTED)]
    assert table["n"].sum() == len(values)
    assert table.drop(NOT_REPORTED, errors="ignore")["n"].to_dict() == dict(Counter(known))
    assert set(table["denominator"]) <= {len(known)}
    if known:
        assert table["share"].sum() == pytest.approx(1)


@given(VALUES, st.sampled_from(["a", "b", "c", NOT_REPORTED]))
def test_one_more_case_raises_one_row_by_one(values: list[str | None], added: str) -> None:
    """Adding a case raises one row of the tally and lowers none."""
    before, after = (tally(pd.Series(some, dtype=object))["n"] for some in (values, [*values, added]))
    grown = after.sub(before, fill_value=0)
    assert grown[grown != 0].to_dict() == {added: 1}


@pytest.mark.parametrize("field", FIELDS)
def test_fields_of_the_core_list_are_those_of_the_file(dataset: Dataset, root: Path, field: str) -> None:
    """Counts per value equal a Counter over the raw rows, intervals are Wilson's."""
    expected = Counter(row[field] or NOT_REPORTED for row in core_rows(root))
    table = tally(dataset.core[field])
    assert table["n"].to_dict() == dict(expected)
    denominator = len(dataset.core) - expected[NOT_REPORTED]
    for value, n, low, high in table.drop(NOT_REPORTED, errors="ignore")[["n", "low", "high"]].itertuples():
        assert (low, high) == wilson(int(n), denominator), value


def test_a_tally_in_a_given_order_shows_empty_values_and_refuses_unknown_ones() -> None:
    """Nobody is shown as 0; a value outside the order is an error."""
    values = pd.Series(["a", "a", NOT_REPORTED])
    assert tally(values, ["b", "a"])["n"].to_dict() == {"b": 0, "a": 2, NOT_REPORTED: 1}
    with pytest.raises(ValueError, match="'a' is not in the order"):
        tally(values, ["b"])


def test_not_reported_is_neither_yes_nor_no() -> None:
    """A flag is 1, 0, or missing where nothing is reported."""
    answer = flags(pd.Series(["a", "b", NOT_REPORTED, None], dtype=object), ["a"])
    assert answer.tolist() == [1, 0, pd.NA, pd.NA]


def test_countries_are_those_of_the_file(dataset: Dataset, root: Path) -> None:
    """Counts per country and per region equal Counters over the raw rows."""
    rows = core_rows(root)
    region = {row["country"]: row["region"] for row in rows_of(root, "countries.csv")}
    table = by_country(dataset.core, dataset.countries)
    assert table.set_index("country")["n"].to_dict() == dict(Counter(r["country"] or NOT_REPORTED for r in rows))
    by_region = Counter(region.get(row["country"], NOT_REPORTED) for row in rows)
    assert table.drop_duplicates("region").set_index("region")["region_n"].to_dict() == dict(by_region)


def test_countries_stand_in_order_of_their_region() -> None:
    """Largest region first, largest country first within it, names for ties, not reported last."""
    countries = pd.DataFrame({"name": ["Aa", "Bb", "Cc", "Dd"], "region": ["x", "x", "y", "y"]}, index=[*"ABCD"])
    cases = pd.DataFrame({"country": ["C", "A", "B", "B", None, None, None, None]}, dtype=object)
    table = by_country(cases, countries, ["D"])
    assert table["country"].tolist() == ["B", "A", "C", "D", NOT_REPORTED]
    assert table["n"].tolist() == [2, 1, 1, 0, 4]
    assert table["region_n"].tolist() == [3, 3, 1, 1, 4]


def test_the_country_group_is_that_of_the_countries_file(dataset: Dataset, root: Path) -> None:
    """Western Europe and Australia: the cases whose country the file puts there, of those reported."""
    members = {r["country"] for r in rows_of(root, "countries.csv") if r["western_europe_or_australia"] == "true"}
    known = [row["country"] for row in core_rows(root) if row["country"]]
    share = share_of(country_group(dataset.core, dataset.countries, "western_europe_or_australia"))
    assert (share.n, share.denominator) == (sum(c in members for c in known), len(known))


def test_minors_are_counted_where_a_text_says_so(dataset: Dataset, root: Path) -> None:
    """Unknown ages are in neither count."""
    said = Counter(row["minor_when_joined"] for row in core_rows(root))
    share = minors(dataset.core)
    assert (share.n, share.denominator) == (said["true"], said["true"] + said["false"])


def test_every_situation_stands_in_its_group(dataset: Dataset) -> None:
    """Groups are the study's; counts sum to the core list; the unknown come last."""
    labels = labels_of(dataset)["status_at_disclosure"]
    table = by_situation(dataset.core, dataset.study, labels)
    assert table["n"].sum() == len(dataset.core)
    assert set(table.index[table["group"] == "supervised"]) == set(dataset.study.supervised)
    assert set(table.index[table["group"] == "unsupervised"]) == set(dataset.study.unsupervised)
    assert table.index[-1] == NOT_REPORTED


def test_the_flow_adds_up(dataset: Dataset, root: Path) -> None:
    """Each step is the count of raw rows, and what leaves at a step is what the next one lacks."""
    rows = rows_of(root, "cases.csv")
    steps = flow(dataset.cases)
    decisions = Counter(row["decision"] for row in rows)
    assert (steps.core, steps.later, steps.excluded) == tuple(decisions[d] for d in ("core", "later", "excluded"))
    assert steps.reasons == dict(Counter(r["reason"] for r in rows if r["decision"] == "excluded"))
    assert steps.candidates == steps.excluded + steps.eligible == len(rows)
    assert steps.eligible == steps.later + steps.core
    assert list(steps.reasons.values()) == sorted(steps.reasons.values(), reverse=True)


def test_an_unknown_decision_is_refused() -> None:
    """A decision that is none of the three would vanish from the flow."""
    with pytest.raises(ValueError, match="'maybe' is none of"):
        flow(pd.DataFrame({"decision": ["core", "maybe"], "reason": ["ok", "ok"]}))


def test_reasons_are_known_where_any_narrative_is_coded(dataset: Dataset, root: Path) -> None:
    """The denominator of the narratives equals a count over the raw codings."""
    core = {row["case_id"] for row in core_rows(root)}
    narratives = set(dataset.study.narrative_variables)
    coded = {
        row["case_id"]
        for row in rows_of(root, "codings.csv")
        if row["coder"] == dataset.study.final_coder and row["variable"] in narratives and row["value"]
    }
    known = known_of(dataset.core, dataset.coded(dataset.study.narrative_variables), list(dataset.study.clocks))
    assert known["reasons"] == len(core & coded)
    assert known["left"] == sum(len(row["left"]) >= 7 for row in core_rows(root))


def test_the_table_of_people_counts_each_characteristic_in_full(dataset: Dataset) -> None:
    """Within every characteristic the counts sum to the core list, and nobody is shown who is not there."""
    regions = dataset.value_labels("countries", "region")
    counts = people_counts(characteristics_of(dataset.core, labels_of(dataset), regions))
    assert set(counts.groupby("characteristic")["n"].sum()) == {len(dataset.core)}
    assert (counts["n"] > 0).all()
    assert counts["label"].notna().all()
    printed = people_table(counts)
    assert printed["Cases"].tolist() == [str(n) for n in counts["n"]]
    assert (printed["Share of those reported (95% interval)"].eq("–") == counts["value"].eq(NOT_REPORTED)).all()


def origins_of(countries: list[tuple[str, int]], missing: int = 0) -> pd.DataFrame:
    """A table of countries as `by_country` gives it, all in one region."""
    rows = [(name[:3].upper(), name, "x", n) for name, n in countries]
    rows += [(NOT_REPORTED, "Not reported", NOT_REPORTED, missing)] * bool(missing)
    table = pd.DataFrame(rows, columns=["country", "name", "region", "n"])
    return table.assign(region_n=table.groupby("region")["n"].transform("sum"))


def test_the_words_on_origins_are_right_for_one_and_for_many() -> None:
    """Singular and plural, ties, and the country that nobody reports."""
    regions = {"x": "Region"}
    alone = origins_text(origins_of([("Syria", 1)]), regions)
    assert alone.title == "Syria: 1 of 1 case (100%)"
    assert "1 of 1 country has a single case" in alone.caption
    tie = origins_text(origins_of([("Iraq", 2), ("Syria", 2), ("Chad", 1)], missing=3), regions)
    assert tie.title == "Iraq and Syria: 2 of 5 cases each (40%); the other comes from 1 country"
    assert "not reported (3)" in tie.caption
    assert "Right:" not in tie.caption
    assert "not reported for 3" in tie.alt


def test_a_country_with_no_case_is_not_counted_as_one() -> None:
    """A row that is shown for the report's sake adds no country to ours."""
    text = origins_text(origins_of([("Syria", 3), ("Belgium", 0)]), {"x": "Region"}, published=True)
    assert text.title == "Syria: 3 of 3 cases (100%)"
    assert "1 country in all" in text.alt
    assert "Belgium" not in text.alt


def test_the_words_on_the_flow_and_the_situations_follow_the_counts(dataset: Dataset) -> None:
    """Every number of the flow is in its alt text, and the groups are named by their situations."""
    labels, study = labels_of(dataset), dataset.study
    steps = flow(dataset.cases)
    text = flow_text(steps, labels["reason"], {"with a month": 5}, study.extension)
    for number in (steps.candidates, steps.excluded, steps.eligible, steps.later, steps.core, *steps.reasons.values()):
        assert str(number) in text.alt
    statuses = labels["status_at_disclosure"]
    groups = group_labels(study, statuses)
    assert all(statuses[s] in groups["supervised"] for s in study.supervised)
    table = by_situation(dataset.core, study, statuses)
    title = situation_text(table, statuses, groups).title
    assert f"{table.loc[list(study.supervised), 'n'].sum()} were {groups['supervised']}" in title


def test_the_record_of_people_is_true_to_its_parts(dataset: Dataset) -> None:
    """Each recorded share equals its cases over its denominator; stories of the core are those that are linked."""
    record, core = Record("people"), dataset.core
    record_field(record, "people.role", core["role"], labels_of(dataset)["role"])
    record_countries(record, by_country(core, dataset.countries), core, dataset.countries)
    record_situation_groups(record, core, dataset.study)
    record_minors(record, core)
    record_flow(record, flow(dataset.cases), {"left": 1})
    record_stories(record, dataset.stories, dataset.case_stories, core)
    values = record._values
    shares = [v for v in values.values() if v["unit"] == "share"]
    assert all(len(v["cases"]) == v["n"] for v in shares)
    assert all(v["value"] == pytest.approx(v["n"] / v["denominator"]) for v in shares)
    links = dataset.case_stories
    assert values["people.stories.core"]["value"] == links[links["case_id"].isin(core.index)]["story_id"].nunique()
    unknown = values["people.minors.not_reported"]["value"]
    assert values["people.minors.denominator"]["value"] + unknown == len(core)
    assert values["people.countries.all"]["value"] == core["country"].nunique()
