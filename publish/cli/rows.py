"""Commands that work with the rows: what they may be asked. The work is done by `python -m analysis.data`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from publish.base.environment import of_code
from publish.base.failures import GOOD, UNUSABLE, WRONG
from publish.cli.group import CODES, PaperGroup


def of_rows(root: Path, words: str, **asked: object) -> int:
    """Let `analysis` do the work of a command, in a process of its own: the two wings import nothing of each other.

    Args:
        root: The project.
        words: The command, such as `data check`.
        asked: Its options and arguments, which JSON must hold.

    Returns:
        The exit code of the command.
    """
    environment = {**os.environ, **of_code(root)}
    command = [sys.executable, "-m", "analysis.data", words, json.dumps(asked)]
    code = subprocess.run(command, cwd=root, env=environment, check=False).returncode
    return code if code in (GOOD, WRONG, UNUSABLE) else WRONG


@click.group(cls=PaperGroup, epilog=CODES)
def data() -> None:
    """Work with the case list."""


@data.command("check", epilog=CODES)
@click.option("--json", "form", flag_value="json", help="One JSON object, for other programs.")
@click.option("--github", "form", flag_value="github", help="Annotations that GitHub shows beside the lines.")
@click.pass_obj
def data_check(root: Path, form: str | None) -> int:
    r"""Load and validate the data; name everything that is wrong, with file and line and the way out.

    \b
    Examples:
      paper data check
      paper data check --github
    """
    return of_rows(root, "data check", form=form or "text")


@data.command("fix", epilog=CODES)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def data_fix(root: Path, yes: bool) -> int:
    r"""Mend what can be mended without loss: show the difference, ask, write.

    \b
    Examples:
      paper data fix
      paper data fix --yes
    """
    return of_rows(root, "authoring fix", yes=yes)


@click.group(cls=PaperGroup, epilog=CODES)
def case() -> None:
    """Add a case, or withdraw a person."""


@case.command("add", epilog=CODES)
@click.option("--from", "form", type=click.Path(exists=True, dir_okay=False), help="A form that was filled in (TOML).")
@click.option("--blank", is_flag=True, help="Print a blank form, with the codebook's choices and help.")
@click.pass_obj
def case_add(root: Path, form: str | None, blank: bool) -> int:
    r"""Add a case with its stories and codes: answer in the terminal, or fill in a form.

    \b
    Examples:
      paper case add
      paper case add --blank > case.toml
      paper case add --from case.toml
    """
    return of_rows(root, "authoring case", form=str(Path(form).resolve()) if form else None, empty=blank)


@case.command("withdraw", epilog=CODES)
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-build", is_flag=True, help="Leave the paper as it is.")
@click.pass_obj
def case_withdraw(root: Path, id: str, yes: bool, no_build: bool) -> int:  # noqa: A002 - the argument's name in help
    r"""Remove all that is said of a person, keep the identifier, and build the paper again.

    \b
    Examples:
      paper case withdraw XX-01
    """
    from publish.build.build import build

    code = of_rows(root, "authoring withdraw", case=id, yes=yes)
    if code or no_build:
        return code
    failed = build(root).failed
    click.echo("\n".join(failed.values()) or "The paper is built. Now: paper check")
    return WRONG if failed else GOOD


@click.group(cls=PaperGroup, epilog=CODES)
def story() -> None:
    """Add a story."""


@story.command("add", epilog=CODES)
@click.argument("url")
@click.option("--case", "cases", multiple=True, help="A case that it tells of; may be given more than once.")
@click.option("--outlet", default="", help="Who published it. [default: the name of the site]")
@click.option("--published", default="", help="When: YYYY-MM or YYYY.")
@click.option("--language", default="", help="Two letters, such as en.")
@click.pass_obj
def story_add(root: Path, url: str, cases: tuple[str, ...], outlet: str, published: str, language: str) -> int:
    r"""Add a story and link it to cases; a page that the list has already is linked and not added again.

    \b
    Examples:
      paper story add https://example.org/a --case XX-01 --published 2015-03 --language en
    """
    told = {"url": url, "outlet": outlet, "published": published, "language": language}
    return of_rows(root, "authoring story", **told, cases=list(cases))


GROUPS = (data, case, story)
