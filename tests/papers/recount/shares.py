"""The recorded shares counted once more: each under its name as an outcome per case, or as one number."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

from recount.claims import Reading, judged
from recount.tables import counts, inside, month, months_of


def of_narratives(data):
    """The four narratives by every reading, how they combine, what forms they took, and how joining goes with them."""
    found, final = {}, {name: data.codes(name) for name in data.narratives}
    voiced = {case: [codes[case] for codes in final.values()] for case in data.core}
    told = {case: sum(given) for case, given in voiced.items() if None not in given}
    found["narratives.reached"] = {case: int(case in told) for case in data.core}
    found["narratives.none"] = {case: int(n == 0) for case, n in told.items()}
    found["combinations.voiced_1"] = {case: int(n == 1) for case, n in told.items()}
    found["combinations.several"] = {case: int(n > 1) for case, n in told.items()}
    for name in data.narratives:
        found |= {f"narratives.{name}{ending}": outcome for ending, outcome in data.readings(name).items()}
    before = {case for case in data.core if case in data.given[data.first["final"]]} - set(data.first["later"])
    for whose, on, cases in ((0, 0, before), (1, 0, before), (1, 1, data.core)):
        edition, key = data.study["editions"][whose], f"editions.{data.study['editions'][whose]['id']}"
        key += f".{data.study['editions'][on]['id']}"
        coded = {name: data.codes(name, edition["final"], cases) for name in data.narratives}
        found[f"{key}.reached"] = {c: int(all(codes[c] is not None for codes in coded.values())) for c in cases}
        found |= {f"{key}.{name}": codes for name, codes in coded.items()}
    deceived = data.study["deception"]["form"]
    narrative = data.forms[deceived]
    others = [data.codes(form) for form, of in data.forms.items() if of == narrative and form != deceived]
    alone = {c for c, code in data.codes(deceived).items() if code == 1 and not any(of[c] == 1 for of in others)}
    codes = final[narrative]
    found[f"narratives.{narrative}.deception_alone"] = {c: int(c in alone) for c in codes if codes[c] == 1}
    found[f"narratives.{narrative}.without_deception_alone"] = {c: 0 if c in alone else codes[c] for c in codes}
    for form, of in data.forms.items():
        among = [case for case in told if not of or final[of][case] == 1]
        found[f"details.{form}"] = {case: data.codes(form)[case] for case in among}
    motives = {name: data.codes(name) for name in data.motives}
    found["joining.known"] = {c: int(all(of[c] is not None for of in motives.values())) for c in data.core}
    for motive, stated in motives.items():
        for name, codes in final.items():
            key = f"joining.{name}.{motive.removeprefix('joining_')}"
            for part, side in (("with", 1), ("without", 0)):
                found[f"{key}.{part}"] = {case: codes[case] for case in data.core if stated[case] == side}
            found[f"{key}.voicers"] = {case: stated[case] for case in data.core if codes[case] == 1}
    return found


def of_people(data):
    """Who the people are, where they spoke from, what is missing, and on what terms they are on the list."""
    found = {f"people.country.{one.lower()}": data.field("country", [one]) for one in data.countries}
    groups = set(next(iter(data.countries.values()))) - {"country", "name", "region"}
    found |= {f"people.group.{one}": data.group(one) for one in groups}
    found |= {f"people.gender.{one}": data.field("gender", [one]) for one in ("male", "female")}
    found["people.role.combat"] = data.field("role", ["combat"])
    found["people.minors"] = data.field("minor_when_joined", ["true"])
    status = {case: data.cases[case]["status_at_disclosure"] for case in data.core}
    for group, of in (*data.study["status_groups"].items(), ("not_reported", ["not_reported"])):
        found[f"access.{group}"] = {case: int(one in of) for case, one in status.items()}
    found |= {f"access.status.{one}": {c: int(status[c] == one) for c in data.core} for one in set(status.values())}
    supervised = data.situation("supervised")
    for name in data.narratives:
        codes = data.codes(name)
        for side, group in ((1, "supervised"), (0, "free")):
            found[f"access.{name}.{group}"] = {case: codes[case] for case in data.core if supervised[case] == side}
        found[f"extension.{name}.core"], found[f"extension.{name}.later"] = codes, data.codes(name, cases=data.later)
    answers = {case: [data.codes(one["variable"])[case] for one in data.study["eligibility"]] for case in data.core}
    found["eligibility.all_yes"] = {case: int(set(given) == {1}) for case, given in answers.items()}
    found["eligibility.unclear"] = {case: int(None in given) for case, given in answers.items()}
    reach = {case: int(code == 1) for case, code in data.codes(data.study["reach"]["variable"]).items()}
    found["missing.reasons"] = {case: 1 - code for case, code in reach.items()}
    fields = {"country": "country", "role": "role", "minor": "minor_when_joined", "status": "status_at_disclosure"}
    for name, column in fields.items():
        found[f"missing.{name}"] = {c: int(data.cases[c][column] in ("", "not_reported")) for c in data.core}
    motives = [data.codes(name) for name in data.motives]
    found["missing.motive"] = {case: int(all(of[case] is None for of in motives)) for case in data.core}
    start = month(data.study["window"]["start"])
    dates = {c: [data.stories[story]["published"] for story in data.links[c]] for c in data.core}
    dated = {c: any(inside(months_of(date), start, data.end) for date in of) for c, of in dates.items()}
    for name in ("no_dated_story", "dated_story"):
        found[f"missing.{name}"] = {case: int(not any_story) for case, any_story in dated.items()}
    sizes = {"one": range(1, 2), "two_three": range(2, 4), "four_more": range(4, 10**6)}
    read = {group: [c for c in data.core if len(data.links[c]) in of] for group, of in sizes.items()}
    english = {c: {data.stories[story]["language"] == "en" for story in data.links[c]} for c in data.core}
    kinds = {"english": {True}, "mixed": {True, False}, "others": {False}}
    read |= {group: [c for c in data.core if english[c] == kind] for group, kind in kinds.items()}
    for group, cases in read.items():
        found[f"missing.read.{group}.reached"] = {case: reach[case] for case in cases}
        found |= {f"missing.read.{group}.{name}": data.codes(name, cases=cases) for name in data.narratives}
    return found


def of_time(data):
    """How well both clocks are dated and what falls into the last year."""
    found, last = {}, (data.end // 12) * 12
    for clock in (one["field"] for one in data.study["clocks"]):
        dates = {case: data.cases[case][clock] for case in data.core}
        found[f"timeline.{clock}.month_known"] = {case: int(len(date) == 7) for case, date in dates.items()}
        spans = data.ranges(clock)
        found[f"timeline.{clock}.last_year"] = {case: inside(span, last, data.end) for case, span in spans.items()}
    for name, column in (("left", "left"), ("joined", "joined"), ("public", "first_public")):
        dates = {case: data.cases[case][column] for case in data.core}
        found[f"missing.year_{name}"] = {case: int(not date) for case, date in dates.items()}
        found[f"missing.month_{name}"] = {case: int(len(date) < 7) for case, date in dates.items()}
    later, start = {case: data.cases[case]["left"] for case in data.later}, month(data.study["window"]["start"])
    found["timeline.later.left_in_window"] = {
        case: inside(months_of(date), start, data.end) for case, date in later.items() if len(date) == 7
    }
    return found


def departures(data):
    """The departures in the last year as seen and as corrected for those who had not spoken (Lynden-Bell 1971)."""
    end, rows = month(data.study["window"]["extension_end"]), []
    for case in data.core + data.later:
        left, public = (data.cases[case][clock] for clock in ("left", "first_public"))
        if len(left) == len(public) == 7 and month(public) <= end:
            rows.append((month(left), month(public) - month(left), end - month(left)))
    by_length = [1.0]  # the share of delays below each length, from the longest down
    for length in range(max(room for *_, room in rows), 0, -1):
        ending = sum(delay == length for _, delay, _ in rows)
        at_risk = sum(delay <= length <= room for _, delay, room in rows)
        by_length.insert(0, by_length[0] * (1 - (ending / at_risk if at_risk else 0)))
    seen = [(left, 1 / by_length[room]) for left, _, room in rows if left <= data.end]
    year = (data.end // 12) * 12
    return mean(left >= year for left, _ in seen), sum(w for left, w in seen if left >= year) / sum(w for _, w in seen)


def changed(data):
    """The shares of the narratives under every single change of method: whose codes count, who is left out."""
    one, other = data.second["coders"]
    readings = {name: data.readings(name) for name in data.narratives}
    codings = [{name: of[way] for name, of in readings.items()} for way in (".strict", ".broad")]
    codings += [
        {name: data.codes(name, coder) for name in data.narratives} for coder in (one, other, data.first["final"])
    ]
    own, final = {name: of[""] for name, of in readings.items()}, data.given[data.decided]
    clear = {
        c: {v: 0 if (c, v) in data.borderline and v in data.forms else x for v, x in final.get(c, {}).items()}
        for c in data.core
    }
    clear = {case: data.voiced(codes) for case, codes in clear.items()}
    codings.append({name: {case: clear[case][name] for case in data.core} for name in data.narratives})
    narrative = data.forms[data.study["deception"]["form"]]
    codings.append(own | {narrative: of_narratives(data)[f"narratives.{narrative}.without_deception_alone"]})
    field = {case: data.cases[case] for case in data.core}
    spans, start = data.ranges("left", cut=False), month(data.study["window"]["start"])
    coerced = data.codes(data.study["coerced"])
    groups = [[set(data.links[c]) | ({field[c]["cluster"]} - {""}), [c]] for c in data.core]
    while pair := next((p for p in combinations(groups, 2) if p[0][0] & p[1][0]), None):
        pair[0][0] |= pair[1][0]
        pair[0][1] += pair[1][1]
        groups.remove(pair[1])
    out = [
        {c for c in data.core if field[c]["certainty"] == "low"},
        {c for c in data.core if field[c]["status_at_disclosure"] in data.study["status_groups"]["supervised"]},
        {c for c in data.core if field[c]["minor_when_joined"] == "true"},
        {c for c in data.core if len(data.links[c]) == 1},
        {c for c in data.core if coerced[c] == 1},
        {c for _, members in groups for c in sorted(members)[1:]},
        {c for c in data.core if inside(spans[c], start, data.end) != 1},
        *({c for c in data.core if field[c]["country"] == country} for country in data.countries),
    ]
    for choice in ("outlet", "language"):
        told = {c: {data.stories[story][choice] for story in data.links[c]} - {""} for c in data.core}
        out += [{c for c in data.core if told[c] == {option}} for option in sorted(set().union(*told.values()))]
    lists = [(codes, set()) for codes in codings] + [(own, gone) for gone in out if gone]
    return {n: [counts({c: x for c, x in codes[n].items() if c not in gone}) for codes, gone in lists] for n in own}


def single_numbers(data):
    """The recorded shares that are one number: bounds, likeness, departures, claims, extremes of single changes."""
    found = dict(zip(("combinations.in_common.share", "combinations.in_common.chance"), data.likeness(), strict=False))
    observed, corrected = departures(data)
    year = data.end // 12
    found |= {"timeline.truncation.observed.share": observed, f"timeline.truncation.y{year}.share": corrected}
    for name in data.narratives:
        n, of = counts(data.codes(name))
        found[f"narratives.{name}.bounds_low"] = n / len(data.core)
        found[f"narratives.{name}.bounds_high"] = (n + len(data.core) - of) / len(data.core)
    for name, shares in changed(data).items():
        every = [n / of for n, of in shares if of]
        found |= {f"sensitivity.{name}.single.low": min(every), f"sensitivity.{name}.single.high": max(every)}
    estimates = judged(Reading(data)).items()
    return found | {f"claims.{claim}.{clock}.estimate": values[0] for (claim, clock), (values, _) in estimates if clock}


def published(data):
    """The counts that the report of 2015 printed of a whole, and the captures of the second looks."""
    found = {f"recall.{row['capture']}": (int(row["met_listed"]), int(row["met"])) for row in data.of("recall")}
    for row in data.of("published"):
        part = row["period_or_group"].lower().replace("-", "_")
        key = f"{row['quantity']}.{row['quantity'] + '_' if part.isdigit() else ''}{part}"
        if row["denominator"]:
            found[f"published.{key}"] = int(float(row["value"])), int(row["denominator"])
    return found
