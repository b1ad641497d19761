"""A changed coding reaches every place that rests on it, with no edit of prose; undone, every byte comes back."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.claims.ledger import ledger
from analysis.claims.quantities import Reading, measured
from built_paper import page, print_text, run_paper, source, squeezed, variables, words
from data_rows import core_rows, read_rows, rows_of, write_rows
from publish.checks import every as checks
from publish.cli import main
from publish.tools.verify import copy_tracked
from publish.written.colophon import COMMIT, commit

HASH = re.compile(r"[0-9a-f]{12,64}")
MADE = ("figures", "_variables.yml", "README.md", "_output")
WRITTEN = ("report.qmd", "brief.qmd", "docs/findings.md", "references.bib", "analysis", "data/claims.csv")


def voiced(root: Path, narrative: str = "brutality") -> tuple[int, int]:
    """How many core cases voice a narrative, and of how many: counted from the files, without the analysis."""
    core = {row["case_id"] for row in core_rows(root)}
    study = json.loads((root / "data/datapackage.json").read_text("utf-8"))["study"]
    forms = {form["variable"] for form in study["forms"] if form.get("narrative") == narrative}
    decided = [row for row in rows_of(root, "codings.csv") if row["coder"] == "decided" and row["case_id"] in core]
    reached = {row["case_id"] for row in decided if (row["variable"], row["value"]) == ("reached", "1")}
    voicing = {row["case_id"] for row in decided if row["variable"] in forms and row["value"] == "1"}
    return len(voicing & reached), len(reached)


RECODED = "victims_minorities"
"""A form that few core cases voice, one of them as its only form of brutality; a claim of 2015 rests on it alone."""


def recode(root: Path, cells: int = 2) -> None:
    """Take the accounts of violence against a minority for none: a decided cell of one core case, or of each of two."""
    core = {row["case_id"] for row in core_rows(root)}
    table, changed = rows_of(root, "codings.csv"), 0
    for row in table:
        decided = (row["coder"], row["variable"], row["value"]) == ("decided", RECODED, "1")
        if decided and row["case_id"] in core and changed < cells:
            row |= {"value": "0", "evidence": "", "story_id": "", "reason": "Read again: no minority is named."}
            changed += 1
    assert changed == cells
    write_rows(root / "data/codings.csv", table)


def fingerprints(root: Path, parts: tuple[str, ...]) -> dict[str, str]:
    """The hash of every file in some parts of a project."""
    files = [file for part in parts for file in sorted([root / part, *(root / part).rglob("*")]) if file.is_file()]
    kept = [file for file in files if "__pycache__" not in file.parts]
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in kept}


@dataclass(frozen=True)
class Change:
    """A copy of the project as it `was`, as built `now` with one case recoded, and `again` with that undone.

    `before` and `undone` have the hash of each file that a build makes; `written` those that people write, twice.
    """

    was: Path
    now: Path
    again: Path
    before: dict[str, str]
    undone: dict[str, str]
    written: tuple[dict[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def change(finished, tmp_path_factory):
    """Two builds in a copy that starts from what the project's own build remembers."""
    base = tmp_path_factory.mktemp("changed")
    root, now = base / "paper", base / "now"
    root.mkdir()
    copy_tracked(finished, root)
    for part in ("_output", "figures", ".cache/built", ".cache/records", ".cache/notebooks", ".cache/matplotlib"):
        shutil.copytree(finished / part, root / part, dirs_exist_ok=True)
    for file in (".cache/build.json", ".cache/colophon.md", "_variables.yml"):
        shutil.copyfile(finished / file, root / file)
    before, written = fingerprints(root, MADE), fingerprints(root, WRITTEN)
    codings = (root / "data/codings.csv").read_bytes()
    recode(root)
    build(root, finished)
    after = fingerprints(root, WRITTEN)
    now.mkdir()
    for part in ("_output", "figures", "data"):
        shutil.copytree(root / part, now / part)
    for file in ("_variables.yml", "README.md", "report.qmd", "brief.qmd"):
        shutil.copyfile(root / file, now / file)
    (root / "data/codings.csv").write_bytes(codings)
    build(root, finished)
    return Change(finished, now, root, before, fingerprints(root, MADE), (written, after))


def build(root: Path, original: Path) -> None:
    """Build the copy as the original would be, so that its colophon says the same."""
    done = run_paper(root, "build", **{COMMIT: commit(original)})
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_numbers_follow(change):
    """Share and count are those of another count of the rows, and no other than the old ones less one."""
    (n_was, of_was), (n, of) = voiced(change.was), voiced(change.now)
    assert (n, of) == (n_was - 1, of_was)
    values = variables(change.now)
    assert values["narratives.brutality.of"] == f"{n} of {of}"
    assert (
        values["narratives.brutality.share"] == f"{n / of:.0%}" != variables(change.was)["narratives.brutality.share"]
    )


def test_the_prose_follows_in_page_and_print(change):
    """Summary, section and brief say the new count where they said the old one, in HTML, PDF and README."""
    said = [f"{n} of {of}" for n, of in (voiced(change.was), voiced(change.now))]
    for name in ("report", "brief"):
        sentences = [line for line in source(change.was, name).splitlines() if "narratives.brutality.of" in line]
        assert sentences
        for root, own, other in ((change.was, *said), (change.now, *reversed(said))):
            text = words(page(root, name, "figure, table, svg, .figure-tools, script"))
            assert text.count(own) >= len(sentences)
            assert other not in text
            assert squeezed(own) in squeezed(print_text(root, name))
    assert said[0] in (change.was / "README.md").read_text("utf-8")
    assert said[1] in (change.now / "README.md").read_text("utf-8")


def test_the_figure_follows_with_its_words_and_numbers(change):
    """Drawing, numbers, caption and alternative text of the narratives are new, in the files and in both editions."""
    n, of = voiced(change.now)
    drawn = {row["variable"]: row for row in read_rows(change.now / "figures/narratives/narratives.csv")}
    assert (drawn["brutality"]["n"], drawn["brutality"]["denominator"]) == (str(n), str(of))
    was, now = (entry(root) for root in (change.was, change.now))
    assert now["alt"] != was["alt"]
    assert f"Brutality: {n} of {of}" in now["alt"]
    drawings = [(root / "figures/narratives/narratives.svg").read_bytes() for root in (change.was, change.now)]
    assert drawings[0] != drawings[1]
    drawing = page(change.now, "report", "script").select_one("#fig-narratives svg")
    assert squeezed(drawing["aria-label"]) == squeezed(now["alt"])
    for root in (change.was, change.now):
        caption = words(page(root, "report").select_one("#fig-narratives figcaption"))
        assert squeezed(entry(root)["caption"]) in squeezed(caption)
        assert squeezed(caption) in squeezed(print_text(root, "report"))


def changed_lines(before: Path, after: Path, *paths: str) -> dict[str, list[str]]:
    """Under git, path to the lines that differ between two projects, each with its sign."""
    found: dict[str, list[str]] = {}
    for path in paths:
        command = ["git", "diff", "--no-index", "--unified=0", "--no-color", before / path, after / path]
        for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines():
            if line.startswith("+++ "):
                lines = found.setdefault(line.partition(after.name)[2], [])
            elif line.startswith(("+", "-")) and not line.startswith("--- "):
                lines.append(line)
    return found


def test_a_changed_code_shows_what_it_changes_and_no_more(change):
    """A case voices a narrative no more and a verdict turns: at most 62 files, 1,000 lines, none for a hash alone."""
    changed = changed_lines(change.was, change.now, "figures", "_variables.yml", "README.md", "data/codings.csv")
    assert 20 < len(changed) <= 62
    assert sum(map(len, changed.values())) <= 1000
    for file, lines in changed.items():
        before, after = (sorted(HASH.sub("#", line[1:]) for line in lines if line[0] == sign) for sign in "-+")
        assert before != after, file


def add_story(root: Path) -> None:
    """One more story that no case rests on."""
    with (root / "data/stories.csv").open("a", encoding="utf-8") as file:
        file.write("sffffffffff,https://example.org/one-more,Example,2015-05,en\n")


@pytest.mark.parametrize(
    ("edit", "files", "lines"), [(add_story, 5, 10), (lambda root: recode(root, 1), 40, 1000)], ids=["row", "code"]
)
def test_a_small_change_changes_little(change, tmp_path, edit, files, lines):
    """A row without effect moves its own file and the one that counts it; one form of a case few files and lines."""
    root = Path(shutil.copytree(change.again, tmp_path / "paper"))
    edit(root)
    done = run_paper(root, "build", "--figures-only")
    assert done.returncode == 0, done.stderr
    changed = changed_lines(change.was, root, "figures", "_variables.yml", "README.md", "data")
    assert 1 < len(changed) <= files
    assert sum(map(len, changed.values())) <= lines


def entry(root: Path) -> dict:
    """The manifest's entry of the figure of the narratives."""
    return json.loads((root / "figures/manifest.json").read_text("utf-8"))["figures"]["narratives"]


def test_the_verdicts_follow(change):
    """Two cases recoded turn the verdict that rests on them: the sentence about it changes by itself."""
    was, now = (variables(root) for root in (change.was, change.now))
    turned = {name for name in was if name.endswith(".verdict") and was[name] != now[name]}
    assert turned == {"claims.no_minorities.verdict"}
    for root, values in ((change.was, was), (change.now, now)):
        said = f"that none of it is mentioned is, to the letter, {values['claims.no_minorities.verdict']}"
        assert said in words(page(root, "report").select_one("#sec-claims"))
        assert squeezed(said) in squeezed(print_text(root, "report"))


def test_nobody_edited_a_word(change):
    """What people write is the same file by file."""
    before, after = change.written
    assert len(before) > 50
    assert before == after


def test_undone_every_byte_is_back(change):
    """With the coding restored and built again, every figure, value and output has the bytes that it had."""
    assert len(change.before) > 100
    assert change.undone == change.before


def test_every_single_code_moves_the_estimate(dataset):
    """For each core case with known reasons: its code of brutality the other way moves the numerator by one."""
    row = next(one for one in ledger(dataset) if one.id == "brutality_half")
    codes = dataset.coded(["brutality"])
    known = codes["brutality"].dropna()

    def counts(given):
        _, (outcome,) = measured(Reading(dataset, given, ""), row)
        return outcome.sum(), outcome.count()

    n, of = counts(codes)
    assert (n, of) == (known.sum(), len(known))
    assert len(known) > 50
    for case, code in known.items():
        turned = codes.copy()
        turned.loc[case, "brutality"] = 1 - code
        assert counts(turned) == (n + 1 - 2 * code, of), case


def test_the_check_finds_what_went_stale(change, tmp_path, monkeypatch):
    """A wrong verdict and a typed share in the source, and a number changed in the page: exit code 1, each named."""
    root = Path(shutil.copytree(change.again, tmp_path / "paper"))
    report = (root / "report.qmd").read_text("utf-8")
    wrong = report.replace("[{{< var claims.attention.verdict >}}]", "[supported]", 1)
    assert wrong != report
    (root / "report.qmd").write_text(wrong + "\nIn all, 47% said so.\n", "utf-8")
    html = (root / "_output/report.html").read_text("utf-8")
    share = variables(root)["narratives.infighting.share"]
    assert f"{share}</span></strong> spoke of" in html
    (root / "_output/report.html").write_text(
        html.replace(f"{share}</span></strong> spoke", "7,777</span></strong> spoke")
    )
    slow = ("publish.checks.pdfs", "publish.checks.readability")  # they read nothing that was edited here
    kept = {name: check for name, check in checks.CHECKS.items() if check.__module__ not in slow}
    monkeypatch.setattr(checks, "CHECKS", kept)
    done = CliRunner().invoke(main, ["--root", str(root), "check"])
    assert done.exit_code == 1
    said = done.output
    assert re.search("is stale, because .*report.qmd changed", said)
    assert '"supported" is a typed verdict' in said
    assert "'47%' is typed" in said
    assert f"the source has {share}" in said
