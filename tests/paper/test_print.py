"""The real PDFs: what they say of themselves, their contents, their pages, their tags, on both sizes of paper."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pikepdf
import pytest
import yaml

from built_paper import DOCUMENTS, page, print_pages, print_text, run_paper, squeezed
from publish.engine import engine
from publish.pdf import print as pdf_checks

documents = pytest.mark.parametrize("name", DOCUMENTS)


def said_by(*command: object) -> str:
    """What a program of poppler says of a PDF."""
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


@documents
def test_the_print_says_what_it_is(finished, name):
    """Tagged, with the document's own title, language and maker, and with every font inside."""
    pdf = finished / f"_output/{name}.pdf"
    front = yaml.safe_load((finished / f"{name}.qmd").read_text("utf-8").split("\n---\n")[0])
    said = dict(line.split(":", 1) for line in said_by("pdfinfo", pdf).splitlines())
    assert said["Tagged"].strip() == "yes"
    assert said["Title"].strip() == front["title"]
    with pikepdf.open(pdf) as opened:
        assert str(opened.Root.Lang) == "en-GB"
    if name == "report":  # its colophon names the compiler
        assert squeezed(said["Creator"]) in squeezed(print_text(finished, name))
    embedded = [line.split()[-5] for line in said_by("pdffonts", pdf).splitlines()[2:]]
    assert set(embedded) == {"yes"}


def test_the_contents_lead_to_their_pages(finished):
    """The contents list the page's chapters and sections in order, and each begins on the page that is given."""
    pages = print_pages(finished, "report")
    listed = re.findall(r"^(.+?) (?:\. ){3,}\W*(\d+)$", pages[2], re.MULTILINE)
    headings = page(finished, "report").select("h2, h3:not(.unlisted)")
    assert [squeezed(title) for title, _ in listed] == [squeezed(heading.get_text()) for heading in headings]
    for title, number in listed:
        lines = pages[int(number) - 1].splitlines()[1:]
        assert squeezed(title) in squeezed("\n".join(lines)), (title, number)


def test_cover_summary_and_contents_have_a_page_each(finished):
    """Page one is the cover, two the whole summary with findings and recommendations, three the contents."""
    cover, summary, contents = print_pages(finished, "report")[:3]
    assert squeezed("How we did this") in squeezed(cover)
    parts = page(finished, "report").select_one("#sec-summary").select("p, li")
    assert len(parts) > 8
    assert [part.get_text() for part in parts if squeezed(part.get_text()) not in squeezed(summary)] == []
    assert contents.splitlines()[1] == "Contents"


@documents
def test_no_page_is_nearly_empty(finished, name, tmp_path):
    """Each page but the last is used down to its middle, and on a quarter of its height there is ink."""
    said_by("pdftoppm", "-r", "20", "-gray", finished / f"_output/{name}.pdf", tmp_path / "page")
    files = sorted(tmp_path.glob("*.pgm"))
    assert len(files) == len(print_pages(finished, name))
    for file in files[:-1]:
        _, size, _, pixels = file.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        places = np.flatnonzero((np.frombuffer(pixels, np.uint8).reshape(height, width) < 230).any(axis=1)) / height
        places = places[(places > 0.07) & (places < 0.93)]  # between running head and foot
        assert places.max() > 0.5, file.name
        assert len(places) / height > 0.25, file.name


@pytest.fixture(scope="module")
def on_letter(finished, tmp_path_factory):
    """Both PDFs on the paper of the other continent, from the same text and figures."""
    root = tmp_path_factory.mktemp("letter") / "paper"
    for part in ("theme", "figures", "data", "docs"):
        shutil.copytree(finished / part, root / part)
    for file in [*finished.glob("*.qmd"), *finished.glob("*.bib"), *finished.glob("_*.yml")]:
        shutil.copyfile(file, root / file.name)
    (root / ".cache").mkdir()
    for name in ("colophon.md", "address.md"):
        shutil.copyfile(finished / ".cache" / name, root / ".cache" / name)
    settings = root / "_quarto.yml"
    text = settings.read_text("utf-8")
    assert "papersize: a4" in text
    settings.write_text(text.replace("papersize: a4", "papersize: us-letter"), "utf-8")
    return {path.stem: path for path in engine.render(root, ("pdf",), "embedded", root / "_output", say=None)}


@documents
def test_both_papers_can_be_read_by_all(finished, on_letter, name):
    """On US Letter as on A4 no fault in tags, order, size or contrast; the summary keeps to its page, the brief to two.

    What is on A4 is examined by `paper check`, below.
    """
    sizes = {}
    for pdf in (finished / f"_output/{name}.pdf", on_letter[name]):
        with pikepdf.open(pdf) as opened:
            assert name == "report" or len(opened.pages) == 2
            sizes[pdf] = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in opened.pages}
    assert list(sizes.values()) == [{(595, 842)}, {(612, 792)}]
    families = yaml.safe_load((finished / "theme/palette.yml").read_text("utf-8"))["fonts"].values()
    summary = ["Executive summary"] if name == "report" else []
    assert pdf_checks.check(on_letter[name], name, summary, families) == []


def test_the_paper_passes_its_own_check(finished):
    """`paper check` finds nothing wrong with the real paper."""
    done = run_paper(finished, "check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith(" 0 problems.\n")
