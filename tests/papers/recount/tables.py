"""The case list read by the csv module alone and counted in plain formulas, for a second opinion on every number.

Nothing here imports the project. An outcome is a dict of case to 1, 0 or None (not known: out of the denominator).
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

from scipy.stats import beta, norm

Z = norm.ppf(0.975)


def table(file):
    """The rows of a CSV file, all cells as text."""
    with Path(file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def counts(outcome):
    """How many are 1, and of how many it is known."""
    known = [value for value in outcome.values() if value is not None]
    return sum(known), len(known)


def wilson(n, of, z=Z):
    """The Wilson (1927) score interval."""
    if not of:
        return 0.0, 1.0
    p, middle = n / of, n / of + z * z / (2 * of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return (middle - half) / whole if n else 0.0, (middle + half) / whole if n < of else 1.0


def exact(n, of, level=0.95):
    """The limits of Clopper and Pearson (1934)."""
    tail = (1 - level) / 2
    return (beta.ppf(tail, n, of - n + 1) if n else 0.0), (beta.ppf(1 - tail, n + 1, of - n) if n < of else 1.0)


def newcombe(n1, of1, n2, of2):
    """The hybrid score interval of a difference, method 10 of Newcombe (1998)."""
    (low1, high1), (low2, high2), apart = wilson(n1, of1), wilson(n2, of2), n1 / of1 - n2 / of2
    return apart - math.hypot(n1 / of1 - low1, high2 - n2 / of2), apart + math.hypot(high1 - n1 / of1, n2 / of2 - low2)


def agreement(pairs):
    """Percent agreement, kappa (Cohen 1960), alpha (Krippendorff 2011) and AC1 (Gwet 2008) of pairs of 0 and 1."""
    n, same = len(pairs), sum(one == other for one, other in pairs) / len(pairs)
    one, other = (sum(side) / n for side in zip(*pairs, strict=True))
    chance, ones = one * other + (1 - one) * (1 - other), n * (one + other)
    middle = (one + other) / 2
    expected = 2 * ones * (2 * n - ones) / (2 * n * (2 * n - 1))
    values = {"percent": same, "kappa": (same - chance) / (1 - chance), "alpha": 1 - (1 - same) / expected}
    return {**values, "ac1": (same - 2 * middle * (1 - middle)) / (1 - 2 * middle * (1 - middle))}


def month(text):
    """A month such as 2015-06 as a number."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def months_of(date):
    """The first and the last month that a date may mean; None for no date."""
    if not date:
        return None
    return (month(date),) * 2 if len(date) > 4 else (month(f"{date}-01"), month(f"{date}-12"))


def inside(span, first, last):
    """Whether a run of months lies in another: 1, 0, or None where it is not settled."""
    if span is None or (span[0] < first <= span[1]) or (span[0] <= last < span[1]):
        return None
    return int(first <= span[0] and span[1] <= last)


class List:
    """The tables of a data folder, and the codes of each coder with the narratives computed from forms."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.study = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))["study"]
        self.cases = {row["case_id"]: row for row in table(self.folder / "cases.csv")}
        self.core = sorted(case for case, row in self.cases.items() if row["decision"] == "core")
        self.later = sorted(case for case, row in self.cases.items() if row["decision"] == "later")
        self.countries = {row["country"]: row for row in self.of("countries")}
        for row in self.cases.values():
            row["region"] = self.countries.get(row["country"], {}).get("region", "")
        self.narratives = [one["variable"] for one in self.study["narratives"]]
        self.motives = [one["variable"] for one in self.study["joining_motives"]]
        self.forms = {form["variable"]: form.get("narrative", "") for form in self.study["forms"]}
        self.first, self.second = self.study["editions"]
        self.end = month(self.study["window"]["end"])
        self.stories = {row["story_id"]: row for row in self.of("stories")}
        self.links = {case: [] for case in self.cases}
        for row in self.of("case_stories"):
            self.links[row["case_id"]].append(row["story_id"])
        self.given, self.borderline = {}, set()
        for row in self.of("codings"):
            value = int(row["value"]) if row["value"] else None
            self.given.setdefault(row["coder"], {}).setdefault(row["case_id"], {})[row["variable"]] = value
            if row["coder"] == self.second["final"] and row["strength"] == "borderline":
                self.borderline.add((row["case_id"], row["variable"]))
        for coder in (*self.second["coders"], self.second["final"]):
            for codes in self.given[coder].values():
                codes |= self.voiced(codes)
        self.decided = self.second["final"]

    def of(self, name):
        """The rows of a table of the data."""
        return table(self.folder / f"{name}.csv")

    def voiced(self, codes):
        """The narratives by the rule of the study: reached and any form, reached and none, or not reached."""
        reach, made = codes.get(self.study["reach"]["variable"]), {}
        for name in self.narratives:
            any_form = any(codes.get(form) == 1 for form, of in self.forms.items() if of == name)
            made[name] = int(any_form) if reach == 1 else None
        return made

    def codes(self, variable, coder=None, cases=None):
        """What a coder gave, by default the decision, on the core list."""
        given = self.given[coder or self.decided]
        return {case: given.get(case, {}).get(variable) for case in (self.core if cases is None else cases)}

    def field(self, name, wanted, cases=None):
        """1 where a field of the cases has one of the values, 0 where another, None where none is reported."""
        rows = ((case, self.cases[case][name]) for case in (self.core if cases is None else cases))
        return {case: None if value in ("", "not_reported") else int(value in wanted) for case, value in rows}

    def group(self, name, cases=None):
        """1 where the country belongs to a group of countries."""
        return self.field("country", {one for one, row in self.countries.items() if row[name] == "true"}, cases)

    def situation(self, name, cases=None):
        """1 where the account was given in a group of situations, 0 in any other that is reported in the study."""
        groups = self.study["status_groups"]
        known = {status: int(status in groups[name]) for group in groups.values() for status in group}
        return {case: known.get(self.cases[case]["status_at_disclosure"]) for case in cases or self.core}

    def ranges(self, clock, cases=None, cut=True):
        """The months that each core date may mean; a bare last year ends with the window, when all were public."""
        spans = {case: months_of(self.cases[case][clock]) for case in cases or self.core}
        return {case: span and (span[0], min(span[1], self.end) if cut else span[1]) for case, span in spans.items()}

    def readings(self, name):
        """A narrative by every reading that the paper gives shares of."""
        final, *two = (self.codes(name, coder) for coder in (self.decided, *self.second["coders"]))
        both = {case: [one[case] for one in two] for case in final}
        of_first = {case for case in self.core if case in self.given[self.first["final"]]} - set(self.first["later"])
        seen = {case: None if set(given) == {None} else int(1 in given) for case, given in both.items()}
        return {
            "": final,
            ".strict": {case: code if code is None else int(both[case] == [1, 1]) for case, code in final.items()},
            ".broad": {case: code if code is None else int(1 in both[case]) for case, code in final.items()},
            ".either": {case: seen[case] if code is None else code for case, code in final.items()},
            ".first": self.codes(name, self.first["final"], of_first),
            **{f".coder_{place}": codes for place, codes in enumerate(two, 1)},
        }

    def both_coded(self, edition, variable):
        """The pairs of codes of the two coders of an edition, of the cases to which both gave one."""
        one, other = (self.given[coder] for coder in edition["coders"])
        derived = edition["coded"] == "narratives" and variable == self.study["reach"]["variable"]

        def code(codes):
            return int(any(codes.get(name) is not None for name in self.narratives)) if derived else codes.get(variable)

        pairs = [(code(one[case]), code(other[case])) for case in sorted(one.keys() & other.keys())]
        return [pair for pair in pairs if None not in pair]

    def likeness(self, coder=None, cases=None):
        """The share of pairs of accounts with a narrative in common, by chance, and its spread under chance."""
        rows = zip(*(self.codes(name, coder, cases).values() for name in self.narratives), strict=True)
        told = [row for row in rows if None not in row]
        n, pairs = len(told), math.comb(len(told), 2)
        alike = sum(any(map(all, zip(one, other, strict=True))) for i, one in enumerate(told) for other in told[:i])
        voicers = [sum(column) for column in zip(*told, strict=True)]
        of = {k: [math.comb(s, k) / math.comb(n, k) for s in voicers] for k in (2, 3, 4)}
        apart = math.prod(1 - p for p in of[2])
        one_shared = math.prod(1 - 2 * p + q for p, q in zip(of[2], of[3], strict=True))
        none_shared = math.prod(1 - 2 * p + q for p, q in zip(of[2], of[4], strict=True))
        square = (apart + 2 * (n - 2) * one_shared + math.comb(n - 2, 2) * none_shared) / pairs
        return alike / pairs, 1 - apart, math.sqrt(max(square - apart**2, 0))
