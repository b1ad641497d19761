"""The source: includes, values, and what is refused, with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from publish.base.problems import PaperProblems
from publish.engine import engine, support
from small_paper import ROOT, small_paper

IMAGE = "![A caption](figures/bars.svg)"
ONE_FORMAT = '::: {.content-visible when-format="html"}'
# Each row: what a document may not hold, the line (below the front matter, from 1) and words of the message.
REFUSED = [
    ("{{< video x.mp4 >}}", 1, "{{< video x.mp4 >}} is not supported"),
    ("One\n\n{{< var core.missing >}}", 3, "core.missing is not in _variables.yml"),
    ("{{< var core >}}", 1, "core is a group of values"),
    ("{{< var core.2015.share >}}", 1, "a number between dots"),
    ("{{< meta nothing >}}", 1, "nothing is no text of the front matter"),
    ("{{< var >}}", 1, "needs one name"),
    ("Shown: {{{< var core.total >}}}", 1, "{{{< is not supported"),
    ("{{< var core.total", 1, "does not end on the line"),
    ("{{< include figures/_none.qmd >}}", 1, "figures/_none.qmd is not there"),
    ("Text {{< include figures/_bars.qmd >}}", 1, "stands alone on its line"),
    ("```{python}\n1 + 1\n```", 1, "executable cells"),
    ("Text\n\n```{r}\n1\n```", 3, "executable cells"),
    ("`{{< var core.total >}}`", 1, "stands in code"),
    ("$x^2$", 1, "mathematics"),
    ("See @fig-none.", 1, "@fig-none names no figure"),
    ("A\n\nSee @tbl-none.", 3, "@tbl-none names no table"),
    ("See [-@sec-none].", 1, "@sec-none names no section"),
    ("## Alone {#sec-alone .unnumbered}\n\nSee @sec-alone.", 3, "section without a number"),
    ("## One {#sec-one}\n\n[@sec-one, p. 3]", 3, "nothing may follow"),
    ("## One {#sec-one}\n\n[@sec-one; @neumann2015]", 3, "share brackets"),
    ("See @eq-one.", 1, "references to eq- are not supported"),
    ("See [@nobody2020].", 1, "@nobody2020 is not in the bibliography"),
    ("[text](#nowhere)", 1, "#nowhere names nothing"),
    ("## A {#sec-a}\n\n## B {#sec-a}", 1, "#sec-a names 2 things"),
    ("# Top", 1, "sections start with ##"),
    ("## One\n\n#### Three", 3, "Skip no level"),
    ("## The {{< var core.total >}} cases", 1, "needs its own name"),
    ("![A caption](figures/none.svg){#fig-a fig-alt='Alt'}", 1, "figures/none.svg is not there"),
    ("![A caption](https://example.org/a.svg){#fig-a fig-alt='Alt'}", 1, "must be a file of the project"),
    (f"{IMAGE}{{#fig-a}}", 1, "has no alternative text"),
    (f"{IMAGE}{{#fig-a fig-alt='A caption'}}", 1, "repeats the caption"),
    (f"{IMAGE}{{fig-alt='Alt'}}", 1, "needs a name: {#fig-name}"),
    (f"{IMAGE}{{#fig-a fig-alt='Alt' fig-align='left'}}", 1, "fig-align= is not supported"),
    (f"{IMAGE}{{#fig-a fig-alt='Alt' width=300}}", 1, "width=300: give"),
    ("| a |\n|---|\n| 1 |\n\n: Caption", 5, "needs a name: {#tbl-name}"),
    ("| a |\n|---|\n| 1 |\n\n: Caption {#tbl-a tbl-cap-location='top'}", 5, "is not supported on a table"),
    ("::: {.panel-tabset}\nText\n:::", 1, ".panel-tabset is not supported"),
    ("::: {layout-ncol=2}\nText\n:::", 1, "layout-ncol= is not supported"),
    ("::: {.column-margin}\nText\n:::", 1, ".column-margin is not supported"),
    ("::: {#fig-group}\nText\n:::", 1, "#fig-group names a division"),
    ('::: {.content-visible when-format="pdf"}\nText\n:::', 1, "name html or typst"),
    ("::: {.content-visible}\nText\n:::", 1, "needs when-format="),
    ('::: {.callout-note collapse="true"}\nText\n:::', 1, "collapse= is not supported"),
    ("A<br>B", 1, "<br> is lost in the PDF"),
    ("```{=latex}\nx\n```", 1, "raw latex"),
    ("Text.[^none]", 1, "[^none] names no note"),
    ("Text.\n\n[^unused]: A note.", 3, "Note with key 'unused' but not used"),
    ("::: {.list-table}\n- - a\n:::", 1, ".list-table is not supported. Write a pipe or grid table"),
    ("::: {.keeep}\nText\n:::", 1, ".keeep is not supported. Did you mean keep?"),
    ("::: {.callout-note .keep}\nText\n:::", 1, ".callout-note and .keep share an element"),
    ("[a]{.verdcit}", 1, "Did you mean verdict?"),
    ("## One {.appendix}", 1, ".appendix is not supported on a heading"),
    ("[a](https://example.org){target=_blank}", 1, "target= is not supported on a link"),
    ('```{.python filename="a.py"}\nx\n```', 1, "filename= is not supported on a code block"),
    ("```python\nx = 1 # <1>\n```", 2, "a note to Quarto"),
    ("`{python} 1 + 1`", 1, "executable code"),
    ("```{=html}\n<table><tr><td>1</td></tr></table>\n```", 2, "a raw table"),
    ("![](figures/bars.svg){#fig-a fig-alt='Alt'}\n\nSee @fig-a.", 1, "#fig-a names an image that stands in a line"),
    (f"[{IMAGE}{{#fig-a fig-alt='Alt'}}](https://example.org)", 1, "#fig-a names an image that stands in a line"),
    ("[word]{#tbl-a}", 1, "#tbl-a names a span"),
    ("## One^[A note.]", 1, "a heading holds no note"),
    ("## One [@neumann2015]", 1, "a heading holds no citation"),
    ("## One {#sec-one}\n\n## As @sec-one", 3, "a heading holds no citation or reference"),
    (f"{ONE_FORMAT}\n{IMAGE}{{#fig-a fig-alt='Alt'}}\n:::\n\nSee @fig-a.", 5, "@fig-a is not shown in the PDF"),
    (f"{ONE_FORMAT}\n[a]{{#a}}\n:::\n\n[b](#a)", 5, "#a is not shown in the PDF"),
    ("A {>> remark <<}", 1, "a remark among authors"),
    ("A {~~b~>c~~}", 1, "a remark among authors"),
    ("A <!-- that does not end", 1, "a remark among authors"),
    ("<!-- a -->\n\nB <!-- c <!-- d --> e -->", 3, "a remark among authors"),
    ("{{< include ../../etc/hostname >}}", 1, "../../etc/hostname lies outside the project"),
    ("[a](file:///home/me/a.txt)", 1, "a place on one machine"),
    ("[a](/home/me/a.txt)", 1, "a place on one machine"),
    ("One\n\n---\ntitle: Two\n---\n\nThree", 3, "settings stand at the top"),
    ("One\n---\ntitle: Two\n---\n\nThree", 2, "settings stand at the top"),
    ("::: {.keep}\nText", 1, "unclosed"),
    ("A\n\n:::\n\nB", 3, "::: opens and closes nothing"),
    ("::: {.callout-note}\n# Top\n\nText\n:::", 2, "sections start with ##: level 1"),
    ("::: {.callout-note}\n## Title {#sec-t}\n\nText\n:::\n\nSee @sec-t.", 7, "@sec-t names no section"),
    ("[a]{#x{{< var core.total >}}}", 1, "a name holds no value"),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n\n: C {#tbl-a tbl-colwidths='[50,50,50]'}", 5, "a table of 2 columns"),
    (f"Text {IMAGE}{{fig-alt='Alt'}} more", 1, "its caption would be lost"),
    ('![A caption](figures/bars.svg "T"){#fig-a fig-alt="Alt"}', 1, "a title in quotes would be lost"),
    (f"{IMAGE}\n\nText.\n\n{IMAGE}", 1, "figures/bars.svg stands 2 times"),
    ("## One [two](https://example.org)", 1, "a heading holds no link"),
    ("Text\n\n## {#sec-a}", 3, "a heading has no words"),
    ("A [link]()", 1, "a link has no address"),
    ("`x`{#here} [there](#here)", 1, "#here names nothing in this document"),
    ("`r 1 + 1`", 1, "executable code is not supported"),
    ("``` {r, echo=FALSE}\n1\n```", 1, "executable cells are not supported"),
    ("[@tip-2020]", 1, "references to tip- are not supported. Only fig-, tbl- and sec- are. Name the source otherwise"),
    ("{{< meta toc >}}", 1, "toc is no text of the front matter"),
    ("{{< var core.total >}}'s and 'so'", 1, "Quarto reads ' after a value as a quotation mark"),
]


def refusal(folder: Path, body: str) -> PaperProblems:
    """What the check says of the small paper with another text."""
    with pytest.raises(PaperProblems) as caught:
        engine.check(small_paper(folder, body))
    return caught.value


@pytest.fixture(scope="module")
def front_lines(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many lines the small paper's front matter takes."""
    text = (small_paper(tmp_path_factory.mktemp("front")) / "report.qmd").read_text("utf-8")
    return text.split("\n").index("---", 1) + 1


@pytest.mark.parametrize(("body", "line", "words"), REFUSED, ids=[row[2] for row in REFUSED])
def test_refused(tmp_path: Path, front_lines: int, body: str, line: int, words: str) -> None:
    """Whatever one of the engines would print wrong is refused, with the file, the line and the reason."""
    problems = refusal(tmp_path, f"{body}\n").problems
    expected = f"report.qmd:{front_lines + line} "
    assert any(str(one).startswith(expected) and words in str(one) for one in problems), [str(one) for one in problems]


def test_small_paper_is_accepted(tmp_path: Path) -> None:
    """The paper that holds each supported thing once is refused nothing."""
    engine.check(small_paper(tmp_path))


def test_front_matter_is_checked(tmp_path: Path) -> None:
    """A reference to nothing in the abstract is refused like one in the text."""
    root = small_paper(tmp_path)
    report = root / "report.qmd"
    text = report.read_text("utf-8").replace("  The share is", "  See @fig-none; the share is")
    report.write_text(text, "utf-8")
    line = next(number for number, content in enumerate(text.split("\n"), 1) if "@fig-none" in content)
    with pytest.raises(PaperProblems, match=rf"report\.qmd:{line} @fig-none names no figure"):
        engine.check(root)


def test_what_the_guide_shows_is_accepted(tmp_path: Path) -> None:
    """Each form that docs/writing.md names stands in the small paper, which is accepted; what is refused is named."""
    guide = (ROOT / "docs" / "writing.md").read_text("utf-8")
    small = (small_paper(tmp_path) / "report.qmd").read_text("utf-8")
    for form in (
        "[-@fig-",
        "[Fig. @fig-",
        "[@fig-",
        "when-format=",
        "tbl-colwidths=",
        ".findings",
        ".summary",
        "title=",
    ):
        assert form in guide, form
        assert form in small, form
    refused = guide[guide.index("## What is refused") :]
    for word in ("Executable cells", "mathematics", "@eq-", "columns", "tabsets", "level-1 headings", "`today`"):
        assert word in refused, word


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Five different mistakes, in the report and in what it includes, are named in one run."""
    root = small_paper(tmp_path, "See @fig-none.\n\n[@nobody]\n\n{{< include figures/_part.qmd >}}\n\n# Top\n")
    (root / "figures" / "_part.qmd").write_text(
        "Fine.\n\n![A](figures/none.svg){#fig-a fig-alt='B'}\n\n@tbl-x\n", "utf-8"
    )
    with pytest.raises(PaperProblems) as caught:
        engine.check(root)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 5
    assert [line for line in said if line.startswith("figures/_part.qmd")] == [
        "figures/_part.qmd:3 figures/none.svg is not there.",
        "figures/_part.qmd:5 @tbl-x names no table.",
    ]


def test_unknown_names_come_with_the_rest(tmp_path: Path) -> None:
    """Unknown variables, shortcodes and includes are listed together with what else is wrong, in every document."""
    root = small_paper(
        tmp_path, "{{< var a.b >}}\n\n{{< kbd x >}}\n\n{{< include _none.qmd >}}\n\n{{< meta c >}} @fig-x\n"
    )
    shutil.copy(ROOT / "_quarto.yml", root)
    (root / "brief.qmd").write_text("---\ntitle: B\n---\n\n{{< var d >}} and @tbl-y\n", "utf-8")
    with pytest.raises(PaperProblems) as caught:
        engine.render(root, engine="embedded", say=None)
    said = [str(problem) for problem in caught.value.problems]
    assert [line.split(":")[0] for line in said] == ["brief.qmd"] * 2 + ["report.qmd"] * 5
    assert not (root / "_output").exists()


def test_includes_itself(tmp_path: Path) -> None:
    """A file that includes itself through another is refused where the circle closes."""
    root = small_paper(tmp_path, "{{< include _one.qmd >}}\n")
    (root / "_one.qmd").write_text("{{< include _two.qmd >}}\n", "utf-8")
    (root / "_two.qmd").write_text("\n{{< include _one.qmd >}}\n", "utf-8")
    with pytest.raises(PaperProblems, match=r"_two\.qmd:2 _one\.qmd includes itself"):
        engine.check(root)
    (root / "_two.qmd").write_text("\ufeff## Text\n", "utf-8")
    with pytest.raises(PaperProblems, match=r"_two\.qmd:1 starts with a byte order mark"):
        engine.check(root)


def test_bad_front_matter(tmp_path: Path) -> None:
    """Front matter that is not YAML is named with its line, and so is a shortcode without quotes."""
    root = small_paper(tmp_path)
    (root / "report.qmd").write_text("---\ntitle: A: B\n---\n\nText\n", "utf-8")
    with pytest.raises(PaperProblems, match=r"report\.qmd:2 is not YAML"):
        engine.check(root)


SETTINGS = [
    ("date-format: long", "date-format: long is not supported. Write D MMMM YYYY"),
    ("lang: de", "lang: de is not supported. Write en"),
    ("crossref:\n  chapters: true", "crossref: is not a setting that both engines know"),
    ("number-section: true", "Did you mean number-sections?"),
    ("reference-location: margin", "reference-location: is not a setting"),
    ("filters: [a.lua]", "It belongs in _quarto.yml"),
    ("toc: yes", "toc: yes is not supported. Write true or false"),
    ("version: 1.0", "version: 1.0 is not read as text. Put it in quotes"),
    ("csl: none.csl", "csl: none.csl is not there"),
    ("author:\n  - name: A\n    nmae: A", "Did you mean name?"),
    ("author: {affiliation: A}", "author: needs a name"),
    ("author:\n  - name: A\n    affiliations:\n      - name: B", "affiliations: takes no keys below it"),
    ('subtitle: "One\\ntwo"', "subtitle: takes one line"),
    ("subtitle: 1e3", "subtitle: 1e3 is not read as text"),
    ("toc: true\ntoc: false", "toc: stands twice"),
    ('kicker: "A note^[n]"', "kicker holds no note"),
]


@pytest.mark.parametrize(("lines", "words"), SETTINGS, ids=[words for _, words in SETTINGS])
def test_front_matter_holds_what_both_engines_know(tmp_path: Path, lines: str, words: str) -> None:
    """A setting, or a value of one, that one of the engines would ignore or read otherwise is refused with its line."""
    root = small_paper(tmp_path)
    (root / "report.qmd").write_text(f"---\ntitle: T\ndate: 2020-02-01\n{lines}\n---\n\nText\n", "utf-8")
    with pytest.raises(PaperProblems) as caught:
        engine.check(root)
    (problem,) = caught.value.problems
    assert words in str(problem)
    assert problem.line == (4 if "crossref" in lines else 4 + lines.count("\n"))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("_brand.yml", "color: red\n", r"_brand\.yml is not supported\. Quarto alone would read it"),
        ("_environment.local", "A=b\n", r"_environment\.local is not supported\. Quarto alone would read it"),
        (
            "_environment",
            "LUA_PATH=x\n",
            r"_environment:1 is for Quarto alone\. It may hold the line TYPST\w+=true only",
        ),
    ],
)
def test_files_that_quarto_alone_reads(tmp_path: Path, name: str, text: str, words: str) -> None:
    """A brand, a profile or a variable would change Quarto's outputs and no other; the fonts it may be told."""
    root = small_paper(tmp_path)
    (root / "_environment").write_bytes((ROOT / "_environment").read_bytes())
    engine.check(root)
    (root / name).write_text(text, "utf-8")
    with pytest.raises(PaperProblems, match=words):
        engine.check(root)


@pytest.mark.parametrize(
    ("value", "words"), [("58", "is not read as text"), ("1e3", "is not read as text"), ("a^[note]", "holds a note")]
)
def test_each_value_is_a_text(tmp_path: Path, value: str, words: str) -> None:
    """Quarto reads all of _variables.yml, used or not: numbers in its own way, a note into the page."""
    root = small_paper(tmp_path, "Text\n")
    (root / "_variables.yml").write_text(f"core:\n  total: '58'\n  other: {value}\n", "utf-8")
    with pytest.raises(PaperProblems, match=rf"_variables\.yml:3 other: {words}"):
        engine.check(root)


@pytest.mark.parametrize("name", ["report.qmd", "references.bib", "_quarto.yml", "_variables.yml"])
def test_other_encodings_are_named(tmp_path: Path, name: str) -> None:
    """A file that is not UTF-8 is named with the line of the first letter that is not."""
    root = small_paper(tmp_path)
    lines = (root / name).read_bytes().count(b"\n")
    with (root / name).open("ab") as file:
        file.write("% café\n".encode("latin-1"))
    with pytest.raises(PaperProblems, match=rf"^{re.escape(name)}:{lines + 1} is not UTF-8"):
        engine.check(root)


def test_settings_that_do_not_end_are_refused(tmp_path: Path) -> None:
    """They would be printed as text."""
    root = small_paper(tmp_path)
    (root / "report.qmd").write_text('---\ntitle: "A"\n\nText.\n', "utf-8")
    with pytest.raises(PaperProblems, match=r"report\.qmd:1 the settings at the top do not end"):
        engine.check(root)


def test_a_work_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """One of the two would be cited in silence."""
    root = small_paper(tmp_path)
    works = root / "references.bib"
    line = works.read_text("utf-8").count("\n") + 1
    with works.open("a") as file:
        file.write("@misc{neumann2015, title = {Another}}\n")
    with pytest.raises(PaperProblems, match=rf"references\.bib:{line} @neumann2015 stands twice"):
        engine.check(root)


DRAWN = b'<svg sodipodi:docname="/home/me/a.svg"/>'


@pytest.mark.parametrize("held", [DRAWN, b"\xff\xd8\xff\xfe\x00\x04me", b"\xff\xd8\xff\xe1\x00\x08Exif\0\0"])
def test_metadata_of_images_is_refused(tmp_path: Path, held: bytes) -> None:
    """What a drawing program, a camera or a person wrote beside an image would be published with it."""
    name = f"figures/own.{'svg' if held == DRAWN else 'jpg'}"
    root = small_paper(tmp_path, f"![Bars]({name}){{#fig-a fig-alt='Alt'}}\n")
    (root / name).write_bytes(held)
    with pytest.raises(PaperProblems, match="Save it without metadata"):
        engine.check(root)


def test_the_guide_prints_the_table() -> None:
    """docs/writing.md holds the table as the code has it; `python -m publish.engine.support` writes it anew."""
    guide = (ROOT / support.GUIDE).read_text("utf-8")
    assert support.printed(guide) == guide
    assert len(support.in_words().splitlines()) == len(support.RULES) + 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    toc: true", "    code-fold: true", "code-fold: is not a setting that both engines know"),
        ("citeproc: true", "# nothing", "citeproc: true is missing: without it the engines differ"),
        ("    minimal: true", "    # nothing", "minimal: true is missing: without it the engines differ"),
        ("number-sections: true", "number-sections: false", "@sec-method is a section without a number"),
        ("  - at: pre-ast", "  - at: somewhere", "at: somewhere is not supported. Write pre-ast"),
    ],
)
def test_bad_settings(tmp_path: Path, old: str, new: str, words: str) -> None:
    """An unknown setting and a misplaced filter are refused."""
    root = small_paper(tmp_path)
    config = (root / "_quarto.yml").read_text("utf-8")
    assert old in config
    (root / "_quarto.yml").write_text(config.replace(old, new), "utf-8")
    with pytest.raises(PaperProblems, match=words):
        engine.check(root)


@pytest.mark.parametrize("date", ["today", "last-modified", "2020-13-01"])
def test_date_must_stand_still(tmp_path: Path, date: str) -> None:
    """A date that a clock would tell, or that is none, is refused with its line."""
    root = small_paper(tmp_path)
    report = root / "report.qmd"
    text = report.read_text("utf-8").replace("date: 2020-02-01", f"date: {date}")
    report.write_text(text, "utf-8")
    line = text.split("\n").index(f"date: {date}") + 1
    with pytest.raises(PaperProblems, match=rf"report\.qmd:{line} date: must be fixed"):
        engine.check(root)
