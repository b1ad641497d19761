"""The case explorer chooses, counts, sorts, opens, remembers and gives away what the data hold."""

import csv
import io
import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from analysis.record.formats import percent, percent_range
from analysis.stats.uncertainty import share_of
from browsing import LONG, PHONE, WIDE, opened, violations, wait_for_start
from sample_page import CLAIMS, FORMULA, SCRIPT, SHOWN, SPOILED


def chosen(page):
    """The ids of the rows shown, in order."""
    return page.locator("#cases-table .opener").evaluate_all("all => all.map(one => one.dataset.key)")


def count(page):
    """How many cases are chosen, of how many, as the page says."""
    return [int(number) for number in re.findall(r"\d+", page.locator("#cases-count").inner_text())]


def summary(page):
    """Variable to the text of its cells."""
    rows = page.locator("#cases-results tr[data-variable]").all()
    return {row.get_attribute("data-variable"): row.locator("td").all_inner_texts() for row in rows}


def expected(codes, variable):
    """Share, count and interval of a variable by the analysis itself, as the page writes them; of few the count."""
    share = share_of(codes[variable])
    if not share.denominator:
        return "none known", "–"
    if share.denominator < 10:
        return f"{share.n} of {share.denominator}", "–"
    return f"{percent(share.share)} {share.n} of {share.denominator}", percent_range(*share.interval)


VIEWS = {  # those whose months are withheld joined as minors
    "": "",
    "region=western_europe": "region == 'western_europe'",
    "voiced=brutality,corruption": "brutality == 1 and corruption == 1",
    "left=2015&gender=male": "left.fillna('').str.startswith('2015') and gender == 'male' and not minor",
    "first_public=2014&confidence=high": "first_public.str.startswith('2014') and certainty == 'high' and not minor",
    "joining=joining_defend_sunnis": "joining_defend_sunnis == 1",
    "reasons=unreached": "brutality.isna()",
    "list=later&role=combat": "role == 'combat'",
    "situation=in_custody&list=all": "status_at_disclosure == 'in_custody'",
}
LISTS = {"later": ["later"], "all": ["core", "later"]}


def test_shares_of_the_chosen_cases_are_what_the_analysis_computes(browser, sample, dataset):
    """For each view, cases, counts, shares and Wilson intervals equal a selection and share_of in pandas."""
    variables = [*dataset.study.narrative_variables, *dataset.study.joining_variables]
    codes = dataset.coded(variables, cases=dataset.cases.index)
    cases = dataset.cases.join(codes).assign(minor=dataset.cases["minor_when_joined"].eq(True).fillna(False))
    with opened(browser, sample) as page:
        for view, test in VIEWS.items():
            page.evaluate("hash => { location.hash = hash }", f"cases?{view}")
            kind = re.search(r"list=(\w+)", view)
            listed = cases[cases["decision"].isin(LISTS[kind[1]] if kind else ["core"])]
            kept = listed.query(test, engine="python") if test else listed
            said = re.compile(rf"^{len(kept)} of {len(listed)} ")
            expect(page.locator("#cases-count")).to_have_text(said, timeout=LONG)
            for variable, cells in summary(page).items():
                share, interval, _, all_share, all_interval = cells
                assert (share, interval) == expected(kept, variable), (view, variable)
                assert (all_share, all_interval) == expected(listed, variable), (view, variable)
            by_number = kept["number"].sort_values()[:25]
            assert chosen(page) == list(by_number.index), view
            assert page.locator("#cases-table .opener").all_inner_texts() == list(map(str, by_number)), view


def test_a_view_is_kept_in_the_address_and_survives_a_reload(browser, sample):
    """Filters change the address; the address opened anew, and reloaded, gives the same rows and controls."""
    with opened(browser, sample) as page:
        page.get_by_label("Corruption", exact=True).check()
        page.get_by_label("Gender", exact=True).select_option("male")
        page.get_by_label("Search", exact=True).fill("europe")
        page.locator("#cases-table th", has_text="First public").click()
        address = page.evaluate("location.hash")
        rows, number = chosen(page), count(page)
    assert address == "#cases?voiced=corruption&gender=male&q=europe&sort=first_public"
    assert 0 < number[0] < number[1]
    with opened(browser, sample, address) as page:
        for again in (False, True):
            if again:
                page.reload()
                wait_for_start(page)
            assert (chosen(page), count(page)) == (rows, number)
            assert page.get_by_label("Corruption", exact=True).is_checked()
            assert page.get_by_label("Search", exact=True).input_value() == "europe"


def test_search_finds_words_anywhere_in_a_case(browser, sample, dataset):
    """A search ignores case and accents and looks through description, notes, evidence and outlets."""
    told = dataset.case_stories.merge(dataset.stories, left_on="story_id", right_index=True)
    wanted = set(told.loc[told["outlet"].str.contains("Süddeutsche", na=False), "case_id"]) & set(dataset.core.index)
    with opened(browser, sample) as page:
        page.get_by_label("Search", exact=True).fill("SUDDEUTSCHE")
        assert set(chosen(page)) == wanted != set()
        page.get_by_label("Search", exact=True).fill("no such words anywhere")
        assert count(page)[0] == 0
        assert "No case fits" in page.locator("#cases-table").inner_text()
        page.get_by_role("button", name="Clear all").click()
        assert count(page)[0] == count(page)[1]


def test_columns_sort_both_ways(browser, sample, dataset):
    """The first rows are the least, then the greatest; a date that is not reported counts as the latest."""
    minors = dataset.core["minor_when_joined"].eq(True).fillna(False)
    with opened(browser, sample) as page:
        for heading, column in (("Left", "left"), ("First public", "first_public"), ("Stories", "n_stories")):
            keys = dataset.core[column]
            if heading != "Stories":
                keys = keys.str.slice(0, 7).fillna("9999").mask(minors, "withheld")  # last of all
            for way in ("ascending", "descending"):
                page.locator("#cases-table th", has_text=heading).first.click()
                assert page.locator(f"#cases-table th[aria-sort={way}]").inner_text().strip().startswith(heading)
                shown = keys.loc[chosen(page)]
                assert list(shown) == sorted(keys, reverse=way == "descending")[: len(shown)]


def test_a_case_opens_with_codes_evidence_stories_and_figures(browser, sample, dataset):
    """An opened case shows each coder's value, where they differ, every story as a link, and its figures."""
    variables = dataset.study.narrative_variables
    first, second = (dataset.coded(variables, coder) for coder in dataset.study.coders[:2])
    case = next(
        c for c in first.index if (first.loc[c] - second.loc[c]).abs().sum() and dataset.cases.at[c, "n_stories"] > 2
    )
    with opened(browser, sample, f"#cases?case={case}") as page:
        opener = page.locator(f"#case-{case} .opener")
        full = page.locator(f"#case-{case} + tr .case")
        assert opener.get_attribute("aria-expanded") == "true"
        words = {1: "voiced", 0: "not voiced"}
        for code in dataset.study.narratives:
            a, b = first.at[case, code.variable], second.at[case, code.variable]
            row = full.locator("table.codes").first.locator(
                "tr", has=page.get_by_role("rowheader", name=code.label, exact=True)
            )
            assert row.locator("td").all_inner_texts()[:2] == [words.get(a, "not reached"), words.get(b, "not reached")]
            assert ("coders differ" in row.inner_text()) == (pd.notna(a) and pd.notna(b) and a != b)
        told = dataset.case_stories.loc[dataset.case_stories["case_id"] == case, "story_id"]
        links = [link.get_attribute("href") for link in full.locator(".stories a").all()]
        assert sorted(links) == sorted(dataset.stories.loc[told, "url"])
        assert {link.get_attribute("rel") for link in full.locator(".stories a").all()} == {"noopener noreferrer"}
        assert full.get_by_role("link", name="Figure 1").get_attribute("href") == "#fig-narratives"
        said = dataset.codings[(dataset.codings["case_id"] == case) & dataset.codings["evidence"].notna()]
        assert [text for text in said["evidence"] if text not in full.inner_text()] == []
        opener.click()
        assert opener.get_attribute("aria-expanded") == "false"
        assert full.count() == 0


def test_a_voice_leads_to_its_case(browser, sample):
    """The number under a paraphrase opens that case; without scripts it leads to the table of cases."""
    with opened(browser, sample) as page:
        link = page.locator(".voice a").first
        number = link.inner_text().removeprefix("Case ")
        link.click()
        assert page.locator(".case-row .case-title").inner_text().startswith(f"{number}: ")
    assert 'href="#tbl-cases" data-case="' in sample.read_text("utf-8")


def test_the_address_of_the_paper_is_a_drawing_and_a_link(browser, sample):
    """The code has words for those who do not see it, keeps its light ground in the dark, and stands over the link."""
    with opened(browser, sample) as page:
        page.emulate_media(color_scheme="dark")
        link = page.locator(".address a").get_attribute("href")
        assert page.locator(".address svg").get_attribute("aria-label") == f"QR code of {link}"
        ground = page.locator(".address svg path").first
        assert ground.evaluate("one => getComputedStyle(one).fill") == "rgb(255, 255, 255)"


def test_the_keyboard_alone_is_enough(browser, sample):
    """Tab, space, arrows and Enter filter, sort, open a case and turn the page; focus is always seen."""
    with opened(browser, sample) as page:
        page.locator("#by-q").focus()
        page.keyboard.type("man")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.evaluate("location.hash") == "#cases?q=man&voiced=infighting"
        reach(page, "#by-region")
        page.keyboard.press("ArrowDown")
        assert "region=" in page.evaluate("location.hash")
        reach(page, "#cases-clear")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#cases"
        reach(page, "#cases-table th")
        page.keyboard.press("Enter")
        assert page.locator("#cases-table th[aria-sort=descending]").count() == 1
        reach(page, "#cases-table .opener")
        page.keyboard.press("Enter")
        assert page.locator(".case").count() == 1
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        before = chosen(page)
        reach(page, ".turn.next")
        page.keyboard.press("Enter")
        assert set(chosen(page)).isdisjoint(before)


def reach(page, selector):
    """Press Tab until an element that matches has the focus."""
    for _ in range(200):
        if page.evaluate("(s) => document.activeElement.closest(s) !== null", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def download(page):
    """The rows of the CSV that the button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download chosen rows").click()
    text = waiting.value.path().read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_download_holds_the_chosen_rows_in_their_order(browser, sample, dataset):
    """The CSV has exactly the chosen cases, sorted as shown, with the codes of every coder."""
    with opened(browser, sample, "#cases?region=western_europe&sort=stories:desc") as page:
        rows = download(page)
        assert [row["case_id"] for row in rows[:25]] == chosen(page)
    core = dataset.core
    assert sorted(row["case_id"] for row in rows) == sorted(core.index[core["region"] == "western_europe"])
    final = dataset.coded(["brutality"])["brutality"]
    assert {row["case_id"]: row["brutality_decided"] for row in rows} == {
        row["case_id"]: "" if pd.isna(final[row["case_id"]]) else str(final[row["case_id"]]) for row in rows
    }


def test_a_figure_gives_the_people_behind_it(browser, sample, dataset):
    """The link below a figure opens the explorer on exactly its cases, rows first, filters folded, and leads back."""
    behind = dataset.core.index[dataset.core["first_public_year"] == 2014]
    with opened(browser, sample) as page:
        page.get_by_role("link", name=f"The {len(behind)} people behind this").click()
        said = page.get_by_role("heading", name=f"The {len(behind)} people behind Figure\N{NO-BREAK SPACE}2")
        expect(said).to_be_focused()
        assert count(page)[0] == len(behind)
        assert not page.locator("#cases-form").is_visible()
        first, then = (page.locator(part).bounding_box()["y"] for part in ("#cases-rows", "#cases-results"))
        assert first < then
        page.get_by_role("link", name="Back to Figure\N{NO-BREAK SPACE}2").click()
        assert page.evaluate("location.hash") == "#fig-years"
        page.get_by_role("button", name="All cases again").click()
        assert count(page)[0] > len(behind)


def test_statements_are_filtered_opened_and_drawn(browser, sample):
    """The ledger draws one line per reading over the allowed range, and opens with wording, cases and source."""
    with opened(browser, sample) as page:
        rows = page.locator("#claims-table tbody tr")
        assert page.locator("#claims-count").inner_text() == "3 statements"
        assert [rows.nth(n).locator("circle").count() for n in range(3)] == [len(c["readings"]) for c in CLAIMS]
        assert [rows.nth(n).locator(".allowed").count() for n in range(3)] == [1, 1, 0]
        page.get_by_label("Verdict", exact=True).select_option("not supported")
        assert page.locator("#claims-table .opener").all_inner_texts() == ["Few of them"]
        assert page.evaluate("location.hash") == "#claims?verdict=not+supported"
        page.reload()
        wait_for_start(page)
        assert page.locator("#claims-table .opener").all_inner_texts() == ["Few of them"]
        page.get_by_label("Verdict", exact=True).select_option("")
        page.get_by_label("Search statements").fill("most")
        page.locator("#claims-table .opener").press("Enter")
        full = page.locator("#claims-table .case")
        for text in ("Most are meant.", "over 50%", "60%", "by leaving: 70%; by publication: 80%", "4 of 5", "3 cases"):
            assert text in full.inner_text()
        assert full.get_by_role("link", name="https://example.org/most").get_attribute("rel") == "noopener noreferrer"
        assert violations(page, "#claims") == []
        full.get_by_role("link", name="2 cases").click()
        page.get_by_role("heading", name="The 2 people behind “Most of them”").wait_for()
        assert sorted(chosen(page)) == sorted(SHOWN)


def test_escape_closes_what_was_opened(browser, sample):
    """Escape inside an opened case or statement closes it, and the focus goes back to its button."""
    with opened(browser, sample) as page:
        for table in ("#cases-table", "#claims-table"):
            button = page.locator(f"{table} .opener").first
            button.click()
            link = page.locator(f"{table} .case-row a").first
            link.focus()
            page.keyboard.press("Escape")
            assert page.locator(f"{table} .case-row").count() == 0
            assert button.get_attribute("aria-expanded") == "false"
            assert button.evaluate("button => button === document.activeElement")


def test_hostile_text_stays_text_and_opens_harmlessly(browser, hostile):
    """Script, quotes, formula and turned text in every field of a case are shown as they are and run nowhere."""
    with opened(browser, hostile, f"#cases?case={SPOILED}") as page:
        full = page.locator(f"#case-{SPOILED} + tr .case")
        assert SCRIPT in full.inner_text()
        assert FORMULA in page.locator(f"#case-{SPOILED}").inner_text()
        assert SCRIPT in page.locator("#tbl-cases").text_content().replace("‘", "'").replace("’", "'").replace(
            "”", '"'
        ).replace("“", '"')
        assert page.title() == "A small paper"
        assert page.locator("img").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => a.name.startsWith('on')))"
        assert not page.evaluate(handlers)
        page.locator("#claims-table .opener").first.click()
        assert SCRIPT in page.locator("#claims-table .case").inner_text()
        page.get_by_label("Search", exact=True).fill("<script>")
        assert chosen(page) == [SPOILED]
        (row,) = download(page)
        assert row["description"].startswith("'=cmd")
        assert "\u202e" not in str(row)
        assert page.title() == "A small paper"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_barrier_in_any_state_of_the_explorer(browser, sample, dataset, size):
    """axe-core finds nothing against WCAG 2.2 AA: filtered, with an open case, empty; light, dark, wide, narrow."""
    voiced = dataset.coded(["brutality"])["brutality"]
    with opened(browser, sample, f"#cases?voiced=brutality&case={voiced.eq(1).idxmax()}", viewport=size) as page:
        for nothing in (False, True):
            if nothing and size is PHONE:  # a phone shows the cases first
                page.locator("#cases-choose > summary").click()
            if nothing:
                page.get_by_label("Search", exact=True).fill("no such words anywhere")
            assert page.locator(".case").count() == (not nothing)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert violations(page, "#cases") == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


STRANGE = """
    figure=constructor value=constructor value=__proto__.share figure=__proto__ claim=__proto__ list=constructor
    sort=constructor sort=toString:desc region=valueOf voiced=constructor voiced=brutality,nothing case=constructor
    hasOwnProperty=1
""".split()  # noqa: SIM905 - parts of addresses, to be read


def test_what_an_address_asks_in_vain_is_said(browser, sample):
    """A value or a key that the page does not know chooses nothing, breaks nothing, and is named; so with claims."""
    with opened(browser, sample) as page:
        told = page.locator("#cases-unknown")
        for part in STRANGE:
            page.evaluate("hash => { location.hash = hash }", f"cases?{part}&q=")
            expect(told).to_contain_text(part)
            assert count(page)[0] == count(page)[1] > 0, part
            page.locator("#cases-clear").click()
            expect(told).to_be_hidden()
        for part in ("verdict=constructor", "claim=__proto__", "toString=1"):
            page.evaluate("hash => { location.hash = hash }", f"claims?{part}")
            expect(page.locator("#claims-unknown")).to_contain_text(part)
            assert page.locator("#claims-count").inner_text() == "3 statements", part


def test_what_an_address_asks_twice_or_at_length_is_said_in_short(browser, sample):
    """Of two values none is chosen in silence; thousands of letters neither fill the page nor widen it, on a phone."""
    asked = {
        "gender=male&gender=female": "gender=male,female",
        "voiced=brutality&voiced=__proto__": "voiced=brutality,__proto__",
        f"case={'x' * 5000}": f"case={'x' * 100}",
        "&".join(f"a{number}=1" for number in range(900)): "a1=1, a2=1",
    }
    with opened(browser, sample, viewport={"width": 320, "height": 700}) as page:
        told = page.locator("#cases-unknown")
        for part, said in asked.items():
            page.evaluate("hash => { location.hash = hash }", f"cases?{part}")
            expect(told).to_contain_text(said)
            assert told.is_visible()
            assert len(told.inner_text()) < 300
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate("location.hash = 'cases?voiced=brutality&voiced=infighting'")
        expect(told).to_be_hidden()
        assert page.locator("[name=voiced]:checked").count() == 2


def test_an_open_case_does_not_scroll_sideways(browser, finished):
    """On the narrowest phones the paper's page is as wide as the screen, whichever case is open."""
    page_file = finished / "_output" / "report.html"
    with opened(browser, page_file, "#cases", viewport={"width": 320, "height": 700}) as page:
        openers = page.locator("#cases-table .opener")
        for case in openers.evaluate_all("all => all.map(one => one.dataset.key)")[:5]:
            openers.and_(page.locator(f"[data-key='{case}']")).click()
            for width in (320, 360):
                page.set_viewport_size({"width": width, "height": 700})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, case
