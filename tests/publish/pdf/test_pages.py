"""The page of the PDF: what it holds, on which paper, in which colours; and that it can be read by everybody."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from coloraide import Color

from publish.base import palette
from publish.base.problems import RenderFailed
from publish.checks.pdfs import layouts, prints
from publish.checks.rendered import Rendered
from publish.engine import engine
from publish.pdf.layout import layout_faults
from publish.pdf.print import bookmarks, check
from publish.pdf.sheets import measure

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


def pages_of(path: Path, *, lines: bool = False) -> list[str]:
    """The words of each page, on one line or as they stand."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")[:-1]
    return pages if lines else [" ".join(page.split()) for page in pages]


def printed(folder: Path, parts: list[str]) -> Path:
    """The PDF of a paper that has only these parts."""
    paper = project(folder) / "paper.qmd"
    front = paper.read_text("utf-8").split("---\n")[1]
    paper.write_text(f"---\n{front}---\n\n## Parts\n\n" + "\n\n".join(parts), "utf-8")
    return engine.render(folder, ["pdf"], "embedded", say=None)[0]


def printed_lines(folder: Path, parts: list[str]) -> list[list[str]]:
    """Its lines, page by page below the cover."""
    return [page.split("\n") for page in pages_of(printed(folder, parts), lines=True)[1:]]


def starts_of(path: Path) -> dict[str, int]:
    """Each bookmark and its page."""
    with pypdfium2.PdfDocument(path) as pdf:
        return dict(bookmarks(pdf))


@pytest.fixture
def series(root):
    """The palette's series."""
    named = palette.names(root)
    return {name: Color(named[name]) for name in ("navy", "rust", "slate", "plum", "teal")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample's PDF, from the embedded engine."""
    folder = project(tmp_path_factory.mktemp("sample"))
    return engine.render(folder, ["pdf"], "embedded", say=None)[0]


def test_a_document_through_the_template_passes_every_check(sample):
    """The sample, which holds each part of the paper once, has nothing wrong."""
    assert check(sample, one_page=["Executive summary"]) == []


def test_paper_check_reads_the_print_and_holds_the_summary_to_its_page(sample, tmp_path):
    """`paper check` finds nothing in the sample; with a longer summary it says so, with the section's title."""
    folder = sample.parents[1]
    page = BeautifulSoup("<section class='summary'><h2>Executive summary</h2></section>", "html.parser")
    assert list(prints(Rendered(folder, {"paper": page}))) == []
    longer = project(tmp_path / "longer")
    paper = longer / "paper.qmd"
    paper.write_text(
        paper.read_text("utf-8").replace("What stands here", "A line.\n\n" * 60 + "What stands here"), "utf-8"
    )
    engine.render(longer, ["pdf"], "embedded", say=None)
    assert list(prints(Rendered(longer, {"paper": page}))) == [
        "_output/paper.pdf gives 2 pages to “Executive summary”. It must fit on one."
    ]


def test_the_tags_of_the_sample_are_what_its_source_says(sample):
    """Headings, notes, figures, header cells, rows and captions are tagged as such, each as often as written."""
    with pikepdf.open(sample) as pdf:
        tags = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing]
        count = Counter(str(tag.S).lstrip("/") for tag in tags)
        alternatives = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
    wanted = {"H3": 1, "Figure": 1, "Table": 2, "TH": 5, "TR": 1 + 80 + 1 + 2, "Caption": 3, "Note": 1}
    assert {role: count[role] for role in wanted} == wanted
    assert alternatives == ["Two horizontal bars; the upper is 300 wide, the lower 150."]


def test_the_cover_the_summary_and_the_contents_come_in_this_order(sample):
    """Page 1 is the cover, page 2 the summary, page 3 the contents; the text starts on page 4."""
    pages = starts_of(sample)
    assert (pages["Executive summary"], pages["Contents"], pages["1 The first section"]) == (2, 3, 4)


def test_the_cover_says_what_the_front_matter_says(sample):
    """Title, subtitle, author, date, version, abstract and how to cite stand on the first page."""
    parts = """A sample: what the page can hold|Every part of the paper, once|The project’s tests|Version 1.2.3|
        22 November 2025|A second paragraph of the abstract.|How to cite|https://example.org/a-sample"""
    assert [part for part in parts.split("|") if part.strip() not in pages_of(sample)[0]] == []


def test_the_front_stands_alone_on_the_first_page(tmp_path):
    """Findings, a figure where it is written, a voice, how it was made, how to cite it; then the rest."""
    front = """::: {.front}

::: {.findings}
- **Two** of three bars.
:::

![Two bars.](dots.svg){#fig-dots fig-alt="A box."}

::: {.voices}
One account

::: {.voice}
She says so.

**A form.** A paper, May 2015.
:::
:::

::: {.how}
By hand.
:::
:::

See @fig-dots.
"""
    paper = project(tmp_path, settings=("lang", "contact: nobody yet\nlang")) / "paper.qmd"
    head = re.sub(r"(?ms)^abstract: .*?^(?=\w)", "", paper.read_text("utf-8").split("---\n")[1])
    paper.write_text(f"---\n{head}---\n\n{front}\n## Parts\n", "utf-8")
    made = engine.render(tmp_path, ["pdf"], "embedded", say=None)[0]
    first, *rest = pages_of(made)
    parts = ["nobody yet", "of three bars", "Figure 1: Two bars.", "She says so.", "By hand.", "How to cite"]
    assert sorted(parts, key=first.index) == parts
    assert ["Contents" in rest[0], "See Figure 1" in rest[1]] == [True, True]
    assert check(made) == []


def test_each_page_after_the_cover_has_its_number_and_its_section(sample):
    """The foot says page x of y, the head the section that begins on the page or goes on."""
    pages = pages_of(sample)
    heads = ["Executive summary", "Contents", *["The first section"] * (len(pages) - 3)]
    for number, (words, head) in enumerate(zip(pages[1:], heads, strict=True), 2):
        assert words.endswith(f"Page {number} of {len(pages)}")
        assert words.startswith(f"A sample {head}" if number < 5 else "A sample ")


def test_a_long_table_repeats_its_header_on_each_page(sample):
    """Each page that shows rows of the long table shows its header row too."""
    holding = [words for words in pages_of(sample) if "first, second and third" in words]
    assert len(holding) > 1
    assert all("Case Left Narratives" in words for words in holding)


def test_a_group_keeps_its_label_where_its_table_continues(tmp_path):
    """A row whose first cell is empty belongs to the group above; on a new page the group's name stands there again."""
    rows = [f"| {f'Group {n // 40}' if n % 40 == 0 else ''} | row {n} |" for n in range(80)]
    table = "\n".join(["| Group | Row |", "|:--|:--|", *rows, "", ": Rows. {#tbl-rows}"])
    pages = printed_lines(tmp_path / "paper", ["See @tbl-rows.", table])
    shown = [re.findall(r"(Group \d)? +row (\d+)", "\n".join(lines)) for lines in pages]
    shown = [rows for rows in shown if rows]
    assert len(shown) > 1
    for number, (label, row) in ((n, one) for rows in shown for n, one in enumerate(rows)):
        assert label == (f"Group {int(row) // 40}" if number == 0 or int(row) % 40 == 0 else "")


def test_each_source_line_is_printed_once_with_its_figure(sample):
    """A figure's source line stands on its page, a long table's below its last row, and no line is lost or doubled."""
    pages = pages_of(sample)
    assert [("cell dots" in words) for words in pages] == [("Figure 1: Two bars" in words) for words in pages]
    assert re.search(r"XX-80 2014-05 first, second and third Source: notebook sample.ipynb, cell rows", " ".join(pages))
    for line in ("no figure.", "cell dots", "cell rows", "a second line after a table."):
        assert len(re.findall(rf"Source: [^:]*{line}", " ".join(pages))) == 1, line


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_page_suits_the_paper(tmp_path, paper, size):
    """On A4 and US Letter nothing is wrong, and nothing reaches beyond 15 mm from the edge."""
    folder = project(tmp_path / paper, settings=("papersize: a4", f"papersize: {paper}"))
    made = engine.render(folder, ["pdf"], "embedded", say=None)[0]
    assert check(made, one_page=["Executive summary"]) == []
    with pypdfium2.PdfDocument(made) as pdf:
        for page in pdf:
            assert (round(page.get_width()), round(page.get_height())) == size
            text = page.get_textpage()
            left, _, right, _ = zip(*(text.get_rect(number) for number in range(text.count_rects())), strict=True)
            assert min(left) > 42
            assert max(right) < page.get_width() - 42


def test_no_heading_is_left_with_a_line_or_two(tmp_path):
    """Wherever a page ends, at least three lines of its text stand below a heading."""
    parts = [
        f"### Part {n}\n\n" + "Words that fill a line and go on. " * (4 + n % 11) + "\n\n" + "One more.\n\n" * (n % 4)
        for n in range(1, 60)
    ]
    found = 0
    for lines in printed_lines(tmp_path / "paper", parts):
        for at in (place for place, line in enumerate(lines) if place and re.search(r"\bPart \d+$", line)):
            found += 1
            assert sum(bool(re.search(r"fill|line|more|words", line)) for line in lines[at:]) >= 3, lines[at:]
    assert found == 59


def test_what_is_held_together_stands_where_it_is_written(tmp_path):
    """A figure high on a page floats to its top, before what cites it; in a `.together` it stays below."""
    image = '![Two bars.](dots.svg){#fig-dots fig-alt="A box."}'
    for name, figure in (("floats", image), ("stays", f"::: {{.together}}\n{image}\n:::")):
        lines = printed_lines(tmp_path / name, ["It is in @fig-dots.", figure, "The end."])[-1]
        order = re.findall(r"It is in|Two bars|The end", "\n".join(lines))
        assert order == (
            ["It is in", "Two bars", "The end"] if name == "stays" else ["Two bars", "It is in", "The end"]
        )


def test_a_range_is_not_broken_between_lines(tmp_path):
    """However long a line is, a range of numbers and a p-value stand on one."""
    parts = [f"{'a' * n} " + "It is 1015–3136%. So p = 1.0042. And un-Islamic. " * 9 for n in range(1, 14)]
    lines = [line for page in printed_lines(tmp_path / "paper", parts) for line in page]
    whole = sum(len(re.findall(r"1015–3136%|p = 1\.0042|un-Islamic", line)) for line in lines)
    assert whole == 13 * 9 * 3


@pytest.mark.parametrize("letters", [58, 300])
def test_a_word_longer_than_its_column_stays_in_it(tmp_path, letters):
    """It breaks between letters, and neither meets its neighbour in a table nor leaves the page, wherever it stands."""
    word = "Q" * letters
    table = f"| Word | Beside |\n|:--|:--|\n| {word} | Neighbour |\n\n: One {word}. {{#tbl-one}}"
    text = f"See @tbl-one, {word}, https://example.org/{word}.[^1]\n\n[^1]: {word}\n\n- {word}\n\n    {word}"
    made = printed(tmp_path / "paper", [f"### More {word[:58]}", text, table, f"```\n{word}\n```"])
    assert [said for said in layout_faults(measure(made)) if re.search("column|edge|each other", said)] == []
    assert "".join(pages_of(made)).count("Q") >= 8 * letters


def test_a_brief_has_no_cover_and_no_contents(tmp_path):
    """With `brief: true` the title stands above the text of page one and no contents follow."""
    folder = project(tmp_path / "brief", front="brief: true\n")
    paper = folder / "paper.qmd"
    paper.write_text(paper.read_text("utf-8").replace("and\n@sec-first", ""), "utf-8")  # its sections have no numbers
    made = engine.render(folder, ["pdf"], "embedded", say=None)[0]
    assert check(made) == []
    faults = [re.sub(r"\d+", "N", fault) for fault in layouts(Rendered(folder, {"paper": BeautifulSoup()}))]
    assert "_output/paper.pdf has N pages. A brief has N." in faults
    words = pages_of(made)[0]
    assert "A sample: what the page can hold" in words
    assert "What stands here fits on one page." in words
    assert "Contents" not in starts_of(made)


def test_a_finding_that_does_not_open_with_a_number_stops_the_build(tmp_path):
    """The template says so, rather than print a finding without its number."""
    folder = project(tmp_path / "findings")
    paper = folder / "paper.qmd"
    paper.write_text(paper.read_text("utf-8").replace("- **2** pages", "- Two pages"), "utf-8")
    with pytest.raises(RenderFailed, match="opens with a number in bold"):
        engine.render(folder, ["pdf"], "embedded", say=None)


@pytest.mark.parametrize("eyes", [None, "protan", "deutan", "tritan"])
def test_series_are_told_apart_by_all_eyes(series, eyes):
    """Under each simulated colour-vision deficiency the three main series differ by 20 (CIEDE2000), any two by 9."""
    seen = {name: colour.filter(eyes) if eyes else colour for name, colour in series.items()}
    assert min(one.delta_e(other, method="2000") for one, other in combinations(seen.values(), 2)) > 9
    main = [seen[name] for name in ("navy", "rust", "slate")]
    assert min(one.delta_e(other, method="2000") for one, other in combinations(main, 2)) > 20


def test_main_series_are_told_apart_in_grey(series):
    """Printed in grey, navy, rust and slate differ by 7 in CIELAB lightness (0 to 100)."""
    dark, middle, light = sorted(series[name].convert("lab-d65")["lightness"] for name in ("navy", "rust", "slate"))
    assert min(middle - dark, light - middle) > 7
