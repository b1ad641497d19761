"""A coder's answers on their way into data/codings.csv, and the coder's own into the description of the study."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.data.coding.answers import Answers
from analysis.data.dataset import Dataset, load
from analysis.data.study import Coder, Study
from analysis.data.tables import put

CODINGS, STUDY = "codings.csv", "datapackage.json"
_DENIED = re.compile(r"(?i)no human coder has|not (been )?reviewed by a human")


def declared(study: Study, name: str, kind: str) -> Coder:
    """The coder of this name: as the study has it, else one who is compared with the edition and its people.

    Args:
        study: The study.
        name: Letters that are nobody's own name.
        kind: `human` or `automated`.
    """
    if found := [one for one in study.every_coder if one.id == name]:
        return found[0]
    others = [one.id for one in study.further_coders if one.kind == "human"]
    label = f"coded forms with the blind sheet ({kind})"
    return Coder(name, label, kind, (study.edition.final, *study.edition.coders, *others))


def merged(folder: Path, answers: Answers, coder: Coder) -> dict[str, str]:
    """The files of the data as they are with the answers in them; a case's rows stand after its other coders'.

    Args:
        folder: The data.
        answers: What was read from the sheet.
        coder: Whose they are; added to the description where it does not name the coder yet.

    Returns:
        File name to text, of the two files that may change. The coder's earlier rows of the same cases are replaced.
    """
    lines = list(csv.reader(io.StringIO((folder / CODINGS).read_text("utf-8-sig"), newline="")))
    header, rows = lines[0], lines[1:]
    by_case: dict[str, list[list[str]]] = {}
    at_case, at_coder = header.index("case_id"), header.index("coder")
    for row in rows:
        if row[at_case] not in answers.rows or row[at_coder] != coder.id:
            by_case.setdefault(row[at_case], []).append(row)
    for case, given in answers.rows.items():
        by_case.setdefault(case, []).extend([row.get(name, "") for name in header] for row in given)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([header, *(row for rows in by_case.values() for row in rows)])
    package = json.loads((folder / STUDY).read_text("utf-8"))
    known = package["study"]["coders"]
    if coder.id not in [one["id"] for one in known]:
        known.append({**vars(coder), "compared_with": list(coder.compared_with)})
    return {STUDY: json.dumps(package, indent=2, ensure_ascii=False) + "\n", CODINGS: buffer.getvalue()}


def write(folder: Path, files: dict[str, str]) -> None:
    """Put the files in place, all or none, once the data with them is good; until then nothing changes.

    Raises:
        DataProblems: With them the data would be wrong.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(folder, Path(place) / "data"))
        for name, text in files.items():
            (copy / name).write_text(text, "utf-8", newline="\n")
        load(copy)
    put(folder, files)


def still_denied(root: Path) -> Iterator[str]:
    """Where README and description say in fixed words that no human coded, as file and line."""
    for name in ("README.md", f"data/{STUDY}"):
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), 1):
            if _DENIED.search(line) and not line.startswith("- **"):  # a finding there: the build writes it anew
                yield f"{name}:{number}"


def told(data: Dataset, answers: Answers) -> str:
    """What taking the answers over does, in a line or two: accounts new, changed, the same, not finished."""
    own = data.codings[data.codings["coder"] == answers.coder].astype(object)
    before: dict[str, list[tuple[str, ...]]] = {}
    for row in own.to_dict("records"):
        before.setdefault(row["case_id"], []).append(_plain(row))
    new = [case for case in answers.rows if case not in before]
    same = [case for case, rows in answers.rows.items() if before.get(case) == [_plain(row) for row in rows]]
    changed = len(answers.rows) - len(new) - len(same)
    said = f"Accounts: {len(new)} new, {changed} changed, {len(same)} as they were."
    if answers.unfinished:
        lines = ", ".join(map(str, answers.unfinished))
        said += f"\nNot finished, and not taken over: row {lines}. Write yes under finished when they are."
    return said


def _plain(row: Mapping[Any, Any]) -> tuple[str, ...]:
    cells = (row[name] for name in ("variable", "value", "evidence", "story_id"))
    return tuple("" if pd.isna(cell) else str(cell) for cell in cells)
