"""Synthetic data packages of any size, drawn from the real rows: for measuring growth, never for a result."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20150921
_DRAWN = ("cases", "stories", "case_stories", "codings")


def write_package(root: Path, target: Path, n_cases: int) -> None:
    """Write a project below `target` whose data package holds `n_cases` cases, each a copy of a real one with new ids.

    Args:
        root: The project's root.
        target: An empty directory; gets `data/`, and what notebooks need beside it.
        n_cases: How many cases.
    """
    for folder in ("analysis", "theme"):
        shutil.copytree(root / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "data", target / "data")
    shutil.copy(root / "_quarto.yml", target)
    (target / "figures").mkdir()
    tables = {name: pd.read_csv(root / "data" / f"{name}.csv", dtype=str, keep_default_na=False) for name in _DRAWN}
    for name, table in draw(tables, n_cases).items():
        table.to_csv(target / "data" / f"{name}.csv", index=False, lineterminator="\n")
    _widen_ids(target / "data" / "datapackage.json")


def draw(tables: dict[str, pd.DataFrame], n_cases: int) -> dict[str, pd.DataFrame]:
    """The four tables that grow: every real case that repeats no other, in random order, again and again.

    Args:
        tables: The real tables, every cell as text.
        n_cases: How many cases.

    Returns:
        Tables of the same columns. Every story belongs to one case.
    """
    chance = np.random.default_rng(SEED)
    real = tables["cases"][tables["cases"]["duplicate_of"] == ""]
    rounds = [chance.permutation(len(real)) for _ in range(-(-n_cases // len(real)))]
    rows = real.iloc[np.concatenate(rounds)[:n_cases]].reset_index(drop=True)
    ids = pd.DataFrame({"case_id": rows["case_id"], "new": [f"SY-{number:07d}" for number in range(n_cases)]})
    links = ids.merge(tables["case_stories"], on="case_id")
    links["new_story"] = [f"{number:010x}" for number in range(len(links))]
    stories = links.merge(tables["stories"], on="story_id").drop(columns=["case_id", "new", "story_id"])
    stories = stories.rename(columns={"new_story": "story_id"})
    stories["url"] = "https://example.org/" + stories["story_id"]
    codings = ids.merge(tables["codings"], on="case_id").merge(
        links[["new", "story_id", "new_story"]], on=["new", "story_id"], how="left"
    )
    codings = codings.assign(case_id=codings["new"], story_id=codings["new_story"].fillna(""))
    cases = rows.assign(case_id=ids["new"])
    case_stories = links.assign(case_id=links["new"], story_id=links["new_story"])
    drawn = {"cases": cases, "stories": stories, "case_stories": case_stories, "codings": codings}
    return {name: table[tables[name].columns] for name, table in drawn.items()}


def _widen_ids(descriptor: Path) -> None:
    """Let the copy's schema take case ids of seven digits."""
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field.get("constraints", {}).get("pattern") == "[A-Z]{2}-[0-9]{2}":
                field["constraints"]["pattern"] = "[A-Z]{2}-[0-9]+"
    descriptor.write_text(json.dumps(package), encoding="utf-8")
