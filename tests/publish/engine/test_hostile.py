"""A text of the data is words wherever the paper prints it: no markup, no command, in page and print."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from analysis.record import style
from analysis.record.cell import FigureText
from analysis.record.record import Record
from publish.base.problems import PaperProblems
from publish.base.states import FigureSet
from publish.engine import engine
from publish.written import values

ROOT = Path(__file__).resolve().parents[3]
LABELS = (
    "*a* _b_ **c** ~~d~~ ^e^ ~f~ [g](h) ![i](j) <k@l.org> &lt; \\m\\ {#n .o} |p|",
    "<script>a</script> <b>c</b> `e` ``f``{=html} $g$ $$h$$ \\(i\\)",
    "{{< var a.b >}} {{< include a.qmd >}} @fig-drawn @neumann2015defectors [@nobody] ^[note] #set #panic() ::: {.a}",
    "# a",
    "- a",
    "1. a",
    "> a",
    ": a {#tbl-a}",
    "(@) a",
)
PAPER = """---
title: "On {{< var demo.label >}}"
---

## One

It says {{< var demo.label >}} in @fig-drawn and @tbl-rows.

{{< var demo.label >}}

{{< include figures/demo/_drawn.qmd >}}

{{< include figures/demo/_rows.qmd >}}

## References {.unnumbered}

::: {#refs}
:::
"""


def project(folder: Path, label: str, text: str = PAPER) -> Path:
    """A paper whose value, caption, alternative text, header and cell are the label."""
    for name in ("theme", "publish/hooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "references.bib", folder)
    settings = (ROOT / "_quarto.yml").read_text("utf-8").replace("    - brief.qmd\n", "")
    (folder / "_quarto.yml").write_text(settings, "utf-8")
    (folder / "report.qmd").write_text(text, "utf-8")
    (folder / "analysis").mkdir()
    shutil.copy(ROOT / "analysis/cases.ipynb", folder / "analysis/demo.ipynb")

    def drawn(_: str, width: float) -> Figure:
        figure, axes = style.figure(2.2, width)
        axes.plot([0, 1], [0, 1])
        return figure

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ODN_STAGE", str(folder))
        record = Record("demo")
        cell = record.cell("all")
        cell.value("demo.label", label, unit="text")
        cell.figure("drawn", FigureText("T", label, f"{label} drawn"), drawn, data=pd.DataFrame({label: [1]}))
        cell.table("rows", pd.DataFrame({label: [label]}), title="T", caption=label)
        record.save()
    values.merge(folder, [FigureSet("demo", folder, "demo")])
    return folder


def squeezed(text: str) -> str:
    """A text without blanks, quotation marks and dashes made plain."""
    return "".join(text.split()).translate(str.maketrans("‘’“”", "''\"\"", "\u200b\u00ad\u2060"))


@pytest.mark.parametrize("label", LABELS)
def test_a_text_of_the_data_is_only_words(tmp_path: Path, label: str) -> None:
    """In title, prose, caption, alternative text, header and cell of the page, and in the print, it stands as it is."""
    root = project(tmp_path / "paper", label)
    page, pdf = engine.render(root, ("html", "pdf"), "embedded", say=None)
    soup, word = BeautifulSoup(page.read_text("utf-8"), "html.parser"), squeezed(label)
    told = [soup.title, soup.h1, *soup.select("#sec-one p, section > p, figcaption, caption, th, td")]
    assert sum(word in squeezed(part.get_text()) for part in told) >= 8
    drawing, *_ = soup.select("#fig-drawn [aria-label], #fig-drawn img")
    assert squeezed(drawing.get("aria-label") or drawing["alt"]) == word + "drawn"
    assert soup.select("main b, main em, main sup, main math, main code, main .citation, main .footnote-ref") == []
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert squeezed(printed).count(word[:20]) >= 6


@pytest.mark.parametrize("part", ["`{{< var demo.label >}}`{=html}", "```{=typst}\n{{< var demo.label >}}\n```"])
def test_a_raw_part_takes_no_text_that_it_would_obey(tmp_path: Path, part: str) -> None:
    """HTML and Typst would run what a value holds: it is refused there by name."""
    root = project(tmp_path / "paper", "<script>a</script>", PAPER + f"\n{part}\n")
    with pytest.raises(PaperProblems, match=r"report\.qmd:\d+ demo\.label holds what a raw part would obey"):
        engine.render(root, ("html",), "embedded", say=None)


def test_a_matrix_whose_columns_have_no_names_is_a_table_all_the_same(tmp_path: Path) -> None:
    """There is nothing to label its cells with on a phone, and nothing stops."""
    table = "\n::: {.matrix}\n\n+---+---+\n| a | b |\n+---+---+\n\n:::\n"
    (page,) = engine.render(project(tmp_path / "paper", "x", PAPER + table), ("html",), "embedded", say=None)
    cells = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".matrix td")
    assert [(cell.get_text(strip=True), cell.get("data-label")) for cell in cells] == [("a", None), ("b", None)]
