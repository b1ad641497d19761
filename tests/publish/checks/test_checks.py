"""Each check of `paper check` finds its fault, with the place and the way out, and leaves good work alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import tiny_paper
from publish.checks import engines, figures, project, reader
from publish.checks.rendered import Rendered
from publish.engine import engine
from publish.engine.quarto import Quarto
from tiny_paper import make_paper, write, write_notebook

GOOD = """<body><header><h1>3 words</h1></header><main id="content"><nav>1.2</nav>
<h2 id="a">In 2015</h2><p>Of 36 people, 61% said so in <a href="#a">Section 4</a>
<span class="citation">(Author 1999, 17)</span>, first in June 2014. <a href="other.html#there">More</a></p>
<figure id="fig-x"><img alt="Brutality leads with 61%." src="data:,">
<figcaption>Figure 1: The narratives, n = 59</figcaption></figure>
<table><tr><td>4711</td></tr></table></main></body>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny paper, built once with the stand-ins."""
    root = make_paper(tmp_path_factory.mktemp("tiny") / "paper")
    write(root / "report.qmd", "{{< include figures/alpha/_alpha.qmd >}}\n\n{{< include figures/beta/_beta.qmd >}}\n")
    return tiny_paper.built(root)


@pytest.fixture
def paper(built: Path, tmp_path: Path) -> Path:
    """A private copy of the built paper."""
    return Path(shutil.copytree(built, tmp_path / "paper"))


class Page(Rendered):
    """A rendered paper made of one page of HTML and given values."""

    @property
    def prints(self) -> dict[str, list[str]]:  # type: ignore[override]
        """The print says what the page says."""
        return {name: ["first page", text] for name, text in self.texts.items()}


def page(tmp_path: Path, html: str) -> Page:
    """The page, with a second one to link to."""
    write(tmp_path / "_output/report.html", html)
    write(tmp_path / "_output/other.html", '<body><p id="there">There</p></body>')
    return Page(tmp_path, {"report": BeautifulSoup(html, "html.parser")})


PAGE_CHECKS = (
    reader.unresolved,
    reader.alternative_texts,
    reader.internal_links,
    reader.remote_requests,
    reader.full_dates,
)


@pytest.mark.parametrize("check", PAGE_CHECKS)
def test_a_good_page_passes(tmp_path: Path, check: Callable[[Rendered], Iterable[str]]) -> None:
    """Values, dates, citations, headings, references, captions and tables are no problem to any check."""
    assert list(check(page(tmp_path, GOOD))) == []


@pytest.mark.parametrize(
    ("check", "old", "new", "message"),
    [
        (reader.unresolved, "61% said", "{{&lt; var x.y &gt;}} said", "holds '{{< var x.y"),
        (reader.unresolved, "Section 4", "?@sec-nowhere", "holds '?@sec-nowhere'"),
        (
            reader.unresolved,
            "Section 4",
            "see @fig-nowhere",
            "_output/report.pdf, page 2: holds '@fig-nowhere'",
        ),
        (reader.unresolved, "61%", "?var:x.y", "holds '?var:x.y'"),
        (reader.alternative_texts, 'alt="Brutality leads with 61%."', "", "fig-x: has no alternative text"),
        (reader.internal_links, 'href="#a"', 'href="#b"', "links to #b, and there is no #b"),
        (reader.internal_links, "#there", "#nowhere", "there is no #nowhere"),
        (reader.internal_links, "other.html", "gone.html", "no such file is made"),
        (reader.remote_requests, "data:,", "https://example.org/x.png", "<img> loads https://example.org"),
        (
            reader.remote_requests,
            "<header>",
            "<style>p{background:url(//x.org/a)}</style><header>",
            "a style loads",
        ),
        (reader.remote_requests, "<header>", '<script src="http://x.org"></script><header>', "<script> loads"),
        (reader.full_dates, "June 2014", "14 June 2014", "prints '14 June 2014'"),
        (reader.full_dates, "4711", "2014-06-14", "prints '2014-06-14'"),
    ],
)
def test_a_fault_in_the_page_is_found(
    tmp_path: Path, check: Callable[[Rendered], Iterable[str]], old: str, new: str, message: str
) -> None:
    """Each fault, put into the good page, is named by its check."""
    assert old in GOOD
    problems = list(check(page(tmp_path, GOOD.replace(old, new, 1))))
    assert any(message in problem for problem in problems), problems


def test_a_public_event_may_have_its_day(tmp_path: Path) -> None:
    """A day that data/events.csv gives for a public event may be printed."""
    write(tmp_path / "data/events.csv", "event_id,date\nE1,2014-06-29\n")
    html = GOOD.replace("June 2014", "29 June 2014")
    assert list(reader.full_dates(page(tmp_path, html))) == []


WORDS = ["Of", "the", "thirty", "cases", "that", "gave", "reasons", "most", "named", "brutality", "first"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (WORDS, []),
        (
            [*WORDS[:3], "cases,", *WORDS[4:]],
            ["after “Of the thirty” the embedded engine has “cases”, Quarto has “cases,”"],
        ),
        (WORDS[:-1], ["has “first”, Quarto has “”"]),
        (
            [word + "!" if place % 2 else word for place, word in enumerate(WORDS * 2)],
            ["", "", "", "", "", "more places differ"],
        ),
    ],
)
def test_words_that_differ_between_engines_are_shown(other: list[str], said: list[str]) -> None:
    """Each place with the words before it; after five places only how many more."""
    own = WORDS * 2 if len(other) > len(WORDS) else WORDS
    found = list(engines.differences("report", own, other))
    assert len(found) == len(said)
    assert all(part in problem for part, problem in zip(said, found, strict=True))


@pytest.mark.parametrize(("quarto_says", "problems"), [("Brutality leads.", 0), ("Brutality led.", 1)])
def test_engines_are_compared_where_quarto_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quarto_says: str, problems: int
) -> None:
    """With a usable Quarto both pages are rendered and their words compared, the engine's own line left out."""

    def render(root: Path, targets: object, name: str, out: Path, say: object) -> None:
        text = quarto_says if name == "quarto" else "Brutality leads."
        write(out / "report.html", f"<body><p>{text}</p><p class='colophon'>By {name}</p></body>")

    monkeypatch.setattr("publish.engine.quarto.find", lambda: Quarto("/usr/bin/quarto", "1.10.1"))
    monkeypatch.setattr(engine, "render", render)
    assert len(list(engines.same_words(page(tmp_path, GOOD)))) == problems


def test_without_quarto_there_is_nothing_to_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Quarto is missing or too old nothing is rendered and nothing is wrong."""
    monkeypatch.setattr(engine, "render", None)
    for found in (Quarto(None), Quarto("/usr/bin/quarto", "1.3.450")):
        monkeypatch.setattr("publish.engine.quarto.find", lambda found=found: found)
        assert list(engines.same_words(page(tmp_path, GOOD))) == []


def figure_problems(root: Path) -> list[str]:
    """What the checks of figures say."""
    rendered = Rendered(root, {})
    return [*figures.stale_outputs(rendered), *figures.figures(rendered)]


def test_figures_of_a_fresh_build_pass(paper: Path) -> None:
    """A built paper that uses every figure has no problem."""
    assert figure_problems(paper) == []


def test_a_value_that_nobody_uses_is_named(paper: Path) -> None:
    """It is named with notebook and cell, unless a document uses one of its family; used, it is no problem."""
    rendered = Rendered(paper, {})
    (said, other) = figures.unused_values(rendered)
    assert said.startswith("analysis/alpha.ipynb, cell all: records alpha.n, and no document uses it.")
    assert "records beta.half" in other
    for used in ("beta.half", "beta.whole"):
        (paper / "figures/beta/values.json").write_text(json.dumps({"values": {used: {"text": "1"}}}))
        assert [line for line in figures.unused_values(rendered) if "beta.half" in line] == []


def a_stray_figure(root: Path) -> None:
    write(root / "figures/stray.svg", "<svg/>")


def an_edited_figure(root: Path) -> None:
    write(root / "figures/alpha/alpha.svg", "<svg/>")


def an_unused_figure(root: Path) -> None:
    write(root / "report.qmd", "{{< include figures/beta/_beta.qmd >}}\n")


def an_unregistered_figure(root: Path) -> None:
    write(root / "figures/beta/_gamma.qmd", "![x](x)\n")
    write(root / "report.qmd", (root / "report.qmd").read_text() + "{{< include figures/beta/_gamma.qmd >}}\n")


def an_edited_notebook(root: Path) -> None:
    write_notebook(root, "alpha", ["# Changed", "1"])


def another_input(root: Path) -> None:
    manifest = json.loads((root / "figures/manifest.json").read_text())
    assert {"data/cases.csv", "analysis/alpha.ipynb", "analysis/count.py"} <= set(manifest["inputs"])
    manifest["inputs"]["data/cases.csv"] = "0" * 64
    write(root / "figures/manifest.json", json.dumps(manifest))


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (a_stray_figure, "figures/stray.svg: no notebook records it"),
        (an_edited_figure, "figures/alpha/alpha.svg: is not as its notebook made it"),
        (an_unused_figure, "analysis/alpha.ipynb: makes figures/alpha/_alpha.qmd, and no document includes it"),
        (an_unregistered_figure, "figures/beta/_gamma.qmd: is included, and no notebook records it"),
        (an_edited_notebook, "notebook alpha is stale, because analysis/alpha.ipynb changed"),
        (another_input, "the figures were made from another data/cases.csv"),
    ],
)
def test_a_fault_in_the_figures_is_found(paper: Path, edit: Callable[[Path], None], message: str) -> None:
    """Stray, edited, unused, unregistered and stale figures are each named."""
    edit(paper)
    assert any(message in problem for problem in figure_problems(paper)), figure_problems(paper)


def test_a_notebook_with_outputs_is_found(paper: Path) -> None:
    """A notebook that was saved with outputs is named with the cell."""
    rendered = Rendered(paper, {})
    assert list(project.notebooks_without_outputs(rendered)) == []
    file = paper / "analysis/alpha.ipynb"
    content = json.loads(file.read_text())
    content["cells"][1]["execution_count"] = 3
    write(file, json.dumps(content))
    assert list(project.notebooks_without_outputs(rendered)) == [
        f"analysis/alpha.ipynb: cell {content['cells'][1]['id']} holds outputs. "
        "Clear all outputs; the build executes a copy."
    ]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('show(record.cell("cell-2"), data)', None),
        ("record.cells('cell-1')", None),
        ('show(record.cell("cell-1"), data)', "'cell-1'"),
        ("x = 1\nshow(record.cell(x), data)", "x"),
    ],
)
def test_a_cell_that_records_under_another_name_is_found(paper: Path, code: str, said: str | None) -> None:
    """The text in `record.cell(...)` is the id of the cell; another id, or one that is computed, is named."""
    write_notebook(paper, "alpha", ["# Alpha", "1", code])
    wrong = f'analysis/alpha.ipynb: cell cell-2 records as {said}. Write record.cell("cell-2") in it.'
    assert list(project.cells_by_their_name(Rendered(paper, {}))) == ([wrong] if said else [])


def test_metadata_that_differs_is_found(paper: Path) -> None:
    """A version that two files say differently is named with both."""
    write(paper / "pyproject.toml", '[project]\nname = "a"\nversion = "1.0"\n')
    write(paper / "data/datapackage.json", '{"name": "b", "version": "1.0.1"}')
    problems = list(project.equal_metadata(Rendered(paper, {})))
    assert any(
        problem.startswith("version: pyproject.toml says 1.0, data/datapackage.json says 1.0.1") for problem in problems
    )
    assert "name: pyproject.toml says a, data/datapackage.json says b. Make them equal." in problems


@pytest.mark.parametrize("column", ["name", "first_name", "kunya", "birth_year", "town", "alias_2", "email"])
def test_a_column_for_names_is_found(paper: Path, column: str) -> None:
    """A column of the data that promises a name or a small place is named."""
    write(paper / "data/cases.csv", f"case_id,country,{column}\n")
    assert f"data/cases.csv {column}" in "".join(project.columns_for_names(Rendered(paper, {})))
