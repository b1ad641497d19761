"""The findings of the program on studies with a few rows: shown, or refused in one sentence."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import shutil
from pathlib import Path

import pytest

from analysis.claims.judged import judged
from analysis.data.dataset import load
from analysis.data.problems import Lacking
from analysis.evidence import coders
from analysis.record.record import Record
from analysis.sensitivity.holding import share_range
from analysis.sensitivity.variants import Variants
from data_rows import ROOT

ALWAYS_LACKING = {"claims.dumbbells", "claims.editions", "claims.which_first", "evidence.extension", "evidence.recall"}
ALWAYS_LACKING |= {"narratives.editions", "narratives.joining"}
TWO_CLOCKS = {"timeline.lag", "timeline.truncation", "timeline.when"}


def shows():
    """Every function of `analysis` that a cell of a notebook calls to show a finding, with its module."""
    for file in sorted((ROOT / "analysis").rglob("*.py")):
        if re.search(r"(?m)^def show", file.read_text("utf-8")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            module = importlib.import_module(name)
            own = [one for one in vars(module).values() if getattr(one, "__module__", "") == name]
            yield from ((name.partition(".")[2], one) for one in own if getattr(one, "__name__", "").startswith("show"))


@pytest.mark.parametrize(
    ("name", "lacks"), [("template", set()), ("examples/choir", TWO_CLOCKS), ("one clock", {"timeline.when"})]
)
def test_every_finding_serves_a_small_study_or_says_what_it_lacks(name: str, lacks: set[str], tmp_path: Path) -> None:
    """Each finding is shown of a study with a few rows, or one sentence says which rows or declaration are missing."""
    folder = Path(shutil.copytree(ROOT / ("template" if name == "one clock" else name) / "data", tmp_path / "data"))
    if name == "one clock":
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
        described["study"]["clocks"] = [one for one in described["study"]["clocks"] if one["field"] != "left"]
        (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    data = load(folder)
    variants = Variants(data)
    single = {narrative: share_range(shares, 1) for narrative, shares in variants.narratives.items()}
    given = {"data": data, "dataset": data, "variants": variants, "own": variants.own, "single": single}
    given |= {"agreed": coders.agreed(data), "claims": judged(variants)}
    refused = {}
    for module, show in shows():
        record = Record("evidence")
        try:
            show(record.cell("one"), **{one: given[one] for one in inspect.signature(show).parameters if one != "cell"})
        except Lacking as error:
            refused[module] = str(error)
    assert set(refused) == ALWAYS_LACKING | lacks
    said = r"data/[\w.]+( study\.\w+)?: no [^.]+\. Add it, or take this cell out of the notebook\."
    assert [one for one in refused.values() if not re.fullmatch(said, one)] == []
