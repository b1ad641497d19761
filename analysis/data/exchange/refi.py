"""Codebook and codes in REFI-QDA, the exchange standard of programs for qualitative analysis (qdasoftware.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd
from pyrefiqda import models
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata_pydantic.bindings import XmlSerializer

from analysis.data.dataset import Dataset
from analysis.data.exchange.archive import archive

OUTSIDE = "None of the narratives"


def identity(*words: str) -> str:
    """The identifier of a code, coder, account or passage: always the same for the same words."""
    return str(uuid5(NAMESPACE_URL, "/".join(words))).upper()


def codebook(data: Dataset) -> bytes:
    """The codebook as `.qdc`: reach, then each narrative with its forms below it, with their definitions."""
    codes = _codes(data, models.CodebookCodeType)
    book = models.CodeBook(codes=models.CodebookCodesType(code=codes), origin=data.descriptor["name"])
    return _xml(book, "urn:QDA-XML:codebook:1.0")


def project(data: Dataset) -> bytes:
    """Codes and evidence as `.qdpx`.

    Each account with passages is a case and a text; the text is the coders' own paraphrases, a line a passage, since
    the stories themselves are not ours to give away. Each line is a selection, coded by its coder with its code.
    Codes without a passage (0, not reached) have no place in the format; they are in the data package.
    """
    told = data.codings.dropna(subset="evidence")
    told = told[told["value"].eq(1).fillna(False) & told["variable"].isin([one.variable for one in _asked(data)])]
    sources, cases = [], []
    for case, passages in told.astype(object).groupby("case_id", sort=True):
        sources.append(_source(str(case), passages))
        of_case = [models.SourceRefType(target_guid=sources[-1].guid)]
        told_of = data.cases.at[case, "description"]
        name = str(case)
        cases.append(models.CaseType(guid=identity("case", name), name=name, description=told_of, source_ref=of_case))
    users = [models.UserType(guid=identity("coder", one.id), name=one.id) for one in data.study.every_coder]
    codes = models.ProjectCodesType(code=_codes(data, models.ProjectCodeType))
    made = models.Project(
        name=data.descriptor["title"],
        origin=data.descriptor["name"],
        description=data.descriptor["description"],
        users=models.UsersType(user=users),
        code_book=models.ProjectCodeBookType(codes=codes),
        cases=models.CasesType(case=cases),
        sources=models.SourcesType(text_source=sources),
    )
    return archive({"project.qde": _xml(made, "urn:QDA-XML:project:1.0")})


def _asked(data: Dataset) -> Iterable[Any]:
    return (*data.study.narratives, *data.study.forms, *data.study.joining_motives)


def _codes(data: Dataset, kind: Any) -> list[Any]:
    """The codes as a tree of one of the library's classes; a narrative is codable, since the first edition coded it."""
    study, reach = data.study, data.descriptor["study"]["reach"]

    def code(name: str, label: str, definition: str, below: Iterable[Any] = ()) -> Any:
        inner = [code(one.variable, one.label, one.definition) for one in below]
        made = {"guid": identity("code", name), "name": label, "is_codable": True, "code": inner}
        return kind(**made, description=f"{name}: {definition}" if definition else name)

    return [
        code(study.reach, reach["label"], reach["definition"]),
        *(code(one.variable, one.label, one.definition, study.forms_of(one.variable)) for one in study.narratives),
        code("outside", OUTSIDE, "", study.forms_of("")),
        code("joining", "Motives for joining", "", study.joining_motives),
    ]


def _source(case: str, passages: pd.DataFrame) -> models.TextSourceType:
    """One account as a text of passages; positions count characters, the end is the first after the passage."""
    lines, selections, at = [], [], 0
    for row in passages.to_dict("records"):
        text = " ".join(row["evidence"].split())
        names = (case, row["coder"], row["variable"])
        user, code = identity("coder", row["coder"]), models.CodeRefType(target_guid=identity("code", row["variable"]))
        coding = models.CodingType(guid=identity("coding", *names), code_ref=code, creating_user=user)
        selections.append(
            models.PlainTextSelectionType(
                guid=identity("passage", *names),
                name=f"{row['variable']} ({row['coder']})",
                description=None if pd.isna(row["story_id"]) else f"story {row['story_id']}",
                start_position=at,
                end_position=at + len(text),
                creating_user=user,
                coding=[coding],
            )
        )
        lines.append(text)
        at += len(text) + 1
    return models.TextSourceType(
        guid=identity("text", case), name=case, plain_text_content="\n".join(lines), plain_text_selection=selections
    )


def _xml(content: Any, namespace: str) -> bytes:
    names: Mapping[str | None, str] = {None: namespace}
    made: str = XmlSerializer(config=SerializerConfig(encoding="UTF-8")).render(content, ns_map=dict(names))
    return made.encode()
