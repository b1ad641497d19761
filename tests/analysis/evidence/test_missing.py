"""What is missing, counted by an independent count."""

import pandas as pd
import pytest

from analysis.data.study import Span
from analysis.evidence import missing
from analysis.evidence.missing import FIELDS, known_fields, missing_in
from caught import caught


@pytest.fixture(scope="module")
def known(dataset):
    """Which fields are known of which core case."""
    return known_fields(dataset, dataset.core)


def test_missing_over_time_is_a_groupby_on_the_period(dataset, known):
    """In each period the share missing is that of the cases made public in its months."""
    table = missing_in(known, dataset.core["first_public"], dataset.study.periods)
    months = dataset.core["first_public_month"]
    for period in dataset.study.periods:
        rows = months.map(lambda month, period=period: month in period).astype(bool)
        assert table.loc["cases", period.id] == rows.sum()
        for field in known:
            assert table.loc[field, period.id] == pytest.approx(1 - known.loc[rows, field].mean())


def test_an_empty_period_has_no_share():
    """With no case in a period its shares are unknown, not 0."""
    empty = Span("none", "none", pd.Period("2010-01", "M"), pd.Period("2010-02", "M"))
    known = pd.DataFrame({"country": [True, False]}, index=["a", "b"])
    table = missing_in(known, pd.Series(["2014-01", "2014-02"], index=["a", "b"]), [empty])
    assert pd.isna(table.loc["country", "none"])
    assert table.loc["cases", "none"] == 0


def test_the_table_prints_a_row_per_field(dataset, known):
    """Each field stands once without a gap, with the count that is recorded of it."""
    shown = caught(missing.show, dataset)
    printed = shown.tables["missingness"].set_index("Not known")
    assert sorted(printed.index) == sorted(FIELDS.values())
    assert "nan" not in printed.to_csv().lower()
    n = (~known["reasons"]).sum()
    assert shown.texts["missing.reasons.of"] == f"{n} of {len(known)}"
    assert printed.loc[FIELDS["reasons"], "Core cases"].startswith(f"{n} of {len(known)} (")
