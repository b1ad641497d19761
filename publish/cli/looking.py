"""The commands that look at what was recorded: `paper values`, `paper trace`, `paper changes`."""

from __future__ import annotations

from pathlib import Path

import click

from publish.base.failures import GOOD, WRONG
from publish.cli.group import CODES, PaperCommand


@click.command(cls=PaperCommand, epilog=CODES)
@click.argument("words", nargs=-1)
@click.pass_obj
def values(root: Path, words: tuple[str, ...]) -> int:
    r"""Search the recorded values: those whose name, text, notebook or cell holds all of WORDS.

    \b
    Examples:
      paper values brutality share
      paper values 57%
    """
    from publish.tools.trace import Traces

    found = list(Traces(root).found(words))
    click.echo("\n".join([*found, f"{len(found)} found. Next, what is behind one: paper trace NAME"]))
    return GOOD if found else WRONG


@click.command(cls=PaperCommand, epilog=CODES)
@click.argument("what")
@click.pass_obj
def trace(root: Path, what: str) -> int:
    r"""Go from a number or sentence to its rows, or from a case or story to every number that it touches.

    WHAT is the name of a value, the id of a case or story, or some words of a sentence in quotes.

    \b
    Examples:
      paper trace "These two messages lead"
      paper trace narratives.brutality.share
      paper trace SY-01
    """
    from publish.tools.trace import Traces

    click.echo(Traces(root).trace(what))
    return GOOD


@click.command(cls=PaperCommand, epilog=CODES)
@click.argument("ref")
@click.option("--md", is_flag=True, help="Markdown for a pull request.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="A page with figures old and new."
)
@click.option("--all", "everything", is_flag=True, help="Write out what is counted otherwise: captions and values.")
@click.pass_obj
def changes(root: Path, ref: str, md: bool, page: Path | None, everything: bool) -> int:
    r"""Show what a reader of the paper sees changed since the git revision REF; the rest is counted.

    Sentences with old and new words, verdicts that turned, conclusions that no longer hold, figures redrawn.

    \b
    Examples:
      paper changes HEAD
      paper changes HEAD --md
      paper changes v1.0.0 --html changes.html
    """
    from publish.tools import told
    from publish.tools.changes import changes as compared
    from publish.tools.changes import edition_at, edition_now

    before, now = edition_at(root, ref), edition_now(root)
    found = compared(before, now)
    if page:
        page.write_text(told.as_page(found, ref, before, now), encoding="utf-8")
        click.echo(f"{page}: every change, and the figures as they were beside as they are.")
    else:
        click.echo(told.in_markdown(found, ref) if md else told.in_terminal(found, ref, everything))
    return GOOD
