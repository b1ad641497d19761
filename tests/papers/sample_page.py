"""A small paper on the project's own case list, made into a page; with one case turned hostile when asked."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.cases.case_list import case_numbers, case_table
from analysis.cases.explorer import explorer
from analysis.data.dataset import Dataset, load
from analysis.narratives import voices
from analysis.narratives.shares import narrative_table, readings
from analysis.record import style
from analysis.record.cell import FigureText
from analysis.record.record import Record
from analysis.record.style import headline
from analysis.stats.uncertainty import share_of
from data_rows import ROOT, core_rows, rows_of
from publish.base.states import FigureSet
from publish.engine import engine
from publish.written import address, values

FINDING = "Shares of the narratives, said at such a length that one line of the chart does not hold all of its words"
TOLD = Counter(row["case_id"] for row in rows_of(ROOT, "case_stories.csv"))
SHOWN = [row["case_id"] for row in core_rows() if TOLD[row["case_id"]] > 1][:2]
SPOILED = SHOWN[1]
HATCHED = 2014
SCRIPT = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
FORMULA = "=cmd|' /C calc'!A0"
TURNED = '‮"abc"\' \u202c&lt;b&gt;'
HOSTILE = f"{SCRIPT} {TURNED} {{{{< var a.b >}}}} @nobody [x](javascript:run) `code` $x$"

PAPER = """---
title: "A small paper"
subtitle: "For the tests of the page"
abstract: "What a page must do, in few words."
cite-as: "Nobody (2025). *A small paper*."
---

## Summary {.unnumbered}

Shares are in @fig-narratives and cases in @tbl-cases, as told before [@neumann2015defectors].[^1] More is in @sec-more.
Brutality was voiced in {{< var narratives.brutality.of >}}.

[^1]: A footnote with *weight*.

::: {.callout-note title="What the list is not"}
It is not the list of another paper.
:::

## More {#sec-more}

{{< include figures/narratives/_narratives.qmd >}}

{{< include figures/narratives/_voices-brutality.qmd >}}

### Deeper {#sec-deep}

{{< include figures/narratives/_years.qmd >}}

## The list {#sec-list}

{{< include figures/cases/_cases.qmd >}}

{{< include figures/cases/_claims.qmd >}}

::: {.address}
:::

## References {.unnumbered}

::: {#refs}
:::
"""


# Made up for the tests: the forms that a statement of the ledger can have.
EMPTY = {"population": "", "sources_differ": "", "reason": "", "margin": None, "stands": None, "allowed": None}
EMPTY |= {
    "hardly": False,
    "fails": "",
    "p": "",
    "published": None,
    "readings": [],
    "cases": [],
    "topic": "people",
    "where": "a test",
    "stated_by": "nobody",
}
CLAIMS = [
    EMPTY
    | {
        "id": "most", "short": "Most of them", "text": "Most are meant.", "unit": "share", "verdict": "supported",
        "url": "https://example.org/most", "margin": 3, "stands": {"n": 4, "of": 5}, "cases": SHOWN,
        "allowed": {"low": 0.5, "high": 1.0, "text": "over 50%"}, "published": {"value": 0.6, "text": "60%"},
        "readings": [
            {"label": "by leaving", "value": 0.7, "low": 0.5, "high": 0.8, "text": "70%"},
            {"label": "by publication", "value": 0.8, "low": 0.6, "high": 0.9, "text": "80%"},
        ],
    },
    EMPTY
    | {
        "id": "few", "short": "Few of them", "text": "Few are meant.", "unit": "ratio", "verdict": "not supported",
        "url": "", "margin": 1, "stands": {"n": 5, "of": 5}, "allowed": {"low": 2.0, "high": None, "text": "2 or more"},
        "readings": [{"label": "", "value": 1.0, "low": 0.5, "high": None, "text": "1.0 times"}],
    },
    EMPTY
    | {
        "id": "unknown", "short": "Who knows", "text": "Nobody knows.", "unit": "", "verdict": "not testable",
        "url": "", "reason": "Nothing measures it.",
    },
]  # fmt: skip


def sample_paper(folder: Path, hostile: bool = False) -> Path:
    """The paper as a project: data, two figures, the table of cases, and the statements of `claims`.

    Args:
        folder: An empty folder.
        hostile: Whether one case holds script, formula and turned text in all its fields.
    """
    for name in ("data", "theme", "publish/hooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "references.bib", folder / "references.bib")
    settings = (ROOT / "_quarto.yml").read_text("utf-8").replace("    - brief.qmd\n", "")
    (folder / "_quarto.yml").write_text(settings, "utf-8")
    (folder / "analysis").mkdir()
    shutil.copy(ROOT / "analysis" / "cases.ipynb", folder / "analysis")
    (folder / "report.qmd").write_text(PAPER, "utf-8")
    ds = load(folder / "data")
    if hostile:
        _spoil(ds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ODN_ROOT", str(folder))
        patch.setenv("ODN_STAGE", str(folder))
        _record(ds, hostile)
    values.merge(folder, [FigureSet(name, folder, name) for name in ("cases", "narratives")])
    address.write_address(folder)
    return folder


def sample_page(folder: Path, hostile: bool = False) -> Path:
    """The paper rendered to one page by the embedded engine; the page's path."""
    sample_paper(folder, hostile)
    (page,) = engine.render(folder, targets=("html",), engine="embedded", say=None)
    return page


def _spoil(ds: Dataset) -> None:
    ds.cases.loc[SPOILED, "description"] = f"{FORMULA} {HOSTILE}"
    ds.cases.loc[SPOILED, ["decision_note", "other_reasons"]] = [HOSTILE, FORMULA]
    ds.codings["evidence"] = ds.codings["evidence"].astype(object).mask(ds.codings["case_id"] == SPOILED, HOSTILE)
    told = ds.case_stories.loc[ds.case_stories["case_id"] == SPOILED, "story_id"]
    ds.stories.loc[told, "outlet"] = f"{FORMULA} {HOSTILE}"
    ds.stories.loc[told.iloc[0], "url"] = "javascript:document.title='run'"
    ds.stories.loc[told.iloc[1], "url"] = "https://example.org/\"onmouseover=\"document.title='run'"


def _record(ds: Dataset, hostile: bool) -> None:
    shares = narrative_table(readings(ds), ds.study.narratives)
    record = Record("narratives")

    def points(title: str, width: float) -> Figure:
        figure, axes = style.figure(2.2, width)
        for place, (name, row) in enumerate(shares.iterrows()):
            (point,) = axes.plot(row["share"], place, "o", color=style.PALETTE["teal"])
            style.mark(point, str(name).replace("_", "-"), f"{row['label']}: {row['n']} of {row['denominator']}")
        axes.set_yticks(range(len(shares)), shares["label"])
        axes.set_xlim(0, 1)
        return headline(figure, title)

    said = FigureText(FINDING, "Shares of the narratives.", "Points on a line.")
    numbers = shares[["label", "n", "denominator", "share", "low", "high"]]
    record.cell("draw").figure("narratives", said, points, data=numbers, cases=ds.core.index)
    voiced = ds.coded(["brutality"])["brutality"]
    record.cell("draw").share("narratives.brutality", share_of(voiced), voiced.index[voiced.eq(1).fillna(False)])
    years = ds.core["first_public_year"].value_counts().sort_index()

    def bars(_: str, width: float) -> Figure:
        figure, axes = style.figure(2.2, width)
        for bar, (year, n) in zip(axes.bar([str(y) for y in years.index], years), years.items(), strict=True):
            style.mark(bar, f"year-{year}", f"{year}: {n} cases")
            if year == HATCHED:
                bar.set(facecolor="white", edgecolor=style.PALETTE["navy"], hatch="/////")
        return figure

    label = SCRIPT + FORMULA if hostile else "n"
    late = ds.core.index[ds.core["first_public_year"] == 2014]
    said = FigureText("Years", "Cases by year.", "Two bars.")
    record.cell("bars").figure("years", said, bars, data=years.rename(label).reset_index(), cases=late)
    voices.show(record.cell("voices"), ds)
    record.save()
    record = Record("cases")
    look = {"align": "lllllr", "widths": [7, 27, 13, 13, 31, 9]}
    shown = {"cases": ds.core.index, "data": case_numbers(ds)}
    record.cell("list").table("cases", case_table(ds), title="List", caption="The core list.", **look, **shown)
    record.cell("all").data("explorer", explorer(ds))
    claims = [{**claim, "text": HOSTILE, "url": "javascript:run"} if hostile else claim for claim in CLAIMS]
    told = pd.DataFrame({"Statement": [claim["short"] for claim in claims]})
    record.cell("claims").table("claims", told, title="Statements", caption="The statements.")
    record.cell("claims").data("claims-ledger", claims)
    record.save()
