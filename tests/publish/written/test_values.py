"""The documents pull their values: what they name is written with its cases, what nobody names is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from publish.base.problems import PaperProblems
from publish.base.states import FigureSet
from publish.base.texts import as_markdown
from publish.written.values import facets, json_text, merge

SHARE = {
    "unit": "share", "share": 0.6, "n": 3, "denominator": 5, "interval": [0.2, 0.9], "cases": ["A", "B"], "cell": "c",
    "text": {"share": "60%", "n": "3", "denominator": "5", "interval": "20–90%", "of": "3 of 5"},
}  # fmt: skip
VERDICT = {"unit": "verdict", "value": "supported", "text": "supported", "cases": None, "cell": "v"}
OFFERED = {"x.women": SHARE, "x.men": SHARE, "x.spare": {**VERDICT, "unit": "text"}, "claims.half.verdict": VERDICT}


@pytest.fixture
def pull(tmp_path: Path):
    """From the text of a paper to the values file and the variables that it gets."""
    listing = {"notebook": "x", "values": OFFERED, "figures": {}, "data": {}}
    (tmp_path / ".cache/records").mkdir(parents=True)
    (tmp_path / ".cache/records/x.json").write_text(json.dumps(listing), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    for name, other, value in (("a", "b", "x.men.n"), ("b", "a", "x.spare")):
        text = f"{{{{< var {value} >}}}}\n\n{{{{< include docs/{other}.md >}}}}"
        (tmp_path / f"docs/{name}.md").write_text(text, encoding="utf-8")

    def pulled(text: str) -> tuple[dict, dict]:
        (tmp_path / "report.qmd").write_text(text, encoding="utf-8")
        merge(tmp_path, [FigureSet("x", tmp_path, "x")])
        file = tmp_path / "figures/x/values.json"
        values = json.loads(file.read_text(encoding="utf-8"))["values"] if file.exists() else {}
        return values, yaml.safe_load((tmp_path / "_variables.yml").read_text(encoding="utf-8"))

    return pulled


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("No value.", set()),
        ("There are {{< var x.women.of >}}.", {"x.women"}),
        (
            "{{< include docs/a.md >}}\n\n{{< include /docs/a.md >}}\n\n{{< include docs/none.md >}}",
            {"x.men", "x.spare"},
        ),
        ("---\ntitle: '{{< var x.men.n >}}'\n---\n", {"x.men"}),
        ("[More]{.conclusion when=\"x.women.share > 0.5 and x.spare != 'x.men.share'\"}.", {"x.women", "x.spare"}),
        ('[Low]{.conclusion when="low x.women.interval > 0.1"}.', {"x.women"}),
    ],
)
def test_what_a_document_names_is_what_is_written(pull, text: str, names: set[str]) -> None:
    """Text, front matter and conditions pull their values, and nothing else is written."""
    assert set(pull(text)[0]) == names


def test_a_notebook_without_a_value_in_use_has_no_file(pull, tmp_path: Path) -> None:
    """Its file goes with the last value that a document names."""
    for text, there in (("{{< var x.women.of >}}", True), ("No value.", False)):
        pull(text)
        assert (tmp_path / "figures/x/values.json").exists() == there


def test_a_share_is_written_once_with_the_facets_in_use(pull) -> None:
    """Its entry keeps counts, interval, cases and cell; of its texts only those that a document prints."""
    values, variables = pull("{{< var x.women.of >}} ({{< var x.women.share >}})")
    assert values == {"x.women": {**SHARE, "text": {"of": "3 of 5", "share": "60%"}}}
    assert variables == {"x": {"women": {"of": "3 of 5", "share": "60%"}}}


@pytest.mark.parametrize("use", ["{{< var x.womn.of >}}", '[It]{.conclusion when="x.womn.of > 1"}'])
def test_a_name_that_nobody_records_stops_the_build(pull, use: str) -> None:
    """File, line and the nearest name are told; the values of the last build stay."""
    before = pull("{{< var x.women.n >}}")
    with pytest.raises(PaperProblems) as caught:
        pull(f"One.\n\n{use}\n")
    (problem,) = caught.value.problems
    assert str(problem) == "report.qmd:3 x.womn.of is a value that no notebook records. Did you mean x.women.of?"
    assert pull("{{< var x.women.n >}}") == before


def test_each_facet_is_a_value_of_its_own() -> None:
    """Under the five names of a share stand its value, its counts, its interval and their texts."""
    found = facets({"x.women": SHARE})
    read = {name.removeprefix("x.women."): (one["value"], one["text"], one["unit"]) for name, one in found.items()}
    assert read == {
        "share": (0.6, "60%", "share"),
        "n": (3, "3", "count"),
        "denominator": (5, "5", "count"),
        "interval": ([0.2, 0.9], "20–90%", "interval"),
        "of": ("3 of 5", "3 of 5", "text"),
    }


def test_json_has_one_line_a_key_down_to_a_depth() -> None:
    """A long list is one line; keys are sorted, letters are as they are, and it is JSON."""
    content = {"b": {"y": [1, 2, 3], "x": {"deep": [4]}}, "a": "é", "c": {}}
    text = json_text(content, 2)
    assert text == '{\n "a": "é",\n "b": {\n  "x": {"deep": [4]},\n  "y": [1, 2, 3]\n },\n "c": {}\n}\n'
    assert json.loads(text) == content


@pytest.mark.parametrize("text", ["36 of 63", "p = 0.04", "20–90%", "4.5", "two_words", "“a” and 'b'", "+27 points"])
def test_what_markdown_reads_as_it_is_gets_no_backslash_in_a_line(text: str) -> None:
    """Only a sign that could act is marked: most values stand in the file as they are printed."""
    assert as_markdown(f"a {text}") == f"a {text}"
