"""What a change did to the paper since a git revision: first what a reader would see, then the rest, counted."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.base.failures import MissingTool
from publish.base.git import NoAnswer, NoRepository, asked
from publish.checks.conclusions import broken
from publish.checks.sources import Source, source_of
from publish.tools.sentences import pairs, sentences
from publish.written.values import MANIFEST, recorded

_WAY_OUT = "Name a revision that `git log` shows."
_TEXTS = ("title", "caption", "alt")


@dataclass(frozen=True)
class Edition:
    """The paper at one time.

    Attributes:
        files: Paths from the root of the documents and of what the notebooks recorded.
        read: Gives the text of one of them.
    """

    files: tuple[str, ...]
    read: Callable[[str], str]

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The documents and their parts by hand."""
        return {file: source_of(file, self.read(file)) for file in self.files if file.endswith(".qmd")}

    @cached_property
    def values(self) -> dict[str, dict[str, Any]]:
        """The values that the documents use."""
        return recorded(self.read(file) for file in self.files if file.endswith("/values.json"))

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        """Figures, tables and passages, as the manifest lists them."""
        found: dict[str, dict[str, Any]] = json.loads(self.read(MANIFEST))["figures"]
        return found

    def verdicts(self, file: str) -> dict[tuple[str, str], str]:
        """Claim and clock to verdict, of a table that has them."""
        rows = csv.DictReader(io.StringIO(self.read(file) if file in self.files else ""))
        return {
            (row["claim"], row.get("clock") or ""): row["verdict"] for row in rows if {"claim", "verdict"} <= {*row}
        }


@dataclass(frozen=True)
class Moved:
    """One thing that a reader would see changed.

    Attributes:
        place: Where it stands, or its name.
        before: Its words at the revision; empty where it was not there.
        now: Its words now; empty where it is no more.
    """

    place: str
    before: str
    now: str


@dataclass(frozen=True)
class Changes:
    """What differs between two editions.

    Attributes:
        sentences: Sentences whose words or numbers moved.
        verdicts: Claims whose verdict turned.
        conclusions: Conclusions that held, or stood nowhere, and do not hold now, as `paper check` tells them.
        drawn: Figures and tables with other marks or numbers, by name.
        captions: Titles, captions and alternative texts that moved.
        values: Values of another text.
        cases: How many values print the same and rest on other cases.
    """

    sentences: tuple[Moved, ...]
    verdicts: tuple[Moved, ...]
    conclusions: tuple[str, ...]
    drawn: tuple[str, ...]
    captions: tuple[Moved, ...]
    values: tuple[Moved, ...]
    cases: int


def edition_at(root: Path, ref: str) -> Edition:
    """The paper at a git revision.

    Raises:
        MissingTool: There is no git or no repository, or the revision is unknown or holds no figures.
    """
    try:
        commit = asked(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").strip()
    except NoRepository:
        raise
    except NoAnswer as reason:
        raise MissingTool(f"{reason} {_WAY_OUT}") from reason
    names = asked(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", ".").split("\0")
    if MANIFEST not in names:
        raise MissingTool(f"{ref} holds no figures of this project. {_WAY_OUT}")
    return Edition(tuple(filter(_counts, names)), lambda file: asked(root, "show", f"{commit}:./{file}"))


def edition_now(root: Path) -> Edition:
    """The paper in the working tree."""
    files = [*root.glob("*.qmd"), *(root / "figures").rglob("*.*")]
    names = sorted(file.relative_to(root).as_posix() for file in files)
    return Edition(tuple(filter(_counts, names)), lambda file: (root / file).read_text("utf-8"))


def _counts(file: str) -> bool:
    """Documents by hand, and what the notebooks recorded; the parts that notebooks write repeat their records."""
    by_hand = "/" not in file and file.endswith(".qmd")
    return by_hand or (file.startswith("figures/") and file.endswith((".json", ".csv", ".svg")))


def changes(before: Edition, now: Edition) -> Changes:
    """What a reader of the second edition sees that the first did not say, and what moved behind it."""
    told = {message.partition(" ")[2] for message in broken(before.sources.values(), before.values)}
    both = sorted(before.values.keys() | now.values.keys())
    texts = [Moved(name, *(str(side.values.get(name, {}).get("text", "")) for side in (before, now))) for name in both]
    same = before.values.keys() & now.values.keys()
    return Changes(
        tuple(_sentences(before, now)),
        tuple(_verdicts(before, now)),
        tuple(one for one in broken(now.sources.values(), now.values) if one.partition(" ")[2] not in told),
        tuple(name for name in sorted(before.figures.keys() | now.figures.keys()) if _drawn(name, before, now)),
        tuple(one for one in _captions(before, now) if one.before != one.now),
        tuple(one for one in texts if one.before != one.now),
        sum(
            before.values[name]["text"] == now.values[name]["text"]
            and before.values[name].get("cases") != now.values[name].get("cases")
            for name in same
        ),
    )


def _sentences(before: Edition, now: Edition) -> Iterator[Moved]:
    for file in sorted(before.sources.keys() | now.sources.keys()):
        old, new = (
            list(sentences(one.sources[file], one.values)) if file in one.sources else () for one in (before, now)
        )
        for was, is_ in pairs(old, new):
            place = (is_ or was).place  # type: ignore[union-attr] # one of the two is there
            yield Moved(place, was.text if was else "", is_.text if is_ else "")


def _verdicts(before: Edition, now: Edition) -> Iterator[Moved]:
    turned: dict[tuple[str, str], tuple[str, str]] = {}
    for path in (file for file in now.files if file.endswith(".csv")):
        new = now.verdicts(path)
        old = before.verdicts(path) if new else {}
        turned |= {key: (old[key], new[key]) for key in sorted(old.keys() & new.keys()) if old[key] != new[key]}
    yield from (Moved(" by ".join(filter(None, key)), *words) for key, words in turned.items())


def _drawn(name: str, before: Edition, now: Edition) -> bool:
    was, is_ = (
        [side.read(path) for path in side.figures.get(name, {}).get("outputs", ()) if path in side.files]
        for side in (before, now)
    )
    return was != is_


def _captions(before: Edition, now: Edition) -> Iterator[Moved]:
    for name in sorted(before.figures.keys() | now.figures.keys()):
        for part in _TEXTS:
            yield Moved(f"{name}, {part}", *(side.figures.get(name, {}).get(part) or "" for side in (before, now)))


def by_chapter(moved: tuple[Moved, ...]) -> str:
    """How many values moved in each chapter: `narratives 12, people 3`."""
    counts = Counter(one.place.partition(".")[0] for one in moved)
    return ", ".join(f"{chapter} {count}" for chapter, count in counts.most_common())
