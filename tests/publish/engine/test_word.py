"""`paper build --to docx`: values are text, figures PNG with their alternative texts, comments of authors Word's."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from publish.engine import engine
from small_paper import small_paper

BODY = """
## Here {#sec-here}

<!-- Is this so? -->

All {{< var core.total >}} left, as @fig-one <!-- Which one? --> and @sec-here show.

![Some <!-- How many? --> bars](figures/drawing.svg){#fig-one fig-alt="Two bars: \\"one\\" & another."}

| A | B |
|:--|:--|
| 1 | 2 |

: Two columns <!-- Of what? --> {#tbl-one}

<!-- The end. -->
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The Word document of the small paper, made twice, the same to the byte."""
    made = []
    for name in ("one", "another"):
        root = small_paper(tmp_path_factory.mktemp(name), BODY)
        (root / "figures").mkdir(exist_ok=True)
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="144pt" height="72pt"><rect width="9" height="9"/></svg>'
        )
        (root / "figures/drawing.svg").write_text(drawing, "utf-8")
        (file,) = engine.render(root, ("docx",), documents=("report",), say=None)
        assert file == root / "_output/report.docx"
        made.append(file.read_bytes())
    assert made[0] == made[1]
    return zipfile.ZipFile(io.BytesIO(made[0]))


def words(document: zipfile.ZipFile, part: str) -> str:
    """The text of a part of a document on one line."""
    text = re.sub(r"<[^>]+>", " ", document.read(f"word/{part}.xml").decode())
    return " ".join(html.unescape(text).split())


def test_the_text_is_that_of_the_print(document: zipfile.ZipFile, root: Path) -> None:
    """Values, numbers of sections, figures and tables stand in the text; nothing of the source's marks does."""
    text = words(document, "document").replace("\xa0", " ")
    value = re.search(
        r"(?s)core:.*?total: '?(\S+?)'?\n", (root / "tests/papers/small/_variables.yml").read_text("utf-8")
    )
    assert value
    for part in (
        f"All {value[1]} left, as Figure 1",
        "Section 1 show",
        "1 Here",
        "Figure 1: Some bars",
        "Table 1: Two",
    ):
        assert part in text
    assert not re.search(r"\{\{<|:::|<!--|#figure|Is this so", text)


def test_comments_are_words_own(document: zipfile.ZipFile) -> None:
    """Each comment of the source is a comment of the document, also between blocks and at the end."""
    for comment in ("Is this so?", "Which one?", "How many?", "Of what?", "The end."):
        assert comment in words(document, "comments")
        assert comment not in document.read("word/document.xml").decode()
    assert document.read("word/document.xml").decode().count("<w:commentReference") == 5


def test_figures_are_images_with_their_alternative_text(document: zipfile.ZipFile) -> None:
    """A drawing is a PNG two inches wide, as it was drawn, with its words; no folder of the machine is named."""
    text = document.read("word/document.xml").decode()
    assert 'descr="Two bars: &quot;one&quot; &amp; another."' in text
    assert f'cx="{2 * 914400}"' in text
    (image,) = (name for name in document.namelist() if name.endswith(".png"))
    assert document.read(image).startswith(b"\x89PNG")
    assert "/tmp" not in text


def test_it_looks_like_the_paper(document: zipfile.ZipFile) -> None:
    """Fonts, the colour of headings and the sheet are the paper's."""
    assert 'typeface="Source Serif 4"' in document.read("word/theme/theme1.xml").decode()
    styles = document.read("word/styles.xml").decode()
    assert 'w:val="12395B"' in styles
    (table,) = re.findall(r'(?s)w:styleId="Table"[^>]*>.*?</w:style>', styles)
    assert int(re.findall(r'<w:sz w:val="(\d+)"', table)[0]) < int(re.findall(r'<w:sz w:val="(\d+)"', styles)[0])
    assert re.search(r'<w:pgSz [^>]*w:w="11906"', document.read("word/document.xml").decode())
