"""From a number or a sentence to the rows behind it, and from a row to every number and sentence that it touches."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.base.failures import BuildFailure
from publish.base.texts import did_you_mean, read_text
from publish.checks.sources import source_of
from publish.tools.sentences import Sentence, sentences
from publish.written.used import documents
from publish.written.values import MANIFEST, offered

_ALIKE = 0.6  # of a sentence and the words that are looked for, as difflib counts


@dataclass(frozen=True)
class Traces:
    """What was recorded last, what the documents say with it, and the rows.

    Attributes:
        root: The project's root.
    """

    root: Path

    @cached_property
    def values(self) -> dict[str, dict[str, Any]]:
        """Every recorded value, used or not, by the name that documents write."""
        return offered(self.root)

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        """Every figure and table."""
        found: dict[str, dict[str, Any]] = json.loads((self.root / MANIFEST).read_text("utf-8"))["figures"]
        return found

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of the documents."""
        files = [file.relative_to(self.root).as_posix() for file in documents(self.root)]
        sources = [source_of(file, read_text(self.root, file)) for file in files]
        return [one for source in sources for one in sentences(source, self.values)]

    @cached_property
    def rows(self) -> list[tuple[str, dict[str, str]]]:
        """File and line, and cells by column, of every row of the data."""
        found = []
        for file in sorted((self.root / "data").glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                reader = csv.DictReader(lines)
                begin = 2
                for row in reader:
                    found.append((f"data/{file.name}:{begin}", row))
                    begin = reader.line_num + 1
        return found

    def found(self, words: Iterable[str]) -> Iterator[str]:
        """The values whose name, text or place holds every word, one paragraph each."""
        asked = [word.lower() for word in words]
        for name, entry in sorted(self.values.items()):
            place = f"{name} {entry['text']} {entry['notebook']} {entry['cell']}".lower()
            if all(word in place for word in asked):
                yield self.value(name, entry)

    def value(self, name: str, entry: Mapping[str, Any]) -> str:
        """A value on three lines: what it is, where it is computed, where it is used."""
        counted = f" ({entry['n']} of {entry['denominator']})" if "denominator" in entry else ""
        cases = entry.get("cases")
        behind = f"{len(cases)} cases" if cases else "no cases of its own"
        used = dict.fromkeys(one.place for one in self.sentences if name in one.names)
        return (
            f"{name} = {entry['text']}{counted}, {behind}\n"
            f"  computed in analysis/{entry['notebook']}.ipynb, cell {entry['cell']}\n"
            f"  used in {', '.join(used) or 'no sentence'}"
        )

    def trace(self, what: str) -> str:
        """What stands behind a value, a row, a figure, or words that are printed, and what to type next.

        Raises:
            BuildFailure: It is none of them; names what is near.
        """
        if what in self.values:
            return self._of_value(what)
        rows = [(place, row) for place, row in self.rows if what in row.values()]
        if rows:
            return self._of_row(what, rows)
        wanted = " ".join(what.split()).lower()
        said = [one for one in self.sentences if wanted in one.text.lower()] if " " in wanted else []
        drawn = self._drawn(wanted)
        texts = {one.text.lower(): one for one in self.sentences}
        if not said and not drawn:
            said = [texts[text] for text in get_close_matches(wanted, texts, n=1, cutoff=_ALIKE)]
        if not said and not drawn:
            known = [*self.values, *self.figures, *{row.get("case_id") or "" for _, row in self.rows}]
            hint = did_you_mean(what, known)
            raise BuildFailure(f"{what!r} is no value, row, figure or sentence.{hint} Search with: paper values WORDS")
        lines = [line for one in said for line in self._of_sentence(one)]
        return "\n".join([*lines, *(line for name in drawn for line in self._of_figure(name))])

    def _drawn(self, wanted: str) -> list[str]:
        """The figures and tables of a name, or with some words in title, caption, alternative text or a cell."""
        name = wanted.removeprefix("@").removeprefix("fig-").removeprefix("tbl-")
        if name in self.figures or " " not in wanted:
            return [name] * (name in self.figures)
        texts = {
            name: [one["title"], *(read_text(self.root, file) for file in one["outputs"] if file.endswith(".qmd"))]
            for name, one in self.figures.items()
        }
        return sorted(name for name, text in texts.items() if wanted in " ".join(" ".join(text).split()).lower())

    def _of_figure(self, name: str) -> Iterator[str]:
        one = self.figures[name]
        yield f"{name} is a {one['kind']}: {one['title']}"
        yield f"  computed in analysis/{one['notebook']}.ipynb, cell {one['cell']}"
        yield f"  its numbers stand in {one['numbers']}; it counts {len(one['cases'])} cases of data/cases.csv"

    def _of_sentence(self, sentence: Sentence) -> Iterator[str]:
        yield f"{sentence.place} {sentence.text}"
        for name in dict.fromkeys(sentence.names):
            yield self.value(name, self.values[name]) if name in self.values else f"{name} is not recorded."
        if sentence.names:
            yield f"Next, the rows behind a number: paper trace {sentence.names[0]}"
        else:
            yield "It prints no value and rests on none."

    def _of_value(self, name: str) -> str:
        entry = self.values[name]
        cases = set(entry.get("cases") or ())
        places = {row["case_id"]: place for place, row in self.rows if place.startswith("data/cases.csv:")}
        lines = [self.value(name, entry), *(f"  {one.place} {one.text}" for one in self.sentences if name in one.names)]
        lines += [f"  {places.get(case, 'data/cases.csv')} {case}" for case in sorted(cases)]
        if cases:
            lines.append(f"Next, all that a case touches: paper trace {min(cases)}")
        return "\n".join(lines)

    def _of_row(self, what: str, rows: list[tuple[str, dict[str, str]]]) -> str:
        """The rows that name a case or story, then the values, sentences and figures that count its cases."""
        cases = {row["case_id"] for _, row in rows if row.get("case_id")}
        ledger = [row for _, row in rows if row.get("claim_id")]
        claims = tuple(f"claims.{row['claim_id']}." for row in ledger)
        entries = self.values.items()
        names = [name for name, one in entries if cases & set(one.get("cases") or ()) or name.startswith(claims)]
        said = [one for one in self.sentences if not set(one.names).isdisjoint(names)]
        used = {name for one in said for name in one.names}
        figures = {name for name, one in self.figures.items() if cases & set(one.get("cases") or ())}
        figures |= {name for row in ledger for name in self._drawn(row["short"].lower())}
        shown = [name for name in names if name in used]
        lines = [f"Rows with {what}:", *(f"  {line}" for line in _ranges([place for place, _ in rows]))]
        lines += [f"Cases: {', '.join(sorted(cases))}"] if cases and cases != {what} else []
        lines += [f"Values that rest on it: {len(names)}, of which sentences use {len(shown)}"]
        lines += [f"  {name} = {self.values[name]['text']}" for name in sorted(shown)]
        lines += [f"Sentences: {len(said)}", *(f"  {one.place} {one.text}" for one in said)]
        lines += [f"Figures and tables: {', '.join(sorted(figures)) or 'none'}"]
        return "\n".join([*lines, *([f"Next, the rows behind a number: paper trace {min(shown)}"] if shown else [])])


def _ranges(places: list[str]) -> Iterator[str]:
    """Places as `data/codings.csv:12-30 (19 rows)`, a file a line."""
    by_file: dict[str, list[int]] = {}
    for place in places:
        file, _, line = place.rpartition(":")
        by_file.setdefault(file, []).append(int(line))
    for file, lines in by_file.items():
        many = len(lines) > 1
        yield f"{file}:{min(lines)}-{max(lines)} ({len(lines)} rows)" if many else f"{file}:{lines[0]}"
