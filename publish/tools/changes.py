"""What a change did to the paper: values, figures and tables that differ between a git revision and now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.base.failures import MissingTool
from publish.base.git import NoAnswer, NoRepository, asked
from publish.written.values import facets

_ABSENT = "(absent)"
_WAY_OUT = "Name a revision that `git log` shows."
_RECORD = re.compile(r"figures/(?:[\w-]+/values|manifest)\.json")


@dataclass(frozen=True)
class Change:
    """One value, figure or table that differs.

    Attributes:
        kind: value, figure or table.
        name: Its name.
        before: Text of the value, or caption, at the revision; `(absent)` when it was not there.
        now: The same in the working tree.
        cases: Case ids that are behind it on one side only.
    """

    kind: str
    name: str
    before: str
    now: str
    cases: tuple[str, ...] = ()


def changes_since(root: Path, ref: str) -> tuple[Change, ...]:
    """Everything recorded that differs between `ref` and the working tree, sorted by kind and name.

    Args:
        root: The project's root.
        ref: A git revision.

    Raises:
        MissingTool: There is no git or no repository, or the revision is unknown or holds no figures.
    """
    commit = _commit(root, ref)
    names = asked(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", "figures/").split("\0")
    texts = [asked(root, "show", f"{commit}:./{name}") for name in names if _RECORD.fullmatch(name)]
    if not texts:
        raise MissingTool(f"{ref} holds no figures of this project. {_WAY_OUT}")
    before = _merged(map(json.loads, texts))
    files = sorted((root / "figures").rglob("*.json"))
    now = _merged(json.loads(file.read_text(encoding="utf-8")) for file in files)
    keys = sorted(set(before) | set(now))
    return tuple(_change(key, before.get(key), now.get(key)) for key in keys if before.get(key) != now.get(key))


def _commit(root: Path, ref: str) -> str:
    """The commit that a revision names; a text that begins with a hyphen is none."""
    try:
        return asked(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").strip()
    except NoRepository:
        raise
    except NoAnswer as reason:
        raise MissingTool(f"{reason} {_WAY_OUT}") from reason


def print_changes(changes: tuple[Change, ...], ref: str) -> None:
    """Print them as a table."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not changes:
        console.print(f"No value, figure or table differs from {ref}.")
        return
    table = Table("what", "name", f"at {ref}", "now", "cases in one of them only")
    for change in changes:
        table.add_row(change.kind, change.name, change.before, change.now, ", ".join(change.cases))
    console.print(table)
    console.print(f"{len(changes)} differ from {ref}.")


def _merged(records: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Kind and name to what can differ: text or caption, hashes of the files, cases. Inputs are no result."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        for name, value in facets(record.get("values", {})).items():
            found["value", name] = {"text": value["text"], "cases": value.get("cases")}
        for name, figure in record.get("figures", {}).items():
            outputs = {path: sha for path, sha in figure["outputs"].items() if not path.endswith(".qmd")}
            found[figure.get("kind", "figure"), name] = {
                "text": figure.get("caption") or figure.get("title") or "",
                "outputs": outputs,
                "cases": figure.get("cases"),
            }
    return found


def _change(key: tuple[str, str], before: dict[str, Any] | None, now: dict[str, Any] | None) -> Change:
    kind, name = key
    old, new = (side["text"] if side else _ABSENT for side in (before, now))
    if before and now and old == new:
        same_files = before.get("outputs") == now.get("outputs")
        new = "the same text; other cases" if same_files else "the same caption; drawn differently"
    cases = {case for side in (before, now) for case in ((side or {}).get("cases") or ())}
    shared = set((before or {}).get("cases") or ()) & set((now or {}).get("cases") or ())
    return Change(kind, name, old, new, tuple(sorted(cases - shared)) if before and now else ())
