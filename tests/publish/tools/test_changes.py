"""`paper changes REF` says first what a reader sees changed: sentences, verdicts, conclusions, figures; then counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publish.base.failures import MissingTool
from publish.tools.changes import Changes, Moved, changes, edition_at, edition_now
from publish.tools.told import as_page, in_markdown, in_terminal
from tiny_paper import committed

REPORT = """# The *paper*

**{{< var n.share >}}** of all spoke (see @fig-bars). Nobody else did.

[Most spoke]{.conclusion when="n.share > 0.5"}, and {{< var n.two >}} wrote.
"""


def record(root: Path, share: float, verdict: str, drawing: str, two: str = "2") -> None:
    """A paper of one document, and what its notebook `n` recorded."""
    entries = {
        "n.share": {"unit": "share", "value": share, "text": f"{share:.0%}", "cases": [drawing]},
        "n.two": {"unit": "count", "value": 2, "text": two, "cases": [drawing]},
    }
    outputs = ["figures/n/_bars.qmd", "figures/n/bars.csv", "figures/n/bars.svg"]
    bars = {"kind": "figure", "title": "Bars", "caption": f"Of all, {share:.0%}", "alt": "All", "outputs": outputs}
    texts = {
        "report.qmd": REPORT,
        "figures/n/values.json": json.dumps({"notebook": "n", "values": entries}),
        "figures/manifest.json": json.dumps({"figures": {"bars": bars}}),
        "figures/n/bars.svg": f"<svg>{drawing}</svg>",
        "figures/n/bars.csv": f"claim,clock,verdict\nfirst,left,{verdict}\nsecond,,supported\n",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of a paper."""
    record(tmp_path, 0.61, "supported", "aa")
    return committed(tmp_path)


def test_nothing_changed(repository: Path) -> None:
    """A paper as committed: no change, and each form says so."""
    found = changes(edition_at(repository, "HEAD"), edition_now(repository))
    assert in_terminal(found, "HEAD", False) == "Nothing that the paper prints differs from HEAD."
    assert "Nothing that the paper prints." in in_markdown(found, "HEAD")


def test_each_kind_of_change_is_told(repository: Path) -> None:
    """A number moves its sentence and no other, breaks a conclusion, turns a verdict and draws a figure anew."""
    record(repository, 0.4, "not supported", "bb")
    before, now = edition_at(repository, "HEAD"), edition_now(repository)
    found = changes(before, now)
    old, new = (f"{share} of all spoke (see @fig-bars)." for share in ("61%", "40%"))
    assert found.sentences == (Moved("report.qmd:3", old, new),)
    assert found.verdicts == (Moved("first by left", "supported", "not supported"),)
    assert found.drawn == ("bars",)
    assert found.captions == (Moved("bars, caption", "Of all, 61%", "Of all, 40%"),)
    assert found.values == (Moved("n.share", "61%", "40%"),)
    assert found.cases == 1
    (conclusion,) = found.conclusions
    assert conclusion.startswith('report.qmd:5 "Most spoke" does not hold: n.share > 0.5 is asked, and n.share is 40%.')
    text = in_terminal(found, "HEAD", False)
    assert "  report.qmd:3: [-61%-] {+40%+} of all spoke (see @fig-bars)." in text
    assert "Values (n 1): 1" in text
    assert "n.share: [-61%-]" not in text
    assert "n.share: [-61%-] {+40%+}" in in_terminal(found, "HEAD", True)
    assert "- `first by left` **not** supported" in in_markdown(found, "HEAD")
    page = as_page(found, "HEAD", before, now)
    assert "<del>61%</del> <ins>40%</ins>" in page
    assert page.count("data:image/svg+xml;base64,") == 2


@pytest.mark.parametrize(("parts", "shown"), [(("sentences",), 40), (("sentences", "verdicts", "conclusions"), 10)])
def test_many_changes_stay_under_sixty_lines(parts, shown):
    """A pull request shows the first of many sentences, verdicts and conclusions, and counts the others."""
    many = {name: tuple(Moved(f"a:{n}", "old", "new") for n in range(90)) for name in parts}
    if "conclusions" in many:
        many |= {"conclusions": ("It does not hold.",) * 90, "drawn": ("bars",), "captions": many["sentences"]}
    nothing = dict.fromkeys(("sentences", "verdicts", "conclusions", "drawn", "captions", "values"), ())
    told = in_markdown(Changes(**{**nothing, **many}, cases=3), "HEAD")
    assert len(told.splitlines()) < 60
    assert told.count(f"- and {90 - shown} more") == len(parts)


@pytest.mark.parametrize("ref", ["no-such-revision", "HEAD~7"])
def test_an_unknown_revision_is_told(repository: Path, ref: str) -> None:
    """A revision that git does not know is wrong usage, with git's own words."""
    with pytest.raises(MissingTool, match="Name a revision that `git log` shows"):
        edition_at(repository, ref)


def test_outside_a_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without git, the command says what it needs."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(MissingTool, match="in no git repository"):
        edition_at(tmp_path, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="git is not installed"):
        edition_at(tmp_path, "HEAD")
