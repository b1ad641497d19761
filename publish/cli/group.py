"""What all commands of `paper` share: the project they are for, failures as messages, exit codes."""

from __future__ import annotations

from pathlib import Path

import click

from publish.base.failures import GOOD, WRONG, BuildFailure

CODES = "Exit codes: 0 good; 1 the paper or its data is wrong; 2 wrong usage or a missing tool."


def project_root(start: Path) -> Path:
    """The nearest directory at or above `start` that holds `_quarto.yml`.

    Raises:
        click.UsageError: There is none, or pandoc could open nothing in it.
    """
    for folder in (start, *start.parents):
        if (folder / "_quarto.yml").is_file():
            if str(folder) != (shown := str(folder).encode("utf-8", "backslashreplace").decode()):
                raise click.UsageError(
                    f"{shown}: the folder's name is not UTF-8, and pandoc opens nothing there. Rename it."
                )
            return folder
    raise click.UsageError(f"{start} is not inside a paper: no _quarto.yml here or above. Change to the project first.")


class HelpfulCommand(click.Command):
    """Prints examples a line each: in a raw docstring click's own sign for that is two letters."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help with its examples a line each."""
        self.help = (self.help or "").replace("\\b\n", "\b\n")
        super().format_help_text(ctx, formatter)


class PaperCommand(HelpfulCommand):
    """A command that turns failures into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> None:
        """Find the project, run the command, print a failure's message to standard error."""
        from publish.base.failures import written_out

        asked, ctx.obj = ctx.obj, project_root((ctx.obj or Path.cwd()).resolve())
        own = ctx.obj / "publish" / "cli" / "group.py"
        if not asked and own.is_file() and not own.samefile(__file__):
            message = f"This is the command of {Path(__file__).parents[2]}, not of {ctx.obj}. Run here: make set-up"
            raise click.UsageError(message)
        try:
            code = super().invoke(ctx)
        except BuildFailure as failure:
            click.secho(written_out(failure, ctx.obj), fg="red", err=True)
            code = failure.exit_code
        except KeyboardInterrupt:
            click.secho("Stopped by the keyboard.", fg="red", err=True)
            code = WRONG
        except OSError as error:
            click.secho(written_out(error, ctx.obj), fg="red", err=True)
            code = WRONG
        ctx.exit(code or GOOD)


class PaperGroup(HelpfulCommand, click.Group):
    """A group whose commands end with the exit codes of the paper."""

    command_class = PaperCommand


PaperGroup.group_class = PaperGroup
