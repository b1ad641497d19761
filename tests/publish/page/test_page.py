"""The page reads well anywhere, asks nothing of the network, runs only its own script, and is whole without any."""

import base64
import csv
import hashlib
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring, fragment_fromstring, tostring
from matplotlib.image import imread
from playwright.sync_api import expect

from browsing import PHONE, WIDE, opened, violations, wait_for_start
from publish.base import palette
from publish.page.drawings import by_steps, compact
from publish.page.island import data_island
from publish.page.page import colours, finish
from publish.page.parts import below_figure
from publish.page.policy import with_policy
from publish.page.rows import safe_cell, safe_rows, written
from publish.page.tags import go_over
from publish.pdf.contrast import LEAST_FOR_TEXT, ratio
from sample_page import HATCHED

LIMIT = 3 * 2**20
PAINTED = """() => new Promise(painted => {
  const seen = () => performance.getEntriesByName("first-contentful-paint").length;
  const look = () => seen() ? painted() : requestAnimationFrame(look);
  look();
})"""


@pytest.fixture(scope="module")
def soup(sample):
    """The page, parsed."""
    return BeautifulSoup(sample.read_text("utf-8"), "lxml")


def gone_over(content, below=(), colours=()):
    """What becomes of a fragment, and the rules that its styles became."""
    part = fragment_fromstring(f"<div>{content}</div>")
    rules = go_over(part, dict(below), dict(colours))
    return tostring(part, encoding="unicode").removeprefix("<div>").removesuffix("</div>"), rules


def test_the_page_is_one_small_file(sample, soup):
    """Under 3 MB, and nothing in it is fetched: no source, style or font but inside the file."""
    assert sample.stat().st_size < LIMIT
    fetched = soup.select("[src], link[href], iframe, object, embed")
    assert [tag for tag in fetched if not tag.get("src", "").startswith("data:")] == []
    assert re.findall(r"url\((?![\"']?(?:data:|#))", " ".join(style.text for style in soup.select("style"))) == []


def test_the_policy_names_each_script_and_style_by_hash(soup):
    """The policy allows nothing by default, inline styles and scripts by their hash only, and no remote origin."""
    meta = soup.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    rules = dict(rule.split(" ", 1) for rule in meta.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert set(rules["img-src"].split() + rules["font-src"].split()) == {"data:"}
    for rule, selector in (("script-src", "script:not([type])"), ("style-src", "style")):
        texts = [tag.string or "" for tag in soup.select(selector)]
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}
        assert set(rules[rule].split()) == hashes
    assert "unsafe" not in meta
    assert "http" not in meta


def test_nothing_is_run_inline_and_no_name_is_given_twice(soup):
    """No style attribute and no event handler is left; identifiers differ; links away do not say from where."""
    assert soup.select("[style]") == []
    assert [tag.name for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    names = [tag["id"] for tag in soup.select("[id]")]
    assert sorted(set(names)) == sorted(names)
    assert {tuple(link.get("rel", [])) for link in soup.select("a[href^=http]")} == {("noopener", "noreferrer")}


def test_an_injected_script_does_not_run(browser, sample, tmp_path):
    """A script and a handler put into the finished page are blocked by its policy; the page itself still starts."""
    page_with = sample.read_text("utf-8").replace(
        "</main>", "</main><script>document.title='run'</script><img alt='' src='x' onerror=\"document.title='run'\">"
    )
    (tmp_path / "injected.html").write_text(page_with, "utf-8")
    noise = []
    visit = browser.new_context()
    page = visit.new_page()
    page.on("console", lambda message: noise.append(message.text))
    page.goto((tmp_path / "injected.html").as_uri())
    wait_for_start(page)
    assert page.title() == "A small paper"
    visit.close()
    assert sum("Content Security Policy" in text for text in noise) >= 2


def test_the_page_is_whole_without_script(browser, sample, dataset):
    """With JavaScript off: every core case in the table, figures' numbers, contents, downloads; no dead control."""
    with opened(browser, sample, java_script_enabled=False) as page:
        listed = page.locator("#tbl-cases tbody tr td:first-child").all_inner_texts()
        assert listed == list(map(str, sorted(dataset.core["number"])))
        assert page.locator("#TOC a").count() >= 4
        details = page.locator("#fig-narratives ~ .figure-tools details").first
        details.locator("summary").click()
        (head, *rows) = csv.reader(details.locator("pre").inner_text().splitlines())
        assert (head[1:3], len(rows)) == (["label", "n"], len(dataset.study.narratives))
        assert page.locator("#downloads a").all_inner_texts()[0] == "The report as PDF"
        assert page.locator("form, button").count() == 0
        assert page.locator("#title-block-header noscript .note").is_visible()  # which says what needs scripts


def test_the_explorer_waits_for_the_first_paint(browser, sample):
    """The text is painted before the explorer starts, which costs the most of all scripts; then no note misses it."""
    with opened(browser, sample) as page:
        page.evaluate(PAINTED)
        assert not page.locator("#title-block-header noscript .note").is_visible()
        assert page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            " <= performance.getEntriesByName('explorers-ready')[0].startTime"
        )


def test_nothing_is_wider_than_the_window(browser, sample):
    """From 320 pixels up the page itself never scrolls sideways, and its letters are the paper's own.

    Neither a word of 500 letters nor a line of code widens it.
    """
    long = "<p>' + 'x'.repeat(500) + '</p><pre><code>' + 'y'.repeat(500) + '</code></pre>"
    with opened(browser, sample) as page:
        page.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '{long}')")
        for width, scheme in ((320, "light"), (390, "dark"), (1280, "dark"), (1920, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
        fonts = page.evaluate(
            "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
        )
        assert {"Paper Serif", "Paper Sans"} <= set(fonts)


@pytest.mark.parametrize(("size", "scheme"), [({}, "light"), ({"viewport": PHONE}, "dark")], ids=["wide", "phone"])
def test_no_barrier_on_the_page(browser, sample, scheme, size):
    """axe-core finds nothing against WCAG 2.2 AA, with contents open, a data table open, and a note shown."""
    with opened(browser, sample, color_scheme=scheme, **size) as page:
        page.get_by_role("tab", name="Table").first.click()
        if size:
            page.get_by_role("button", name="Contents").click()
        page.locator("a.footnote-ref").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.locator("#note-preview").is_visible()
        assert violations(page) == []
        # as a reader without JavaScript gets it (the checker's own script runs)
        page.evaluate("document.querySelectorAll('#cases, #claims').forEach(part => part.remove())")
        assert violations(page) == []


def test_contents_follow_the_reader_and_fold_on_a_phone(browser, sample):
    """The section in sight is marked in the contents; on a phone a button opens them, Escape closes them."""
    with opened(browser, sample) as page:
        page.locator("#sec-deep").evaluate("part => part.scrollIntoView()")
        page.wait_for_selector("#TOC a[aria-current=true][href='#sec-deep']")
        assert page.locator("#TOC a[aria-current]").count() == 1
        assert page.get_by_role("link", name="Explore the cases", exact=True).is_visible()
    with opened(browser, sample, viewport=PHONE) as page:
        button = page.get_by_role("button", name="Contents")
        page.locator("#sec-deep").evaluate("part => part.scrollIntoView()")
        expect(button).to_contain_text("Deeper")  # it stays in reach, and says where the reader is
        assert button.bounding_box()["y"] < 60
        assert 0 < page.locator(".progress").bounding_box()["width"] < PHONE["width"]
        assert not page.locator("#TOC a").first.is_visible()
        button.click()
        assert page.locator("#TOC a").first.is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#TOC a").first.is_visible()
        button.click()
        page.locator("#TOC a[href='#sec-more']").click()
        assert not page.locator("#TOC a").first.is_visible()


def test_notes_and_references_are_read_where_they_are_cited(browser, sample):
    """A footnote shows on keyboard focus and goes with Escape; a reference shows on hover; links still lead there."""
    with opened(browser, sample) as page:
        preview = page.locator("#note-preview")
        page.locator("a[role=doc-biblioref]").hover()
        assert "Neumann" in preview.inner_text()
        page.keyboard.press("Escape")
        assert not preview.is_visible()
        page.locator("a[role=doc-biblioref]").focus()
        page.keyboard.press("Tab")
        assert "A footnote with weight" in preview.inner_text()
        assert page.locator("a.footnote-ref").get_attribute("aria-describedby") == "note-preview"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#fn1"


def test_marks_say_their_numbers_on_hover_and_focus(browser, sample, dataset):
    """Each named mark has its label as accessible name; one stop per chart, arrows go on; the tip shows and hides."""
    n = len(dataset.study.narratives)
    with opened(browser, sample) as page:
        marks = page.locator("#fig-narratives .wide .mark")
        assert marks.count() == n
        labels = [mark.get_attribute("aria-label") for mark in marks.all()]
        assert all(re.fullmatch(r".+: \d+ of \d+", label) for label in labels)
        assert page.locator("#fig-narratives .wide [tabindex='0'].mark").count() == 1
        tip = page.locator(".tip")
        marks.nth(1).hover()
        assert tip.inner_text() == labels[1]
        page.keyboard.press("Escape")
        assert not tip.is_visible()
        page.locator("#fig-narratives .wide .mark[tabindex='0']").focus()
        seen = [tip.inner_text()]
        for _ in range(n - 1):
            page.keyboard.press("ArrowRight")
            seen.append(tip.inner_text())
        assert sorted(seen) == sorted(labels)
        assert page.get_by_role("group", name=re.compile("Points on a line")).count() == 1


def test_print_is_the_paper_alone(browser, sample):
    """On paper: light colours, no contents, explorer or buttons, and every core case."""
    with opened(browser, sample, color_scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        for part in ("#TOC", "#cases", ".figure-tools", ".skip-link", ".progress"):
            assert not page.locator(part).first.is_visible(), part
        assert page.locator("#tbl-cases tbody tr").last.is_visible()
        assert page.locator(".source").first.is_visible()


def test_the_page_has_every_colour_that_it_names(root, sample):
    """Each variable of the style sheet and the scripts is set by the palette, in light and dark, or is no colour."""
    css = (root / "theme" / "page" / "paper.css").read_text("utf-8")
    light, dark = palette.names(root), palette.names(root, "dark")
    named = set(re.findall(r"var\(--([\w-]+)", css)) - set(re.findall(r"--([\w-]+):", css))
    assert named
    assert named <= set(light)
    assert set(light) == set(dark)
    for colours_ in (light, dark):
        assert "".join(f"--{name}:{colour};" for name, colour in colours_.items()) in sample.read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_the_contrast_that_readers_need(root, scheme):
    """Text and links reach 4.5:1 on paper and tint, series on paper, ink on every fill; borders of controls 3:1."""
    of = palette.names(root, scheme)
    for name in ("ink", "muted", "accent", "link"):
        assert min(ratio(of[name], of[ground]) for ground in ("paper", "tint")) >= LEAST_FOR_TEXT, name
    for name in ("navy", "plum", "teal", "rust", "slate"):
        assert ratio(of[name], of["paper"]) >= LEAST_FOR_TEXT, name
        assert ratio(of["ink"], of[f"{name}-fill"]) >= LEAST_FOR_TEXT, name
    assert ratio(of["rust"], of["tint"]) >= LEAST_FOR_TEXT
    assert min(ratio(of["edge"], of[ground]) for ground in ("paper", "tint")) >= 3


def test_a_colour_is_written_in_the_palette_only(root):
    """No file of theme, analysis or publish names a colour by its number but theme/palette.yml."""
    own = [file for part in ("theme", "analysis", "publish") for file in (root / part).rglob("*.*")]
    read = [file for file in own if file.suffix in {".py", ".ipynb", ".yml", ".css", ".js", ".html", ".typ", ".lua"}]
    numbered = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!-)")
    files = [file for file in read if numbered.search(file.read_text("utf-8"))]
    assert [file.relative_to(root).as_posix() for file in files] == [palette.FILE]


def test_charts_follow_the_readers_colours(browser, sample):
    """A mark in the palette's teal is drawn in the page's teal: one colour in light, its counterpart in dark."""
    drawn = {}
    with opened(browser, sample) as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            drawn[scheme] = page.evaluate(
                "[getComputedStyle(document.querySelector('#fig-narratives .mark use')).fill,"
                " getComputedStyle(document.documentElement).getPropertyValue('--teal').trim()]"
            )
    as_rgb = {scheme: "rgb({}, {}, {})".format(*bytes.fromhex(hexed[1:])) for scheme, (_, hexed) in drawn.items()}
    assert {scheme: fill for scheme, (fill, _) in drawn.items()} == as_rgb
    assert as_rgb["light"] != as_rgb["dark"]


def test_every_colour_of_the_charts_has_its_counterpart_in_the_dark(root):
    """No chart of the paper uses a colour that is not in the palette; each is drawn in the reader's own light."""
    known = set(colours(root))
    for chart in sorted((root / "figures").rglob("*.svg")):
        drawn = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{6}\b", chart.read_text("utf-8"))}
        assert drawn - known == set(), chart.name


def test_colours_given_as_attributes_follow_too():
    """Inside a chart, fill="#..." becomes a class like style="fill: #..."; outside it stays."""
    svg = '<svg><rect fill="#ffffff" x="1"/></svg><p fill="#ffffff">z</p>'
    made, rules = gone_over(svg, colours={"#ffffff": "paper"})
    assert made == '<svg><rect x="1" class="st-1"></rect></svg><p fill="#ffffff">z</p>'
    assert rules == ".st-1{fill: var(--paper,#ffffff)}"


def test_finishing_twice_changes_nothing(sample):
    """A finished page comes back as it is, whichever engine's hook ran first."""
    text = sample.read_text("utf-8")
    assert finish(text, sample.parents[1], "report") == text


def test_a_page_without_cases_gets_no_explorer(sample):
    """A document that does not print the case list, such as a brief, carries no case data."""
    bare = '<html><head><meta charset="utf-8"></head><body><main><p>Short.</p></main></body></html>'
    done = BeautifulSoup(finish(bare, sample.parents[1], "brief"), "lxml")
    assert "explorer" not in json.loads(done.select_one("#paper-data").string)
    assert "brief.pdf" in [link["href"] for link in done.select("#downloads a")]


def test_a_figure_has_tabs_for_its_numbers_sources_and_files(browser, sample, soup):
    """Without a script the file in figures/ as text; with one a table in words, the source, and CSV, SVG and PNG."""
    tools = soup.select_one("#fig-years").find_next_sibling(class_="source").find_next_sibling()
    assert tools["class"] == ["figure-tools"]
    original = (sample.parents[1] / "figures/narratives" / "years.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(original)))
    assert list(csv.reader(io.StringIO(tools.pre.text.strip()))) == rows
    with opened(browser, sample, accept_downloads=True) as page:
        tabs, panel = page.locator("#fig-years ~ .figure-tools").first, page.locator("#panel-years")
        tabs.get_by_role("tab", name="Chart").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert [row.locator("th, td").all_inner_texts() for row in panel.locator("tr").all()] == [
            ["What is drawn", "Numbers"],
            *([year, f"{n} cases"] for year, n in rows[1:]),
        ]
        assert violations(page, "#fig-years") == []
        tabs.get_by_role("tab", name="Sources").click()
        assert "narratives.ipynb, cell bars" in panel.inner_text()
        tabs.get_by_role("tab", name="Download").click()
        given = {}
        for kind in ("CSV", "SVG", "PNG"):
            with page.expect_download() as saved:
                panel.get_by_role("button", name=f"({kind})").click()
            given[saved.value.suggested_filename] = saved.value.path().read_bytes()
        tabs.get_by_role("tab", name="Chart").click()
        assert page.locator("#fig-years svg").first.is_visible()
        assert page.locator("#tbl-cases ~ .figure-tools [role=tab]").count() == 0  # the table is there to be read
    assert list(csv.reader(io.StringIO(given["years.csv"].decode("utf-8-sig")))) == rows
    assert given["years.csv"].startswith(b"\xef\xbb\xbf")
    drawn = given["years.svg"].decode()
    assert "var(--" not in drawn
    assert [part for part in ("Paper Sans", "<title>") if part not in drawn] == []
    picture = imread(io.BytesIO(given["years.png"]), format="png")
    assert picture.shape[1] > 1200
    assert picture.std() > 0.05  # something is drawn


def test_a_number_says_where_it_comes_from(browser, sample, dataset):
    """A value of the text opens its name, count, cell and cases by pointer and by keyboard; Escape goes back to it."""
    with opened(browser, sample) as page:
        value = page.locator(".value[data-name='narratives.brutality.of']")
        value.focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("dialog")
        for text in ("narratives.brutality.of", value.inner_text(), "analysis/narratives.ipynb, cell draw"):
            assert text in box.inner_text()
        assert violations(page, "#value-box") == []
        page.keyboard.press("Escape")
        expect(value).to_be_focused()
        value.click()
        box.get_by_role("link", name="people behind this").click()
        n = int(value.inner_text().split()[0])
        page.get_by_role("heading", name=f"The {n} people behind “{value.inner_text()}”").wait_for()
        assert page.locator("#cases-count").inner_text().startswith(f"{n} of ")


def test_figures_and_sections_are_seen_where_they_are_named(browser, sample):
    """Hover or focus on a reference shows the chart with its caption, a table's first rows, a section's beginning."""
    with opened(browser, sample) as page:
        preview = page.locator("#note-preview")
        for place, part in (("#fig-narratives", "svg"), ("#tbl-cases", "table"), ("#sec-more", "strong")):
            page.locator(f"a.quarto-xref[href='{place}']").first.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            assert preview.locator(part).first.is_visible(), place
            assert preview.locator("[id]").count() == 0
        assert violations(page, "#note-preview") == []


def test_the_citation_is_copied(browser, sample):
    """The citation and a BibTeX entry go to the clipboard, and are shown."""
    with opened(browser, sample, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="Copy BibTeX").click()
        expect(page.locator(".cited")).to_contain_text("@misc{")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(".cited").inner_text()
        assert "{A small paper: For the tests of the page}" in copied
        page.get_by_role("button", name="Copy citation").click()
        assert page.evaluate("navigator.clipboard.readText()") == "Nobody (2025). A small paper."


def test_the_table_says_what_is_drawn(browser, sample):
    """A row for each mark of the chart, in its words, and no column of the file that is not drawn."""
    with opened(browser, sample) as page:
        told = (
            page.locator("#fig-narratives svg")
            .first.locator(".mark")
            .evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        )
        page.locator("#tab-narratives-Table").click()
        rows = page.locator("#panel-narratives tbody tr")
        assert len(told) > 3
        assert [": ".join(row.locator("th, td").all_inner_texts()).removesuffix(": ") for row in rows.all()] == told


def test_a_phone_gets_the_narrow_drawing(browser, sample):
    """Without scripts a figure shows one of its drawings, by width: the narrow one at 390 pixels, not on paper."""
    shown = "svg => svg.getBoundingClientRect().width"
    with opened(browser, sample, java_script_enabled=False) as page:
        for width, drawing, other in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": width, "height": 900})
            for figure in ("#fig-narratives", "#fig-years"):
                assert 320 < page.locator(f"{figure} svg.{drawing}").evaluate(shown) <= width
                assert page.locator(f"{figure} svg.{other}").evaluate(shown) == 0
            page.emulate_media(media="print")
            assert page.locator("#fig-years svg.wide").is_visible()


def test_what_belongs_together_stays_on_one_line():
    """A range, a count of a whole, a p-value and a word with a short prefix are kept whole in prose, not elsewhere."""
    made, _ = gone_over("<p>Of 36 of 59 (<b>x</b>15–36%; p &lt; 0.001) un-Islamic: 2014</p><code>1–2</code>")
    kept = re.findall(r'<span class="together">(.*?)</span>', made)
    assert kept == ["36 of 59", "15–36%", "p &lt; 0.001", "un-Islamic"]
    assert re.sub(r"</?span[^>]*>", "", made).endswith(" un-Islamic: 2014</p><code>1–2</code>")


def test_labels_of_figures_and_tables_are_bold(soup):
    """`Figure 1:` and the like stand out from the caption, as in print."""
    labels = [caption.strong.text for caption in soup.select("figcaption")]
    assert labels
    assert all(re.fullmatch(r"(Figure|Table)\s\d+:", label) for label in labels)


def test_the_explorers_are_announced_below_the_title(browser, sample):
    """Links below the title lead to the parts after the references; the contents are no stop where they stand open."""
    with opened(browser, sample) as page:
        links = page.locator("#title-block-header .to-parts a")
        assert [link.get_attribute("href") for link in links.all()] == ["#cases", "#claims"]
        links.first.click()
        assert 0 <= page.locator("#cases").bounding_box()["y"] < 300
        assert page.get_by_role("button", name="Contents").count() == 0


def test_hostile_numbers_stay_text(hostile):
    """A column named like a script and a formula is text in the data table and inert in the CSV."""
    page = BeautifulSoup(hostile.read_text("utf-8"), "lxml")
    tools = page.select_one("#fig-years").find_next_sibling(class_="figure-tools")
    assert "<script>" in tools.pre.text
    assert page.find_all("script", string=re.compile("^document.title")) == []


def test_a_link_to_cases_says_how_many_it_shows():
    """Cases that the page does not list, such as excluded candidates, are counted apart; none, no link."""
    entry = {"kind": "table", "cases": ["A-01", "A-02", "A-03"]}
    assert "The 3 people behind this" in below_figure("a", entry, "x\n", {"A-01", "A-02", "A-03", "B-01"})
    assert "The 2 of 3 people behind this" in below_figure("a", entry, "x\n", {"A-01", "A-03"})
    assert "behind this" not in below_figure("a", entry, "x\n", {"B-01"})


def test_packed_data_come_back(browser, sample):
    """Rows with other names, in rows, empty and single ones are what they were; ids are other ones that still agree."""
    rows = [{"a": "", "b": [{"c": 1}, {"c": None}, {"d": "e f"}]}, {"a": "<x>", "b": []}, {"b": [{"c": False}]}]
    given = {"rows": rows, "none": [], "one": [{"a": 1}], "by": {"fff": {"k": "v"}}, "to": ["fff", "gff"]}
    island = data_island("x", given, ["fff"]).split(">", 1)[1].removesuffix("</script>")
    with opened(browser, sample) as page:
        assert page.evaluate("text => paper.unpacked(text)", island) == given | {
            "by": {"0": {"k": "v"}},
            "to": ["0", "gff"],
        }


@given(st.text())
def test_data_inside_the_page_cannot_end_its_element(text):
    """Whatever a text holds, the island has one end tag and gives the text back."""
    island = data_island("x", {"text": text})
    inner = island.removeprefix('<script type="application/json" id="x">').removesuffix("</script>")
    assert not re.search(r"[<>&\u2028\u2029]", inner)
    assert json.loads(inner) == {"text": text}


@given(st.text())
def test_no_cell_opens_like_a_formula(text):
    """Whatever a cell holds, what is written starts no formula, breaks no line and turns no text."""
    safe = safe_cell(text)
    assert re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", safe) or not re.match(r"\s*[=+\-@＝＋－＠]", safe)
    assert not re.search("[\n\r\u202a-\u202e\u2066-\u2069]", safe)
    (row,) = csv.reader(io.StringIO(written([[text and safe, "x"]]), newline=""))
    assert row == [safe, "x"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("=1+1", "'=1+1"), ("-0.5", "-0.5"), ("+3e-7", "+3e-7"), ("-cmd", "'-cmd"), ("@sum", "'@sum"),
        (' "=x', "' \"=x"),
        ("＝x", "'＝x"), ("\t=x", "' =x"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_get_an_apostrophe_and_numbers_do_not(given, expected):
    """Formula openers, also full-width, quoted or after blanks, are made text; negative numbers are left alone."""
    assert safe_cell(given) == expected


def test_rows_of_a_quoted_csv_are_read_whole():
    """A cell with a comma, a quote and a line break is one cell, made safe."""
    assert safe_rows('a,b\n"x, ""y""\nz",=1\n') == [["a", "b"], ['x, "y" z', "'=1"]]


def test_inline_styles_become_classes_in_the_page_colours():
    """Equal styles share a class; a palette colour becomes the page's variable; an odd style stays, and is blocked."""
    odd = '<b style="x:url(y)!">c</b>'
    text = f'<p style="color: #00665B">a</p><i class="x" style="color: #00665B"></i>{odd}'
    made, rules = gone_over(text, colours={"#00665b": "teal"})
    assert made == f'<p class="st-1">a</p><i class="x st-1"></i>{odd}'
    assert rules == ".st-1{color: var(--teal,#00665B)}"


def test_what_comes_below_a_figure_waits_for_its_source_line():
    """The tools stand after the source line where there is one, else right after the figure."""
    made, _ = gone_over(
        '<div id="fig-a"><div>x</div></div>\n<div class="source">s</div><div id="tbl-b">y</div><p>z</p>',
        below={"a": "<i>A</i>", "b": "<i>B</i>"},
    )
    assert re.sub(r"\s", "", made) == (
        '<divid="fig-a"><div>x</div></div><divclass="source">s</div><i>A</i><divid="tbl-b">y</div><i>B</i><p>z</p>'
    )


def test_the_policy_comes_before_all_it_rules():
    """The policy stands right after the encoding; data islands need no hash."""
    head = '<head><meta charset="utf-8"><style>a{}</style></head>'
    page = with_policy(f"<html>{head}<body><script>x</script>{data_island('d', 1)}</body></html>")
    meta = document_fromstring(page).head[1]
    assert meta.get("http-equiv") == "Content-Security-Policy"
    assert meta.get("content").count("sha256-") == 2


def test_small_charts_are_the_same_charts(sample):
    """Inside the page each chart keeps every mark, every reference resolves, and as many paths and texts are drawn."""
    page = BeautifulSoup(sample.read_text("utf-8"), "lxml")
    for name in ("narratives", "years"):
        original = BeautifulSoup((sample.parents[1] / "figures/narratives" / f"{name}.svg").read_text("utf-8"), "xml")
        drawn = page.select_one(f"#fig-{name} svg")
        names = {tag["id"] for tag in drawn.select("[id]")}
        marks = [tag["id"] for tag in original.select("[id^=mark-]")]
        assert marks
        assert [sum(one.endswith(f"_{mark}") for one in names) for mark in marks] == [1] * len(marks)
        assert {tag["href"].removeprefix("#") for tag in drawn.select("use")} <= names
        for part in ("path[d]", "text", "use"):
            assert len(drawn.select(part)) == len(original.select(part)), part


def test_a_path_by_steps_leads_to_the_same_points():
    """Each point is where it was, to a tenth; equal shapes are equal text; what is no such path stays."""
    path = "M 0.04 72.3 \nL 3.06 72.3 \nC 3 71.92 2.968 71.84 2.91 71.78 \nz\nM 10.04 2.3 \nL 13.06 2.3 \nz"
    assert by_steps(path) == "m0 72.3l3.1 0c-.1-.4-.1-.5-.2-.5zm10-70l3.1 0z"
    assert by_steps("M 0 0 H 5") == "M 0 0 H 5"


def without_element(page):
    """The identifiers that something on the page is painted, clipped or drawn with, and that no element has."""
    named = re.findall(r"url\([\"']?#([^\"')]+)", page) + re.findall(r'<use\b[^>]*\shref="#([^"]+)"', page)
    assert named
    return set(named) - set(re.findall(r'\sid="([^"]+)"', page))


def test_all_that_charts_are_painted_with_is_on_the_page(sample, root):
    """Each url(#id) has its element, on the page and in each chart of the paper; a pattern without name is found."""
    page = sample.read_text("utf-8")
    assert "<pattern" in page
    assert without_element(page) == set()
    assert len(without_element(re.sub(r'(<pattern) id="[^"]+"', r"\1", page))) == 2  # one in each drawing
    drawn = [chart.read_text("utf-8") for chart in sorted((root / "figures").rglob("*.svg"))]
    charts = document_fromstring("".join(chart[chart.index("<svg") :] for chart in drawn))
    for number, chart in enumerate(charts.iter("svg")):
        compact(chart, f"c{number}")
    rules = go_over(charts, {}, {})
    assert without_element(tostring(charts, encoding="unicode") + rules) == set()


@pytest.mark.parametrize("named", [True, False], ids=["as it is", "its pattern without name"])
def test_a_hatched_bar_is_seen_hatched(browser, sample, tmp_path, named):
    """A hatched bar shows ink inside its edge, in light and dark; were its pattern lost, it would look open."""
    page_text = sample.read_text("utf-8")
    shown = tmp_path / "page.html"
    shown.write_text(page_text if named else re.sub(r'(<pattern) id="[^"]+"', r"\1", page_text), "utf-8")
    with opened(browser, shown) as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            bar = page.locator(f"#fig-years .wide [id$=mark-year-{HATCHED}]")
            bar.scroll_into_view_if_needed()
            box = bar.bounding_box()
            inside = {key: box[key] + 6 for key in ("x", "y")} | {key: box[key] - 12 for key in ("width", "height")}
            drawn = imread(io.BytesIO(page.screenshot(clip=inside)))[..., :3]
            assert (float(drawn.max() - drawn.min()) > 0.2) == named, scheme


def test_wide_tables_on_a_phone_say_so_and_keep_their_first_column(browser, sample):
    """At 390 pixels a table says that it is swiped and keeps its first column in sight; not so on paper."""
    hint = "part => getComputedStyle(part, '::after').content"
    place = "cell => cell.getBoundingClientRect().left - cell.closest('.scroll').getBoundingClientRect().left"
    with opened(browser, sample, viewport=PHONE) as page:
        page.locator("#tab-narratives-Table").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        box = page.locator("#tbl-cases .scroll")
        assert box.evaluate("box => { box.scrollLeft = 60; return box.scrollLeft; }") == 60
        cell = box.locator("tbody tr:last-child > *").first
        assert abs(cell.evaluate(place)) < 1
        assert cell.bounding_box()["width"] < PHONE["width"] / 2
        assert "Swipe sideways" in page.locator("#tbl-cases figcaption").evaluate(hint)
        assert violations(page) == []
        page.emulate_media(media="print")
        assert page.locator("#tbl-cases figcaption").evaluate(hint) == "none"
        assert page.locator("#tbl-cases td").first.evaluate("cell => getComputedStyle(cell).position") == "static"
        page.emulate_media(media="screen")
        page.set_viewport_size(WIDE)
        assert page.locator("#tbl-cases figcaption").evaluate(hint) == "none"
