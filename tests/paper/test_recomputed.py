"""The paper's numbers recomputed from the tables alone by plain formulas of the test's own: no mismatch."""

import json
import re

import pytest

from recount.claims import Reading, judged
from recount.shares import of_narratives, of_people, of_time, published, single_numbers
from recount.tables import List, agreement, counts, table, wilson

LEAST = 0.9  # of the recorded shares; those of the model of coding error are not recomputed here


@pytest.fixture(scope="module")
def data(root):
    """The tables, read anew."""
    return List(root / "data")


def recorded(root):
    """Every value on record, by name."""
    found = (
        json.loads(path.read_text(encoding="utf-8"))["values"] for path in sorted(root.glob("figures/*/values.json"))
    )
    return {name: entry for values in found for name, entry in values.items()}


@pytest.fixture(scope="module")
def outcomes(data):
    """Everything that is a share of cases, under the name by which it is recorded."""
    return of_narratives(data) | of_people(data) | of_time(data)


def is_small(name, n):
    """Whether it is a cell of one or two people of two attributes: neither in the files of figures, nor with cases."""
    return 0 < n < 3 and bool(re.match(r"joining\.\w+\.\w|(access|extension|missing\.read)\.\w+\.\w", name))


def compared(shares, data, outcomes):
    """What differs from the recorded shares, name by name, and the names that nothing here computes."""
    expected = {name: counts(outcome) for name, outcome in outcomes.items()} | published(data)
    numbers, wrong, left_over = single_numbers(data), [], []
    for name, entry in shares.items():
        if "n" in entry and name in expected:
            n, of = expected[name]
            ours = [n, of, n / of, *wilson(n, of)]
            theirs = [entry["n"], entry["denominator"], entry["share"], *entry["interval"]]
            cases = sorted(case for case, one in outcomes.get(name, {}).items() if one == 1)
            if name in outcomes and entry["cases"] != ([] if is_small(name, n) else cases):
                wrong.append(f"{name}: the cases recorded are not those counted")
        elif "value" in entry and name in numbers:
            ours, theirs = [numbers[name]], [entry["value"]]
        else:
            left_over.append(name)
            continue
        if theirs != pytest.approx(ours, abs=1e-9):
            wrong.append(f"{name}: recorded {theirs}, recomputed {ours}")
    return wrong, left_over


def test_recorded_shares(root, data, outcomes):
    """Each recorded share has the counts, the value, the Wilson interval and the cases that the tables give."""
    shares = {name: entry for name, entry in recorded(root).items() if entry["unit"] == "share"}
    wrong, left_over = compared(shares, data, outcomes)
    assert not wrong, "\n".join(wrong)
    covered = len(shares) - len(left_over)
    said = f"{covered} of {len(shares)} recorded shares recomputed; not these: {', '.join(left_over)}"
    print(said)
    assert covered >= LEAST * len(shares), said


@pytest.mark.parametrize("part", ["n", "denominator", "share", "interval", "cases"])
def test_a_wrong_share_is_named(root, data, outcomes, part):
    """A recorded share that is wrong in one part is told by its name."""
    entry = dict(recorded(root)["narratives.reached"])
    entry[part] = {"interval": [0.1, 0.2], "cases": entry["cases"][1:]}.get(part, 0)
    wrong, _ = compared({"narratives.reached": entry}, data, outcomes)
    assert len(wrong) == 1
    assert wrong[0].startswith("narratives.reached: ")


def columns(start="", share="share"):
    """The columns in which a file of numbers has a share, its counts and its limits."""
    return f"{start}n", f"{start}denominator", f"{start}{share}", f"{start}low", f"{start}high"


READINGS = {"strict": "strict", "broad": "broad", "either": "either", "first": "coder_1", "second": "coder_2"}
TABLES = {
    "narratives/details": {"details.{variable}": columns()},
    "narratives/editions": {"editions.{codes}.{on}.{quantity}": columns()},
    "narratives/joining": {
        "joining.{narrative}.{motive}.with": ("both", "motive_n", "share", "low", "high"),
        "joining.{narrative}.{motive}.without": ("without_n", "without_denominator", "without"),
        "joining.{narrative}.{motive}.voicers": ("both", "narrative_n", "voicers", "voicers_low", "voicers_high"),
    },
    "narratives/narratives": {"narratives.{variable}": columns()}
    | {
        f"narratives.{{variable}}.{name}": (f"{reading}_n", f"{reading}_denominator", reading)
        for reading, name in {**READINGS, "edition": "first"}.items()
    },
    "evidence/access": {"access.{variable}.supervised": columns("in_"), "access.{variable}.free": columns("out_")},
    "evidence/extension": {"extension.{variable}.later": columns("in_"), "extension.{variable}.core": columns("out_")},
    "evidence/missingness": {"missing.{field}": ("n", "denominator", "share")},
    "evidence/reading": {"missing.read.{group}.{variable}": columns()},
    "people/origins": {"people.country.{country}": ("n",)},
}
"""Tables of figures to the shares that they hold, and the columns of each."""
NO_SHARES = {"narratives/editions": 3, "people/origins": 2}  # lists, and what is no country


@pytest.mark.parametrize("file", TABLES)
def test_tables_of_the_figures(root, outcomes, file):
    """The counts and intervals in the files of figures are those of the tables of data, row by row."""
    left_out = 0
    for row in table(root / f"figures/{file}.csv"):
        for pattern, names in TABLES[file].items():
            name = pattern.format_map({key: value.removeprefix("joining_").lower() for key, value in row.items()})
            if name not in outcomes:
                left_out += 1
                continue
            n, of = counts(outcomes[name])
            ours = dict(zip(names, (n, of, n / of, *wilson(n, of)), strict=False))
            if is_small(name, n):
                assert not any(row[column] for column in (names[0], *names[2:])), name
                ours = {names[1]: of}
            assert {column: float(row[column]) for column in ours} == pytest.approx(ours, abs=1e-6), name
    assert left_out == NO_SHARES.get(file, 0)


def test_agreement_of_both_editions(root, data):
    """Percent, kappa, alpha and AC1 of every code that both coders of an edition gave, with n."""
    rows = table(root / "figures/evidence/coder-agreement.csv")
    assert {(row["edition"], row["variable"]) for row in rows} >= {
        (edition["id"], name)
        for edition in data.study["editions"]
        for name in (data.study["reach"]["variable"], *data.narratives)
    }
    wrong = []
    for edition in data.study["editions"]:
        for row in (row for row in rows if row["edition"] == edition["id"]):
            pairs = data.both_coded(edition, row["variable"])
            ours = agreement(pairs)[row["coefficient"]], len(pairs)
            theirs = float(row["value"]), int(row["n"])
            if theirs != pytest.approx(ours, abs=1e-5) or not float(row["low"]) <= ours[0] <= float(row["high"]):
                wrong.append(f"{edition['id']} {row['variable']} {row['coefficient']}: {theirs} is {ours}")
    assert not wrong, "\n".join(wrong)
    values = recorded(root)
    both = len([pair for pair in data.both_coded(data.second, data.study["reach"]["variable"]) if pair == (1, 1)])
    assert values["agreement.second.n_both"]["value"] == both
    for name, entry in values.items():
        if name.endswith(".kappa") and ".lowest." not in name:
            _, edition, variable, _ = name.split(".")
            of = next(one for one in data.study["editions"] if one["id"] == edition)
            assert entry["value"] == pytest.approx(agreement(data.both_coded(of, variable))["kappa"]), name


def test_verdicts(root, data):
    """Each claim that is tested has the estimate, the interval and the verdict that the rule's words give."""
    ours, wrong, seen = judged(Reading(data)), [], set()
    for file in sorted((root / "figures/claims").glob("claims*.csv")):
        for row in table(file):
            if "verdict" not in row or not (row["value"] or row["verdict"]):
                continue
            key = row["claim"], row["clock"]
            estimate, verdict = ours[key]
            seen.add(key)
            if not row["value"] and row["verdict"] == verdict:  # its cells are too small to be printed
                continue
            theirs = tuple(float(row[name]) for name in ("value", "low", "high"))
            if theirs != pytest.approx(estimate, rel=1e-4, abs=1e-5) or row["verdict"] != verdict:
                wrong.append(f"{key}: {theirs} {row['verdict']} is {estimate} {verdict}")
    assert not wrong, "\n".join(wrong)
    thin = {key for key, (_, verdict) in ours.items() if verdict == "not testable"}
    assert seen | thin == set(ours)
    for name, entry in recorded(root).items():
        if entry["unit"] == "verdict":
            claim, _, clock = name.removeprefix("claims.").removesuffix(".verdict").partition(".")
            known = [verdict for (one, by), (_, verdict) in ours.items() if one == claim and clock in ("", by)]
            assert known == [entry["value"]] or (not known and entry["value"] == "not testable"), name


def test_verdicts_by_edition(root, data):
    """So have those on the first edition's codes and list, and on the second's codes and that list."""
    listed = sorted(
        case for case in data.core if case in data.given[data.first["final"]] and case not in data.first["later"]
    )
    before = judged(Reading(data, listed, data.first["final"], data.first["coders"][1]))
    same, now = judged(Reading(data, listed)), judged(Reading(data))
    wrong = []
    for row in table(root / "figures/claims/claims-editions.csv"):
        claim, _, clock = row["claim"].partition(".")
        key = next(one for one in now if one[0] == claim and clock in ("", one[1]))
        given = {"first": before[key][1], "same_list": same[key][1], "now": now[key][1]}
        if given != {name: row[name] for name in given} or (row["moved"] == "True") != (
            given["first"] != given["same_list"]
        ):
            wrong.append(f"{row['claim']}: {row} is {given}")
    assert not wrong, "\n".join(wrong)


def test_nothing_of_the_project_is_imported(root):
    """The second count shares no line with the first."""
    files = [*(root / "tests/papers/recount").glob("*.py"), root / "tests/paper/test_recomputed.py"]
    found = {
        name.split(".")[0]
        for file in files
        for name in re.findall(r"^(?:from|import) ([\w.]+)", file.read_text(), re.M)
    }
    library = "__future__ csv itertools json math pathlib re statistics"
    assert found <= {*library.split(), "pytest", "recount", "scipy"}
