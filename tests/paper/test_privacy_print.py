"""Living people under threat: what page and print say of them stops at the month, and names nobody."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from built_paper import DOCUMENTS, HAS_NO_WORDS, page, print_text, whole_page, without_references, words
from data_rows import rows_of

LETTERS = re.compile(r"[^\W\d_]{4,}")
documents = pytest.mark.parametrize("name", DOCUMENTS)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"\b(?:(\d{{1,2}}) ({MONTHS})|({MONTHS}) (\d{{1,2}}),) ((?:19|20)\d\d)\b")
ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")


@documents
def test_no_day_of_a_person_is_printed(finished, name):
    """Page and print give the day of their own edition and of the collection, and no other; references aside.

    In print a count and a month, two labels of a chart, can follow each other; each label is read for itself.
    """
    settings = (finished / "_quarto.yml").read_text("utf-8")
    own = {"-".join(re.search(r"^date: (\d+)-(\d+)-(\d+)$", settings, re.MULTILINE).groups())}
    on_page = words(page(finished, name, f"{HAS_NO_WORDS}, #refs"), between=" | ")
    labels = {label.get_text(strip=True) for label in whole_page(finished, name).select("svg text")}
    assert len(on_page.split()) > 50
    assert labels
    for text in (on_page, without_references(print_text(finished, name)), " | ".join(labels)):
        in_words = [found for found in DAY.finditer(text) if not two_labels(found.group(), labels)]
        days = {iso(found) for found in in_words} | set(ISO.findall(text))
        assert days <= own, days - own


def test_the_pages_of_the_notebooks_show_neither_a_country_nor_a_day(finished):
    """Rows stand under the neutral number of a case, not under the identifier that begins with a country."""
    countries = {row["case_id"] for row in rows_of(finished, "cases.csv")}
    for file in sorted((finished / "_output/notebooks").glob("*.html")):
        text = words(BeautifulSoup(file.read_text("utf-8"), "lxml").body, between=" ")
        assert len(text.split()) > 50
        assert countries.isdisjoint(re.findall(r"\b[A-Z]{2}-\d\d\b", text)), file.name
        assert not ISO.search(text), file.name


def two_labels(date, labels):
    """Whether a day and a month stand in two labels of a drawing: `11` and `May 2015 ...`."""
    day, month = date.split(" ", 1)
    return day in labels and any(label.startswith(month) for label in labels)


def iso(found):
    """A date in words as year, month and day."""
    day, month = found[1] or found[4], found[2] or found[3]
    return f"{found[5]}-{MONTHS.split('|').index(month) + 1:02d}-{int(day):02d}"


# Words of addresses that are no names of people: places, peoples, institutions. The data know outlets and more.
NO_NAMES = set(
    re.findall(
        r"\w+",
        "american arab arabs assembly defector east europe indians international iraqis islamic islamist kurds london "
        "middle muslim radicalisation saudi security state syrian syrians zeit",
    )
)


def test_no_name_from_an_address_is_in_the_text(finished):
    """Addresses of stories spell names; no capitalised word of them is in page, print or data of the page."""
    paths = (unquote(urlsplit(url).path).lower() for url in column(finished, "stories.csv", "url"))
    spelled = {word for path in paths for word in LETTERS.findall(path)}
    assert len(spelled) > 1000
    public = (("countries.csv", "name"), ("events.csv", "label"), ("stories.csv", "outlet"))
    said = (text for file, name in public for text in column(finished, file, name))
    known = NO_NAMES | {word.lower() for text in said for word in LETTERS.findall(text)}
    texts = [words(page(finished, name, f"{HAS_NO_WORDS}, #refs, .citation")) for name in DOCUMENTS]
    texts += [without_titles(without_references(print_text(finished, name)), finished) for name in DOCUMENTS]
    texts += [re.sub(r"https?://[^\"\s]+", "", " ".join(data.get_text() for data in islands(finished)))]
    common = {word for text in texts for word in re.findall(r"\b[a-z]{4,}\b", text)}
    for text in texts:
        capitalised = set(re.findall(r"(?<=[a-z,;] )[A-Z][^\W\d_]{3,}", text))
        assert len(capitalised) > 5
        assert {word for word in capitalised if word.lower() in spelled - common - known} == set()


def without_titles(text, root):
    """A print's text without the titles in quotation marks by which it cites works that show no author."""
    entries = re.split(r"(?m)^@", (root / "references.bib").read_text("utf-8"))
    authorless = [entry for entry in entries if not re.search(r"(?m)^ *(author|editor) *=", entry)]
    titles = {re.sub(r"[{}]", "", title) for entry in authorless for title in re.findall(r" title *= \{(.*)\}", entry)}
    assert titles
    quoted = re.compile(r"‘([^‘]+?)’(?= \d{4}\b)")
    return quoted.sub(lambda cited: "" if " ".join(cited[1].split()) in titles else cited[0], text)


def column(root, file, name):
    """The texts of one column of a table of the data."""
    return [row[name] for row in rows_of(root, file)]


def islands(root):
    """The data that the pages carry for their explorer."""
    return [part for name in DOCUMENTS for part in whole_page(root, name).select("script[type='application/json']")]
