"""The case list as the paper prints it: who, when on both clocks, what was voiced."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.record.formats import join_words, lowered, plural

HEADS = {"left": "Left", "first_public": "First public"}
NOT_REPORTED = "not reported"
WITHHELD = "withheld"
NOT_REACHED = "reasons not reached"
NONE_VOICED = "none of these"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def to_the_month(date: str | None) -> str:
    """A date cut to the month, whatever its precision: `2015-03`, `2014`, or nothing."""
    return "" if date is None or pd.isna(date) else str(date)[: len("YYYY-MM")]


def month_in_words(date: str | None) -> str:
    """A date at month precision at most, as a table prints it: `Mar 2015`, `2014`, `not reported`."""
    year, _, month = to_the_month(date).partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year or NOT_REPORTED


def voiced(data: Dataset) -> list[str]:
    """What each core case voiced, as decided, in words; that it was none differs from reasons not being reached."""
    labels = {code.variable: code.label.lower() for code in data.study.narratives}
    texts = []
    for codes in data.coded(list(labels)).to_dict("records"):
        known = {labels[str(name)]: value for name, value in codes.items() if pd.notna(value)}
        named = [label for label, value in known.items() if value == 1]
        texts.append(join_words(named or [NONE_VOICED if known else NOT_REACHED]).capitalize())
    return texts


def case_table(data: Dataset) -> pd.DataFrame:
    """The core list for print, a row per case by its neutral number: no name, no country, months at most.

    Of people who joined as minors no month is given either.
    """
    core = data.core.assign(voiced=voiced(data)).sort_values("number")
    minor = core["minor_when_joined"].eq(True).fillna(False)
    dates = {clock: core[clock].map(month_in_words).mask(minor, WITHHELD).array for clock in data.study.clocks}
    columns = {
        "Case": core["number"].array,
        "Description": core["description"].array,
        **{head: dates[clock] for clock, head in HEADS.items() if clock in dates},
        "Voiced": core["voiced"].array,
        "Stories": core["n_stories"].array,
    }
    return pd.DataFrame(columns)


def case_numbers(data: Dataset) -> pd.DataFrame:
    """The printed list as data, index `number`: one column per narrative (1, 0, empty: not reached)."""
    codes = data.coded(data.study.narrative_variables)
    core = data.core.join(codes).sort_values("number")
    minor = core["minor_when_joined"].eq(True).fillna(False)
    dates = {clock: core[clock].map(to_the_month).mask(minor, "") for clock in data.study.clocks}
    plain = core[["number", "description", "certainty", "n_stories"]].assign(**dates)
    return plain.join(core[list(codes)]).set_index("number")


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the table `cases`, and give its first rows."""
    listed = case_table(data)
    undated = int((data.undated["decision"] == "core").sum())
    clocks = data.study.clocks.values()
    printed = cell.table(
        "cases",
        listed,
        title="The core list",
        caption=f"The core list: {plural(len(listed), 'case')} under neutral numbers, with "
        f"{join_words(map(lowered, clocks))} as far as reported ({WITHHELD} for people who joined as minors), the "
        f"narratives voiced (decided), and the number of stories. Of {plural(undated, 'case')} no story "
        "is dated inside the window.",
        align="ll" + "l" * len(clocks) + "lr",
        widths=[7, 37, *[12] * len(clocks), 23, 9],
        data=case_numbers(data),
        cases=data.core.index,
    )
    return printed.head()
