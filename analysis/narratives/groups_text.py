"""The words of the figures about joining motives, forms and groups of people, computed from the data."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.narratives.subgroups import SMALL
from analysis.record.figure_text import FigureText
from analysis.record.formats import join_words, lowered, of, p_value, percent, plural, sentence
from analysis.record.wording import in_words

ALPHA = 0.05


def joining_text(
    cells: pd.DataFrame, motives: Mapping[str, str], narratives: Mapping[str, str], total: int
) -> FigureText:
    """The words of the figure of joining against leaving.

    Args:
        cells: From `joining.joining_leaving`.
        motives: Motive variable to its name in print.
        narratives: Narrative variable to its name in print.
        total: Cases of the core list.
    """
    known = int(cells["denominator"].max())
    holding = int((cells["p_holm"] < ALPHA).sum())
    caption = (
        f"Of the people who state a joining motive, the share who voice each narrative, over the {known} of {total} "
        "core cases in which both joining and leaving are coded (decided codes). A person can state several motives "
        "and voice several narratives. Framed: links that are claimed, tested by Fisher's exact test adjusted for "
        f"{in_words(int(cells['mirror'].sum()))} (Holm). Adjusted for all {len(cells)} cells, {in_words(holding)} "
        f"{'stands' if holding == 1 else 'stand'} out."
    )
    mirrors = cells[cells["mirror"]]
    parts = [_mirror_alt(cell, motives, narratives) for _, cell in mirrors.iterrows()]
    return FigureText(_joining_title(mirrors, narratives), caption, " ".join(parts))


def _joining_title(mirrors: pd.DataFrame, narratives: Mapping[str, str]) -> str:
    tested = len(mirrors)
    if not tested:
        return "Joining motives and narratives, side by side"
    testable = (mirrors["motive_n"] > 0) & (mirrors["without_denominator"] > 0) & (mirrors["narrative_n"] > 0)
    if not testable.any():
        return "The claimed links between joining and leaving cannot be tested on these accounts"
    towards = mirrors[testable & (mirrors["share"] > mirrors["without"])].sort_values("p", kind="stable")
    holding = int((towards["p_holm_mirrors"] < ALPHA).sum())
    if towards.empty:
        where = "the counts do not point that way"
    else:
        where = f"{lowered(narratives[towards['narrative'].iloc[0]])}, {_against(towards.iloc[0])}"
    if tested == 1:
        verdict = "holds" if holding else "cannot be told from chance"
        return f"The claimed link between joining and leaving {verdict}: {where}"
    count = f"{sentence(in_words(holding))} of the {in_words(tested)} claimed links between joining and leaving"
    if not holding:
        return f"{count} can be told from chance; {'' if towards.empty else 'closest is '}{where}"
    return f"{count} holds: {where}" if holding == 1 else f"{count} hold, clearest for {where}"


def _against(cell: pd.Series) -> str:
    with_motive = f"voiced by {cell['both']} of {cell['motive_n']} with the motive"
    return f"{with_motive} and {cell['without_n']} of {cell['without_denominator']} without"


def _mirror_alt(cell: pd.Series, motives: Mapping[str, str], narratives: Mapping[str, str]) -> str:
    narrative, motive = narratives[cell["narrative"]], lowered(motives[cell["motive"]])
    return (
        f"{narrative} is voiced by {cell['both']} of {cell['motive_n']} who joined for the motive “{motive}” and by "
        f"{cell['without_n']} of {cell['without_denominator']} of the others ({p_value(cell['p'])}, adjusted "
        f"{p_value(cell['p_holm_mirrors'])}); of the {cell['narrative_n']} who voice it, {cell['both']} "
        "stated that motive."
    )


def details_text(table: pd.DataFrame, seen: pd.DataFrame, narratives: Mapping[str, str]) -> FigureText:
    """The words of the figure of forms.

    Args:
        table: From `details.detail_table`.
        seen: From `details.forms_seen`.
        narratives: Narrative variable to its name in print.
    """
    groups = [(narratives[name], table[table["narrative"] == name]) for name in seen.index]
    leads = [words for label, forms in groups if (words := _commonest(forms))]
    title = f"Most often named: {join_words(leads)}" if leads else "No form of any narrative was named"
    counted = join_words(f"{row['denominator']} for {lowered(narratives[str(name)])}" for name, row in seen.iterrows())
    caption = (
        f"Accounts in which the second coder saw a narrative ({counted}), by the form it took; one account can show "
        "several. Bars are shares of the accounts in the panel. Single-coded: one coder alone gave these codes, so "
        "nothing is known about their agreement."
    )
    alt = " ".join(f"{label}: {_forms(forms)}." for label, forms in groups)
    return FigureText(sentence(title), caption, alt)


def _commonest(forms: pd.DataFrame) -> str:
    most = int(forms["n"].max())
    if not most:
        return ""
    top = forms[forms["n"] == most]
    counts = f"{most} of {top['denominator'].iloc[0]}"
    if len(top) > 2:
        return f"{in_words(len(top))} forms alike ({counts} each)"
    return f"{join_words(lowered(label) for label in top['label'])} ({counts}{' each' if len(top) > 1 else ''})"


def _forms(forms: pd.DataFrame) -> str:
    order = forms.sort_values("n", ascending=False, kind="stable")
    return ", ".join(f"{lowered(row['label'])} {row['n']} of {row['denominator']}" for _, row in order.iterrows())


def subgroups_text(
    table: pd.DataFrame, contrasts: pd.DataFrame, narratives: Mapping[str, str], dimensions: Mapping[str, str]
) -> FigureText:
    """The words of the figure of groups.

    Args:
        table: From `subgroups.subgroup_table`.
        contrasts: From `subgroups.contrasts`.
        narratives: Narrative variable to its name in print.
        dimensions: Dimension id to its name in print.
    """
    known = int(table[table["dimension"] == table["dimension"].iloc[0]].groupby("group")["denominator"].max().sum())
    caption = (
        f"The {plural(known, 'account')} that give{'s' if known == 1 else ''} reasons, by group: share that voices "
        "each narrative, with its Wilson 95% interval. Beside each group the number of accounts. Grey and hollow: "
        f"fewer than {SMALL} accounts, not to be read alone. Dotted line: all accounts. Tested by Fisher's exact "
        f"test: in each division the largest group against the rest, {plural(len(contrasts), 'test')}, adjusted "
        "(Holm). With groups this small, only large differences could show."
    )
    widest = contrasts.sort_values("p", kind="stable").head(3)
    parts = [_contrast_alt(row, narratives, dimensions) for _, row in widest.iterrows()]
    holding = contrasts[contrasts["p_holm"] < ALPHA].sort_values("p", kind="stable")
    title = _subgroups_title(holding, len(contrasts), narratives)
    alt = f"{title}. The {plural(len(parts), 'smallest p-value')}: {'; '.join(parts)}." if parts else f"{title}."
    return FigureText(title, caption, alt)


def _subgroups_title(holding: pd.DataFrame, tests: int, narratives: Mapping[str, str]) -> str:
    if not tests:
        return "No two groups can be compared"
    if holding.empty:
        return f"No group stands apart: of {plural(tests, 'comparison')}, none holds once their number is counted"
    first = holding.iloc[0]
    more = "more" if first["difference"] > 0 else "less"
    words = f"{narratives[first['narrative']]} is voiced {more} often in the group “{lowered(first['group'])}”"
    counts = f"{percent(first['share'])} against {percent(first['rest_share'])}"
    others = f", one of {in_words(len(holding))} differences that hold" if len(holding) > 1 else ""
    return f"{words} than in the others ({counts}){others}"


def _contrast_alt(row: pd.Series, narratives: Mapping[str, str], dimensions: Mapping[str, str]) -> str:
    group = f"{lowered(dimensions[row['dimension']])} “{row['group']}”"
    counts = f"{of(row['n'], row['denominator'])} against {of(row['rest_n'], row['rest_denominator'])}"
    return f"{narratives[row['narrative']]}, {group}: {counts} ({p_value(row['p'])}, adjusted {p_value(row['p_holm'])})"
