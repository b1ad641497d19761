"""`paper values` and `paper trace` lead from a sentence to rows, and from a row to every number that it touches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publish.base.failures import BuildFailure
from publish.tools.trace import Traces

TEXTS = {"share": "57%", "of": "4 of 7"}


@pytest.fixture
def traces(tmp_path: Path) -> Traces:
    """Two cases, of which one is behind the share that a sentence prints."""
    share = {"share": 0.57, "n": 4, "denominator": 7, "text": TEXTS, "cases": ["A-1"], "cell": "bars", "unit": "share"}
    total = {"value": 7, "text": "7", "unit": "count", "cases": ["A-1", "B-1"], "cell": "all"}
    drawn = {"notebook": "n", "cell": "bars", "outputs": ["figures/n/_bars.qmd"], "numbers": "figures/n/bars.csv"}
    figure = {"bars": {"kind": "figure", "title": "Most are voiced", "cases": ["A-1"], **drawn}}
    record = {
        "notebook": "n",
        "values": {"n.voiced": share, "n.all": total, "claims.few.of": {**total, "cases": []}},
        "figures": figure,
        "data": {},
    }
    files = {
        "_quarto.yml": "project:\n  type: default\n",
        "report.qmd": "**{{< var n.voiced.share >}}** of the accounts spoke of it. Nothing else is said here.\n",
        "analysis/n.ipynb": "{}",
        "figures/n/_bars.qmd": '![Bars](figures/n/bars.svg){#fig-bars fig-alt="Voiced\u00a0by 4, too few voice it."}\n',
        "data/claims.csv": "claim_id,short\nfew,Too few voice it\nmany,Many do\n",
        ".cache/records/n.json": json.dumps(record),
        "figures/manifest.json": json.dumps({"figures": figure}),
        "data/cases.csv": 'case_id,description\nB-1,"Two\nlines"\nA-1,One\n',
        "data/case_stories.csv": "case_id,story_id\nA-1,s1\nA-1,s2\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Traces(tmp_path)


def test_values_are_searched(traces: Traces) -> None:
    """All words must occur in name, text, notebook or cell; the answer has counts, cases, cell and use."""
    assert list(traces.found(["VOICED", "57%"])) == [
        "n.voiced.share = 57% (4 of 7), 1 cases\n  computed in analysis/n.ipynb, cell bars\n  used in report.qmd:1"
    ]
    assert len(list(traces.found(["bars"]))) == 2
    assert list(traces.found(["voiced", "nothing"])) == []


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("of the accounts spoke", ["report.qmd:1 57% of the accounts", "n.voiced.share = 57%", "trace n.voiced.share"]),
        ("57% of the account spoke of it", ["n.voiced.share = 57%"]),
        ("nothing else is said", ["It prints no value"]),
        ("n.voiced.share", ["data/cases.csv:4 A-1", "report.qmd:1 57% of", "paper trace A-1"]),
        (
            "A-1",
            ["data/cases.csv:4", "case_stories.csv:2-3 (2 rows)", "rest on it: 3, of which sentences use 1", "bars"],
        ),
        ("s2", ["data/case_stories.csv:3", "Cases: A-1", "  n.voiced.share = 57%", "Sentences: 1"]),
        ("voiced by 4", ["bars is a figure: Most are voiced", "cell bars", "figures/n/bars.csv; it counts 1 cases"]),
        ("@fig-bars", ["bars is a figure"]),
        ("few", ["data/claims.csv:2", "rest on it: 1, of which sentences use 0", "Figures and tables: bars"]),
        ("many", ["data/claims.csv:3", "rest on it: 0", "Figures and tables: none"]),
        ("B-1", ["data/cases.csv:2", "rest on it: 1, of which sentences use 0"]),
    ],
)
def test_a_trace_leads_both_ways(traces: Traces, what: str, expected: list[str]) -> None:
    """A sentence leads to its values, a value to its rows; a case or story to all that counts it."""
    said = traces.trace(what)
    assert [part for part in expected if part not in said] == []


def test_what_is_unknown_is_told(traces: Traces) -> None:
    """The nearest name is offered, and where nothing is recorded the build is asked for."""
    with pytest.raises(BuildFailure, match=r"no value, row, figure or sentence\. Did you mean n\.voiced\.share\?"):
        traces.trace("n.voicd.share")
    (traces.root / ".cache/records/n.json").unlink()
    with pytest.raises(BuildFailure, match="Run `paper build` first"):
        Traces(traces.root).trace("A-1")
