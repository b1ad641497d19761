"""The page of the PDF: what it holds, on which paper, in which colours; and that it can be read by everybody."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import yaml
from bs4 import BeautifulSoup
from coloraide import Color

from publish.base.problems import RenderFailed
from publish.checks.print import prints
from publish.checks.rendered import Rendered
from publish.engine import engine
from publish.pdf import print as pdf_print
from publish.pdf import tags as pdf_tags
from publish.pdf.every import check

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "tests/papers/sample"
THEME = ROOT / "theme"
ROWS = "| Case | Left | Narratives |\n|:-----|:-----|:-----------|\n" + "\n".join(
    f"| XX-{number:02d} | 2014-05 | first, second and third |" for number in range(1, 81)
)


def project(folder: Path, front: str = "", settings: tuple[str, str] = ("", "")) -> Path:
    """A copy of the sample as a project of its own, with lines added to its front matter or its settings replaced."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    (folder / "theme").symlink_to(THEME)
    paper = folder / "paper.qmd"
    paper.write_text(
        paper.read_text("utf-8").replace("ROWS", ROWS).replace("\nkeywords", f"\n{front}keywords"), "utf-8"
    )
    config = folder / "_quarto.yml"
    config.write_text(config.read_text("utf-8").replace(*settings), "utf-8")
    return folder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's PDF, from the embedded engine."""
    folder = project(tmp_path_factory.mktemp("sample"))
    return engine.render(folder, ["pdf"], "embedded", say=None)[0]


def test_a_document_through_the_template_passes_every_check(sample: Path) -> None:
    """The sample, which holds each part of the paper once, has nothing wrong."""
    assert check(sample, one_page=["Executive summary"]) == []


def test_paper_check_reads_the_print_and_holds_the_summary_to_its_page(sample: Path, tmp_path: Path) -> None:
    """`paper check` finds nothing in the sample; with a longer summary it says so, with the section's title."""
    folder = sample.parents[1]
    assert list(prints(Rendered(folder, {"paper": BeautifulSoup()}))) == []
    longer = project(tmp_path / "longer")
    paper = longer / "paper.qmd"
    paper.write_text(
        paper.read_text("utf-8").replace("What stands here", "A line.\n\n" * 60 + "What stands here"), "utf-8"
    )
    engine.render(longer, ["pdf"], "embedded", say=None)
    assert list(prints(Rendered(longer, {"paper": BeautifulSoup()}))) == [
        "_output/paper.pdf gives 2 pages to “Executive summary”. It must fit on one."
    ]


def test_the_tags_of_the_sample_are_what_its_source_says(sample: Path) -> None:
    """Headings, lists, notes, figures, header cells, rows and captions are tagged as such, each as often as written."""
    with pikepdf.open(sample) as pdf:
        top = pdf_tags.tree(pdf)
        assert top is not None
        tags = list(top.walk())
    count = {role: sum(tag.role == role for tag in tags) for role in ("H3", "Figure", "Table", "TH", "Caption", "Note")}
    assert count == {"H3": 1, "Figure": 1, "Table": 2, "TH": 5, "Caption": 3, "Note": 1}
    assert sum(tag.role == "TR" for tag in tags) == 1 + 80 + 1 + 2
    assert {tag.scope for tag in tags if tag.role == "TH"} == {"Column"}
    assert [tag.alt for tag in tags if tag.role == "Figure"] == [
        "Two horizontal bars; the upper is 300 wide, the lower 150."
    ]


def test_the_cover_the_summary_and_the_contents_come_in_this_order(sample: Path) -> None:
    """Page 1 is the cover, page 2 the summary, page 3 the contents; the text starts on page 4."""
    with pikepdf.open(sample) as pdf:
        pages = dict(pdf_print.bookmarks(pdf))
    assert (pages["Executive summary"], pages["Contents"], pages["1 The first section"]) == (2, 3, 4)


def test_the_cover_says_what_the_front_matter_says(sample: Path) -> None:
    """Title, subtitle, author, date, version, abstract and how to cite stand on the first page."""
    words = text_of(sample, 0)
    for part in (
        "A sample: what the page can hold",
        "Every part of the paper, once",
        "The project’s tests",
        "Version 1.2.3",
    ):
        assert part in words
    for part in (
        "22 November 2025",
        "A second paragraph of the abstract.",
        "How to cite",
        "https://example.org/a-sample",
    ):
        assert part in words


def test_each_page_after_the_cover_has_its_number_and_its_section(sample: Path) -> None:
    """The foot says page x of y, the head the section that begins on the page or goes on."""
    with pikepdf.open(sample) as pdf:
        total = len(pdf.pages)
    heads = ["Executive summary", "Contents", "The first section"]
    for index in range(1, total):
        words = text_of(sample, index)
        assert f"Page {index + 1} of {total}" in words
        assert words.startswith(f"A sample {heads[index - 1] if index <= len(heads) else ''}".strip())


def test_a_long_table_repeats_its_header_on_each_page(sample: Path) -> None:
    """Each page that shows rows of the long table shows its header row too."""
    with pikepdf.open(sample) as pdf:
        pages = [text_of(sample, index) for index in range(len(pdf.pages))]
    holding = [words for words in pages if "first, second and third" in words]
    assert len(holding) > 1
    assert all("Case Left Narratives" in words for words in holding)


def test_each_source_line_is_printed_once_with_its_figure(sample: Path) -> None:
    """A figure's source line stands on its page, a long table's below its last row, and no line is lost or doubled."""
    with pikepdf.open(sample) as pdf:
        pages = [text_of(sample, index) for index in range(len(pdf.pages))]
    assert [("cell dots" in words) for words in pages] == [("Figure 1: Two bars" in words) for words in pages]
    assert re.search(r"XX-80 2014-05 first, second and third Source: notebook sample.ipynb, cell rows", " ".join(pages))
    for line in ("no figure.", "cell dots", "cell rows", "a second line after a table."):
        assert len(re.findall(rf"Source: [^:]*{line}", " ".join(pages))) == 1, line


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_page_suits_the_paper(tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    """On A4 and US Letter nothing is wrong, and nothing reaches beyond 15 mm from the edge."""
    folder = project(tmp_path / paper, settings=("papersize: a4", f"papersize: {paper}"))
    made = engine.render(folder, ["pdf"], "embedded", say=None)[0]
    assert check(made, one_page=["Executive summary"]) == []
    with pdfplumber.open(made) as pdf:
        assert {(round(page.width), round(page.height)) for page in pdf.pages} == {size}
        for page in pdf.pages:
            assert min(letter["x0"] for letter in page.chars) > 42
            assert max(letter["x1"] for letter in page.chars) < page.width - 42


def test_no_heading_is_left_with_a_line_or_two(tmp_path: Path) -> None:
    """Wherever a page ends, at least three lines of its text stand below a heading."""
    folder = project(tmp_path / "paper")
    paper = folder / "paper.qmd"
    front = paper.read_text("utf-8").split("---\n")[1]
    parts = [
        f"### Part {n}\n\n" + "Words that fill a line and go on. " * (4 + n % 11) + "\n\n" + "One more.\n\n" * (n % 4)
        for n in range(1, 60)
    ]
    paper.write_text(f"---\n{front}---\n\n## Parts\n\n" + "\n\n".join(parts), "utf-8")
    found = 0
    with pdfplumber.open(engine.render(folder, ["pdf"], "embedded", say=None)[0]) as pdf:
        for page in pdf.pages[1:]:
            lines = page.extract_text_lines(return_chars=False)
            heads = [line["top"] for line in lines if re.search(r"Part \d+$", line["text"]) and line["top"] > 70]
            body = [line["top"] for line in lines if re.search(r"fill|line|more|words", line["text"])]
            for at in heads:
                found += 1
                assert sum(top > at for top in body) >= 3, (page.page_number, at)
    assert found == 59


def test_a_range_is_not_broken_between_lines(tmp_path: Path) -> None:
    """However long a line is, a range of numbers and a p-value stand on one."""
    folder = project(tmp_path / "paper")
    paper = folder / "paper.qmd"
    front = paper.read_text("utf-8").split("---\n")[1]
    parts = [f"{'a' * n} " + "It is 1015–3136%. So p = 1.0042. And un-Islamic. " * 9 for n in range(1, 14)]
    paper.write_text(f"---\n{front}---\n\n## Parts\n\n" + "\n\n".join(parts), "utf-8")
    with pdfplumber.open(engine.render(folder, ["pdf"], "embedded", say=None)[0]) as pdf:
        lines = [line for page in pdf.pages for line in (page.extract_text() or "").splitlines()]
    whole = sum(len(re.findall(r"1015–3136%|p = 1\.0042|un-Islamic", line)) for line in lines)
    assert whole == 13 * 9 * 3


def test_a_brief_has_no_cover_and_no_contents(tmp_path: Path) -> None:
    """With `brief: true` the title stands above the text of page one and no contents follow."""
    folder = project(tmp_path / "brief", front="brief: true\n")
    paper = folder / "paper.qmd"
    paper.write_text(paper.read_text("utf-8").replace("and\n@sec-first", ""), "utf-8")  # its sections have no numbers
    made = engine.render(folder, ["pdf"], "embedded", say=None)[0]
    assert check(made) == []
    assert [re.sub(r"\d+", "N", fault) for fault in prints(Rendered(folder, {"paper": BeautifulSoup()}))] == [
        "_output/paper.pdf has N pages. It may have N."
    ]
    words = text_of(made, 0)
    assert "A sample: what the page can hold" in words
    assert "What stands here fits on one page." in words
    with pikepdf.open(made) as pdf:
        assert "Contents" not in dict(pdf_print.bookmarks(pdf))


def test_a_finding_that_does_not_open_with_a_number_stops_the_build(tmp_path: Path) -> None:
    """The template says so, rather than print a finding without its number."""
    folder = project(tmp_path / "findings")
    paper = folder / "paper.qmd"
    paper.write_text(paper.read_text("utf-8").replace("- **2** pages", "- Two pages"), "utf-8")
    with pytest.raises(RenderFailed, match="opens with a number in bold"):
        engine.render(folder, ["pdf"], "embedded", say=None)


@pytest.mark.parametrize("eyes", [None, "protan", "deutan", "tritan"])
def test_series_are_told_apart_by_all_eyes(root: Path, eyes: str | None) -> None:
    """Under each simulated colour-vision deficiency the three main series differ by 20 (CIEDE2000), any two by 9."""
    series = yaml.safe_load((root / "theme/palette.yml").read_text("utf-8"))["series"]
    seen = {name: Color(text).filter(eyes) if eyes else Color(text) for name, text in series.items()}
    assert min(one.delta_e(other, method="2000") for one, other in combinations(seen.values(), 2)) > 9
    main = [seen[name] for name in ("navy", "rust", "slate")]
    assert min(one.delta_e(other, method="2000") for one, other in combinations(main, 2)) > 20


def test_main_series_are_told_apart_in_grey(root: Path) -> None:
    """Printed in grey, navy, rust and slate differ by 7 in CIELAB lightness (0 to 100)."""
    series = yaml.safe_load((root / "theme/palette.yml").read_text("utf-8"))["series"]
    dark, middle, light = sorted(
        Color(series[name]).convert("lab-d65")["lightness"] for name in ("navy", "rust", "slate")
    )
    assert min(middle - dark, light - middle) > 7


def text_of(path: Path, index: int) -> str:
    """The words of a page on one line."""
    with pdfplumber.open(path) as pdf:
        return " ".join(pdf.pages[index].extract_text().split())
