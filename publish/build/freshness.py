"""Which steps have to run, and why: the plan compared with what pytask wrote down about the last build.

Importing pytask takes over a second, most of it for the database layer that it keeps for older versions. A build
with nothing to do therefore reads pytask's own record (`pytask.lock`, its documented format) and stops there.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from publish.base.whole import remove
from publish.build.states import LIST_OF_INPUTS, State
from publish.build.steps import Step

_LOCK_VERSION = "1"
Record = Mapping[str, Mapping[str, Any]]


def record_file(root: Path) -> Path:
    """Where pytask keeps the states of the last build."""
    return root / "pytask.lock"


def journal_file(root: Path) -> Path:
    """Where pytask notes each finished step until the build ends, so that a killed build loses nothing."""
    return root / "pytask.lock.journal"


def read_record(root: Path) -> Record:
    """Step name to the states it had when it last ended well; empty before the first build.

    A record that cannot be read is removed: everything is built again.
    """
    try:
        content = tomllib.loads(record_file(root).read_text(encoding="utf-8"))
        if content["lock-version"] != _LOCK_VERSION:
            raise ValueError(content["lock-version"])
        entries = content.get("task", []) + _journal(root)
        return {entry["id"]: entry for entry in entries}
    except FileNotFoundError:
        return {entry["id"]: entry for entry in _journal(root)}
    except (ValueError, KeyError, TypeError, AttributeError):
        remove(record_file(root))
        remove(journal_file(root))
        return {}


def _journal(root: Path) -> list[dict[str, Any]]:
    try:
        lines = journal_file(root).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ValueError):
        return []
    entries = []
    for line in lines:
        try:
            entries.append(json.loads(line))
        except ValueError:
            break  # the build was killed while it wrote this line
    return entries


def reasons(step: Step, record: Record) -> list[str]:
    """Why a step has to run, as short phrases such as `data/codings.csv changed`; empty when it is fresh.

    Args:
        step: The step, with the states of its files now.
        record: What `read_record` gave.
    """
    entry = record.get(step.name)
    if entry is None:
        return ["it has not run yet"]
    needs = _differences(step.needs, entry.get("depends_on", {}), "changed", "is new")
    gone = sorted(set(entry.get("depends_on", {})) - {state.name for state in step.needs})
    needs += [f"{name} is gone" for name in gone]
    named = [reason for reason in needs if not reason.startswith(LIST_OF_INPUTS)]
    makes = _differences(step.makes, entry.get("produces", {}), "is not as it was made", "is asked for")
    return (named or needs) + makes


def _differences(states: Iterable[State], recorded: Mapping[str, str], changed: str, new: str) -> list[str]:
    found = []
    for state in states:
        now, before = state.state(), recorded.get(state.name)
        if now is None:
            partly = any(file.exists() for file in state.files())
            found.append(f"{state.name} {'is not whole' if partly else 'is missing'}")
        elif before is None:
            found.append(f"{state.name} {new}")
        elif now != before:
            found.append(f"{state.name} {changed}")
    return found


def to_run(steps: Iterable[Step], record: Record) -> tuple[Step, ...]:
    """The steps that have to run, and those that might have to: they read what one of these makes.

    Args:
        steps: The plan, in an order in which they could run one after the other.
        record: What `read_record` gave.
    """
    found: list[Step] = []
    made: set[str] = set()
    for step in steps:
        if reasons(step, record) or any(state.name in made for state in step.needs):
            found.append(step)
            made |= {state.name for state in step.makes}
    return tuple(found)


def explanation(steps: Iterable[Step], record: Record) -> dict[str, list[str]]:
    """For every step why it would run now; a step after one that would run says `NAME runs first`.

    Whether such a step runs in the end depends on what the earlier one makes.
    """
    found: dict[str, list[str]] = {}
    maker: dict[str, str] = {}
    for step in steps:
        before = sorted({maker[state.name] for state in step.needs if found.get(maker.get(state.name, ""))})
        made_before = {state.name for state in step.needs if state.name in maker}
        own = [why for why in reasons(step, record) if not any(why.startswith(name) for name in made_before)]
        found[step.name] = own + [f"{name} runs first" for name in before]
        maker |= {state.name: step.name for state in step.makes}
    return found
