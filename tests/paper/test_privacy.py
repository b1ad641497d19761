"""These are living people under threat: no name, no day in print, nothing below a country."""

from __future__ import annotations

import csv
import json
import re

DESCRIPTION = re.compile(
    r"^(Man|Woman|Boy|Girl|Teenage boy|Teenage girl)\b[a-z0-9 ,]*"
    r"(from (the )?[A-Za-z -]+|origin not reported|country not reported), [a-z -]+$"
)


def tables(root):
    for path in sorted((root / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield path.name, list(csv.DictReader(lines))


def test_descriptions_keep_one_neutral_form(root):
    """Each description says who, an age band, a broad region and a role, and nothing else."""
    descriptions = [row["description"] for _, rows in tables(root) for row in rows if "description" in row]
    assert descriptions
    assert [text for text in descriptions if not DESCRIPTION.match(text)] == []


def test_stories_carry_no_titles(root):
    """Titles carry names, so the stories have none."""
    rows = dict(tables(root))["stories.csv"]
    assert set(rows[0]) == {"story_id", "url", "outlet", "published", "language"}


ORDINARY = set(
    re.findall(
        r"\w+",
        "Africa Arab Assad Balkans Coder East Europe French Germany Iraqi Islam Islamic Islamist Jordan Middle Muslim "
        "Muslims Quran Saudi Saudis State Sunni Sunnis Syria Syrian Syrians Turkey Yazidis",
    )
)


def test_paraphrases_hold_no_word_of_the_names_in_the_addresses(root):
    """Addresses of stories often spell the person's name; no paraphrase of it holds a capitalised word of them."""
    data = dict(tables(root))
    address = {row["story_id"]: row["url"].lower() for row in data["stories.csv"]}
    spelled: dict[str, set[str]] = {}
    for link in data["case_stories.csv"]:
        spelled.setdefault(link["case_id"], set()).update(re.findall(r"[a-z]{4,}", address[link["story_id"]]))
    found = []
    for row in [*data["cases.csv"], *data["codings.csv"]]:
        for column in ("evidence", "decision_note", "other_reasons", "description"):
            words = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{3,}", row.get(column) or "")
            known = spelled.get(row["case_id"], set())
            found += [(row["case_id"], word) for word in words if word.lower() in known and word not in ORDINARY]
    assert found == []


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
TELLING = re.compile(rf"\b\d{{1,2}} ({MONTHS})\b|\b\d+-year-old\b|\b(?!20\d\d\b)\d{{2,}}\b")


def test_paraphrases_hold_no_exact_day_age_or_count(root):
    """Victims' ages, exact days and large exact counts single a scene out; none stands in a paraphrase."""
    found = []
    for _, rows in tables(root):
        for row in rows:
            texts = [re.sub(r"\b[A-Z]{2}-\d\d\b", "", row.get(c) or "") for c in ("evidence", "other_reasons")]
            found += [(row.get("case_id"), text) for text in texts if TELLING.search(text)]
    assert found == []


def test_the_description_file_names_nobody(root):
    """The data package names no contributor by person."""
    descriptor = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [c["title"] for c in descriptor["contributors"]] == ["The Open Defector Narratives authors"]
