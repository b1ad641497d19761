"""The commands of authors: each changes the tables whole or not at all, and says what it did."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import click

from analysis.data.authoring.ask import asked, blank
from analysis.data.authoring.case import Given, new_case, withdrawn
from analysis.data.authoring.fix import difference, mended
from analysis.data.authoring.lines import inserted
from analysis.data.authoring.story import known, story_row
from analysis.data.coding.merge import write
from analysis.data.dataset import load, project_root
from analysis.data.opened import FIX
from analysis.data.problems import DataProblems
from analysis.data.tables import put, settle

ANSWERS = "case-answers.toml"
"""Where the answers of a person stay that could not be added; git ignores it."""


def fix(yes: bool) -> int:
    """Mend what can be mended without loss, after showing it and asking; 1 where the answer is no."""
    folder = project_root() / "data"
    settle(folder)
    texts = mended(folder)
    if not texts:
        print("There is nothing to mend without loss. Run: paper data check")
        return 0
    print("\n".join(difference(folder, texts)))
    if not (yes or _agreed(f"Mend {', '.join(texts)}?")):
        print("Nothing was changed. Without a terminal to ask in, say --yes.")
        return 1
    put(folder, texts)
    print(f"Mended: {', '.join(texts)}. Now: paper data check")
    return 0


def _agreed(question: str) -> bool:
    """The answer of a person at a terminal; without one, no."""
    try:
        return sys.stdin.isatty() and click.confirm(question)
    except click.Abort:
        return False


def add_story(url: str, outlet: str, published: str, language: str, cases: list[str]) -> int:
    """Add a story and its links; where the list has the page already, say so and add the links alone."""
    data, folder = load(), project_root() / "data"
    texts = {name: (folder / name).read_text("utf-8") for name in ("stories.csv", "case_stories.csv")}
    there = known(data, url)
    row = story_row({"url": url, "outlet": outlet, "published": published, "language": language})
    story = there or row["story_id"]
    if there:
        print(f"The list has this page already, as {there}: {data.stories['url'][there]}")
    else:
        texts["stories.csv"] = inserted(texts["stories.csv"], [row], ["story_id"])
    linked = set(data.case_stories.loc[data.case_stories["story_id"] == story, "case_id"])
    new = [case for case in cases if case not in linked]
    for case in new:
        link = [{"case_id": case, "story_id": story}]
        texts["case_stories.csv"] = inserted(texts["case_stories.csv"], link, ["case_id", "story_id"])
    write(folder, texts)
    links = f"linked to {', '.join(new)}" if new else "no new link"
    print(f"{story}: {'is there' if there else 'added'}; {links}.")
    return 0


def add_case(form: str | None, empty: bool) -> int:
    """Add a case from a form or from answers in the terminal; or print the blank form."""
    data, folder = load(), project_root() / "data"
    if empty:
        print(blank(data), end="")
        return 0
    given: Given = {}
    try:
        given = tomllib.loads(Path(form).read_text("utf-8")) if form else asked(data, given)
        case, texts = new_case(folder, data, given)
        write(folder, texts)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        print(f"{form}: is no TOML ({error}). Correct the line, or begin with: paper case add --blank")
        return 1
    except (click.Abort, DataProblems) as stop:
        said = [
            str(stop).replace(f" {FIX}", ""),
            "Nothing was added. Lines of tables are those that the case would have.",
        ]
        if given and not form:
            (folder.parent / ANSWERS).write_text(blank(data, given), "utf-8")
            said += [f"Your answers are in {ANSWERS}. Go on there, then: paper case add --from {ANSWERS}"]
        print("\n".join(said), file=sys.stderr)
        return 1
    print(f"{case} was added, stories: {len(given.get('stories', ()))}. Now: paper build, paper changes HEAD")
    return 0


def withdraw(case: str, yes: bool) -> int:
    """Remove a person's substance and keep the id; 1 where the answer is no, 2 where there is no such case."""
    data, folder = load(), project_root() / "data"
    if case not in data.cases.index:
        print(f"{case} is no case of the list. See data/cases.csv")
        return 2
    cases, texts = withdrawn(folder, data, case)
    if not (yes or _agreed(f"Remove all that is said of {' and '.join(cases)} from the data?")):
        print("Nothing was changed. Without a terminal to ask in, say --yes.")
        return 1
    write(folder, texts)
    print(f"{' and '.join(cases)}: withdrawn. The project's history still holds what was removed; see docs/privacy.md")
    return 0


COMMANDS = {
    "authoring fix": fix,
    "authoring story": add_story,
    "authoring case": add_case,
    "authoring withdraw": withdraw,
}
