"""The claims ledger judged once more by the words of the rule alone, from plain counts; see `tables`."""

from __future__ import annotations

import math
from itertools import groupby

from scipy.stats import norm

from recount.tables import counts, exact, inside, month, newcombe, wilson

ENOUGH = {"month": (7,), "year": (4, 7)}  # lengths of dates known well enough
HAIR = 1e-5


class Reading:
    """What one coding says of one list of cases; forms and what they belong to are the second coder's in the first."""

    def __init__(self, data, cases=None, coder=None, forms=None):
        self.data, self.cases, self.coder, self.forms = data, cases or data.core, coder or data.decided, forms

    def code(self, variable):
        """Codes of a variable; the coder of the forms gives what nobody decided."""
        decided = self.data.codes(variable, self.coder)
        coder = self.forms if self.forms and not any(code is not None for code in decided.values()) else self.coder
        return self.data.codes(variable, coder, self.cases)

    def form(self, variable, narrative):
        """A form among the cases in which its coder saw the narrative."""
        seen = self.data.codes(narrative, self.forms or self.coder, self.cases)
        return {case: code if seen[case] == 1 else None for case, code in self.code(variable).items()}

    def quantity(self, name, given, clock, level):
        """The unit and the estimate (value, low, high) of a quantity of the ledger at a level of confidence."""
        return getattr(self, name)(clock, level, **given)

    def share(self, outcome, level):
        """The share of an outcome with its Wilson interval."""
        n, of = counts(outcome)
        return "share", (n / of if of else math.nan, *wilson(n, of, norm.ppf((1 + level) / 2)))

    def code_share(self, clock, level, variable):
        """Coded 1, of the cases with a code."""
        return self.share(self.code(variable), level)

    def any_narrative(self, clock, level, variables):
        """Coded 1 on any of several variables."""
        codes = [self.code(variable) for variable in variables.split("|")]
        every = {case: [one[case] for one in codes] for case in self.cases}
        return self.share({case: None if None in given else max(given) for case, given in every.items()}, level)

    def form_share(self, clock, level, form, of):
        """Shows a form, of the cases in which the narrative was seen."""
        return self.share(self.form(form, of), level)

    def form_origin(self, clock, level, form, of, values):
        """From some countries, of the cases that show a form."""
        origin, shows = self.data.field("country", values.split("|"), self.cases), self.form(form, of)
        return self.share({case: origin[case] for case in self.cases if shows[case] == 1}, level)

    def forms_present(self, clock, level, forms, of):
        """The cases of the rarest of several forms."""
        return "count", (min(counts(self.form(form, of))[0] for form in forms.split("|")),) * 3

    def motive_among(self, clock, level, motive, narrative):
        """Joined for a motive, of those who voice a narrative."""
        voiced = self.code(narrative)
        return self.share({case: code for case, code in self.code(motive).items() if voiced[case] == 1}, level)

    def contrast(self, clock, level, variable, motive="", group="", situation=""):
        """Coded 1 in a group less coded 1 outside it."""
        member = self.code(motive) if motive else self.data.group(group, self.cases) if group else None
        member = member or self.data.situation(situation, self.cases)
        codes = self.code(variable)
        (n1, of1), (n2, of2) = (counts({c: codes[c] for c in self.cases if member[c] == side}) for side in (1, 0))
        return "difference", (n1 / of1 - n2 / of2, *newcombe(n1, of1, n2, of2))

    def shared_narrative(self, clock, level):
        """Pairs of cases with a narrative in common, less what chance gives."""
        alike, by_chance, spread = self.data.likeness(self.coder, self.cases)
        half = norm.ppf((1 + level) / 2) * spread
        return "difference", (alike - by_chance, alike - by_chance - half, alike - by_chance + half)

    def lead(self, pairs, level, rank):
        """Against the strongest rival, or that of the rank asked for: of (own, rival) counts the least own share."""
        n, rival = sorted(pairs, key=lambda pair: (pair[0] / sum(pair) if sum(pair) else 1.0, -sum(pair)))[rank - 1]
        value = n / (n + rival) if n + rival else math.nan
        return "share", (value, *exact(n, n + rival, 1 - (1 - level) / rank))

    def narrative_lead(self, clock, level, variable, rank):
        """A narrative against each other one: the cases that voice one of the two alone."""
        codes = {name: self.code(name) for name in self.data.narratives}
        told = [case for case in self.cases if all(of[case] is not None for of in codes.values())]
        own, rivals = codes.pop(variable), codes.values()
        alone = [(sum(own[c] > of[c] for c in told), sum(own[c] < of[c] for c in told)) for of in rivals]
        return self.lead(alone, level, int(rank))

    def greatest(self, values, value, level, rank=1):
        """Cases of one value against those of each other."""
        sizes = {one: len(list(same)) for one, same in groupby(sorted(filter(None, values)))}
        return self.lead([(sizes.get(value, 0), n) for one, n in sizes.items() if one != value], level, rank)

    def field_lead(self, clock, level, field, value, rank):
        """A value of a field against each other value."""
        return self.greatest([self.data.cases[case][field] for case in self.cases], value, level, int(rank))

    def month_lead(self, clock, level, month):
        """A month against each other month."""
        dates = [self.data.cases[case][clock] for case in self.cases]
        return self.greatest([date for date in dates if len(date) == 7], month, level)

    def known(self, clock, known_to):
        """The cases whose date is known well enough."""
        return [case for case in self.cases if len(self.data.cases[case][clock]) in ENOUGH[known_to]]

    def span_share(self, clock, level, start, end, known_to):
        """Dated in a span, of the cases dated well enough."""
        spans = self.data.ranges(clock, self.cases, cut=False)
        return self.share({c: inside(spans[c], month(start), month(end)) for c in self.known(clock, known_to)}, level)

    def pace(self, clock, level, later, earlier, known_to, line="", cases=None):
        """Cases a month in one span over cases a month in another."""
        spans, ends = (
            self.data.ranges(clock, self.cases),
            [tuple(map(month, one.split("/"))) for one in (later, earlier)],
        )
        known = [case for case in self.known(clock, known_to) if cases is None or case in cases]
        n, before = (sum(inside(spans[case], *span) == 1 for case in known) for span in ends)
        later, earlier = (self.gone(span, line) if line else span[1] - span[0] + 1 for span in ends)
        return self.ratio(n, later, before, earlier, level)

    def ratio(self, n, later, before, earlier, level):
        """One rate over another: given their sum the later count is binomial."""
        low, high = (p / (1 - p) * earlier / later if p < 1 else math.inf for p in exact(n, n + before, level))
        return "ratio", ((n / later) / (before / earlier), low, high)

    def pace_per_recruit(self, clock, level, **given):
        """The same per person who had gone, of the cases from outside the group's own territory."""
        home = self.data.study["local_region"]
        country = {case: self.data.cases[case]["country"] for case in self.cases}
        away = {case for case, of in country.items() if of and self.data.countries[of]["region"] != home}
        return self.pace(clock, level, cases=away, **given)

    def gone(self, span, line):
        """People who had gone, month by month, on straight lines between the outer published estimates of a month."""
        points = {}
        for row in self.data.of("recruits"):
            if row["what"] == "cumulative_travelled" and len(row["date"]) >= 7:
                points.setdefault(month(row["date"]), []).append(float(row[line]))
        points = {at: min(found) if line == "low" else max(found) for at, found in sorted(points.items())}
        total = 0.0
        for at in range(span[0], span[1] + 1):
            left, right = max(one for one in points if one <= at), min(one for one in points if one >= at)
            part = (at - left) / (right - left) if right > left else 0
            total += points[left] + part * (points[right] - points[left])
        return total

    def cases_(self, clock, level):
        """How many cases there are."""
        return "count", (len(self.cases),) * 3

    def countries(self, clock, level):
        """How many countries they come from."""
        return "count", (len({self.data.cases[case]["country"] for case in self.cases} - {""}),) * 3

    def field_share(self, clock, level, field, values):
        """With one of the values of a field, of those reported."""
        return self.share(self.data.field(field, values.split("|"), self.cases), level)

    def country_group_share(self, clock, level, group):
        """From a group of countries, of those reported."""
        return self.share(self.data.group(group, self.cases), level)


def holds(row, number):
    """Whether a number lies in the range of a claim."""
    low, high = float(row["allowed_low"]), float(row["allowed_high"] or math.inf)
    above = number >= low - HAIR if row["closed"] in ("both", "left") else number > low + HAIR
    return above and (number <= high + HAIR if row["closed"] in ("both", "right") else number < high - HAIR)


def fits(row, unit, value, low, high):
    """`yes`, `may`, `no` or `thin`: how an estimate fits the words of a claim."""
    scale = {"share": 1, "difference": 2}.get(unit, math.inf)
    if math.isnan(value) or (row["test"] != "maximum" and high - low > scale / 2):
        return "thin"
    covers = low <= float(row["allowed_low"]) and high >= float(row["allowed_high"] or math.inf)
    reaches, whole = covers or any(holds(row, end) for end in (low, high)), holds(row, low) and holds(row, high)
    inside_range = holds(row, value)
    if row["test"] == "share":
        return "yes" if inside_range else "may" if reaches else "no"
    return "yes" if whole else "may" if inside_range else "no"


def published_fit(row, reading, unit, given, level):
    """How the number that the report printed fits its own words; None where it printed none."""
    said = next((one for one in reading.data.of("published") if one["published_id"] == row["published_id"]), None)
    if said is None:
        return None
    value = float(said["value"])
    if said["unit"] == "share" or unit == "count":
        return fits(row, unit, value, value, value)
    n, of = int(value), int(said["denominator"])
    if unit == "ratio":
        spans = [tuple(map(month, given[side].split("/"))) for side in ("later", "earlier")]
        later, earlier = (span[1] - span[0] + 1 for span in spans)
        return fits(row, *_flat(reading.ratio(n, later, of - n, earlier, level)))
    return fits(row, unit, n / of, *wilson(n, of, norm.ppf((1 + level) / 2)))


def _flat(found):
    return found[0], *found[1]


def judged(reading):
    """Claim and clock to the estimate (95%) and the verdict, for every claim that a quantity tests or describes."""
    found = {}
    for row in reading.data.of("claims"):
        if not row["quantity"]:
            continue
        given = dict(part.split("=", 1) for part in row["arguments"].split(";") if part)
        name = row["quantity"] + ("_" if row["quantity"] == "cases" else "")
        for clock in {"both": ("left", "first_public")}.get(row["clocks"], (row["clocks"],)):
            unit, estimate = reading.quantity(name, given, clock, 0.95)
            verdict = ""
            if row["test"] != "described":
                level = 0.90 if row["test"] == "no_difference" else 0.95
                ours = fits(row, *_flat(reading.quantity(name, given, clock, level)))
                theirs = published_fit(row, reading, unit, given, level)
                verdict = {"thin": "not testable", "no": "not supported", "may": "partly supported"}.get(ours)
                verdict = verdict or ("supported" if theirs in (None, "yes") else "partly supported")
            found[row["claim_id"], clock] = estimate, verdict
    return found
