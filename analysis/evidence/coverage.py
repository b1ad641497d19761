"""How many public cases there were at least, from how often each known case was reported."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.record.formats import count
from analysis.record.record import Cell
from analysis.stats.lower_bound import LowerBound, chao1


def outlets_per_case(cases: pd.DataFrame, case_stories: pd.DataFrame, stories: pd.DataFrame) -> pd.Series[int]:
    """How many different outlets carried each case: reprints in one outlet count once.

    Args:
        cases: The cases wanted, index `case_id`.
        case_stories: Links `case_id`, `story_id`.
        stories: Stories with `outlet`, index `story_id`.
    """
    outlets = case_stories["story_id"].map(stories["outlet"])
    return outlets.groupby(case_stories["case_id"]).nunique().reindex(cases.index, fill_value=0)


def printed(bounds: Mapping[str, LowerBound]) -> pd.DataFrame:
    """The lower bounds on the number of public cases, a row per list; one for both ways of counting that are alike."""
    names = {"core": "Core list, by stories", "outlets": "Core list, by outlets", "all": "Core and later, by stories"}
    shown = dict(bounds)
    if "outlets" in shown and shown["outlets"] == shown.get("core"):
        del shown["outlets"]
        names["core"] = "Core list, by stories or by outlets"
    rows = [
        (names[name], count(b.observed), count(b.once), count(b.twice), count(b.estimate), count(b.low), count(b.high))
        for name, b in shown.items()
    ]
    columns = ["List", "Cases", "Seen once", "Seen twice", "At least", "low", "high"]
    table = pd.DataFrame(rows, columns=columns)
    limits = table.pop("low") + "–" + table.pop("high")
    return table.assign(**{"95% interval": limits})


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the lower bound of the core list, and the table `coverage`; return the table."""
    core, everyone = data.core, pd.concat([data.core, data.later])
    bounds = {
        "core": chao1(core["n_stories"]),
        "outlets": chao1(outlets_per_case(core, data.case_stories, data.stories)),
        "all": chao1(everyone["n_stories"]),
    }
    found = bounds["core"]
    for name in ("observed", "once", "estimate"):
        cell.value(f"coverage.core.{name}", getattr(found, name), unit="count")
    text = f"{count(found.low)} to {count(found.high)}"
    cell.value("coverage.core.interval", (found.low, found.high), unit="interval", text=text)
    reported = published_counts(data.published, "cases")["n"]["all"]
    return cell.table(
        "coverage",
        printed(bounds),
        title="How many public cases there were at least",
        caption="Lower bound on the number of public cases, seen or not (Chao 1984, bias-corrected; interval of Chao "
        f"1987), from the cases found in one story and in two. The 2015 report had {reported}. The method takes "
        "sightings as independent; here one story led to the next and papers copy each other, so cases seen once are "
        "too few and the bound is too low. People who never spoke are outside it.",
        align="lrrrrr",
        widths=[34, 12, 14, 14, 14, 16],
        cases=everyone.index,
    )
