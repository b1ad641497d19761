"""When people left and when they were heard: a tile per case, made public above the months and leaving below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.record.cell import MINIMUM, Cell, FigureText
from analysis.record.formats import join_words, month, out_of, plural
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, font, mark, measured, sheet, wrapped
from analysis.record.tiles import block, column, tiles
from analysis.timeline.counts import NO_DATE, month_counts, months_of

ABOVE, BELOW = "first_public", "left"
COLOUR = {ABOVE: "navy", BELOW: "rust"}
GAP = 1.5  # cells between the months and what has no month, and between the blocks of the latter
SIZE = 8.5  # points
VERTICAL = {1: "bottom", -1: "top"}
WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}


def show(cell: Cell, data: Dataset) -> Figure:
    """Record and return the figure `when`."""
    clocks = data.study.clocks
    if absent := {ABOVE, BELOW} - {clock for clock in clocks if data.core[clock].notna().any()}:
        raise Lacking("data/datapackage.json study.clocks", f"no core case has `{min(absent)}`, or it is not counted")
    frame = month_counts(data.core, clocks, data.study.window)
    events, text = first_of_a_kind(data.events, frame), words(frame, clocks)
    return cell.figure("when", text, chart, frame, events, clocks, data=frame, cases=data.core.index)


def first_of_a_kind(events: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Of each kind of event the first in the months shown, by date, with its `month`: the ones that the chart names."""
    shown = events.assign(month=events["date"].str.slice(0, 7)).sort_values("date", kind="stable")
    shown = shown[shown["month"].isin(frame.loc[frame["known_to"] == "month", "when"])]
    return shown.drop_duplicates("kind").reset_index(drop=True)


def busiest_year(frame: pd.DataFrame, clock: str) -> tuple[str, int, int]:
    """The year with most cases on a clock (the earliest where years tie), how many, and of how many of known year."""
    rows = frame[(frame["clock"] == clock) & (frame["known_to"] != "none")]
    years = rows.groupby(rows["when"].str.slice(0, 4))["n"].sum()
    return str(years.idxmax()), int(years.max()), int(years.sum())


def words(frame: pd.DataFrame, clocks: Mapping[str, str]) -> FigureText:
    """Title, caption and alternative text from the counts (`month_counts`)."""
    total = int(frame.loc[frame["clock"] == ABOVE, "n"].sum())
    (public, heard, told), (left, gone, dated) = (busiest_year(frame, clock) for clock in (ABOVE, BELOW))
    title = f"Accounts cluster in {public} ({out_of(heard, told)}), known departures in {left} ({out_of(gone, dated)})"
    caption = (
        f"The {total} cases of the core list, made public above and leaving below; one tile is one case. Grey: the "
        "year with most cases, counted with those known only to the year. Pale tiles: the month is inferred from the "
        "text, or its basis is not reported. Hollow tiles: no month is known. Whoever left late had little time to be "
        f"heard. Of each kind of event the first is named, as context and not as a cause. {MINIMUM}"
    )
    return FigureText(title, caption, " ".join(_alt(frame, clock, label) for clock, label in clocks.items()))


def _alt(frame: pd.DataFrame, clock: str, label: str) -> str:
    counts, rows = months_of(frame, clock), frame[frame["clock"] == clock]
    most = join_words(month(one) for one in counts.index[counts == counts.max()][:3]) if counts.any() else "no month"
    known = f"{label}: known for {counts.sum()} of {rows['n'].sum()} cases; most in {most} ({counts.max()})."
    rest = rows[(rows["known_to"] != "month") & (rows["n"] > 0)]
    apart = [f"{n} without a date" if when == NO_DATE else f"{n} known only to be {when}"
             for when, n in zip(rest["when"], rest["n"], strict=True)]  # fmt: skip
    return known + (f" Not placed: {join_words(apart)}." if apart else "")


def chart(frame: pd.DataFrame, events: pd.DataFrame, clocks: Mapping[str, str], title: str, width: float) -> Figure:
    """Cases by month on both clocks, from `month_counts`; those without a month stand beside, on a phone below."""
    wide, monthly = width >= TEXT_WIDTH, frame[frame["known_to"] == "month"]
    months = list(dict.fromkeys(monthly["when"]))
    tall = {clock: max(int(monthly.loc[monthly["clock"] == clock, "n"].max()), 4) for clock in clocks}
    deep = dict.fromkeys(clocks, 4) if not wide else tall  # rows of a block without a month
    slots, end = _slots(frame, deep, len(months) + GAP if wide else 0.0)
    across = max(end - GAP, float(len(months)))
    unit = width * 72 / (across + 0.1)  # points of a cell
    line = SIZE * 1.25 / unit  # cells of a line of text
    band = 2.7 * line  # between both clocks
    heads = {clock: wrapped(_head(frame, clock, clocks[clock]), width * 72 - 6, 9) for clock in clocks}
    upper, lower = tall[ABOVE] + 2.6 * line, -band - tall[BELOW] - 2.6 * line  # where the grey bands end
    top = upper + line * (len(heads[ABOVE]) + 1.3 * len(events) + 0.4)
    bottom = lower - line * (len(heads[BELOW]) + 0.2)
    down = 0.0 if wide else bottom - deep[ABOVE] - 1.4 * line  # the middle of the blocks without a month
    low = bottom if wide else down - band - deep[BELOW] - 1.2 * line
    made, axes = sheet((top - low) * unit, title, width)
    axes.set(xlim=(-0.55, across - 0.45), ylim=(low, top))
    heights = months_of(frame, ABOVE).tolist()
    _events(axes, events, months, heights, (upper, line, across))
    over = upper + line * (1.3 * len(events) + 0.2)  # the name of the upper clock stands above the events
    for clock, way, ground, edge, head in ((ABOVE, 1, 0.0, upper, over), (BELOW, -1, -band, lower, lower)):
        rows, label, vertical = frame[frame["clock"] == clock].set_index("when"), clocks[clock], VERTICAL[way]
        _grey(axes, frame, clock, months, (ground, edge, way * line))
        for place, when in enumerate(months):
            _column(axes, place, rows.loc[when], clock, f"{label}, {month(pd.Period(when, 'M'))}", (ground, way))
        for when, x in slots.items():
            if when in rows.index:
                _block(axes, x, rows.loc[when], clock, label, (ground + down, way, deep[clock]))
        look: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "color": PALETTE[COLOUR[clock]]}
        axes.text(-0.5, head + way * line * 0.1, "\n".join(heads[clock]), va=vertical, bbox=WHITE, **look)
    _names(axes, months, set(events["month"]), slots, (line, down))
    return made


def _head(frame: pd.DataFrame, clock: str, label: str) -> str:
    rows, counts = frame[frame["clock"] == clock], months_of(frame, clock)
    pale = int((rows["n"] - rows["stated"])[rows["known_to"] == "month"].fillna(0).sum())
    known = f"{label}, known for {out_of(int(counts.sum()), int(rows['n'].sum()))}"
    return f"{known} (pale: {pale} inferred)" if pale else known


def _slots(frame: pd.DataFrame, deep: Mapping[str, int], start: float) -> tuple[dict[str, float], float]:
    """Where the block of each group without a month begins, the same on both clocks, and where the last one ends."""
    apart, slots = frame[frame["known_to"] != "month"], {}
    columns = -(-apart["n"] // apart["clock"].map(deep))
    for when, widest in columns.groupby(apart["when"]).max().items():
        slots[str(when)] = start
        start += max(int(widest), 2) + GAP
    return slots, start


def _grey(axes: Axes, frame: pd.DataFrame, clock: str, months: list[str], at: tuple[float, float, float]) -> None:
    """The grey band of the busiest year, from the ground to its edge, with its count in the last line of it."""
    (ground, edge, line), (year, n, known) = at, busiest_year(frame, clock)
    own = [x for x, when in enumerate(months) if when.startswith(year)]
    band = Rectangle((own[0] - 0.5, ground), len(own), edge - ground, color=FILL["slate"], linewidth=0, zorder=0)
    axes.add_artist(band)
    axes.text(own[0] - 0.3, edge - line * 0.6, f"{year}: {out_of(n, known)}", fontsize=SIZE, va="center")


def _column(axes: Axes, x: int, row: Any, clock: str, told: str, at: tuple[float, int]) -> None:
    """The tiles of a month, those inferred paler and further from the ground, with their count."""
    (ground, way), n = at, int(row["n"])
    inferred = 0 if pd.isna(row["stated"]) else n - int(row["stated"])
    name, colour, stated = f"{clock}-{row.name}".replace("_", "-"), COLOUR[clock], n - inferred
    told += f": {plural(n, 'case')}"
    split = f", {stated} of them stated in the source" if inferred else ""
    look: dict[str, Any] = {"edgecolor": PALETTE[colour], "linewidth": 0.8}
    if stated:
        mark(tiles(axes, _cells(column(x, stated), ground, way), facecolor=PALETTE[colour], **look), name, told + split)
    if inferred:
        pale = tiles(axes, _cells(column(x, inferred, stated), ground, way), facecolor=FILL[colour], **look)
        mark(pale, f"{name}-inferred", f"{told}, {inferred} of them inferred")
    if n:
        axes.text(x, ground + way * (n + 0.1), str(n), fontsize=SIZE, ha="center", va=VERTICAL[way])


def _cells(cells: list[tuple[float, float]], ground: float, way: int) -> list[tuple[float, float]]:
    return [(x, ground + way * y) for x, y in cells]


def _block(axes: Axes, x: float, row: Any, clock: str, label: str, at: tuple[float, int, int]) -> None:
    (ground, way, deep), n = at, int(row["n"])
    said = "no date" if row.name == NO_DATE else f"{row.name}, month not known"
    if n:
        look: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE[COLOUR[clock]], "linewidth": 0.9}
        patch = tiles(axes, _cells(block(x, n, deep), ground, way), **look)
        mark(patch, f"{clock}-{row.name}".replace("_", "-"), f"{label}, {said}: {plural(n, 'case')}")
    axes.text(x - 0.4, ground + way * (min(n, deep) + 0.1), str(n), fontsize=SIZE, va=VERTICAL[way])


def _names(axes: Axes, months: list[str], named: set[str], slots: Mapping[str, float], at: tuple[float, float]) -> None:
    """Between both clocks the initials of the months, each year from a line on, and the blocks; an event is bold."""
    line, down = at
    periods = pd.PeriodIndex(months, freq="M")
    said: dict[str, Any] = {"fontsize": SIZE, "va": "center"}
    for x, period in enumerate(periods):
        weight = "bold" if str(period) in named else "normal"
        axes.text(x, -line * 0.75, period.strftime("%b")[0], ha="center", weight=weight, **said)
    for year in sorted(set(periods.year)):
        own = [place for place, period in enumerate(periods) if period.year == year]
        short = str(year) if len(own) > 1 else f"’{year % 100}"  # no room for more below one month
        axes.text(own[0] - 0.35, -line * 1.95, short, color=MUTED, **said)
        if own[0]:
            axes.plot([own[0] - 0.5] * 2, [-line * 0.1, -line * 2.6], color=MUTED, linewidth=0.7)
    for when, start in slots.items():
        axes.text(start - 0.4, down - line * 0.75, "No date" if when == NO_DATE else when, **said)
    if slots:
        axes.text(min(slots.values()) - 0.4, down - line * 1.95, "Month not known", color=MUTED, **said)


def _events(
    axes: Axes, events: pd.DataFrame, months: list[str], heights: list[int], at: tuple[float, float, float]
) -> None:
    """A line from the name of each event down to its month; the first stands highest, so that no line crosses one."""
    base, line, across = at
    for place, (when, label) in enumerate(events[["month", "label"]].iloc[::-1].itertuples(index=False)):
        x, y = months.index(when), base + line * (1.3 * place + 0.6)
        said = f"{pd.Period(when, 'M').strftime('%b %Y')}: {label}"
        long = measured(said, font(SIZE))[0] * line / (SIZE * 1.25)
        axes.plot([x, x], [heights[x] + line * 1.1, y], color=MUTED, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0.5)
        axes.text(min(x - 0.3, across - 0.6 - long), y, said, fontsize=SIZE, va="center", color=INK, bbox=WHITE)
