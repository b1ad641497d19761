"""The commands `paper coding ...`: each gives lines to print, or says what is wrong."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from analysis.data.coding import compare, merge
from analysis.data.coding.answers import read_answers
from analysis.data.coding.sheet import blank_sheet, pool
from analysis.data.dataset import load, project_root

NAME = re.compile(r"[A-Z]{1,3}")
_NOTHING = "Nothing was changed: no row says yes under finished."


def sheet(coder: str, kind: str, sample: int | None, seed: int, out: str) -> int:
    """Write the sheet with the accounts that the coder has not coded yet; 2 where it cannot be made."""
    data, path = load(), Path(out)
    study = data.study
    at_work = {*study.edition.coders, *(one.id for one in study.further_coders)}
    if not NAME.fullmatch(coder) or coder in {one.id for one in study.every_coder} - at_work:
        return _refused(f'"{coder}" is taken or no neutral name. Use one to three capital letters, such as E.')
    who = merge.declared(study, coder, kind)
    if who.kind != kind:
        return _refused(f"{coder} is {who.kind} in data/datapackage.json. Say --kind {who.kind}, or use another name.")
    if path.exists():
        return _refused(f"{path.name} is there already, perhaps with answers. Import it, or move it away.")
    asked = pool(data, seed, sample)
    done = data.cases.index[data.given_to(coder)]
    open_ = [case for case in asked if case not in done]
    if open_:
        blank_sheet(data, who, open_).save(path)
        print(f"{path.name}: {len(open_)} accounts to code; {len(asked) - len(open_)} of {len(asked)} are coded.")
    else:
        print(f"Nothing is left for {coder}: all {len(asked)} accounts are coded.")
    return 0


def take(file: str) -> int:
    """Take the finished rows of a sheet over into the data."""
    data, folder = load(), project_root() / "data"
    answers = read_answers(Path(file), data)
    coder = merge.declared(data.study, answers.coder, answers.kind)
    if answers.rows:
        merge.write(folder, merge.merged(folder, answers, coder))
    print(f"{Path(file).name}, coder {coder.id} ({coder.kind}): {merge.told(data, answers)}")
    for place in merge.still_denied(folder.parent) if answers.rows and coder.kind == "human" else ():
        print(f"{place}: says that no human coder has reviewed the codes. Correct it.")
    print("Now: paper coding disagreements, paper build, paper check." if answers.rows else _NOTHING)
    return 0


def status() -> int:
    """Print where each coder stands, and comparisons that the codes do not allow."""
    data = load()
    print("\n".join(compare.status(data)))
    for warning in data.warnings:
        if warning.column == "study.coders":
            print(warning)
    return 0


def disagreements(coder: str | None, other: str | None) -> int:
    """Print the codes in which a coder differs from another; by default every further coder from the decision."""
    study = (data := load()).study
    further = [one.id for one in study.further_coders]
    for name in filter(None, (coder, other)):
        if name not in {one.id for one in study.every_coder}:
            return _refused(f'"{name}" is no coder of the study ({", ".join(one.id for one in study.every_coder)}).')
    if not (coder or further or other is None):
        return _refused("There is no coder outside the editions yet. Say whose codes: --coder.")
    asked = [coder] if coder else further
    for first, second in [(name, other or study.final_coder) for name in asked] or [study.edition.coders]:
        both = int((data.given_to(first) & data.given_to(second)).sum())
        lines = list(compare.disagreements(data, first, second))
        n = sum(line[0] != " " for line in lines)
        print("\n".join([f"{first} and {second}: {n} differences in {both} accounts of both", *lines]))
    return 0


def precision(samples: list[int]) -> int:
    """Print how exactly agreement would be known."""
    data = load()
    table = compare.precision(data, samples or [len(data.core) // 3, 2 * len(data.core) // 3, len(data.core)])
    print(f"Half of the {compare.LEVEL:.0%} interval of kappa, human against decision, were kappa as assumed:")
    print(table.to_string(index=False, float_format="{:.2f}".format, na_rep="not defined"))
    return 0


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


COMMANDS = {
    "coding sheet": sheet,
    "coding import": take,
    "coding status": status,
    "coding disagreements": disagreements,
    "coding precision": precision,
}
