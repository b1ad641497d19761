"""The two engines: one text, one set of numbers and references, the same bytes each time, nothing left half made."""

from __future__ import annotations

import os
import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from lxml.html import document_fromstring, tostring

from publish.base.failures import BuildFailure
from publish.base.problems import EngineMissing, RenderFailed
from publish.engine import choice, engine, pandoc, project, qmd, quarto, typst_pdf
from publish.page.inlined import draw
from small_paper import FIELDS, RECORDED, ROOT, fields_and_body, outline_of, probed, record, small_paper

REFERENCE = re.compile(r"(Figure|Table|Section)[\s\u00a0]+(\d+(?:\.\d+)*)")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small paper's page and PDF, from the embedded engine."""
    page, pdf = engine.render(small_paper(tmp_path_factory.mktemp("small")), engine="embedded", say=None)
    return page, pdf


@pytest.fixture(scope="module")
def page(outputs: tuple[Path, Path]) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(outputs[0].read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def print_words(outputs: tuple[Path, Path]) -> list[str]:
    """The words of the PDF in the order in which poppler reads them."""
    done = subprocess.run(["pdftotext", "-raw", outputs[1], "-"], capture_output=True, text=True, check=True)
    return words_of(done.stdout)


@pytest.fixture(scope="module")
def quartos(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What Quarto makes of the small paper: now, where there is one; else as recorded from Quarto 1.10."""
    found = quarto.find()
    if found.usable:
        return record(tmp_path_factory.mktemp("quarto"), found)
    return tuple((RECORDED / name).read_text("utf-8") for name in ("fields_and_body.txt", "page.txt"))  # type: ignore[return-value]


def words_of(text: str) -> list[str]:
    """Words as both outputs spell them: typographic quotes and hard spaces made plain."""
    for sign, plain in {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "}.items():
        text = text.replace(sign, plain)
    return text.split()


def missing_in_order(words: list[str], among: Iterator[str]) -> str | None:
    """The first word that does not follow the ones before it, or None; the one note's mark may hang on to a word."""
    return next((word for word in words if not any(found in (word, f"{word}1") for found in among)), None)


def main_of(page: BeautifulSoup) -> tuple[Tag, list[Tag]]:
    """The page's text, without drawings, notes and what only the page says; and its figures and tables, taken out.

    In print a figure or a table may move to the top of a page, so its place among the paragraphs is not compared.
    """
    main = BeautifulSoup(str(page.find("main")), "html.parser")
    for element in main.select("svg, section.footnotes, .footnote-ref"):
        element.decompose()
    for part in main.find_all(("p", "pre"), string=re.compile("nly the page")):
        part.decompose()
    return main, [element.extract() for element in main.select("div.quarto-float, div.source")]


def words_in(element: Tag) -> list[str]:
    """The words of a part of the page, with signs where the eye sees them."""
    return words_of(re.sub(r" ([,.;:)])", r"\1", " ".join(words_of(element.get_text(" ")))).replace("( ", "("))


def test_same_text_in_page_and_print(page: BeautifulSoup, print_words: list[str]) -> None:
    """Every word of the page stands in the PDF, in the same order, and so does each figure and table."""
    main, floats = main_of(page)
    assert len(words_in(main)) > 100
    assert missing_in_order(words_in(main), iter(print_words)) is None
    assert len(floats) == 5
    words = iter(print_words)
    for one in floats:
        assert missing_in_order(words_in(one), words) is None, words_in(one)


def test_same_references(page: BeautifulSoup, print_words: list[str]) -> None:
    """Figures, tables and sections are referred to by the same numbers, in the same order, in page and PDF."""
    main, floats = main_of(page)
    on_page = REFERENCE.findall(main.get_text(" "))
    in_print = iter(REFERENCE.findall(" ".join(print_words)))
    assert [found for found in on_page if found not in in_print] == []
    assert on_page == [
        ("Figure", "1"), ("Table", "1"), ("Section", "2"), ("Section", "2.1"), ("Figure", "1"), ("Table", "2"),
        ("Section", "2"), ("Section", "2.1"), ("Figure", "1"),
    ]  # fmt: skip
    captions = [" ".join(words_in(one)[:2]) for one in floats if "source" not in one["class"]]
    assert captions == ["Figure 1:", "Table 1:", "Table 2:", "Table 3:"]


def test_each_output_has_its_own_part(page: BeautifulSoup, print_words: list[str]) -> None:
    """What is meant for one format alone is in that format alone."""
    text = " ".join(print_words)
    assert "Only the page says this." in page.get_text()
    assert "Only the print says this." not in page.get_text()
    assert "Only the print says this. Drawn 58" in text
    assert "Only the page says this." not in text
    assert "only the print shows this" in text
    assert "only the page shows this" not in text


def test_no_comment_and_no_place_reaches_an_output(tmp_path: Path) -> None:
    """A comment in text, front matter or a raw block, and the folder of the paper, stand in neither output."""
    comment = "<!-- the secret\n\nof two lines -->"
    drawn = "![](figures/own.svg){fig-alt='Alt'} and\n\n![B](figures/same.svg){#fig-b fig-alt='Alt'}"
    root = small_paper(tmp_path, f"A word.{comment}\n\n{comment}\n\n```{{=html}}\n<p>x</p>{comment}\n```\n{drawn}\n")
    shape = '<rect width="9" height="9"><title>secret</title></rect><!-- secret --><desc>secret</desc>'
    own = f'<!-- secret --><svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt">{shape}</svg>'
    for name in ("own", "same"):
        (root / f"figures/{name}.svg").write_text(own, "utf-8")
    report = root / "report.qmd"
    report.write_text(report.read_text("utf-8").replace("The share is", "The share <!-- secret --> is"), "utf-8")
    page, pdf = engine.render(root, engine="embedded", say=None)
    typst = engine.source(root, "report", "pdf")
    with pikepdf.open(pdf) as opened:
        stored = str(opened.docinfo) + str(opened.open_metadata()) + str([str(one) for one in opened.objects])
    for text in (page.read_text("utf-8"), typst, stored):
        text += "".join(b64decode(part).decode("latin-1") for part in re.findall(r"base64,([\w+/=]+)", text))
        assert [word for word in ("secret", "of two lines", "<!-- ", str(tmp_path)) if word in text] == []


def test_nothing_of_the_home_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: tuple[Path, Path]
) -> None:
    """Styles, filters and abbreviations in the author's home, and variables of Lua and Typst, change nothing."""
    data = tmp_path / "home/.local/share/pandoc"
    data.mkdir(parents=True)
    for name, content in {"default.csl": "no style", "init.lua": "error('init')", "abbreviations": "The\n"}.items():
        (data / name).write_text(content, "utf-8")
    for name in ("HOME", "XDG_DATA_HOME", "LUA_PATH", "TYPST_FONT_PATHS", "TYPST_PACKAGE_PATH", "QUARTO_PROFILE"):
        monkeypatch.setenv(name, str(data.parent if name == "XDG_DATA_HOME" else tmp_path / "home"))
    again = engine.render(small_paper(tmp_path / "paper"), engine="embedded", say=None)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in outputs]
    variables = quarto.environment(0, tmp_path)
    assert {"QUARTO_PROFILE", "LUA_PATH", "TYPST_FONT_PATHS"} & variables.keys() == set()
    assert variables["HOME"] == str(tmp_path)


def test_packages_are_refused(tmp_path: Path) -> None:
    """A package of Typst would come from the network or the home."""
    root = small_paper(tmp_path, '```{=typst}\n#import "@preview/cetz:0.4.0"\n```\n')
    with pytest.raises(RenderFailed, match=r'"@preview/cetz:0\.4\.0" is a package'):
        engine.render(root, ["pdf"], "embedded", say=None)


def test_same_typst_as_quarto(tmp_path: Path, quartos: tuple[str, str]) -> None:
    """Both engines hand the theme the same fields and the same document."""
    ours = fields_and_body(engine.source(probed(tmp_path), "report", "pdf"))
    assert ours == quartos[0]


def test_same_page_as_quarto(tmp_path: Path, quartos: tuple[str, str]) -> None:
    """Both engines make a page of the same text, names, classes, links and alternative texts."""
    root = small_paper(tmp_path)
    ours = document_fromstring(engine.source(root, "report", "html"))
    draw(ours, root)
    assert outline_of(tostring(ours, encoding="unicode")) == quartos[1]


def test_a_value_keeps_its_name_in_the_page_of_either_engine(tmp_path: Path) -> None:
    """The filter wraps a shortcode as Quarto reads it, and names `var` and no other; ours the words; the PDF none."""
    part = "[]{{.quarto-shortcode__-param data-value={}}}"
    read = " ".join(f"[{part.format(kind)} {part.format('a.b')}]{{.quarto-shortcode__}}" for kind in ("var", "meta"))
    arguments = ["--from=markdown", "--to=html", f"--lua-filter={ROOT}/theme/filters/paper.lua"]
    wrapped = document_fromstring(pandoc.run(arguments, read, ROOT))
    assert len(wrapped.xpath("//span/span[@class='quarto-shortcode__']")) == 2
    named = wrapped.xpath("//span[@class='value']")
    assert [(one.get("data-name"), one[0].get("class")) for one in named] == [("a.b", "quarto-shortcode__")]
    root = small_paper(tmp_path)
    ours = document_fromstring(engine.source(root, "report", "html")).xpath("//main//span[@class='value']")
    assert {one.get("data-name"): one.text for one in ours}["core.total"] == "58"
    assert "data-name" not in engine.source(root, "report", "pdf")


def test_a_value_in_the_title_of_a_callout() -> None:
    """An attribute reaches the filter as it is written: Quarto finds its shortcode in the title that comes of it."""
    arguments = ["--from=markdown", "--to=html", f"--lua-filter={ROOT}/theme/filters/paper.lua"]
    read = '::: {{.callout-note title="{} of"}}\nText\n:::\n'
    made = (pandoc.run(arguments, read.format(opens), ROOT) for opens in ("{{< var a.b >}}", "1."))
    (title,), (listed,) = (document_fromstring(page).find_class("note-title") for page in made)
    assert title.xpath(".//span[@class='quarto-shortcode__']/span/@data-value") == ["var", "a.b"]
    assert title.text_content().strip() == "of"
    assert listed.text_content().strip() == "1. of"


def test_probe_knows_every_field() -> None:
    """The comparison covers each field that the theme's partial reads."""
    partial = (ROOT / "theme" / "print" / "typst-show.typ").read_text("utf-8")
    read = set(re.findall(r"\$if\(([\w.-]+)\)\$", partial)) - {"by-author"}
    assert read <= {*FIELDS, "brief", "keywords"}


def test_values_reach_captions_and_alternative_text(page: BeautifulSoup, outputs: tuple[Path, Path]) -> None:
    """A value in a caption, an alternative text, a title and a raw block is put in, in the page and in the PDF."""
    drawing = page.select_one("#fig-bars svg")
    assert drawing is not None
    assert drawing["aria-label"] == 'Both bars have the same length; they stand for 58 cases, "all" of them.'
    assert "Figure 1: Two bars for 58 cases" in page.get_text().replace("\u00a0", " ")
    with pikepdf.open(outputs[1]) as pdf:
        alternatives = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "A small paper about 58 cases"
    assert drawing["aria-label"] in alternatives


def test_page_asks_nothing_of_the_network(page: BeautifulSoup) -> None:
    """Nothing in the page is loaded from elsewhere: styles, scripts and images are inside it."""
    for name in ("src", "srcset", "poster", "data", "action"):
        assert [tag for tag in page.find_all(attrs={name: True}) if not str(tag[name]).startswith("data:")] == []
    assert page.select("link[rel=stylesheet], link[rel=preload], iframe, object, embed, base") == []
    assert not re.search(
        r"url\(\s*[\"']?(?!data:|#|[\"']?data:)", " ".join(style.text for style in page.find_all("style"))
    )


def test_same_bytes_elsewhere(tmp_path: Path, outputs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A second rendering gives the same bytes in a folder of another length, time zone and locale."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    again = engine.render(small_paper(tmp_path / "a much longer name" / "ü"), engine="embedded", say=None)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in outputs]


def test_dated_as_the_document(outputs: tuple[Path, Path]) -> None:
    """The PDF's date is the document's, at midnight."""
    with pikepdf.open(outputs[1]) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20200201000000")


def test_keywords_are_words_in_the_print(tmp_path: Path) -> None:
    """Signs of Typst's and marks of style among them; as they are read, not as they are written."""
    root = small_paper(tmp_path)
    report = root / "report.qmd"
    text = report.read_text("utf-8").replace("---\n", '---\nkeywords: ["C# \\"a_b\\"", "*strong* $5"]\n', 1)
    report.write_text(text, "utf-8")
    with pikepdf.open(engine.render(root, ["pdf"], "embedded", say=None)[0]) as pdf:
        assert str(pdf.docinfo["/Keywords"]) == "C# “a_b”, strong $5"


def test_failed_render_leaves_the_last_outputs(tmp_path: Path) -> None:
    """When one of two outputs cannot be made, neither is touched."""
    root = small_paper(tmp_path)
    before = [path.read_bytes() for path in engine.render(root, engine="embedded", say=None)]
    report = root / "report.qmd"
    report.write_text(report.read_text("utf-8") + "\n`#no-such-function()`{=typst}\n\nA new line.\n", "utf-8")
    with pytest.raises(RenderFailed, match="Typst: unknown variable: no-such-function"):
        engine.render(root, engine="embedded", say=None)
    assert [(root / "_output" / name).read_bytes() for name in ("report.html", "report.pdf")] == before
    assert list((root / ".cache" / "staging").iterdir()) == []


def test_missing_font_is_an_error(tmp_path: Path) -> None:
    """A font that the print would lack stops it; a silent replacement would change the page."""
    root = small_paper(tmp_path, '`#text(font: "Nowhere Sans")[x]`{=typst}\n')
    with pytest.raises(RenderFailed, match="unknown font family: nowhere sans"):
        engine.render(root, ["pdf"], "embedded", say=None)


def test_typst_errors_name_the_paper(tmp_path: Path) -> None:
    """What Typst complains of is traced to the line of the paper, also through an include."""
    root = small_paper(tmp_path, "## One\n\n{{< include figures/_part.qmd >}}\n")
    (root / "figures" / "_part.qmd").write_text("\nThese words stand alone `#nothing()`{=typst}.\n", "utf-8")
    with pytest.raises(RenderFailed) as caught:
        engine.render(root, ["pdf"], "embedded", say=None)
    assert str(caught.value).startswith("figures/_part.qmd:2 Typst: unknown variable: nothing.\n  In: These words")
    (root / "figures" / "_part.qmd").write_text("\n\n中文\n", "utf-8")
    with pytest.raises(RenderFailed, match=r"^figures/_part\.qmd:3 Typst: .* could not be displayed"):
        engine.render(root, ["pdf"], "embedded", say=None)


def test_unreadable_bibliography_is_named(tmp_path: Path) -> None:
    """A bibliography that cannot be read stops the rendering, with pandoc's words."""
    root = small_paper(tmp_path)
    (root / "references.bib").write_text("@report{neumann2015, title = {Unclosed", "utf-8")
    with pytest.raises(RenderFailed, match="pandoc"):
        engine.render(root, ["html"], "embedded", say=None)


def fake_quarto(folder: Path, version: str, script: str = "") -> str:
    """A PATH on which a program called quarto says that it is of a version."""
    program = folder / "quarto"
    program.write_text(f'#!/bin/sh\nif [ "$1" = --version ]; then echo {version}; exit 0; fi\n{script}\n', "utf-8")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"


def test_old_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Quarto that is too old is named with its version, and the embedded engine renders."""
    monkeypatch.setenv("PATH", fake_quarto(tmp_path, "1.3.450"))
    said: list[str] = []
    root = small_paper(tmp_path / "paper")
    assert [path.name for path in engine.render(root, say=said.append)] == ["report.html", "report.pdf"]
    assert len(said) == 1
    assert f"Quarto 1.3.450 at {tmp_path}/quarto is older than 1.9" in said[0]
    assert "embedded engine (pandoc" in said[0]
    with pytest.raises(EngineMissing, match=r"Quarto 1\.3\.450 .* Install Quarto 1\.9 or later"):
        engine.render(root, engine="quarto")


@pytest.mark.parametrize(
    ("version", "usable"), [("1.9.0", True), ("1.10.18", True), ("2.0", True), ("1.8.27", False), ("none", False)]
)
def test_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, usable: bool) -> None:
    """Versions are compared as numbers: 1.10 is newer than 1.9."""
    monkeypatch.setenv("PATH", fake_quarto(tmp_path, version))
    assert quarto.find().usable is usable


def test_no_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Quarto the embedded engine is chosen, and the line says why."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(choice.choose("auto")).endswith("Quarto is not installed.")


def test_quarto_renders_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quarto gets a copy of the project, with the date fixed and no script to run; its output is taken."""
    scripts = "$(grep -c 'render.: .publish' _quarto.yml)"
    told = f"<head><meta charset=utf-8></head><main>$PWD|$SOURCE_DATE_EPOCH|{scripts}|$*</main>"
    script = f'mkdir _output; echo "{told}" > _output/report.html'
    monkeypatch.setenv("PATH", fake_quarto(tmp_path, "1.10.18", script))
    root = small_paper(tmp_path / "paper")
    (made,) = engine.render(root, ["html"], say=None)
    main = BeautifulSoup(made.read_text("utf-8"), "lxml").main
    assert main is not None
    place, epoch, scripts, arguments = main.text.split("|")
    assert Path(place) != root
    assert (epoch, scripts, arguments) == ("1580515200", "0", "render report.qmd --to html")
    assert sorted(path.name for path in root.iterdir() if path.suffix in (".html", ".typ")) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'ERROR: no such thing' >&2; exit 1", "Quarto stopped with 1:\nERROR: no such thing"),
        ("exit 0", r"without report\.html"),
        ("mkdir _output; echo x > _output/report.html; echo 'WARN: Unable to resolve crossref' >&2", "Quarto warned"),
    ],
)
def test_quarto_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str) -> None:
    """A Quarto that stops, warns, or makes nothing is an error with its own words, and leaves no output."""
    monkeypatch.setenv("PATH", fake_quarto(tmp_path, "1.10.18", script))
    root = small_paper(tmp_path / "paper")
    with pytest.raises(RenderFailed, match=words):
        engine.render(root, ["html"], say=None)
    assert not (root / "_output").exists()


def test_one_configuration(tmp_path: Path) -> None:
    """Title, author and date reach both formats from one place; a format's own setting stays in that format."""
    root = small_paper(tmp_path)
    front = qmd.expand_document(root, "report.qmd").front
    html, pdf = (project.settings(root, "report.qmd", front, target) for target in ("html", "pdf"))
    assert html.metadata["date"] == pdf.metadata["date"] == "1 February 2020"
    assert html.metadata["by-author"] == pdf.metadata["by-author"]
    assert html.metadata["by-author"][0]["affiliations"] == [{"name": "An institute"}]
    assert pdf.options["pdf-standard"] == "ua-1"
    assert "pdf-standard" not in html.options


def test_pandoc_is_the_locked_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A newer pandoc on PATH is not used: versions come from the lock file."""
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0\n", "utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    pandoc.version.cache_clear()
    assert pandoc.version() != "99.0"
    assert not Path(pandoc.program()).is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "css: theme/page/paper.css",
            "css: theme/page/none.css",
            r"_quarto\.yml:\d+ css: theme/page/none\.css is not there",
        ),
        ("css: theme/page/paper.css", "css: [odd.css]", r"_quarto\.yml: a page holds \.woff2, "),
    ],
)
def test_what_the_page_cannot_hold_stops_it(tmp_path: Path, old: str, new: str, words: str) -> None:
    """A style that is not there, or that asks for what no page holds, is named; the page is not made without it."""
    root = small_paper(tmp_path)
    (root / "odd.css").write_text("p { background: url('_quarto.yml') }", "utf-8")
    config = (root / "_quarto.yml").read_text("utf-8")
    (root / "_quarto.yml").write_text(config.replace(old, new), "utf-8")
    with pytest.raises(BuildFailure, match=words):
        engine.render(root, ["html"], "embedded", say=None)


def test_a_compiler_that_is_kept_makes_what_a_new_one_would(tmp_path: Path) -> None:
    """After an edit of the text and of an image, and back again, the bytes are those of the first compilation."""
    root = small_paper(tmp_path)
    image, settings = root / "figures/bars.svg", project.Settings(options={"font-paths": "theme/fonts"})
    one = '#set document(title: "A")\n#image("figures/bars.svg", alt: "Bars")\n\nOne.'
    drawing = image.read_text("utf-8")
    made = []
    more = '<rect width="50" height="50"/></svg>'
    for text, end in ((one, "</svg>"), (one.replace("One", "Two"), "</svg>"), (one, more), (one, "</svg>")):
        image.write_text(drawing.replace("</svg>", end), "utf-8")
        made.append(typst_pdf.compile_pdf(text, settings, root))
    assert made[0] == made[3]
    assert len(set(made)) == 3
