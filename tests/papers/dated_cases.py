"""Cases of which nothing matters but their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from hypothesis import strategies as st

from analysis.data.dataset import Dataset, month
from analysis.data.study import Span

CLOCKS = ("left", "first_public")
DATES = st.one_of(
    st.none(),
    st.sampled_from(["2013", "2014", "2015"]),
    st.builds("{}-{:02d}".format, st.integers(2013, 2015), st.integers(1, 12)),
    st.builds("{}-{:02d}-{:02d}".format, st.integers(2013, 2015), st.integers(1, 12), st.integers(1, 28)),
)


def span(name: str, start: str, end: str) -> Span:
    """A span of months."""
    return Span(name, name, pd.Period(start, "M"), pd.Period(end, "M"))


WINDOW = span("window", "2014-01", "2015-08")
PERIODS = (
    span("a", "2014-01", "2014-08"),
    span("b", "2014-09", "2014-12"),
    span("c", "2015-01", "2015-05"),
    span("d", "2015-06", "2015-08"),
)


def dated_cases(left: Sequence[str | None], public: Sequence[str | None] | None = None) -> pd.DataFrame:
    """Core cases with these dates; public in August 2015 unless said otherwise."""
    cases = pd.DataFrame({"left": left, "first_public": public or ["2015-08"] * len(left)}, dtype="string")
    for clock in CLOCKS:
        cases[f"{clock}_month"] = month(cases[clock])
    return cases.assign(left_basis="stated", decision="core").rename(index="X-{:02d}".format)


def with_cases(dataset: Dataset, cases: pd.DataFrame) -> Dataset:
    """The data with another list of cases."""
    return replace(dataset, cases=cases)


def other_lists(dataset: Dataset) -> dict[str, Dataset]:
    """The core list cut to a third, doubled, and with another mix of dates: what a chart must bear."""
    core = dataset.core
    undated, monthly = core[core["left_month"].isna()], core[core["left_month"].notna()]
    lists = {
        "every third": core.iloc[::3],
        "twice": pd.concat([core, core.rename(index="{}-again".format)]),
        "the undated kept": pd.concat([undated, monthly.iloc[:4]]),
    }
    return {name: with_cases(dataset, cases) for name, cases in lists.items()}
