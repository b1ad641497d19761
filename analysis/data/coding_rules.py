"""The rules of the codings: a code has its evidence and story, a form is reached, a coder is known and compared."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.data.problems import Problem
from analysis.data.schema import Tables
from analysis.data.study import Edition, Study

FILE, STUDY = "data/codings.csv", "data/datapackage.json"
KINDS = ("human", "automated")


def coding_problems(tables: Tables, study: Study) -> list[Problem]:
    """What is wrong with single codes.

    Args:
        tables: Every table as text, by name, its lines as index.
        study: Gives the editions and their coders, the forms and the reach.
    """
    codings = tables["codings"]
    return [
        *_unlinked(codings, tables["case_stories"]),
        *_bare(codings, tables["cases"], study),
        *_beyond(codings, study),
        *_unknown(codings, study),
        *(Problem(STUDY, 0, "study.coders", message) for message in _undeclared(study)),
        *_said_of_no(codings, study),
        *(problem for edition in study.editions for problem in _decided(codings, edition)),
    ]


def coder_warnings(tables: Tables, study: Study) -> list[Problem]:
    """Comparisons that the study asks for and the codes do not allow; tables and study as for `coding_problems`."""
    given = tables["codings"][["coder", "case_id"]].drop_duplicates()
    cases = given.groupby("coder", observed=True)["case_id"].agg(set)
    none: set[str] = set()
    pairs = [edition.coders for edition in study.editions]
    pairs += [(one.id, other) for one in study.further_coders for other in one.compared_with]
    return [
        Problem(STUDY, 0, "study.coders", f"{one} and {other} have no account in common yet, so nothing compares.")
        for one, other in pairs
        if not cases.get(one, none) & cases.get(other, none)
    ]


def _unknown(codings: pd.DataFrame, study: Study) -> Iterator[Problem]:
    """Coders in the data, and questions of whoever coded forms, of which the study says nothing: one message each."""
    questions = [code.variable for code in (*study.forms, *study.joining_motives, *study.eligibility)]
    asked = codings[codings["coder"].isin(study.coders_of_forms)]
    coder = f"is not a coder of the study. Say in study.coders of {STUDY} who it is and with whom it is compared"
    question = f"is no question of the study. Add it to study.forms of {STUDY}"
    for column, rows, known, says in (
        ("coder", codings, [one.id for one in study.every_coder], coder),
        ("variable", asked, [study.reach, *questions], question),
    ):
        strange = rows.loc[~rows[column].isin(known), column].dropna()
        for name, lines in strange.groupby(strange, observed=True).groups.items():
            message = f'"{name}" (rows: {len(lines)}) {says}, or correct it here.'
            yield Problem(FILE, int(lines[0]), column, message)


def _undeclared(study: Study) -> Iterator[str]:
    """What study.coders lacks: a coder of an edition, a kind, or someone to compare a further coder with."""
    known = {one.id for one in study.every_coder}
    for coder in sorted({coder for edition in study.editions for coder in edition.everyone} - known):
        yield f"lacks {coder}, which an edition names. Add id, label and kind."
    for one in study.every_coder:
        if one.kind not in KINDS:
            yield f'{one.id} is of the kind "{one.kind}". Write {" or ".join(KINDS)}.'
    for one in study.further_coders:
        if not one.compared_with:
            yield f"{one.id} is compared with nobody. Name in compared_with whose codes to set beside."
        for other in sorted({*one.compared_with} - (known - {one.id})):
            yield f"{one.id} is compared with {other}, who is no other coder of the study. Correct compared_with."


def _unlinked(codings: pd.DataFrame, links: pd.DataFrame) -> Iterator[Problem]:
    """Evidence that rests on a story which is not linked to its case."""
    pair = ["case_id", "story_id"]
    told = codings[pair].dropna(subset="story_id")
    linked = pd.MultiIndex.from_frame(told).isin(pd.MultiIndex.from_frame(links[pair]))
    way_out = "Add the link to data/case_stories.csv, or correct it here."
    for line, case, story in told[~linked].itertuples():
        yield Problem(FILE, line, "story_id", f'"{story}" is not linked to {case}. {way_out}', way_out)


def _bare(codings: pd.DataFrame, cases: pd.DataFrame, study: Study) -> Iterator[Problem]:
    """Codes of 1 without evidence or story, by coders of forms; people who were left out have no paraphrases."""
    variables = [code.variable for code in (*study.forms, *study.joining_motives)]
    left_out = cases.loc[cases["decision"] == "excluded", "case_id"]
    yes = codings[codings["coder"].isin(study.coders_of_forms) & codings["variable"].isin(variables)]
    yes = yes[(yes["value"] == "1") & ~yes["case_id"].isin(left_out)]
    for column, what, out in (
        ("evidence", "evidence", "Say in one name-free sentence what was said, or change the code."),
        ("story_id", "story", "Name the story that it rests on, or change the code."),
    ):
        for line, case, form, coder in yes.loc[yes[column].isna(), ["case_id", "variable", "coder"]].itertuples():
            yield Problem(FILE, line, column, f"{case} {form} is 1 by {coder}, but has no {what}. {out}", out)


def _beyond(codings: pd.DataFrame, study: Study) -> Iterator[Problem]:
    """Forms that are coded although the same coder says that the text does not reach reasons."""
    by = codings.groupby(["case_id", "coder"], observed=True).ngroup()
    reached = by.isin(by[(codings["variable"] == study.reach) & (codings["value"] == "1")])
    forms = codings["variable"].isin([form.variable for form in study.forms])
    wrong = codings[forms & codings["coder"].isin(study.coders_of_forms) & ~reached & codings["value"].notna()]
    out = f"Empty the code, or code {study.reach} as 1."
    for line, case, form, coder in wrong[["case_id", "variable", "coder"]].itertuples():
        yield Problem(FILE, line, "value", f"{case} {form} is coded by {coder}, who reached no reasons. {out}", out)


def _said_of_no(codings: pd.DataFrame, study: Study) -> Iterator[Problem]:
    """Evidence or a story beside a code that is not 1, by coders of forms."""
    told = codings["evidence"].notna() | codings["story_id"].notna()
    wrong = codings[told & (codings["value"] != "1") & codings["coder"].isin(study.coders_of_forms)]
    out = "Correct the code, or take them out; was a column sorted by itself?"
    for line, case, form, coder in wrong[["case_id", "variable", "coder"]].itertuples():
        yield Problem(
            FILE, line, "value", f"{case} {form} is not 1 by {coder}, but has evidence or a story. {out}", out
        )


def _decided(codings: pd.DataFrame, edition: Edition) -> Iterator[Problem]:
    """Decisions against both coders without a reason, and differences whose kind is not said."""
    key, (first, second) = ["case_id", "variable"], edition.coders
    own = codings[codings["coder"].isin(edition.coders)].groupby("coder", observed=True)
    codes = {coder: rows.set_index(key)["value"] for coder, rows in own}
    if len(codes) < len(edition.coders):
        return
    rows = codings[(codings["coder"] == edition.final) & ~codings["case_id"].isin(edition.alone)]
    places = pd.MultiIndex.from_frame(rows[key])
    given = {coder: of[~of.index.duplicated()].reindex(places).to_numpy() for coder, of in codes.items()}
    one, other = (pd.Series(given[coder], index=rows.index) for coder in (first, second))
    against = one.notna() & (one == other) & (rows["value"] != one) & rows["reason"].isna()
    if edition.coded == "narratives":  # whose decisions gave their reasons in `evidence`
        against &= rows["evidence"].isna()
    out = "Say in `reason` why."
    for line, case, variable in rows.loc[against, key].itertuples():
        yield Problem(FILE, line, "reason", f"{case} {variable} is decided against both coders without one. {out}", out)
    if edition.coded == "forms":
        both = places.isin(codes[first].index) & places.isin(codes[second].index)
        differ = both & (one.fillna("") != other.fillna("")) & rows["difference"].isna()
        out = "Write retrieval, reading or rule."
        for line, case, variable in rows.loc[differ, key].itertuples():
            says = f"{first} and {second} differ on {case} {variable}, and the kind of difference is not said. {out}"
            yield Problem(FILE, line, "difference", says, out)
