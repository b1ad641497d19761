"""Synthetic data packages of any size, drawn from the real rows: for measuring growth, never for a result."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data.columns import story_id_of

SEED = 20150921
DRAWN = ("cases", "stories", "case_stories", "codings", "facts")
_PIECE = 10_000  # cases drawn at a time

Tables = Mapping[str, pd.DataFrame]


def write_package(root: Path, target: Path, n_cases: int) -> None:
    """Write a project whose data package holds so many cases, each a copy of a real one with new ids.

    The target is a new directory; it gets `data/`, and what notebooks need beside it.
    """
    for folder in ("analysis", "theme", "data"):
        shutil.copytree(root / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "_quarto.yml", target)
    (target / "figures").mkdir()
    files = {name: target / "data" / f"{name}.csv" for name in DRAWN}
    real = {name: pd.read_csv(file, dtype=str, keep_default_na=False) for name, file in files.items()}
    for number, piece in enumerate(drawn(real, n_cases)):
        for name, file in files.items():
            rows = piece[name]
            rows.to_csv(file, mode="a" if number else "w", header=not number, index=False, lineterminator="\n")
    package = target / "data" / "datapackage.json"  # case ids of seven digits
    package.write_text(package.read_text("utf-8").replace("[A-Z]{2}-[0-9]{2}", "[A-Z]{2}-[0-9]+"), "utf-8")


def drawn(real: Tables, n_cases: int) -> Iterator[dict[str, pd.DataFrame]]:
    """Every real case that repeats no other, in random order, again and again, up to so many, in pieces.

    From the real tables by name, all cells as text, the five tables anew: every case and story has a new id, and every
    story belongs to one case.
    """
    chance = np.random.default_rng(SEED)
    whole = real["cases"].loc[real["cases"]["duplicate_of"] == ""]
    order = np.concatenate([chance.permutation(len(whole)) for _ in range(-(-n_cases // len(whole)))])[:n_cases]
    n_stories = 0
    for first in range(0, n_cases, _PIECE):
        cases = whole.iloc[order[first : first + _PIECE]].reset_index(drop=True)
        cases["new_case"] = cases["case_id"].str[:3] + (cases.index + first).astype(str).str.zfill(7)
        cases["number"] = (cases.index + first + 1).astype(str)
        ids = cases[["case_id", "new_case"]]
        links = ids.merge(real["case_stories"], on="case_id")
        links["new_url"] = [f"https://example.org/{n_stories + n}" for n in range(len(links))]
        links["new_story"] = links["new_url"].map(story_id_of)
        n_stories += len(links)
        stories = links.merge(real["stories"], on="story_id")
        stories["url"] = stories["new_url"]
        codings = ids.merge(real["codings"], on="case_id")
        codings = codings.merge(links, on=["case_id", "new_case", "story_id"], how="left").fillna({"new_story": ""})
        facts = ids.merge(real["facts"], on="case_id")
        made = {"cases": cases, "stories": stories, "case_stories": links, "codings": codings, "facts": facts}
        yield {name: table.assign(**_new_ids(table))[list(real[name])] for name, table in made.items()}


def _new_ids(table: pd.DataFrame) -> dict[str, pd.Series]:
    return {f"{one}_id": table[f"new_{one}"] for one in ("case", "story") if f"new_{one}" in table}
