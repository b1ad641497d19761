"""The written codebook says what the description of the data says: narratives, forms, reach, rules, and no more."""

from __future__ import annotations

import json
from pathlib import Path

from publish.written.codebook import codebook


def test_forms_reach_rule_and_added_rules_are_said(root: Path) -> None:
    """Each form with its narrative and definition in one row; each added rule once, under a heading that marks it."""
    study = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))["study"]
    names = {one["variable"]: one["label"] for one in study["narratives"]}
    text = codebook(root)
    for form in study["forms"]:
        cells = [
            f"`{form['variable']}`",
            names.get(form.get("narrative"), "none of them"),
            form["label"],
            form["definition"],
        ]
        assert f"| {' | '.join(cells)} |" in text
    before, after = text.split("## Rules added while deciding")
    assert study["narrative_rule"] in before
    assert study["reach"]["definition"] in before
    assert [line[2:] for line in after.splitlines() if line.startswith("- ")] == study["added_rules"]
    assert not any(f"- {rule}" in before for rule in study["added_rules"])


def test_a_study_of_whole_narratives_has_no_word_of_forms(root: Path, tmp_path: Path) -> None:
    """Where nothing is coded by forms the codebook ends with the narratives."""
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    for part in ("forms", "reach", "narrative_rule", "added_rules"):
        del package["study"][part]
    (tmp_path / "data").mkdir()
    (tmp_path / "data/datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert "forms" not in codebook(tmp_path).rpartition("## What the narratives mean")[2]
