"""A few accounts of each narrative in paraphrase, chosen by a rule: what stands behind a share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.study import Study
from analysis.record.cell import Cell
from analysis.record.formats import in_words, month, sentence
from analysis.record.markdown import plain

MOST = 3  # voices of a narrative
CHOICE = ["supervised", "undated", "age_unknown", "again", "certainty", "length", "number"]


def candidates(data: Dataset) -> pd.DataFrame:
    """What a voice may be chosen from: forms that an account voices beyond doubt.

    The decision and both coders gave 1 and the decision is clear. People who are known to have joined as minors are
    left out, and forms that say nothing in particular.

    Returns:
        A row per account and form, with what the choice goes by, in which less is better: `supervised` (situations in
        the order of the study: free first, unknown in the middle, custody last), `undated` (no month for account or
        story), `age_unknown`, `certainty` (0 high to 2 low), `length` (how far the paraphrase is from the median
        length) and `number`.
    """
    study, keys = data.study, ["case_id", "variable"]
    forms = [form.variable for form in study.forms if form.narrative]
    codings = data.codings[data.codings["variable"].isin(forms)]
    yes = codings[codings["value"].eq(1).fillna(False) & codings["coder"].isin(study.coders)]
    seen = yes.groupby(keys, observed=True).size()
    agreed = seen.index[seen == len(study.coders)]
    decided = codings[codings["coder"].eq(study.final_coder) & codings["strength"].eq("clear")]
    rows = decided[pd.MultiIndex.from_frame(decided[keys]).isin(agreed)].dropna(subset=["evidence", "story_id"])
    rows = rows[[*keys, "evidence", "story_id"]].astype(object).join(data.core, on="case_id", how="inner")
    rows = rows.join(data.stories[["outlet", "published"]], on="story_id")
    status, minor = rows["status_at_disclosure"], rows["minor_when_joined"]
    length = rows["evidence"].str.len()
    known = [*study.unsupervised, *study.supervised]
    order = [*study.unsupervised, *sorted(set(status) - set(known)), *study.supervised]
    return rows.assign(
        narrative=rows["variable"].map(study.narrative_of),
        situation=status.map(data.value_labels("cases", "status_at_disclosure")),
        supervised=status.map(order.index),
        undated=rows["first_public_month"].isna() | rows["published"].isna(),
        age_unknown=minor.isna(),
        certainty=rows["certainty"].map(list(data.value_labels("cases", "certainty")).index),
        length=(length - length.median()).abs(),
    )[~minor.eq(True).fillna(False) & ~rows["variable"].isin(study.unspecific)]


def chosen(rows: pd.DataFrame, narratives: Iterable[str]) -> pd.DataFrame:
    """The voices of the `candidates`: of each narrative at most three, of different countries, and of nobody twice.

    The narrative with the fewest people to choose from chooses first. Each choice is the best left by `CHOICE`, in
    which a form that is not heard yet goes before one that is. They stand in the order of choice, by narrative as
    given.
    """
    people = {name: rows.loc[rows["narrative"].eq(name), "case_id"].nunique() for name in narratives}
    rows = left = rows.reset_index(drop=True)
    found: dict[str, list[Any]] = {}
    for name in sorted(people, key=lambda one: people[one]):
        picked: list[pd.Series] = []
        own = left[left["narrative"].eq(name)]
        while len(picked) < MOST and len(own):
            again = own["variable"].isin([voice["variable"] for voice in picked])
            best = own.assign(again=again).sort_values(CHOICE, kind="stable").iloc[0]
            picked.append(best)
            own = own[own["case_id"].ne(best["case_id"]) & own["country"].ne(best["country"])]
        left = left[~left["case_id"].isin([voice["case_id"] for voice in picked])]
        found[name] = [voice.name for voice in picked]
    return rows.loc[[place for name in people for place in found[name]]].reset_index(drop=True)


def words(voices: pd.DataFrame, study: Study, wanted: int = MOST, *, linked: bool = True) -> str:
    """The `chosen` in Markdown, each a paraphrase over its form, outlet, month made public, situation and number.

    Fewer than `wanted` are said to be fewer. Linked, where the document has the table of cases, the page opens the
    case.
    """
    told = []
    for _, row in voices.iterrows():
        made = row["first_public"] if pd.isna(row["first_public_month"]) else month(row["first_public_month"])
        link = f'[Case {row["number"]}](#tbl-cases){{case="{row["case_id"]}"}}' if linked else f"Case {row['number']}"
        facts = f"{plain(row['outlet'])}, {made}. {sentence(row['situation'])}. {link}."
        told.append(f"::: {{.voice}}\n{plain(row['evidence'])}\n\n**{study.label(row['variable'])}.** {facts}\n:::\n")
    return "\n".join(["::: {.voices}", f"{_head(len(voices), wanted)}\n", *told, ":::\n"])


def _head(n: int, wanted: int) -> str:
    if not n:
        return "No account fits the rule by which voices are chosen"
    return sentence(f"{in_words(n)} account{'s' * (n > 1)}, in paraphrase{'; no more fit the rule' * (n < wanted)}")


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the voices of each narrative, one for the first page and two for the brief; give all of them."""
    study = data.study
    voices = chosen(candidates(data), study.narrative_variables)
    first = voices.groupby("narrative").head(1)
    voiced = data.coded(study.narrative_variables).sum()
    leading = first.assign(voiced=first["narrative"].map(voiced)).sort_values("voiced", ascending=False, kind="stable")
    parts = {name: voices[voices["narrative"].eq(name)] for name in study.narrative_variables}
    for name, part in parts.items():
        cell.passage(f"voices-{name.replace('_', '-')}", words(part, study), cases=part["case_id"])
    for name, part in (("voice-front", leading.head(1)), ("voices-brief", leading.head(2))):
        cell.passage(name, words(part, study, len(part), linked=name == "voice-front"), cases=part["case_id"])
    return voices[["narrative", "number", "variable", "evidence", "outlet", "first_public", "situation"]]
